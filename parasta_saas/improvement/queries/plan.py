"""What an actor may see of the change plan."""

from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ..models import ChangePlan, MirrorWorkshop, PlanAction, PlanReview, PlanSuccess
from ..policies import STAFF
from ..progress import OPEN


def plan_of(actor: Actor, *, lock: bool = False) -> ChangePlan | None:
    """The acting provider's plan; None before the first word or action."""
    _at_staff(actor)
    found = select(ChangePlan).where(ChangePlan.tenant_id == actor.organisation_id)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(found)


def actions_of(actor: Actor) -> list[PlanAction]:
    """Every action of the plan, in the order in which they were made."""
    return list(db.session.scalars(_actions(actor).order_by(PlanAction.created_at, PlanAction.id)))


def action_for(actor: Actor, action_id: UUID, *, lock: bool = False) -> PlanAction:
    """One action; locked where it is about to change; NotFound for anybody else's."""
    found = _actions(actor).where(PlanAction.id == action_id)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    row = db.session.scalar(found)
    if row is None:
        raise NotFound()
    return row


def actions_from(actor: Actor, mirror_id: UUID) -> dict[str, list[PlanAction]]:
    """Actions that were born from the gaps of a round, by step; dropped ones left out."""
    found = _actions(actor).where(PlanAction.mirror_id == mirror_id, PlanAction.state != "dropped")
    by_step: dict[str, list[PlanAction]] = {}
    for action in db.session.scalars(found.order_by(PlanAction.created_at)):
        by_step.setdefault(action.step_key, []).append(action)
    return by_step


def due_actions(actor: Actor, until: date) -> list[PlanAction]:
    """Open actions with an owner whose day is this one or earlier, not yet reminded of; locked."""
    found = _actions(actor).where(
        PlanAction.state.in_(OPEN), PlanAction.owner_id.is_not(None), PlanAction.due_on <= until,
        or_(PlanAction.reminded_for.is_(None), PlanAction.reminded_for != PlanAction.due_on),
    )  # fmt: skip
    return list(db.session.scalars(found.with_for_update().execution_options(populate_existing=True)))


def mine_and_going(actor: Actor, today: date) -> tuple[int, int, UUID | None]:
    """(my open actions, how many of them are late, a workshop that is going on): one statement."""
    mine = (
        PlanAction.tenant_id == actor.organisation_id, PlanAction.owner_id == actor.membership_id,
        PlanAction.state.in_(OPEN),
    )  # fmt: skip
    count = select(func.count()).select_from(PlanAction).where(*mine)
    going = (
        select(MirrorWorkshop.id)
        .where(MirrorWorkshop.tenant_id == actor.organisation_id, MirrorWorkshop.closed_at.is_(None),
               MirrorWorkshop.expires_at > func.now())
        .limit(1)
    )  # fmt: skip
    late = count.where(PlanAction.due_on < today)
    row = db.session.execute(select(*(part.scalar_subquery() for part in (count, late, going)))).one()
    return row[0], row[1], row[2]


def successes_of(actor: Actor) -> list[PlanSuccess]:
    """What went well, the newest first."""
    found = _successes(actor).where(PlanSuccess.removed_at.is_(None))
    return list(db.session.scalars(found.order_by(PlanSuccess.told_on.desc(), PlanSuccess.id.desc())))


def success_for(actor: Actor, success_id: UUID) -> PlanSuccess:
    """One success, also a removed one, locked; NotFound for anybody else's."""
    found = _successes(actor).where(PlanSuccess.id == success_id)
    row = db.session.scalar(found.with_for_update().execution_options(populate_existing=True))
    if row is None:
        raise NotFound()
    return row


def reviews_of(actor: Actor) -> list[PlanReview]:
    """Reviews that were held, the newest first."""
    _at_staff(actor)
    found = select(PlanReview).where(PlanReview.tenant_id == actor.organisation_id)
    return list(db.session.scalars(found.order_by(PlanReview.held_on.desc(), PlanReview.id.desc())))


def _actions(actor: Actor) -> Select[PlanAction]:
    _at_staff(actor)
    return select(PlanAction).where(PlanAction.tenant_id == actor.organisation_id)


def _successes(actor: Actor) -> Select[PlanSuccess]:
    _at_staff(actor)
    return select(PlanSuccess).where(PlanSuccess.tenant_id == actor.organisation_id)


def _at_staff(actor: Actor) -> None:
    if not actor.is_provider("system", *STAFF):
        raise NotFound()
