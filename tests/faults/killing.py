"""A fan-out in which every numbered failpoint kills the worker once, and what is left of it afterwards."""

import json
import os
import signal
import sys
import threading
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from parasta_saas.core import jobs
from parasta_saas.core.failpoints import Point
from tests.faults.post import counting
from tests.faults.providers import publish
from tests.installation import PARASTA, environment, running, wait_until

# Where several deliveries share a job the third one is hit, so that there are some before and behind it.
THIRD = (Point.BEGUN, Point.OFFERED, Point.FINISHED, Point.COMMITTED, Point.MAIL_QUEUED, Point.MAIL_TAKEN)
# The publication's own dispatch is hit three times, with no scheduler that would do it instead; then the offers, before
# a whole job of them comes through to the next dispatch; then the mail.
FIRST, THEN = (1, 2, 3), (5, 6, 7, 8, 9, 10, 4, 11, 12)
ORDER = FIRST + THEN
ARMED = tuple(f"{point}:3" if point in THIRD else f"{point}" for point in ORDER)
LEFT = (
    "select (select count(*) from delivery where done_at is null)"
    " + (select count(*) from outbox where dispatched_at is null)"
)
MAILED = "select count(*) from mail where template = 'update_offered' and sent_at is not null"
UPDATES = "select count(*), count(distinct tenant_id) from national_update where number = '1.1'"
CHAINED = (
    "select count(*), count(distinct tenant_id) from audit_entry where name = 'instructions.update_offered'"
    " and body ->> 'release_id' = (select id::text from reference_release where number = '1.1')"
)
STANDING = "select handler, count(*), count(done_at), max(attempts), max(last_error) from delivery group by 1"
ITEMS = (
    "select count(*), count(distinct (tenant_id, update_id, step_key)) from update_item where update_id in"
    " (select id from national_update where number = '1.1')"
)
LETTERS = MAILED.replace("count(*)", "count(*), count(distinct tenant_id)")


@dataclass
class Killed:
    """One death: the point, and what was offered and left to do just then."""

    armed: str
    at: float
    signal: int
    offered: int = 0
    left: int = 0


@dataclass
class Outcome:
    """What a fan-out with all its deaths came to; pairs are (rows, providers that have one)."""

    deaths: list[Killed] = field(default_factory=list)
    seconds: float = 0.0  # from the last death until nothing was left to do; 0 if that never came
    updates: tuple[int, int] = (0, 0)
    chained: tuple[int, int] = (0, 0)
    items: tuple[int, int] = (0, 0)
    mails: tuple[int, int] = (0, 0)
    letters: Counter[str] = field(default_factory=Counter)  # by Message-ID
    words: str = ""

    def lost(self, providers: int) -> int:
        """Providers that lack their update, its link in the chain, or its mail."""
        return sum(providers - having for _, having in (self.updates, self.chained, self.mails)) + (
            self.mails[0] - len(self.letters)
        )

    @property
    def double(self) -> int:
        """Rows and letters beyond the first; a letter is known by its Message-ID."""
        return sum(rows - having for rows, having in (self.updates, self.chained, self.items, self.mails))

    @property
    def handed_twice(self) -> int:
        """Letters that the mail server took twice, under one Message-ID."""
        return sum(self.letters.values()) - len(self.letters)


def run(world: Any, providers: int, *, patience: float = 600, **changes: str) -> Outcome:
    """Publish to providers that are there already and kill a worker at every point, one after the other."""
    env, log = environment(world, **changes), world.folder / "killing.log"
    command = (sys.executable, "-m", "tests.faults.nursery", *ARMED)
    outcome = Outcome()
    with counting(world, "1.1") as post, world.superuser_connection() as above, ExitStack() as stack:
        told = stack.enter_context(_nursery(command, env, log))
        publish()
        until = time.monotonic() + patience
        for armed in ARMED[: len(FIRST)]:
            jobs.queue(world.app).connection.delete(jobs.WOKEN)  # its five seconds are not waited for
            jobs.wake()
            outcome.deaths.append(_death(told, above, armed, until))
        stack.enter_context(running((*PARASTA, "scheduler"), env, log))
        for armed in ARMED[len(FIRST) :]:
            outcome.deaths.append(_death(told, above, armed, until))
        last = time.monotonic()
        if wait_until(lambda: _count(above, MAILED) >= providers and not _count(above, LEFT), until - last):
            outcome.seconds = time.monotonic() - last
        outcome.updates, outcome.chained, outcome.items, outcome.mails = (
            above.execute(statement).fetchone() for statement in (UPDATES, CHAINED, ITEMS, LETTERS)
        )
    outcome.letters = post.taken
    outcome.words = log.read_text()[-3000:]
    return outcome


def _death(told: list[dict[str, Any]], above: Any, armed: str, until: float) -> Killed:
    """Wait for the worker of one point to die."""

    def dead() -> dict[str, Any] | None:
        return next((line for line in told if line["armed"] == armed and "signal" in line), None)

    found = wait_until(dead, max(1.0, until - time.monotonic()))
    assert found, (f"nothing came to point {armed}", above.execute(STANDING).fetchall())
    line = dead()
    assert line and line["signal"] == signal.SIGKILL, line
    return Killed(armed, line["at"], line["signal"], _count(above, UPDATES), _count(above, LEFT))


@contextmanager
def _nursery(command: tuple[str, ...], env: dict[str, str], log: Any):
    """The lines that the nursery tells, as they come; whatever worker lives at the end is killed, too."""
    lines = log.with_suffix(".lines")
    lines.write_text("")
    told: list[dict[str, Any]] = []
    ended = threading.Event()

    def listen() -> None:
        while not ended.wait(0.02):
            complete = lines.read_text().rpartition("\n")[0].splitlines()
            told[:] = [json.loads(line) for line in complete if line.startswith("{")]

    listener = threading.Thread(target=listen, daemon=True)
    with running(command, env, lines):
        listener.start()
        try:
            yield told
        finally:
            ended.set()
            listener.join()
            for session in {line["session"] for line in told if "session" in line}:
                _kill_session(session)


def _kill_session(session: int) -> None:
    try:
        os.killpg(session, signal.SIGKILL)
    except ProcessLookupError:
        return  # it died long ago


def _count(above: Any, statement: str) -> int:
    return above.execute(statement).fetchone()[0]
