"""The change plan: write it, hold reviews, tell of successes."""

from datetime import date

from sqlalchemy.dialects.postgresql import insert

from ...core.access import Actor, require
from ...core.clock import now, today
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.events import emit
from ...core.i18n import _
from ...core.ids import uuid7
from .. import policies
from ..events import PlanChanged, ReviewHeld, SuccessRemoved, SuccessReturned, SuccessTold
from ..models import ChangePlan, PlanAction, PlanReview, PlanSuccess
from ..models.plan import TEXTS
from ..progress import progress
from ..queries import plan as queries


def open_plan(actor: Actor) -> ChangePlan:
    """The provider's plan, locked; an empty one where there was none."""
    require(policies.can_tell_success(actor))
    row = insert(ChangePlan).values(
        tenant_id=actor.organisation_id, id=uuid7(), created_at=now(), **{name: {} for name in TEXTS}, written_by="",
        version=1,
    )  # fmt: skip
    db.session.execute(row.on_conflict_do_nothing())
    plan = queries.plan_of(actor, lock=True)
    assert plan is not None
    return plan


def write_plan(
    actor: Actor, *, texts: dict[str, dict[str, str]], starts_on: date | None = None, ends_on: date | None = None,
    review_on: date | None = None, version: int | None = None,
) -> ChangePlan:  # fmt: skip
    """Why, where to, when, how it is measured, who, what first. `version`: of the plan on the screen, 0 for none.

    Raises Invalid for days the wrong way round, and where a colleague wrote meanwhile.
    """
    require(policies.can_lead_plan(actor))
    _check_days(starts_on, ends_on)
    there = queries.plan_of(actor)
    if version is not None and version != (there.version if there else 0):
        by = there.written_by if there else ""
        raise Invalid(
            {"_form": [_("%(name)s has changed the plan meanwhile. Look at both, then save again.", name=by)]}
        )
    plan = open_plan(actor)
    for name in TEXTS:
        setattr(plan, name, {**{c: t for c, t in getattr(plan, name).items() if c not in actor.languages},
                             **texts.get(name, {})})  # fmt: skip
    plan.starts_on, plan.ends_on, plan.review_on = starts_on, ends_on, review_on
    plan.written_by, plan.written_at = actor.name, now()
    emit(actor, PlanChanged(plan_id=plan.id))
    return plan


def tell_success(actor: Actor, *, words: str, action: PlanAction | None = None) -> PlanSuccess:
    """Say what went well; it stands first on the plan."""
    require(policies.can_tell_success(actor))
    success = PlanSuccess(
        tenant_id=actor.organisation_id, id=uuid7(), plan_id=open_plan(actor).id, words=words, told_on=today(),
        action_id=action.id if action else None, told_by_id=actor.membership_id, told_by=actor.name,
    )  # fmt: skip
    db.session.add(success)
    emit(actor, SuccessTold(success_id=success.id))
    return success


def remove_success(actor: Actor, success: PlanSuccess) -> None:
    """Take it away again: whoever told it, or whoever leads the plan. `return_success` brings it back."""
    require(_own_or_leader(actor, success))
    if success.removed_at is not None:
        raise Conflict(_("This has been removed already."))
    success.removed_at = now()
    emit(actor, SuccessRemoved(success_id=success.id))


def return_success(actor: Actor, success: PlanSuccess) -> None:
    """Show it again."""
    require(_own_or_leader(actor, success))
    if success.removed_at is None:
        raise Conflict(_("This is shown already."))
    success.removed_at = None
    emit(actor, SuccessReturned(success_id=success.id))


def hold_review(actor: Actor, *, held_on: date, seen: str, next: str, review_on: date | None = None) -> PlanReview:
    """Check and act: what was seen, what follows, and when to look again. The figures of the day are kept with it.

    Raises Invalid for a day that has not come, and for a next review that is not after this one.
    """
    require(policies.can_lead_plan(actor))
    if held_on > today():
        raise Invalid(
            {"held_on": [_("A review is written down when it has been held. Choose today or an earlier day.")]}
        )
    if review_on is not None and review_on <= max(held_on, today()):
        raise Invalid({"review_on": [_("Choose a day after today for the next review.")]})
    plan, going = open_plan(actor), progress(queries.actions_of(actor), today())
    review = PlanReview(
        tenant_id=actor.organisation_id, id=uuid7(), plan_id=plan.id, held_on=held_on, seen=seen, next=next,
        done=going.done, total=going.total, overdue=going.overdue, held_by_id=actor.membership_id, held_by=actor.name,
    )  # fmt: skip
    db.session.add(review)
    plan.review_on = review_on
    emit(actor, ReviewHeld(review_id=review.id, plan_id=plan.id))
    return review


def _own_or_leader(actor: Actor, success: PlanSuccess) -> bool:
    own = actor.membership_id is not None and success.told_by_id == actor.membership_id
    return policies.can_lead_plan(actor) or (policies.can_tell_success(actor) and own)


def _check_days(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise Invalid({"ends_on": [_("Set the last day after the first day.")]})
