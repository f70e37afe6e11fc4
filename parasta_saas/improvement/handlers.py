"""Mail about the change plan: an action is yours, its day comes, a review is near. Each day looks for what is due."""

from typing import Any
from uuid import UUID

from flask import current_app

from ..core import formats, i18n, mail
from ..core.access import Actor
from ..core.daily import daily
from ..core.events import on
from ..tenants import queries as tenants
from . import policies
from .progress import OPEN
from .queries import plan as queries
from .services import reminders


@daily
def remind_each_day(actor: Actor, body: dict[str, Any]) -> None:
    """Whatever is due by now, once."""
    reminders.remind(actor)


@on("improvement.action_given")
def mail_owner(actor: Actor, body: dict[str, Any]) -> None:
    """Tell a colleague once that an action is theirs; nobody writes to themselves."""
    action = queries.action_for(actor, UUID(body["action_id"]))
    if body["own"] or str(action.owner_id) != body["member_id"] or action.state not in OPEN:
        return
    _mail_about(actor, action, "action_given", f"action_given:{action.id}:{action.owner_id}")


@on("improvement.action_due")
def mail_due(actor: Actor, body: dict[str, Any]) -> None:
    """Tell the owner that the day comes; nothing where it is done, or was moved meanwhile."""
    action = queries.action_for(actor, UUID(body["action_id"]))
    if action.state not in OPEN or action.owner_id is None or str(action.due_on) != body["on"]:
        return
    _mail_about(actor, action, "action_due", f"action_due:{action.id}:{body['on']}")


@on("improvement.review_near")
def mail_leaders(actor: Actor, body: dict[str, Any]) -> None:
    """Tell those who lead the plan when the review is; nothing where its day was moved meanwhile."""
    plan = queries.plan_of(actor)
    if plan is None or plan.review_on is None or str(plan.review_on) != body["on"]:
        return
    for member in tenants.members_of(actor, *policies.LEADERS):
        mail.queue_mail(
            actor, f"review_near:{plan.id}:{body['on']}:{member.id}", "review_near", to_name=member.name,
            to_address=member.email, language=member.language, day=formats.date(plan.review_on, member.language),
            address=f"{_plan_page(actor)}#reviews",
        )  # fmt: skip


def _mail_about(actor: Actor, action: Any, template: str, key: str) -> None:
    member = tenants.member_for(actor, action.owner_id)
    with i18n.using(member.language):
        title = action.called
    due = formats.date(action.due_on, member.language) if action.due_on else ""
    mail.queue_mail(
        actor, key, template, to_name=member.name, to_address=member.email, language=member.language,
        title=title, due=due, by=action.made_by, address=f"{_plan_page(actor)}/actions/{action.id}",
    )  # fmt: skip


def _plan_page(actor: Actor) -> str:
    return f"{current_app.config['PUBLIC_URL']}/o/{actor.organisation_slug}/plan"
