"""What handbooks put on lower pages: a waiting update on the map and a step, reports in the national studio."""

from typing import Any

from ..core.access import Actor
from ..core.fields import CommandSchema
from ..core.forms import Form
from ..core.slots import fills
from ..reference import policies as reference_policies
from ..reference import queries as reference
from ..reference.models import Release
from . import desk, impact_report, policies
from .queries import Waiting, adoption, reports


@fills("instructions.band")
def band(actor: Actor, waiting: list[Waiting]) -> tuple[str, dict[str, Any]] | None:
    """The one next thing on the map: the update, with its questions and minutes."""
    if not waiting or not policies.can_decide_update(actor):
        return None
    first = [w for w in waiting if w.update_id == waiting[0].update_id]
    asked = sum(w.open for w in first)
    fits = sum(w.kind not in ("conflict", "meets") for w in first)
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


@fills("studio.places")
def impact_place(actor: Actor, release: Release) -> tuple[str, dict[str, Any]] | None:
    """Beside a draft: the way to its impact report."""
    return ("impact/_place.html", {"release": release}) if actor.is_national() else None


@fills("studio.way")
def impact_panel(actor: Actor, release: Release) -> tuple[str, dict[str, Any]] | None:
    """On a draft's way: whether its impact is known, and the button that asks for it."""
    if not actor.is_national() or release.released:
        return None
    sha, last = reference.content_print(release), adoption.last_weighed(release.id)
    rows = reports.impacts_of(actor, release.id, sha)
    return "impact/_panel.html", {
        "release": release, "done": len(rows), "providers": reports.providers_there_are(actor),
        "report": impact_report.report(rows), "stale": last is not None and last[0] != sha,
        "may_ask": reference_policies.can_draft_release(actor), "form": Form.blank(CommandSchema),
    }  # fmt: skip


@fills("site.release")
def adoption_totals(actor: Actor, release: Release) -> tuple[str, dict[str, Any]] | None:
    """On the public page of a release: how many follow it, nobody by name."""
    total = adoption.total_for(release.id)
    return ("adoption/_totals.html", {"total": total}) if total else None
