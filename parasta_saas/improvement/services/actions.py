"""Actions of the change plan: born from a gap or free, given to somebody, moved on."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ...core.access import Actor, require
from ...core.clock import today
from ...core.db import db
from ...core.errors import Invalid
from ...core.events import emit
from ...core.i18n import _, pick
from ...core.ids import uuid7
from ...reference.models import Step
from ...tenants.models import Membership
from .. import policies
from ..events import ActionChanged, ActionGiven, ActionMoved, ActionPlanned
from ..models import Mirror, MirrorAnswer, PlanAction
from .plan import open_plan, tell_success

SOON = timedelta(days=60)  # the day of an action that is born in one press
LONGEST = 160


def plan_action(
    actor: Actor, *, title: str, details: str = "", owner: Membership | None = None, due_on: date | None = None
) -> PlanAction:
    """Add something to do, not tied to a gap."""
    require(policies.can_lead_plan(actor))
    return _planned(actor, title, owner, details=details, due_on=_coming(due_on))


def action_from_gap(
    actor: Actor, mirror: Mirror, step: Step, answer: MirrorAnswer, *, owner: Membership, due_on: date | None = None
) -> PlanAction:
    """Make an action of a gap in one press: called after its step, with what was written, in two months."""
    require(policies.can_lead_plan(actor))
    if answer.outcome not in ("partly", "no"):
        raise Invalid({"_form": [_("This step is no gap. Add a free action instead.")]})
    title = pick(step.name, actor.language, main=actor.languages[0]).text
    return _planned(
        actor, title[:LONGEST], owner, details="\n\n".join(filter(None, (answer.note, answer.news))),
        due_on=_coming(due_on) or today() + SOON, mirror_id=mirror.id, step_key=step.key, step_name=dict(step.name),
    )  # fmt: skip


def change_action(
    actor: Actor, action: PlanAction, *, title: str, details: str = "", owner: Membership | None = None,
    due_on: date | None = None, version: int | None = None,
) -> None:  # fmt: skip
    """Change its words, its owner, its day. A day that is kept may be past; a new one must be to come."""
    require(policies.can_lead_plan(actor))
    if version is not None and version != action.version:
        raise Invalid({"_form": [_("The action has been changed meanwhile. Look at both, then save again.")]})
    if due_on != action.due_on:
        due_on = _coming(due_on)
    given = owner.id if owner else None
    changed_hands = given != action.owner_id
    action.title, action.details, action.due_on = title, details, due_on
    action.owner_id, action.owner = given, owner.name if owner else ""
    emit(actor, ActionChanged(action_id=action.id))
    if owner and changed_hands:
        _give(actor, action, owner)


def move_action(actor: Actor, action: PlanAction, *, state: str, because: str = "", success: str = "") -> None:
    """Begin, finish, drop or take up again. Dropping needs a reason; what went well becomes a success."""
    require(policies.can_move_action(actor, action), _("%(name)s carries this action.", name=action.owner))
    if state == "dropped" and not because:
        raise Invalid({"because": [_("Say why it is dropped.")]})
    action.move(state, by=actor.name, because=because if state == "dropped" else "")
    emit(actor, ActionMoved(action_id=action.id, state=state))
    if state == "done" and success:
        tell_success(actor, words=success, action=action)


def _planned(actor: Actor, title: str, owner: Membership | None, **more: Any) -> PlanAction:
    action = PlanAction(
        tenant_id=actor.organisation_id, id=uuid7(), plan_id=open_plan(actor).id, title=title, made_by=actor.name,
        owner_id=owner.id if owner else None, owner=owner.name if owner else "", **_plain(more),
    )  # fmt: skip
    db.session.add(action)
    emit(actor, ActionPlanned(action_id=action.id, step_key=action.step_key or ""))
    if owner:
        _give(actor, action, owner)
    return action


def _give(actor: Actor, action: PlanAction, owner: Membership) -> None:
    emit(actor, ActionGiven(action_id=action.id, member_id=owner.id, own=owner.id == actor.membership_id))


def _coming(due_on: date | None) -> date | None:
    if due_on is not None and due_on < today():
        raise Invalid({"due_on": [_("This day is past. Choose today or a later day.")]})
    return due_on


def _plain(more: Mapping[str, Any]) -> dict[str, Any]:
    """Columns that say something; the rest is the model's."""
    return {name: value for name, value in more.items() if value not in (None, "")}
