"""What partnerships show on pages of the rooms beside and below."""

from typing import Any

from ..core.access import Actor
from ..core.clock import now
from ..core.slots import fills
from . import queries, services
from .services.enquiries import LOOKS_BACK, STEP


@fills("instructions.now")
def waiting_contacts(actor: Actor, step_key: str) -> tuple[str, dict[str, Any]] | None:
    """Beside the step of the first answer: how many wait just now, and who takes the next one."""
    if step_key != STEP or not actor.is_provider(*queries.STAFF):
        return None
    waiting, oldest = queries.waiting_summary(actor)
    return "enquiries/_now.html", {
        "waiting": waiting, "oldest": oldest, "now": now(), "duty": services.duty_person(actor),
        "punctual": queries.punctuality(actor, now() - LOOKS_BACK),
    }  # fmt: skip
