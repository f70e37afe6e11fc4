"""How long a national release takes to reach every provider: one worker, one scheduler, real mail.

    python -m benchmarks.fan_out [50 200]

For each number of providers: seconds from the publication until every provider has its update offered and its mail
sent, and deliveries (handler calls, each a transaction of its own) per second.
"""

import sys
import time

from benchmarks.ground import machine, world
from parasta_saas.core import clock
from tests.core.probe import rows
from tests.faults.providers import open_providers, publish
from tests.installation import PARASTA, environment, running, wait_until

LONGEST = 600
MAILED = "select count(*) from mail where template = 'update_offered' and sent_at is not null"
MADE = "select count(*) from delivery where created_at >= '{}'"


def measure(place, number: int) -> tuple[float, int]:
    """(seconds, deliveries) of one publication."""
    place.dirty = True
    place.refresh()
    open_providers(number)
    place.work()
    env, log = environment(place, SWEEP_SECONDS="1"), place.folder / "fan-out.log"
    with running((*PARASTA, "scheduler"), env, log), running((*PARASTA, "worker"), env, log):
        time.sleep(8)  # both have started and wait
        began, made = time.monotonic(), MADE.format(clock.now())
        publish()
        waiting = f"{made} and done_at is null"
        done = wait_until(lambda: count(place, MAILED) >= number and not count(place, waiting), LONGEST)
        took = time.monotonic() - began
    assert done, log.read_text()[-2000:]
    return took, count(place, made)


def count(place, statement: str) -> int:
    return rows(place, statement)[0][0]


def main() -> None:
    with world() as place:
        found = {number: measure(place, number) for number in [int(word) for word in sys.argv[1:]] or [50, 200]}
    print(machine())
    for number, (seconds, deliveries) in found.items():
        print(f"{number} providers: {seconds:.1f} s, {deliveries} deliveries, {deliveries / seconds:.0f} deliveries/s")


if __name__ == "__main__":
    main()
