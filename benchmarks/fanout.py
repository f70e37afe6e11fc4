"""A national release reaches every provider: the real merge into each handbook, under the rules, with mail.

    python -m benchmarks.fanout [150 1000 …] [--workers 2]

Every provider beside the cast's has own words on 40 of 51 steps; the release rewords 12 of them and changes others.
First one provider after the other in this process: milliseconds of one whole delivery (claim, merge, write, chain,
commit). Then, for each number of providers, with real workers, scheduler, Redis and SMTP and the settings of
production: seconds from the publication until every update is offered, and until every mail is sent, too; processor
seconds of workers and of PostgreSQL; the most memory that a worker or its child has had.
"""

import argparse
import time
from contextlib import ExitStack
from typing import NamedTuple

from benchmarks.ground import machine, world
from benchmarks.processes import largest, parent_of, seconds_of
from parasta_saas.core import jobs, scope
from tests.faults.post import counting
from tests.faults.providers import open_many, publish, reword_draft
from tests.installation import PARASTA, environment, running

OWN, LONGEST, ALONE = 40, 1800, 150
OFFERED = "select count(*) from national_update where number = '1.1'"
MAILED = "select count(*) from mail where template = 'update_offered' and sent_at is not null"
WAITING = "select count(*) from delivery where done_at is null"
PRODUCTION = {"SWEEP_SECONDS": "5", "LEASE_SECONDS": "30"}


class Run(NamedTuple):
    """Seconds until offered and until mailed, processor seconds, megabytes, the load before and after."""

    providers: int
    offered: float
    mailed: float
    workers: float
    database: float
    memory: int

    def __str__(self) -> str:
        each = 1000 / self.providers
        return (
            f"{self.providers} providers: offered after {self.offered:.1f} s ({self.offered * each:.1f} ms each), "
            f"mailed after {self.mailed:.1f} s ({self.mailed * each:.1f} ms each); processor: workers "
            f"{self.workers:.1f} s, PostgreSQL {self.database:.1f} s ({(self.workers + self.database) * each:.1f} ms "
            f"each); largest process {self.memory} MB"
        )


def prepare(place, number: int) -> None:
    """So many providers with their own words, and the draft that meets them."""
    place.dirty = True
    place.refresh()
    open_many(place, number, own=OWN)
    reword_draft(place)
    place.work()


def one_by_one(place) -> tuple[float, float, float]:
    """(p50, p95) milliseconds of offering one release to one provider, and SQL statements of the middle one."""
    prepare(place, ALONE)
    publish()
    scope.leave()
    each = []
    for delivery_id in jobs._dispatched():
        place.statements.clear()
        began = time.perf_counter()
        assert jobs.deliver(delivery_id)
        each.append((1000 * (time.perf_counter() - began), len(place.statements)))
    each.sort()
    return each[len(each) // 2][0], each[len(each) * 95 // 100][0], each[len(each) // 2][1]


def measure(place, number: int, workers: int) -> Run:
    """One publication to so many providers."""
    prepare(place, number)
    env, log = environment(place, **PRODUCTION), place.folder / "fan-out.log"
    postmaster = _postmaster(place)
    with ExitStack() as stack:
        stack.enter_context(counting(place, "1.1"))
        stack.enter_context(running((*PARASTA, "scheduler"), env, log))
        mine = [stack.enter_context(running((*PARASTA, "worker"), env, log)) for _ in range(workers)]
        time.sleep(8)  # they have started and wait
        before = [seconds_of(process.pid) for process in mine], seconds_of(postmaster)
        offered, mailed, memory = _watch(place, number, mine)
        after = [seconds_of(process.pid) for process in mine], seconds_of(postmaster)
    assert mailed, log.read_text()[-2000:]
    return Run(number, offered, mailed, sum(after[0]) - sum(before[0]), after[1] - before[1], memory)


def _watch(place, number: int, workers) -> tuple[float, float, int]:
    """(seconds until offered, until all is done or 0, megabytes)."""
    began = time.monotonic()
    publish()
    offered, memory = 0.0, 0
    with place.superuser_connection() as above:
        while (took := time.monotonic() - began) < LONGEST:
            assert all(process.poll() is None for process in workers), "a worker has ended"
            memory = max(memory, *(largest(process.pid) for process in workers))
            if not offered and _count(above, OFFERED) >= number:
                offered = took
            if offered and _count(above, MAILED) >= number and not _count(above, WAITING):
                return offered, took, memory
            time.sleep(0.2 if number < 2000 else 1)
    return offered, 0.0, memory


def _postmaster(place) -> int:
    with place.superuser_connection() as above:
        return parent_of(above.execute("select pg_backend_pid()").fetchone()[0])


def _count(above, statement: str) -> int:
    return above.execute(statement).fetchone()[0]


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m benchmarks.fanout")
    words.add_argument("providers", nargs="*", type=int, default=[150])
    words.add_argument("--workers", type=int, default=2)
    given = words.parse_args()
    with world() as place:
        print(machine(), flush=True)
        p50, p95, statements = one_by_one(place)
        print(f"one provider, one release: p50 {p50:.1f} ms, p95 {p95:.1f} ms, {statements} statements", flush=True)
        for number in given.providers:
            run = measure(place, number, given.workers)
            print(f"{run} [{machine().rpartition(', load ')[2]}]", flush=True)


if __name__ == "__main__":
    main()
