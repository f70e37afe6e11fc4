"""A placement's own page: now, next, who, its run through the map, what was agreed; and one step for those outside."""

from typing import Any
from uuid import UUID

from flask import g, url_for
from markupsafe import Markup, escape

from ..core.clock import end_of_day, now, start_of_day
from ..core.formats import date_range, relative
from ..core.i18n import _
from ..core.pages import page
from ..instructions.reading import read
from ..placements import queries as placements
from ..placements.models import Placement
from ..reference import queries as reference
from ..reference.process_map import basis_of, build_map, limit_words, role_name
from ..tenants.entry import organisation_blueprint
from . import queries
from .flow import PROVIDERS_OWN
from .overview import Overview, is_staff, overview
from .wording import because, begun

bp = organisation_blueprint("cases", __name__, "/placements")
SHOW = "cases/show.html"
STEP = "cases/step.html"


@bp.get("/<uuid:placement_id>")
def show(placement_id: UUID):
    placement = placements.placement_for(g.actor, placement_id)
    seen = overview(g.actor, placement)
    g.release_number = seen.rules.release.number
    return page(
        SHOW, seen=seen, placement=placement, staff=is_staff(g.actor), base=base(), phases=_map(seen), days=date_range,
        when=when_words(placement), because=because, step_url=lambda key: step_url(placement, key),
    )  # fmt: skip


@bp.get("/<uuid:placement_id>/steps/<key>")
def step(placement_id: UUID, key: str):
    """The minimum and what the provider has published on a step, for workplace, student and guardian."""
    placement = placements.placement_for(g.actor, placement_id)
    rules = queries.rules_of(g.actor, placement.tenant_id)
    here = queries.step_of(rules, key)
    edition = queries.edition_of(placement.tenant_id, key)
    frame = rules.release.frame
    g.release_number = rules.release.number
    limit = {**here.time_limit, "value": rules.limits.get(key, here.time_limit["value"])} if here.time_limit else None
    overlay = edition.overlay if edition else {}
    return page(
        STEP, placement=placement, step=here, base=base(), basis=basis_of(frame, here.basis).label,
        reading=read(here.content(), overlay, reader=g.actor.language, working=_working(overlay)),
        responsible=begun(role_name(frame, here.responsible)), limit=begun(limit_words(limit, frame)),
    )  # fmt: skip


def base() -> str:
    """The staff's frame, or the portal's."""
    return "base.html" if is_staff(g.actor) else "portal_base.html"


def step_url(placement: Placement, key: str) -> str:
    """The provider's own page about a step for its staff, the short one for everybody else."""
    if is_staff(g.actor):
        return url_for("instructions.step", key=key)
    return url_for("cases.step", placement_id=placement.id, key=key)


def when_words(placement: Placement) -> str:
    """How far off the first or the last day is: alkaa 7 viikon päästä."""
    first, last = start_of_day(placement.starts_on), end_of_day(placement.ends_on)
    if now() < first:
        return _("begins %(when)s", when=relative(first, now()))
    if now() <= last:
        return _("ends %(when)s", when=relative(last, now()))
    return _("ended %(when)s", when=relative(last, now()))


def _map(seen: Overview) -> list[dict[str, Any]]:
    phases = [p for p in reference.phases_of(seen.rules.release.id) if p.key != PROVIDERS_OWN]
    made = build_map(
        phases, seen.steps, run_of=lambda s: seen.flow.states[s.key], url_of=lambda s: step_url(seen.placement, s.key)
    )
    for box in [box for phase in made for box in (*phase["steps_service"], *phase["steps_operating"])]:
        if box["run"] == "past":  # the map has no sign for it, so its name says it to those who listen
            box["name"] = escape(box["name"]) + Markup('<span class="vh">, {}</span>').format(_("not noted"))
    return made


def _working(overlay: dict[str, Any]) -> tuple[str, ...]:
    """The languages that the provider writes in, as far as its words show; the reader's own first."""
    written = {code for texts in overlay.values() if isinstance(texts, dict) for code in texts}
    return tuple(dict.fromkeys((g.actor.language, *sorted(written))))


BLUEPRINTS = (bp,)
