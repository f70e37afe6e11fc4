"""Who answers a question, who replies, who reads the answers. Whether one sees a question is said in `queries`."""

from ..core.access import Actor
from ..placements.policies import STAFF
from .models import Pulse

ANSWERERS = ("owner", "signatory", "instructor", "contact")


def can_ask_pulse(actor: Actor) -> bool:
    """The service itself, after a critical point."""
    return actor.is_provider() and actor.is_system


def can_answer_pulse(actor: Actor, pulse: Pulse) -> bool:
    """Whoever holds the mailed link of this question; people of the workplace who see the placement."""
    if actor.kind != "workplace" or actor.organisation_id != pulse.workplace_id:
        return False
    if actor.link is not None:
        return bool(actor.link.kind == "pulse" and actor.link.subject_id == pulse.id)
    return actor.has(*ANSWERERS)


def can_see_reply(actor: Actor, pulse: Pulse) -> bool:
    """The same people: it is said to them."""
    return can_answer_pulse(actor, pulse)


def can_read_feedback(actor: Actor) -> bool:
    """Staff; not students, about whose placements the workplace is asked."""
    return actor.is_provider(*STAFF)


def can_reply_pulse(actor: Actor, pulse: Pulse) -> bool:
    """The teacher of the placement, or a working-life coordinator in their stead."""
    if actor.organisation_id != pulse.tenant_id:
        return False
    return actor.is_provider("wl_coordinator") or (
        actor.is_provider("teacher") and pulse.placement.teacher_id == actor.membership_id
    )
