"""A fact and a handler of the tests' own, so that the floor is proved without any room above it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from parasta_saas.cli.demo.acting import acting_as, system_at
from parasta_saas.core import events, jobs
from parasta_saas.core.access import Actor

KEY = "tests.probe"


@dataclass(frozen=True, kw_only=True)
class Knocked(events.Event):
    """Somebody knocked."""

    name: ClassVar[str] = "tests.knocked"
    sentence: ClassVar[str] = "%(actor)s knocked."
    number: int = 0


@dataclass(frozen=True, kw_only=True)
class Shook(events.SharedEvent):
    """Both sides shook hands."""

    name: ClassVar[str] = "tests.shook"
    sentence: ClassVar[str] = "%(actor)s shook hands."


def actor_of(slug: str) -> Actor:
    """One of the cast, to act as later."""
    with acting_as(slug) as actor:
        return actor


def organisation_id(slug: str) -> UUID:
    with system_at(slug) as actor:
        assert actor.organisation_id
        return actor.organisation_id


def rows(world, statement: str, *values: Any) -> list[tuple]:
    """What the database holds, seen from above the rules."""
    with world.superuser_connection() as above:
        return above.execute(statement, values).fetchall()


class Listening:
    """Lets a function listen to `Knocked` or `Shook`, and makes deliveries of what was told."""

    def __init__(self, world, monkeypatch) -> None:
        self.world, self.monkeypatch = world, monkeypatch

    def hears(self, function: Callable[[Actor, dict], None], *, audience: str = "own", name: str = Knocked.name):
        self.monkeypatch.setitem(events.HANDLERS, KEY, events.Handler(KEY, name, function, audience))

    def told(self, *facts: events.Event, by: str = "kerttu") -> list[UUID]:
        """Tell the facts in one transaction; the deliveries that they lead to, none of them begun."""
        with acting_as(by) as actor:
            for fact in facts:
                events.emit(actor, fact)
        jobs.dispatch()
        found = rows(self.world, "select id from delivery where handler = %s order by created_at, id", KEY)
        return [row[0] for row in found]

    def state(self, delivery: UUID) -> tuple:
        """attempts, seconds until the lease ends, done?, failed?, last error."""
        (row,) = rows(
            self.world,
            "select attempts, extract(epoch from leased_until - now())::float, done_at is not null,"
            " failed_at is not null, last_error from delivery where id = %s",
            delivery,
        )
        return row

    def due(self) -> None:
        """Let the time of every lease be over."""
        over = "update delivery set leased_until = now() - interval '1 second' where handler = %s returning id"
        rows(self.world, over, KEY)
