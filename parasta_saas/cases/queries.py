"""What is known of placements in the process: completed steps, the provider's release and limits, the session."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from ..agreements.models import Agreement, Notice, Signature
from ..core.access import Actor
from ..core.clock import today
from ..core.db import db
from ..instructions.models import Handbook, Instruction, InstructionEdition
from ..partnerships.models import Enquiry, Partnership
from ..placements.models import Guardianship, Placement, Student
from ..planning.models import AgendaItem, Goal, PlanningSession
from ..reference import queries as reference
from ..reference.models import Release, Step
from ..tenants.models import Membership
from .models import CompletedStep


@dataclass(frozen=True)
class Rules:
    """The release that the provider of a placement follows, and its own stricter limits by step."""

    release: Release
    limits: dict[str, int]


@dataclass(frozen=True)
class Paper:
    """The agreement made from a session, as far as both sides know of it."""

    id: UUID
    state: str
    offered_at: datetime | None
    signatories: list[dict[str, Any]]  # side and name, in the order of the document
    signed: frozenset[str]  # sides

    @property
    def waits_for(self) -> list[dict[str, Any]]:
        """Who still signs; nobody before it has been sent and after all have signed."""
        return [s for s in self.signatories if s["side"] not in self.signed] if self.state == "offered" else []


@dataclass
class Talk:
    """The newest planning session of a placement with its goals and tasks, and the agreement made from it."""

    session: PlanningSession
    paper: Paper | None = None
    goals: list[Goal] = field(default_factory=list)

    def agreed(self, kind: str) -> list[str]:
        """What all three agreed, of one kind."""
        return [goal.words for goal in self.goals if goal.kind == kind and goal.agreed]


def completed_of(found: Sequence[Placement]) -> dict[UUID, list[CompletedStep]]:
    """Completed steps by placement, the earliest first. The placements have been shown to the actor already."""
    rows = select(CompletedStep).where(
        CompletedStep.tenant_id.in_({p.tenant_id for p in found}),
        CompletedStep.placement_id.in_([p.id for p in found]),
    )
    by_placement: dict[UUID, list[CompletedStep]] = {p.id: [] for p in found}
    for row in db.session.scalars(rows.order_by(CompletedStep.done_at, CompletedStep.id)):
        by_placement[row.placement_id].append(row)
    return by_placement


def is_completed(placement: Placement, step_key: str) -> bool:
    found = select(CompletedStep.id).where(
        CompletedStep.tenant_id == placement.tenant_id, CompletedStep.placement_id == placement.id,
        CompletedStep.step_key == step_key,
    )  # fmt: skip
    return db.session.scalar(found) is not None


def talks_of(found: Sequence[Placement]) -> dict[UUID, Talk]:
    """The newest session of each placement with what is on its table and its agreement, in one statement."""
    signed = (
        select(func.array_agg(Signature.side))
        .where(Signature.tenant_id == Agreement.tenant_id, Signature.agreement_id == Agreement.id,
               Signature.sha256 == Agreement.sha256)
        .correlate(Agreement).scalar_subquery()
    )  # fmt: skip
    rows = (
        select(
            PlanningSession, Goal, Agreement.id, Agreement.state, Agreement.offered_at,
            Agreement.content["signatories"], signed,
        )
        .outerjoin(Goal, and_(Goal.tenant_id == PlanningSession.tenant_id, Goal.session_id == PlanningSession.id))
        .outerjoin(Agreement, and_(Agreement.tenant_id == PlanningSession.tenant_id,
                                   Agreement.session_id == PlanningSession.id))
        .where(PlanningSession.tenant_id.in_({p.tenant_id for p in found}),
               PlanningSession.placement_id.in_([p.id for p in found]))
        .order_by(PlanningSession.starts_at.desc(), PlanningSession.id.desc(), Goal.kind, Goal.order)
    )  # fmt: skip
    talks: dict[UUID, Talk] = {}
    for session, goal, *agreement in db.session.execute(rows):
        paper = _paper(*agreement) if agreement[0] else None
        talk = talks.setdefault(session.placement_id, Talk(session, paper))
        if goal is not None and talk.session is session:
            talk.goals.append(goal)
    return talks


def _paper(key: UUID, state: str, offered_at: datetime | None, signatories: Any, signed: Any) -> Paper:
    return Paper(key, state, offered_at, signatories or [], frozenset(signed or ()))


def rules_of(actor: Actor, tenant_id: UUID) -> Rules:
    """The provider's release and own limits: its handbook for its own people, its publications for workplaces."""
    found = _by_handbook(tenant_id) if actor.kind == "provider" else _by_publications(tenant_id)
    row = db.session.execute(found).one_or_none()
    if row is None:
        return Rules(reference.current_release(), {})
    return Rules(row[0], {key: int(value) for key, value in (row[1] or {}).items() if value is not None})


def _by_handbook(tenant_id: UUID) -> Any:
    own = select(func.jsonb_object_agg(Instruction.step_key, Instruction.time_limit_value)).where(
        Instruction.tenant_id == tenant_id, Instruction.time_limit_value.is_not(None)
    )
    return (
        select(Release, own.scalar_subquery())
        .join(Handbook, Handbook.release_id == Release.id)
        .where(Handbook.tenant_id == tenant_id)
    )


def _by_publications(tenant_id: UUID) -> Any:
    newest = (
        select(InstructionEdition.step_key, InstructionEdition.overlay["time_limit_value"].label("value"))
        .ext(distinct_on(InstructionEdition.step_key))
        .where(InstructionEdition.tenant_id == tenant_id)
        .order_by(InstructionEdition.step_key, InstructionEdition.edition.desc())
        .subquery()
    )
    own = select(func.jsonb_object_agg(newest.c.step_key, newest.c.value)).where(newest.c.value.is_not(None))
    last = select(InstructionEdition.release_id).where(InstructionEdition.tenant_id == tenant_id)
    last = last.order_by(InstructionEdition.id.desc()).limit(1)
    return select(Release, own.scalar_subquery()).where(Release.id == last.scalar_subquery())


def steps_of(rules: Rules) -> list[Step]:
    return reference.steps_of(rules.release.id)


def step_of(rules: Rules, key: str) -> Step:
    """One step of the provider's release; NotFound where there is none."""
    return reference.step_of(rules.release.id, key)


def edition_of(tenant_id: UUID, key: str) -> InstructionEdition | None:
    """What the provider has published on a step last; a workplace sees it by its relation."""
    found = select(InstructionEdition).where(
        InstructionEdition.tenant_id == tenant_id, InstructionEdition.step_key == key
    )
    return db.session.scalar(found.order_by(InstructionEdition.edition.desc()).limit(1))


def staff_in(actor: Actor, roles: frozenset[str]) -> dict[str, str]:
    """role → name of the first person who holds it, for the provider's own people; empty for a workplace."""
    if actor.kind != "provider" or not roles:
        return {}
    found = select(Membership).where(
        Membership.organisation_id == actor.organisation_id, Membership.roles.overlap(sorted(roles))
    )
    names: dict[str, str] = {}
    for member in db.session.scalars(found.order_by(Membership.sort_name)):
        for role in member.roles:
            names.setdefault(role, member.name)
    return names


def guardians_of(actor: Actor, placement: Placement) -> list[str]:
    """Names of the guardians while the student is a minor; a workplace sees none."""
    if actor.kind != "provider" or not placement.student_is_minor:
        return []
    found = (
        select(Membership.name, Student)
        .join(Guardianship, and_(Guardianship.tenant_id == Membership.organisation_id,
                                 Guardianship.guardian_id == Membership.id))
        .join(Student, and_(Student.tenant_id == Guardianship.tenant_id, Student.id == Guardianship.student_id))
        .where(Student.tenant_id == placement.tenant_id, Student.id == placement.student_id)
        .order_by(Membership.sort_name)
    )  # fmt: skip
    return [name for name, student in db.session.execute(found) if student.minor_on(today())]


def decided_in(session: PlanningSession) -> frozenset[str]:
    """Steps about which a decision stands in the minutes of a session."""
    found = select(AgendaItem.step_key).where(
        AgendaItem.tenant_id == session.tenant_id, AgendaItem.session_id == session.id, AgendaItem.decision != ""
    )
    return frozenset(db.session.scalars(found))


def known_of_partnership(placement: Placement) -> frozenset[str]:
    """Steps of the partnership that have facts: a first contact was answered, goals were agreed."""
    found = (
        select(
            func.bool_or(Enquiry.answered_at.is_not(None)),
            func.bool_or(or_(Partnership.workplace_goal != "", Partnership.own_goal != "", Partnership.rhythm != "")),
        )
        .select_from(Partnership)
        .outerjoin(Enquiry, and_(Enquiry.tenant_id == Partnership.tenant_id, Enquiry.partnership_id == Partnership.id))
        .where(Partnership.tenant_id == placement.tenant_id, Partnership.workplace_id == placement.workplace_id)
    )
    answered, agreed = db.session.execute(found).one()
    facts = {"contact-response": answered, "partnership-agreement": agreed}
    return frozenset(key for key, is_fact in facts.items() if is_fact)


def parts_informed(tenant_id: UUID, agreement_id: UUID) -> frozenset[str]:
    """student, guardian: who has been told of an agreement."""
    found = select(Notice.part).where(Notice.tenant_id == tenant_id, Notice.agreement_id == agreement_id)
    return frozenset(db.session.scalars(found))


def agreement_with(actor: Actor, agreement_id: UUID) -> Agreement | None:
    """An agreement of the acting provider, for its moments."""
    return db.session.get(Agreement, (actor.organisation_id, agreement_id))
