"""What is done once a day for every provider: reminders, what comes into force today.

The scheduler says once that a day has begun; from there it is a message like any other, with a delivery for each
provider. So nothing is lost when a worker dies, and a day on which nothing ran is made up for by the next one:
a function asks what is due by now, not what is due today.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any, ClassVar
from uuid import UUID, uuid5

from sqlalchemy.dialects.postgresql import insert

from . import events, scope
from .access import Actor
from .clock import HELSINKI, now
from .db import db
from .i18n import N_
from .outbox import Message

log = logging.getLogger(__name__)
BEGINS = time(6)  # Finnish time: mail is there when people come to work, and not in the night
SPACE = UUID("5f1d6f0a-5a0b-4c39-9f0e-3f7f8d1f6d11")


@events.event
@dataclass(frozen=True, kw_only=True)
class DayBegun(events.Event):
    """A day has begun, for all providers."""

    name: ClassVar[str] = "core.day_begun"
    sentence: ClassVar[str] = N_("%(actor)s began the day.")
    audited: ClassVar[bool] = False
    day: date


def daily(function: Callable[[Actor, dict[str, Any]], None]) -> Callable[[Actor, dict[str, Any]], None]:
    """Let a function run once a day for each provider, in its scope: `function(actor, body)`. It may run again."""
    return events.on(DayBegun.name, audience="providers")(function)


def begin_day() -> bool:
    """Say that the day has begun, once, however many ask; True if this call said it."""
    moment = now().astimezone(HELSINKI)
    if moment.time() < BEGINS:
        return False
    day = moment.date()
    row = dict(
        id=uuid5(SPACE, day.isoformat()), created_at=now(), organisation_id=None, name=DayBegun.name,
        body={"day": day.isoformat()},
    )  # fmt: skip
    with scope.acting(Actor.system()):
        said = db.session.scalar(insert(Message).values(row).on_conflict_do_nothing().returning(Message.id))
        events.commit()
    if said:
        log.info("day_begun", extra={"day": day.isoformat()})
    return said is not None
