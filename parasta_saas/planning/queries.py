"""Which sessions an actor may see, and what is on their table."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import contains_eager

from ..core.access import Actor
from ..core.db import db
from ..core.errors import NotFound
from ..instructions import queries as instructions
from ..instructions.models import Instruction
from ..partnerships.models import Partnership, WorkplaceContact
from ..placements import queries as placements
from ..placements.models import Placement
from ..reference import queries as reference
from ..reference.models import Step
from ..tenants import queries as tenants
from ..tenants.models import Membership
from .models import AgendaItem, Goal, Participant, PlanningSession

PHASE = "co-planning"
ALSO = ("form-choice",)
NOT_TALKED_ABOUT = ("planning-invite",)  # done by the invitation itself


def session_for(actor: Actor, session_id: UUID, *, locked: bool = False) -> PlanningSession:
    """The only door to a session, with its placement; NotFound for one that is not there or not this actor's."""
    found = _with_placement().where(PlanningSession.id == session_id, _visible(actor))
    if locked:
        found = found.with_for_update(of=PlanningSession).execution_options(populate_existing=True)
    row = db.session.scalar(found)
    if row is None:
        raise NotFound()
    return row


def sessions_of(actor: Actor, placement: Placement) -> list[PlanningSession]:
    """The sessions of a placement the actor may see, the newest first."""
    found = _with_placement().where(PlanningSession.placement_id == placement.id, _visible(actor))
    return list(db.session.scalars(found.order_by(PlanningSession.starts_at.desc(), PlanningSession.id.desc())))


def _with_placement() -> Select[Any]:
    joined = and_(PlanningSession.tenant_id == Placement.tenant_id, PlanningSession.placement_id == Placement.id)
    return select(PlanningSession).join(Placement, joined).options(contains_eager(PlanningSession.placement))


def _visible(actor: Actor) -> ColumnElement[bool]:
    """Whoever sees the placement sees its sessions; a guest sees the one session of the link."""
    if actor.link is None:
        return placements.visible(actor)
    side = PlanningSession.workplace_id if actor.kind == "workplace" else PlanningSession.tenant_id
    subject = actor.link.subject_id if actor.link.kind == "session" else None
    return and_(side == actor.organisation_id, PlanningSession.id == subject)


def open_session_of(placement: Placement) -> PlanningSession | None:
    """The session of a placement that is not closed yet; asked with the placement locked."""
    found = _here(PlanningSession, placement).where(
        PlanningSession.placement_id == placement.id, PlanningSession.closed_at.is_(None)
    )
    return db.session.scalar(found.limit(1))


def participants_of(session: PlanningSession) -> list[Participant]:
    """Who was asked to the table: student, workplace, teacher, guardian."""
    return list(session.participants)


def participant_of(session: PlanningSession, participant_id: UUID) -> Participant:
    return _one(_on(Participant, session, participant_id))


def agenda_of(session: PlanningSession) -> list[AgendaItem]:
    """The steps to talk about, in the order of the process."""
    found = _here(AgendaItem, session).where(AgendaItem.session_id == session.id)
    return list(db.session.scalars(found.order_by(AgendaItem.order)))


def item_of(session: PlanningSession, item_id: UUID) -> AgendaItem:
    """One step on the agenda, locked because a decision is written on it."""
    return _one(_on(AgendaItem, session, item_id).with_for_update().execution_options(populate_existing=True))


def goals_of(session: PlanningSession) -> list[Goal]:
    """Goals first, then tasks, each in the order of being proposed."""
    found = _here(Goal, session).where(Goal.session_id == session.id)
    return list(db.session.scalars(found.order_by(Goal.kind, Goal.order)))


def goal_of(session: PlanningSession, goal_id: UUID, *, locked: bool = True) -> Goal:
    """One goal or task, locked where somebody answers it."""
    found = _on(Goal, session, goal_id)
    return _one(found.with_for_update().execution_options(populate_existing=True) if locked else found)


def next_place(session: PlanningSession) -> int:
    """The number of the next goal or task; asked with the session locked."""
    found = select(func.coalesce(func.max(Goal.order), 0)).where(
        Goal.tenant_id == session.tenant_id, Goal.workplace_id == session.workplace_id, Goal.session_id == session.id
    )
    return int(db.session.scalar(found) or 0) + 1


def steps_to_talk_about(actor: Actor, form: str) -> list[tuple[Step, Instruction | None]]:
    """The steps of a session in the provider's own release, each with the provider's published words on it."""
    book = instructions.book_of(actor)
    steps = [s for s in reference.steps_of(book.release.id) if form in s.applies_to and _talked_about(s)]
    return [(s, _published(book.instructions.get(s.key))) for s in steps]


def _talked_about(step: Step) -> bool:
    return step.key in ALSO or (step.phase_key == PHASE and step.key not in NOT_TALKED_ABOUT)


def _published(instruction: Instruction | None) -> Instruction | None:
    return instruction if instruction is not None and instruction.is_local else None


def teacher_of(placement: Placement) -> Membership:
    return _one(_member(placement.tenant_id).where(Membership.id == placement.teacher_id))


def members_around(actor: Actor, placement: Placement) -> tuple[Membership, list[Membership]]:
    """The student as a member, and the guardians while the student is a minor."""
    student = placements.student_with(actor, placement)
    if student is None:
        raise NotFound()
    member = _one(_member(placement.tenant_id).where(Membership.id == student.member_id))
    return member, placements.guardians_of(student)


def language_of_instructor(placement: Placement) -> str:
    """As the provider knows the person, else the workplace's first language."""
    found = (
        select(WorkplaceContact.language)
        .join(Partnership, and_(Partnership.tenant_id == WorkplaceContact.tenant_id,
                                Partnership.id == WorkplaceContact.partnership_id))
        .where(WorkplaceContact.tenant_id == placement.tenant_id, Partnership.workplace_id == placement.workplace_id,
               func.lower(WorkplaceContact.email) == placement.instructor_email)
    )  # fmt: skip
    known = db.session.scalar(found.limit(1))
    return known or tenants.organisation_with(placement.workplace_id).languages[0]


def member_with(actor: Actor, email: str) -> Membership | None:
    """A member of the acting organisation by e-mail address; None for somebody without a place in it."""
    return db.session.scalar(_member(actor.organisation_id).where(func.lower(Membership.email) == email.lower()))


def _member(organisation_id: UUID | None) -> Select[Any]:
    return select(Membership).where(Membership.organisation_id == organisation_id)


def _here(model: Any, thing: Any) -> Select[Any]:
    return select(model).where(model.tenant_id == thing.tenant_id, model.workplace_id == thing.workplace_id)


def _on(model: Any, session: PlanningSession, row_id: UUID) -> Select[Any]:
    return _here(model, session).where(model.session_id == session.id, model.id == row_id)


def _one(found: Select[Any]) -> Any:
    row = db.session.scalar(found)
    if row is None:
        raise NotFound()
    return row
