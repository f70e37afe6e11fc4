"""Say that one has read a version in a role; ask colleagues to read, once or each time; remind them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.dialects.postgresql import insert

from ...core.access import Actor, require
from ...core.clock import now, today
from ...core.db import db
from ...core.errors import Conflict, Invalid, NotFound
from ...core.events import emit
from ...core.i18n import _
from ...core.ids import uuid7
from ...core.workdays import add_working_days, is_working_day
from .. import policies
from ..events_learning import (
    ReadingAcknowledged,
    ReadingAsked,
    ReadingHabitChosen,
    ReadingReminded,
    ReadingRenewed,
    ReadingWithdrawn,
)
from ..learning_changes import roles_touched
from ..learning_reminding import stage
from ..learning_roles import readable_roles
from ..models import HandbookReading, HandbookVersion, ReadingHabit, ReadingRequest
from ..queries import learning as queries
from ..queries.manual import manual_of, version_for, versions_of


def acknowledge(actor: Actor, *, role: str, number: int) -> bool:
    """The acting person has read this version in this role; False where they said so before.

    It counts although a newer one came into force meanwhile: what changed after it is asked next time.
    """
    require(policies.can_follow_changes(actor))
    if role not in readable_roles(actor.roles):
        raise NotFound()
    version_for(actor, number)
    return note_reading(actor, role, number)


def note_reading(actor: Actor, role: str, number: int) -> bool:
    """Write it down, once."""
    require(policies.can_follow_changes(actor))
    row = dict(
        tenant_id=actor.organisation_id, id=uuid7(), created_at=now(), member_id=actor.membership_id, role=role,
        number=number,
    )  # fmt: skip
    made = insert(HandbookReading).values(row).on_conflict_do_nothing().returning(HandbookReading.id)
    if db.session.execute(made).scalar() is None:
        return False
    emit(actor, ReadingAcknowledged(role=role, number=number))
    return True


def ask_reading(actor: Actor, *, roles: Sequence[str], due_on: date) -> ReadingRequest:
    """Ask these roles to read the version in force by a day. Asked again, the newer roles and day count.

    Raises Invalid for a day that has gone, Conflict where no version has been published.
    """
    require(policies.can_ask_reading(actor))
    if due_on <= today():
        raise Invalid({"due_on": [_("Choose a day after today.")]})
    current = _current(actor)
    if current is None:
        raise Conflict(_("The handbook has no version yet. Publish something first."))
    return _ask(actor, current.number, list(roles), due_on)


def withdraw_request(actor: Actor, request: ReadingRequest) -> None:
    """Ask nobody any more; who has read stays."""
    require(policies.can_ask_reading(actor))
    request.withdraw()
    emit(actor, ReadingWithdrawn(request_id=request.id))


def renew_request(actor: Actor, request: ReadingRequest) -> None:
    """A withdrawn request stands again."""
    require(policies.can_ask_reading(actor))
    request.renew()
    emit(actor, ReadingRenewed(request_id=request.id))


def choose_habit(actor: Actor, *, roles: Sequence[str], days: int) -> ReadingHabit:
    """Ask these roles to read each version that changes their steps, within so many working days; none: nobody."""
    require(policies.can_ask_reading(actor))
    habit, current = queries.habit_of(actor, lock=True), _current(actor)
    if habit is None:
        assert actor.organisation_id is not None
        habit = ReadingHabit(tenant_id=actor.organisation_id, id=uuid7())
        db.session.add(habit)
    if not habit.roles:
        habit.since = current.number if current else 0
    habit.roles, habit.days = list(roles), days
    emit(actor, ReadingHabitChosen(roles=list(roles)))
    return habit


def remind(actor: Actor) -> int:
    """Once a day for each provider: ask where the habit says so, remind those who have not read. On working days.

    Returns how many facts were told. May run as often as one likes: the habit and the requests remember.
    """
    require(policies.can_remind_readers(actor))
    if not is_working_day(today()):
        return 0
    told = _ask_by_habit(actor)
    for request in queries.requests_of(actor):
        reached = 0 if request.withdrawn_at else stage(request.due_on, today())
        if reached > request.stage:
            request.stage = reached
            emit(actor, ReadingReminded(request_id=request.id, on=today()))
            told += 1
    return told


def _ask_by_habit(actor: Actor) -> int:
    """Everything that was published since the last time is asked about together, of the roles that it touches."""
    habit, current = queries.habit_of(actor, lock=True), _current(actor)
    if habit is None or not habit.roles or current is None or current.number <= habit.since:
        return 0
    before = manual_of(actor, version=version_for(actor, habit.since)).entries if habit.since else []
    touched = roles_touched(before, manual_of(actor).entries, habit.roles, actor.languages)
    habit.since = current.number
    if not touched or queries.request_of_version(actor, current.number):
        return 0
    _ask(actor, current.number, touched, add_working_days(now(), habit.days).date())
    return 1


def _ask(actor: Actor, number: int, roles: list[str], due_on: date) -> ReadingRequest:
    row = dict(
        tenant_id=actor.organisation_id, id=uuid7(), created_at=now(), number=number, roles=roles, due_on=due_on,
        asked_by=actor.name, asked_at=now(), stage=0, version=1,
    )  # fmt: skip
    db.session.execute(insert(ReadingRequest).values(row).on_conflict_do_nothing())
    request = queries.request_of_version(actor, number)
    assert request is not None
    request.ask(roles, due_on, by=actor.name)
    emit(actor, ReadingAsked(request_id=request.id, number=number, roles=roles))
    return request


def _current(actor: Actor) -> HandbookVersion | None:
    versions = versions_of(actor)
    return versions[0] if versions else None
