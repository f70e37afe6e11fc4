"""Who leads the mirror and the change plan, who votes, who carries an action."""

from ..core.access import Actor
from .models import MirrorWorkshop, PlanAction

LEADERS = ("quality_manager", "provider_admin")
STAFF = (*LEADERS, "wl_coordinator", "agreement_coordinator", "teacher", "provider_signatory")


def can_read_mirror(actor: Actor) -> bool:
    """Staff: what the provider said of its own practice, and the gap list."""
    return actor.is_provider(*STAFF)


def can_lead_mirror(actor: Actor) -> bool:
    """Begin a mirror, answer its steps, lead a workshop, finish."""
    return actor.is_provider(*LEADERS)


def can_vote_mirror(actor: Actor, workshop: MirrorWorkshop) -> bool:
    """Whoever joined by the code that is shown in the room: staff, workplaces and students alike."""
    return actor.link is not None and actor.link.kind == "mirror" and actor.link.subject_id == workshop.id


def can_read_plan(actor: Actor) -> bool:
    """Staff: the change plan with its actions, successes and reviews."""
    return actor.is_provider(*STAFF)


def can_lead_plan(actor: Actor) -> bool:
    """Write the plan, make actions and give them to somebody, hold reviews."""
    return actor.is_provider(*LEADERS)


def can_move_action(actor: Actor, action: PlanAction) -> bool:
    """Whoever leads the plan, and the owner of the action."""
    return actor.is_provider(*LEADERS) or (
        actor.is_provider(*STAFF) and actor.membership_id is not None and action.owner_id == actor.membership_id
    )


def can_tell_success(actor: Actor) -> bool:
    """Staff: everybody may say what went well."""
    return actor.is_provider(*STAFF)


def can_remind_plan(actor: Actor) -> bool:
    """Remind of a review or of an action whose day has come: the service itself does that."""
    return actor.is_provider("system")


def can_read_duties(actor: Actor) -> bool:
    """Staff: who answers for what, and what is amiss."""
    return actor.is_provider(*STAFF)


def can_edit_duties(actor: Actor) -> bool:
    """Say who answers for what, for the provider and for its units."""
    return actor.is_provider(*LEADERS)
