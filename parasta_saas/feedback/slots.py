"""What feedback shows on pages of the rooms below."""

from typing import Any

from ..core.access import Actor
from ..core.slots import fills
from ..partnerships.models import Partnership
from ..placements.models import Placement
from . import policies, queries
from .questions import score_words

ANSWERS = "feedback/_answers.html"


@fills("partnerships.show")
def answers_of_workplace(actor: Actor, partnership: Partnership) -> tuple[str, dict[str, Any]] | None:
    """What the workplace has said lately, with what was said back."""
    if not policies.can_read_feedback(actor):
        return None
    pulses = queries.answers_from(actor, partnership.workplace_id)
    return (ANSWERS, {"pulses": pulses, "score_words": score_words, "of_workplace": True}) if pulses else None


@fills("cases.show")
def answers_on_placement(actor: Actor, placement: Placement) -> tuple[str, dict[str, Any]] | None:
    """Questions about a placement: staff read the answers, the workplace answers and reads replies."""
    if actor.kind != "workplace" and not policies.can_read_feedback(actor):
        return None
    pulses = queries.pulses_on(actor, placement)
    return (ANSWERS, {"pulses": pulses, "score_words": score_words, "of_workplace": False}) if pulses else None
