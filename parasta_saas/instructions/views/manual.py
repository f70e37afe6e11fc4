"""The handbook as it is read: the whole on one page, parts of it, print, map, export, search."""

from typing import Any
from urllib.parse import urlencode

from flask import Response, g, request, url_for

from ...core.access import require
from ...core.canonical import canonical
from ...core.clock import today
from ...core.i18n import _, language, pick
from ...core.markdown import to_html
from ...core.pages import page, pdf
from ...reference.printing import print_process_map
from ...tenants import queries_units as tenants
from ...tenants.entry import organisation_blueprint
from .. import policies, queries
from ..manual_document import Asked, Reader, document, export_of, roles_of, seal_of
from ..manual_map import map_data
from ..manual_print import Cover, deviation_words, print_manual
from ..manual_roles import roles_in
from ..manual_search import search as search_in
from ..manual_sources import sources_of
from ..manual_words import shallow
from ..queries import manual as manuals
from ..queries import search as searching
from ..queries.manual import Manual
from ..reading import marked
from ..schemas_manual import ReadManual, SearchManual, meant

bp = organisation_blueprint("manual", __name__, "/handbook")
SHOW, SEARCH = "manual/show.html", "manual/search.html"
FORMS = ("training_agreement", "apprenticeship")


@bp.get("")
def show() -> str:
    """The whole handbook, or what one role does, one phase, one form of agreement, one unit."""
    manual, asked = _asked_manual()
    units = tenants.units_of(g.actor)
    g.release_number = manual.release.number
    return page(SHOW, "handbook", **shown(manual, asked, reader()), **_choices(manual, asked, units))


@bp.get("/print.pdf", endpoint="print")
def print_part() -> Response:
    """The same on A4."""
    manual, asked = _asked_manual()
    parts = document(manual.phases, manual.entries, manual.release.frame, reader(), asked)
    made = print_manual(parts, _cover(manual, asked), language())
    return pdf(made, f"{g.actor.organisation_slug}-handbook-{manual.number}.pdf")


@bp.get("/map.pdf", endpoint="print_map")
def print_map() -> Response:
    """The map with the provider's marks on one A3."""
    manual, _asked = _asked_manual()
    waiting = {each.step_key for each in queries.waiting_steps(g.actor)} if manual.version is None else set()
    data = map_data(
        manual.phases, manual.entries, waiting, release=manual.release, number=manual.number, day=today(),
        provider=g.actor.organisation_name, unit=_unit_name(manual), seal=seal_of(exported(manual)),
        language=language(),
    )  # fmt: skip
    return pdf(print_process_map(data, language()), f"{g.actor.organisation_slug}-map-{manual.number}.pdf")


@bp.get("/handbook.json", endpoint="export")
def export() -> Response:
    """The resolved handbook as canonical JSON with its SHA-256."""
    manual, _asked = _asked_manual()
    held = exported(manual)
    seal = seal_of(held)
    name = f"{g.actor.organisation_slug}-handbook-{manual.number}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-SHA256": seal}
    return Response(canonical({"sha256": seal, "handbook": held}), mimetype="application/json", headers=headers)


@bp.get("/search")
def search() -> str:
    """Everything that a few words are found in."""
    manual = manuals.manual_of(g.actor)
    require(policies.can_read_handbook(g.actor))
    words = meant(SearchManual, dict(request.args)).get("q", "")
    found = None
    if words:
        own, national = searching.guides_to_search(g.actor)
        spoken = tuple(dict.fromkeys((language(), *g.actor.languages)))
        found = search_in(words, sources_of(manual, searching.old_names(manual.release), own, national, spoken))
    g.release_number = manual.release.number
    return page(SEARCH, "found", q=words, found=found)


def reader() -> Reader:
    """Whoever asks, at their own provider."""
    return Reader(language(), g.actor.languages)


def exported(manual: Manual) -> dict[str, Any]:
    """The whole handbook as plain data."""
    unit = {"id": str(manual.unit.id), "name": manual.unit.name} if manual.unit else None
    provider = {"slug": g.actor.organisation_slug, "name": g.actor.organisation_name}
    return export_of(
        provider=provider, number=manual.number, release=manual.release, phases=manual.phases, entries=manual.entries,
        unit=unit,
    )  # fmt: skip


def shown(manual: Manual, asked: Asked, reading: Reader) -> dict[str, Any]:
    """What the page and the public page show."""
    parts = document(manual.phases, manual.entries, manual.release.frame, reading, asked)
    return {
        "manual": manual, "parts": parts, "asked": asked, "count": sum(len(part.steps) for part in parts),
        "written": lambda words: to_html(shallow(words)), "deviation_words": deviation_words,
        "guidance": lambda step: marked(shallow(step.national_guidance), shallow(step.guidance.text)),
    }  # fmt: skip


def _asked_manual() -> tuple[Manual, Asked]:
    """The handbook that the address names, in force or as a version had it, at a unit or as a whole."""
    wanted = meant(ReadManual, dict(request.args))
    require(policies.can_read_handbook(g.actor))
    unit = tenants.unit_for(g.actor, wanted["unit"]) if "unit" in wanted else None
    version = manuals.version_for(g.actor, wanted["version"]) if "version" in wanted else None
    manual = manuals.manual_of(g.actor, unit=unit, version=version)
    return manual, Asked(wanted.get("phase", ""), wanted.get("role", ""), wanted.get("form", ""))


def _choices(manual: Manual, asked: Asked, units: list[Any]) -> dict[str, Any]:
    frame, kept = manual.release.frame, {name: value for name, value in request.args.items() if value}
    roles = roles_in((roles_of(entry) for entry in manual.entries), frame, language())
    query = f"?{urlencode(kept)}" if kept else ""
    return {
        "phases": [(phase.key, f"{phase.order} {pick(phase.name).text}") for phase in manual.phases],
        "roles": [(key, name[:1].upper() + name[1:]) for key, name in roles],
        "forms": [(form["key"], pick(form["name"]).text.capitalize()) for form in frame["forms"]],
        "units": [(str(unit.id), pick(unit.name).text) for unit in units],
        "role_name": dict(roles).get(asked.role, asked.role.removeprefix("own:")),
        "unit_id": str(manual.unit.id) if manual.unit else "", "unit_name": _unit_name(manual), "narrowed": any(asked),
        "print_url": url_for(".print") + query, "map_url": url_for(".print_map") + query,
        "export_url": url_for(".export") + query,
    }  # fmt: skip


def _cover(manual: Manual, asked: Asked) -> Cover:
    return Cover(
        provider=g.actor.organisation_name, title=_("Handbook"), part=part_words(manual, asked),
        unit=_unit_name(manual), number=manual.number, release=manual.release.number, day=today(),
        mark=pick(manual.release.frame["content_mark"]).text, seal=seal_of(exported(manual)),
    )  # fmt: skip


def part_words(manual: Manual, asked: Asked) -> str:
    """Which part of the handbook this is: what one role does, one phase, one form of agreement; "" for the whole."""
    words = []
    if asked.role:
        known = dict(roles_in((roles_of(entry) for entry in manual.entries), manual.release.frame, language()))
        words.append(_("What the %(role)s does", role=known.get(asked.role, asked.role.removeprefix("own:"))))
    if asked.phase:
        name = next((f"{p.order} {pick(p.name).text}" for p in manual.phases if p.key == asked.phase), asked.phase)
        words.append(_("Phase %(name)s", name=name))
    if asked.form:
        forms = {form["key"]: pick(form["name"]).text for form in manual.release.frame["forms"]}
        words.append(forms.get(asked.form, asked.form))
    return " · ".join(words)


def _unit_name(manual: Manual) -> str:
    return pick(manual.unit.name).text if manual.unit else ""
