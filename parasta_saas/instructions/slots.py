"""What a waiting national update puts on the map and on a step's page."""

from typing import Any

from ..core.access import Actor
from ..core.slots import fills
from . import desk, policies
from .queries import Waiting


@fills("instructions.band")
def band(actor: Actor, waiting: list[Waiting]) -> tuple[str, dict[str, Any]] | None:
    """The one next thing on the map: the update, with its questions and minutes."""
    if not waiting or not policies.can_decide_update(actor):
        return None
    first = [w for w in waiting if w.update_id == waiting[0].update_id]
    asked = sum(w.open for w in first)
    fits = sum(w.kind != "conflict" for w in first)
    return "updates/_band.html", {
        "update_id": first[0].update_id, "number": first[0].number, "steps": len(first), "asked": asked, "fits": fits,
        "minutes": desk.minutes(asked),
    }  # fmt: skip


@fills("instructions.step")
def step_note(actor: Actor, step_key: str, waits: Waiting | None) -> tuple[str, dict[str, Any]] | None:
    """Under the guidance: the update changes this step."""
    if waits is None or not policies.can_decide_update(actor):
        return None
    return "updates/_note.html", {"waits": waits}
