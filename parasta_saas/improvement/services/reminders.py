"""Once a day for each provider: remind of a review that comes near and of actions whose day has come."""

from datetime import timedelta

from ...core.access import Actor, require
from ...core.clock import today
from ...core.events import emit
from .. import policies
from ..events import ActionDue, ReviewNear
from ..queries import plan as queries

REVIEW_AHEAD, ACTION_AHEAD = timedelta(days=7), timedelta(days=3)


def remind(actor: Actor) -> int:
    """Tell the leaders of a review within a week and owners of actions within three days, each day once.

    Returns how many facts were told. May run as often as one likes: the plan and its actions remember.
    """
    require(policies.can_remind_plan(actor))
    told, plan = 0, queries.plan_of(actor, lock=True)
    if plan and plan.review_on and plan.review_on != plan.reminded_for and plan.review_on <= today() + REVIEW_AHEAD:
        plan.reminded_for = plan.review_on
        emit(actor, ReviewNear(plan_id=plan.id, on=plan.review_on))
        told += 1
    for action in queries.due_actions(actor, today() + ACTION_AHEAD) if plan else ():
        assert action.due_on is not None
        action.reminded_for = action.due_on
        emit(actor, ActionDue(action_id=action.id, on=action.due_on))
        told += 1
    return told
