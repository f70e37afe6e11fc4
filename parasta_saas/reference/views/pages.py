"""The national map and its steps: inside an organisation and, the same, for everyone."""

from typing import Any

from flask import Blueprint, g, request, url_for

from ...core.i18n import _, pick
from ...core.pages import page
from ...tenants.entry import organisation_blueprint
from .. import process_map, queries
from ..content import VIEWS
from ..models import Release, Step
from ..process_map import Narrowing
from .guides import cards_at

bp = organisation_blueprint("reference", __name__, "/reference")
public = Blueprint("reference_public", __name__, url_prefix="/reference")


@bp.get("", endpoint="map")
@public.get("", endpoint="map")
def show_map():
    release, pinned = _release()
    phases, steps = queries.phases_of(release.id), queries.steps_of(release.id)
    narrowing = _narrowing(release.frame)
    shown = process_map.build_map(phases, steps, url_of=_step_url(pinned), off=lambda step: not narrowing.takes(step))
    return page(
        "reference/map.html", release=release, pinned=pinned, phases=shown, total=len(steps), narrowing=narrowing,
        filters=_filters(steps, narrowing, pinned), taken=sum(map(narrowing.takes, steps)),
        fallen=process_map.fallen([*(p.name for p in phases), *(s.name for s in steps)]),
        forms=process_map.options(release.frame["forms"]), roles=process_map.options(release.frame["roles"]),
    )  # fmt: skip


@bp.get("/<key>", endpoint="step")
@public.get("/<key>", endpoint="step")
def show_step(key: str):
    release, pinned = _release()
    step = queries.step_of(release.id, key)
    phases, steps = queries.phases_of(release.id), queries.steps_of(release.id)
    to_map = url_for(".map", release=pinned)
    return page(
        "reference/step.html", release=release, pinned=pinned, step=step, to_map=to_map,
        words=process_map.step_words(step, release.frame), around=_around(step, steps, pinned),
        phase=next(phase for phase in phases if phase.key == step.phase_key), guides=cards_at(key),
        phases=process_map.build_map(phases, steps, url_of=_step_url(pinned), phase_url=to_map),
    )  # fmt: skip


def _release() -> tuple[Release, str | None]:
    """The release in force, or a published one that the address names."""
    pinned = request.args.get("release") or None
    release = queries.release_numbered(pinned[:20]) if pinned else queries.current_release()
    g.release_number = release.number
    return release, pinned


def _narrowing(frame: dict[str, Any]) -> Narrowing:
    """What the address asks to see; a word that means nothing here narrows nothing."""
    forms, roles = ([thing["key"] for thing in frame[kind]] for kind in ("forms", "roles"))
    asked = {name: request.args.get(name, "") for name in ("view", "form", "role")}
    return Narrowing(
        view=asked["view"] if asked["view"] in VIEWS else "",
        critical=request.args.get("critical") == "1",
        form=asked["form"] if asked["form"] in forms else "",
        role=asked["role"] if asked["role"] in roles else "",
    )


def _filters(steps: list[Step], narrowing: Narrowing, pinned: str | None) -> list[dict[str, Any]]:
    """The tabs over the map; each keeps the chosen form and role and says how many steps it leaves."""
    kept = narrowing._replace(view="", critical=False)
    tabs = [
        (_("All"), kept, None),
        (_("Critical points"), kept._replace(critical=True), "critical"),
        (_("Service process"), kept._replace(view="service"), None),
        (_("Operating process"), kept._replace(view="operating"), None),
    ]
    return [
        {
            "label": label, "mark": mark, "current": to == narrowing, "count": sum(map(to.takes, steps)),
            "url": url_for(".map", release=pinned, view=to.view or None, critical="1" if to.critical else None,
                           form=to.form or None, role=to.role or None),
        }
        for label, to, mark in tabs
    ]  # fmt: skip


def _around(step: Step, steps: list[Step], pinned: str | None) -> list[tuple[str, str, str] | None]:
    """The steps before and after, as ui.neighbours takes them."""
    url, at = _step_url(pinned), next(i for i, other in enumerate(steps) if other.key == step.key)
    before, after = steps[at - 1] if at else None, steps[at + 1] if at + 1 < len(steps) else None
    return [
        (_("Previous, step %(number)s", number=before.order), pick(before.name).text, url(before)) if before else None,
        (_("Next, step %(number)s", number=after.order), pick(after.name).text, url(after)) if after else None,
    ]


def _step_url(pinned: str | None) -> Any:
    return lambda step: url_for(".step", key=step.key, release=pinned)
