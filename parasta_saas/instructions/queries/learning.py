"""Who has read what, who is asked to; inductions. Each sees their own; editors see everybody by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ...tenants.models import OrganisationUnit, UnitMember
from ..learning_changes import RoleChange, changes_for
from ..learning_roles import own_roles
from ..models import (
    HandbookReading,
    HandbookVersion,
    Induction,
    InductionQuestion,
    InductionStep,
    ReadingHabit,
    ReadingRequest,
)
from ..policies import EDITORS, is_staff
from .manual import Manual, manual_of, version_for, versions_of


@dataclass(frozen=True)
class News:
    """What a role meets in the handbook in force against the version that it read last.

    `read`: number of that version, 0 for none; `since`: what is compared with, None for nothing older.
    """

    manual: Manual
    current: HandbookVersion | None
    read: int
    since: HandbookVersion | None
    changes: list[RoleChange]
    between: list[HandbookVersion]  # versions since then, the newest first


@dataclass(frozen=True)
class Asked:
    """One open request with the acting person's roles that have not read yet."""

    request: ReadingRequest
    roles: list[str]


@dataclass(frozen=True)
class LastRead:
    """The newest version that somebody has read in a role."""

    number: int
    at: datetime


def news_for(actor: Actor, role: str, languages: Sequence[str]) -> News:
    """What changed for a role of the acting person, in these languages. Constant in rows."""
    _at_work(actor)
    unit = own_unit(actor)
    versions, manual = versions_of(actor), manual_of(actor, unit=unit)
    current = versions[0] if versions else None
    read = my_readings(actor).get(role, 0)
    older = (v for v in versions if v.number <= read) if read else iter(versions[1:2])
    since = next(older, None)
    changes: list[RoleChange] = []
    if current and since and since.number < current.number:
        before = manual_of(actor, unit=unit, version=version_for(actor, since.number))
        changes = changes_for(before.entries, manual.entries, role, languages)
    newer = [v for v in versions if since is None or v.number > since.number]
    return News(manual, current, read, since, changes, newer)


def own_unit(actor: Actor) -> OrganisationUnit | None:
    """The unit at which the acting person works, where it is one and open. One statement."""
    found = (
        select(OrganisationUnit)
        .join(
            UnitMember,
            (UnitMember.tenant_id == OrganisationUnit.tenant_id) & (UnitMember.unit_id == OrganisationUnit.id),
        )
        .where(
            UnitMember.tenant_id == actor.organisation_id, UnitMember.member_id == actor.membership_id,
            OrganisationUnit.closed_at.is_(None),
        )
    )  # fmt: skip
    units = db.session.scalars(found.limit(2)).all()
    return units[0] if len(units) == 1 else None


def my_readings(actor: Actor) -> dict[str, int]:
    """Role → the newest version that the acting person has read in it."""
    _at_work(actor)
    found = select(HandbookReading.role, func.max(HandbookReading.number)).where(
        HandbookReading.tenant_id == actor.organisation_id, HandbookReading.member_id == actor.membership_id
    )
    rows = db.session.execute(found.group_by(HandbookReading.role)).all()
    return {row[0]: row[1] for row in rows}


def asked_of(actor: Actor) -> list[Asked]:
    """Requests that wait for the acting person, the earliest day first. One statement."""
    mine = own_roles(actor.roles)
    read = select(func.array_agg(HandbookReading.role)).where(
        HandbookReading.tenant_id == ReadingRequest.tenant_id, HandbookReading.member_id == actor.membership_id,
        HandbookReading.number >= ReadingRequest.number,
    )  # fmt: skip
    found = select(ReadingRequest, read.scalar_subquery()).where(
        ReadingRequest.tenant_id == actor.organisation_id, ReadingRequest.withdrawn_at.is_(None),
        ReadingRequest.roles.overlap(mine),
    )  # fmt: skip
    rows = db.session.execute(found.order_by(ReadingRequest.due_on, ReadingRequest.number)).all()
    waiting = [
        Asked(request, [role for role in mine if role in request.roles and role not in (done or ())])
        for request, done in rows
    ]
    return [asked for asked in waiting if asked.roles]


def requests_of(actor: Actor) -> list[ReadingRequest]:
    """Every request, the newest version first."""
    _at_work(actor)
    found = select(ReadingRequest).where(ReadingRequest.tenant_id == actor.organisation_id)
    return list(db.session.scalars(found.order_by(ReadingRequest.number.desc())))


def request_for(actor: Actor, request_id: UUID) -> ReadingRequest:
    """One request, locked because something is decided about it; NotFound for anybody else's."""
    return _request(actor, ReadingRequest.id == request_id) or _missing()


def request_of_version(actor: Actor, number: int) -> ReadingRequest | None:
    """The request to read one version, locked."""
    return _request(actor, ReadingRequest.number == number)


def habit_of(actor: Actor, *, lock: bool = False) -> ReadingHabit | None:
    """Who is asked each time."""
    _at_work(actor)
    found = select(ReadingHabit).where(ReadingHabit.tenant_id == actor.organisation_id)
    return db.session.scalar(
        found.with_for_update().execution_options(populate_existing=True) if lock else found
    )  # fmt: skip


def all_readings(actor: Actor) -> dict[tuple[UUID, str], LastRead]:
    """(member, role) → the newest version read. One statement."""
    _at_work(actor)
    key = (HandbookReading.member_id, HandbookReading.role)
    newest = select(*key, func.max(HandbookReading.number), func.max(HandbookReading.created_at))
    found = newest.where(HandbookReading.tenant_id == actor.organisation_id).group_by(*key)
    return {(member, role): LastRead(number, at) for member, role, number, at in db.session.execute(found)}


def my_inductions(actor: Actor) -> list[Induction]:
    """The acting person's own inductions, the oldest first."""
    return list(db.session.scalars(_own(actor).order_by(Induction.id)))


def induction_for(actor: Actor, induction_id: UUID, *, lock: bool = False) -> Induction:
    """One induction of the acting person; NotFound for anybody else's, a colleague's too."""
    found = _own(actor).where(Induction.id == induction_id)
    row = db.session.scalar(found.with_for_update().execution_options(populate_existing=True) if lock else found)
    return row or _missing()


def my_induction(actor: Actor, role: str) -> Induction | None:
    """The acting person's induction in a role, if it was begun."""
    return db.session.scalar(_own(actor).where(Induction.role == role))


def marks_of(actor: Actor, inductions: Sequence[Induction]) -> dict[UUID, list[InductionStep]]:
    """What was gone through in each of these. One statement."""
    found = select(InductionStep).where(
        InductionStep.tenant_id == actor.organisation_id, InductionStep.induction_id.in_([i.id for i in inductions])
    )
    marks: dict[UUID, list[InductionStep]] = {}
    # Marks are written past the session, so that what it knows of them may be old.
    for mark in db.session.scalars(found.execution_options(populate_existing=True)):
        marks.setdefault(mark.induction_id, []).append(mark)
    return marks


def all_inductions(actor: Actor) -> list[Induction]:
    """Everybody's inductions, for coverage."""
    _at_work(actor)
    return list(db.session.scalars(select(Induction).where(Induction.tenant_id == actor.organisation_id)))


def questions_of(actor: Actor, role: str | None = None) -> list[InductionQuestion]:
    """The questions of a role's self-check; of all roles, the removed ones too, where none is named."""
    _at_work(actor)
    found = select(InductionQuestion).where(InductionQuestion.tenant_id == actor.organisation_id)
    if role is not None:
        found = found.where(InductionQuestion.role == role, InductionQuestion.removed_at.is_(None))
    return list(db.session.scalars(found.order_by(InductionQuestion.role, InductionQuestion.id)))


def question_for(actor: Actor, question_id: UUID) -> InductionQuestion:
    """One question, locked because it is about to change; for editors, NotFound for others."""
    if not actor.is_provider(*EDITORS):
        raise NotFound()
    found = select(InductionQuestion).where(
        InductionQuestion.tenant_id == actor.organisation_id, InductionQuestion.id == question_id
    )
    row = db.session.scalar(found.with_for_update().execution_options(populate_existing=True))
    return row or _missing()


def _own(actor: Actor) -> Select[Induction]:
    _at_work(actor)
    return select(Induction).where(
        Induction.tenant_id == actor.organisation_id, Induction.member_id == actor.membership_id
    )


def _request(actor: Actor, which: ColumnElement[bool]) -> ReadingRequest | None:
    if not actor.is_provider("system", *EDITORS):
        raise NotFound()
    found = select(ReadingRequest).where(ReadingRequest.tenant_id == actor.organisation_id, which)
    return db.session.scalar(found.with_for_update().execution_options(populate_existing=True))


def _at_work(actor: Actor) -> None:
    if not (actor.is_provider("system") or is_staff(actor)):
        raise NotFound()


def _missing() -> NoReturn:
    raise NotFound()
