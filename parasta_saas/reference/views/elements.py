"""What stands around the steps of a draft: one page per kind of part, and what became of the steps."""

from typing import Any
from uuid import UUID

from flask import g, url_for

from ...core.canonical import fingerprint
from ...core.errors import Invalid, NotFound
from ...core.forms import Form
from ...core.i18n import LANGUAGES, OWN_NAMES, _
from ...core.pages import changed, invalid, page, sent_on
from ...tenants.entry import organisation_blueprint
from .. import elements, lineage, queries
from ..models import Release
from ..queries import elements as found
from ..schemas import elements as forms
from ..services import parts as services
from .studio import in_foot, national_only

bp = organisation_blueprint("elements", __name__, "/studio/<uuid:release_id>")
bp.before_request(national_only)
INDEX, KIND, PART, LINEAGE = (f"studio/elements/{name}.html" for name in ("parts", "kind", "part", "lineage"))


@bp.get("/parts", endpoint="index")
def list_kinds(release_id: UUID):
    release = queries.release_for(g.actor, release_id)
    in_foot(release)
    return page(INDEX, release=release, kinds=elements.KINDS, whole=found.whole_of(release))


@bp.get("/parts/<kind>", endpoint="kind")
def list_parts(release_id: UUID, kind: str):
    release = queries.release_for(g.actor, release_id)
    return page(KIND, **_listed(release, kind))


@bp.post("/parts/<kind>")
def add(release_id: UUID, kind: str):
    release = queries.draft_for(g.actor, release_id)
    form = Form(_schema(kind))
    try:
        if form.valid:
            services.add_part(g.actor, release, kind, values=form.data)
            return sent_on(url_for(".kind", release_id=release_id, kind=kind), _("Added."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(KIND, "add_form", **_listed(release, kind, form))


@bp.get("/parts/<kind>/<key>", endpoint="part")
def show_part(release_id: UUID, kind: str, key: str):
    return page(PART, **_shown(queries.release_for(g.actor, release_id), kind, key))


@bp.post("/parts/<kind>/<key>")
def change(release_id: UUID, kind: str, key: str):
    release = queries.draft_for(g.actor, release_id)
    form = Form(_schema(kind))
    try:
        if form.valid:
            values = {**form.data, "seen": None}
            services.change_part(g.actor, release, kind, key, values=values, seen=form.data.get("seen"))
            return sent_on(url_for(".kind", release_id=release_id, kind=kind), _("Saved."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(PART, "part_form", **_shown(release, kind, key, form))


@bp.post("/parts/<kind>/<key>/removal")
def remove(release_id: UUID, kind: str, key: str):
    _schema(kind)
    services.remove_part(g.actor, queries.draft_for(g.actor, release_id), kind, key)
    return sent_on(url_for(".kind", release_id=release_id, kind=kind) + "#gone", _("Removed."))


@bp.post("/parts/<kind>/<key>/return", endpoint="bring_back")
def bring_part_back(release_id: UUID, kind: str, key: str):
    _schema(kind)
    services.bring_part_back(g.actor, queries.draft_for(g.actor, release_id), kind, key)
    return sent_on(url_for(".kind", release_id=release_id, kind=kind), _("It is back."))


@bp.post("/phases/<key>/place", endpoint="shift")
def shift_phase(release_id: UUID, key: str):
    release = queries.draft_for(g.actor, release_id)
    form = Form(forms.Shift)
    moved = form.valid and services.shift_phase(g.actor, release, key, by=-1 if form.data["way"] == "up" else 1)
    to = url_for(".kind", release_id=release_id, kind="phases")
    told = _("The phase has moved with its steps.") if moved else ""
    return changed(KIND, "part_list", to=to, message=told, **_listed(release, "phases"))


@bp.get("/lineage", endpoint="lineage")
def show_lineage(release_id: UUID):
    return page(LINEAGE, **_declared(queries.release_for(g.actor, release_id)))


@bp.post("/lineage")
def declare(release_id: UUID):
    release = queries.draft_for(g.actor, release_id)
    form = Form(forms.Declaration)
    try:
        if form.valid:
            said = form.data
            services.declare(
                g.actor, release, kind=said["kind"], old=said.get("old", ()), new=said.get("new", ()),
                reason=said["reason"],
            )  # fmt: skip
            return sent_on(url_for(".lineage", release_id=release_id), _("It has been declared."))
    except Invalid as problem:
        names = {"from": "old", "to": "new"}
        form.refuse(Invalid({names.get(field, field): words for field, words in problem.errors.items()}))
    return invalid(LINEAGE, "declare_form", **_declared(release, form))


@bp.post("/lineage/removal", endpoint="take_back")
def take_declaration_back(release_id: UUID):
    form = Form(forms.TakeBack)
    if not form.valid:
        raise NotFound()
    services.take_declaration_back(g.actor, queries.draft_for(g.actor, release_id), entry=form.data["entry"])
    return sent_on(url_for(".lineage", release_id=release_id), _("The declaration has been taken back."))


def _schema(kind: str) -> Any:
    """The form of a kind; NotFound for a word that is none."""
    if kind not in forms.PARTS:
        raise NotFound()
    return forms.PARTS[kind]


def _labels(kind: str) -> dict[str, str]:
    named: dict[str, str] = {}
    for field in elements.KINDS[kind].fields:
        named[field.name] = words = _(field.label)
        if field.sort == "texts":
            named |= {f"{field.name}_{code}": f"{words}, {OWN_NAMES[code]}" for code in LANGUAGES}
    return named


def _form_of(kind: str, whole: found.Whole) -> dict[str, Any]:
    sources = {field.name: field.source for field in elements.KINDS[kind].fields if field.source}
    options = {name: elements.options(source, whole) for name, source in sources.items()}
    return {"kind": kind, "about": elements.KINDS[kind], "labels": _labels(kind), "options": options}


def _listed(release: Release, kind: str, form: Form | None = None) -> dict[str, Any]:
    """Every thing of a kind, how often it is used and what is wrong with it, what is gone, the form for a new one."""
    schema = _schema(kind)
    in_foot(release)
    whole, base = found.whole_of(release), queries.base_of(release)
    before = found.whole_of(base)[kind] if base and not release.released else []
    used, has = elements.uses(whole), {thing["key"] for thing in whole[kind]}
    rows = [
        {
            "key": thing["key"], "name": elements.called(kind, thing, whole),
            "uses": len(used.get((kind, thing["key"]), ())),
            "wrong": [words for _field, words in elements.problems(kind, thing, whole)],
            "facts": _facts(kind, thing, whole),
        }
        for thing in whole[kind]
    ]  # fmt: skip
    gone = [(thing["key"], elements.called(kind, thing, whole)) for thing in before if thing["key"] not in has]
    blank = form or Form.blank(schema)
    return {"release": release, "rows": rows, "gone": gone, "form": blank, **_form_of(kind, whole)}


def _facts(kind: str, thing: dict[str, Any], whole: found.Whole) -> list[str]:
    """The choices of a thing in words, beside its name in the list."""
    values, told = elements.values_of(kind, thing), []
    for field in elements.KINDS[kind].fields:
        if field.sort in ("choice", "many") and field.name not in ("giver", "taker") and (value := values[field.name]):
            chosen = value if isinstance(value, list) else [value]
            named = elements.CHOICES.get(field.source)
            told += [_(named[key]) if named else elements.name_in(whole, field.source, key) for key in chosen]
        elif field.sort == "line" and values[field.name]:
            told.append(values[field.name])
    return told


def _shown(release: Release, kind: str, key: str, form: Form | None = None) -> dict[str, Any]:
    """One thing in its form, with where it is used."""
    schema = _schema(kind)
    in_foot(release)
    whole = found.whole_of(release)
    thing = elements.find(whole, kind, key)
    if thing is None:
        raise NotFound()
    stored = elements.values_of(kind, thing)
    used = elements.uses(whole).get((kind, key), [])
    return {
        "release": release, "key": key, "name": elements.called(kind, thing, whole), "stored": stored,
        "seen": fingerprint(thing), "form": form or Form.blank(schema, **stored),
        "stale": bool(form and "_schema" in form.errors),
        "uses": [(place, elements.name_in(whole, *place)) for place in used], **_form_of(kind, whole),
    }  # fmt: skip


def _declared(release: Release, form: Form | None = None) -> dict[str, Any]:
    """What is declared of the steps, and the form for more."""
    in_foot(release)
    whole = found.whole_of(release)
    base = queries.base_of(release)
    before = {step["key"]: step for step in found.whole_of(base)["steps"]} if base else {}
    gone = [step for key, step in before.items() if not elements.find(whole, "steps", key)]
    named = {"steps": [*whole["steps"], *gone]}
    kinds = {kind: _(words) for kind, words in lineage.KINDS.items()}
    entries = [
        {
            "print": fingerprint(entry), "kind": kinds[entry["kind"]], "reason": entry["reason"],
            "old": [elements.name_in(named, "steps", key) for key in entry["from"]],
            "new": [elements.name_in(whole, "steps", key) for key in entry["to"]],
        }
        for entry in release.lineage
    ]  # fmt: skip
    added = {step["key"]: step for step in whole["steps"]}
    old = [(key, elements.called("steps", step, whole)) for key, step in (added | before).items()]
    return {
        "release": release, "base": base, "entries": entries, "form": form or Form.blank(forms.Declaration),
        "kinds": list(kinds.items()), "old": old,
        "new": elements.options("steps", whole),
    }  # fmt: skip
