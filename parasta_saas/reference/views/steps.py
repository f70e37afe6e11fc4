"""The steps of a draft: one whole step in a form, their order, adding, removing and bringing back."""

from typing import Any
from uuid import UUID

from flask import g, url_for

from ...core.errors import Invalid
from ...core.forms import Form
from ...core.i18n import LANGUAGES, OWN_NAMES, _
from ...core.pages import changed, invalid, page, sent_on
from ...tenants.entry import organisation_blueprint
from .. import elements, lineage, process_map, queries, schemas, stepform
from ..models import Release, Step
from ..queries import elements as found
from ..schemas import elements as forms
from ..services import steps as services
from .studio import bp as studio
from .studio import in_foot, national_only

bp = organisation_blueprint("steps", __name__, "/studio/<uuid:release_id>/steps")
bp.before_request(national_only)
STEP, LIST, REMOVAL = "studio/step.html", "studio/elements/steps.html", "studio/elements/removal.html"
# Where a mistake is, its section is open.
SECTIONS = {
    "pulse": ("pulse", "critical"), "rests": ("basis", "statute", "limit_"),
    "parts": ("documents_", "indicators", "links"), "policy": ("policy_",),
}  # fmt: skip


@studio.get("/<uuid:release_id>/steps/<key>")
def step(release_id: UUID, key: str):
    release = queries.release_for(g.actor, release_id)
    return page(STEP, **_edited(release, queries.step_of(release.id, key)))


@studio.post("/<uuid:release_id>/steps/<key>")
def change_step(release_id: UUID, key: str):
    chosen = queries.step_for(g.actor, release_id, key)
    form = Form(forms.WholeStep)
    try:
        if form.valid:
            services.rewrite_step(g.actor, chosen, version=form.data["version"], **_said(form, chosen))
            return sent_on(url_for("studio.show", release_id=release_id, step=key), _("The step has been saved."))
    except Invalid as problem:
        form.refuse(problem)
    release = queries.release_for(g.actor, release_id)
    return invalid(STEP, "step_form", form=form, **_edited(release, chosen, form))


@bp.get("", endpoint="index")
def list_steps(release_id: UUID):
    return page(LIST, **_listed(queries.release_for(g.actor, release_id)))


@bp.post("")
def add(release_id: UUID):
    release = queries.draft_for(g.actor, release_id)
    form = Form(forms.AddStep)
    try:
        if form.valid:
            facts = {name: form.data[name] for name in ("phase", "view", "responsible", "basis")}
            name, key = schemas.texts_of(form.data, "name"), form.data.get("key", "")
            new = services.add_step(g.actor, release, name=name, key=key, **facts)
            told = _("The step has been added. Write the rest of it here.")
            return sent_on(url_for("studio.step", release_id=release_id, key=new.key), told)
    except Invalid as problem:
        form.refuse(problem)
    return invalid(LIST, "add_form", **_listed(release, form))


@bp.post("/<key>/place", endpoint="shift")
def shift_step(release_id: UUID, key: str):
    chosen = queries.step_for(g.actor, release_id, key)
    form = Form(forms.Shift)
    told = ""
    if form.valid and services.shift_step(g.actor, chosen, by=-1 if form.data["way"] == "up" else 1):
        told = _("The step is now number %(number)s.", number=chosen.order)
    to = url_for(".index", release_id=release_id) + f"#step-{key}"
    return changed(LIST, "step_list", to=to, message=told, **_listed(queries.release_for(g.actor, release_id)))


@bp.get("/<key>/removal", endpoint="removal")
def ask_removal(release_id: UUID, key: str):
    release = queries.release_for(g.actor, release_id)
    return page(REMOVAL, **_leaving(release, queries.step_of(release.id, key)))


@bp.post("/<key>/removal", endpoint="remove")
def remove_step(release_id: UUID, key: str):
    chosen = queries.step_for(g.actor, release_id, key)
    form = Form(forms.RemoveStep)
    try:
        if form.valid:
            services.remove_step(g.actor, chosen, **form.data)
            return sent_on(url_for(".index", release_id=release_id) + "#gone", _("The step has been removed."))
    except Invalid as problem:
        form.refuse(problem)
    release = queries.release_for(g.actor, release_id)
    return invalid(REMOVAL, "removal_form", **_leaving(release, chosen, form))


@bp.post("/<key>/return", endpoint="bring_back")
def bring_step_back(release_id: UUID, key: str):
    services.bring_step_back(g.actor, queries.draft_for(g.actor, release_id), key=key)
    return sent_on(url_for(".index", release_id=release_id) + f"#step-{key}", _("The step is back."))


def _said(form: Form, chosen: Step) -> dict[str, Any]:
    """What the form says: with `facts` all of it, else the three texts that it must have."""
    if not form.data.get("facts"):
        return {"texts": {name: schemas.texts_of(form.data, name) for name in stepform.TEXTS[:3]}}
    return {
        "texts": {name: schemas.texts_of(form.data, name) for name in stepform.TEXTS},
        "facts": stepform.facts_of(form.data),
        "place": (form.data.get("phase") or chosen.phase_key, form.data.get("after", "")),
    }


def _edited(release: Release, chosen: Step, form: Form | None = None) -> dict[str, Any]:
    """One step to be written, with its text in the release before."""
    in_foot(release)
    base, whole = queries.base_of(release), found.whole_of(release)
    stored = stepform.values_of(chosen.content())
    form = form or Form.blank(forms.WholeStep, **stored)
    before = {s.key: s.content() for s in queries.steps_of(base.id)}.get(chosen.key) if base else None
    choices = step_choices(whole, chosen.key)
    stale = "_schema" in form.errors
    return {
        "release": release, "base": base, "step": chosen, "stored": stored, "before": before, "stale": stale,
        "words": process_map.step_words(chosen, release.frame), "labels": labels(), "options": choices,
        "handovers": _handed_over(whole, chosen.key), "policies": stepform.POLICIES, "step_form": form,
        "meanwhile": _meanwhile(stored, form, choices) if stale else {},
        "opened": {name for name, fields in SECTIONS.items() if any(f.startswith(fields) for f in form.errors)},
    }  # fmt: skip


def _meanwhile(stored: dict[str, Any], form: Form, choices: dict[str, list[tuple[str, str]]]) -> dict[str, str]:
    """What somebody else saved while this was written, in words, by field; texts are shown beside their fields."""
    texts = {f"{stem}_{code}" for stem in stepform.TEXTS for code in LANGUAGES}
    told = {}
    for name in stored.keys() - texts - {"after"}:
        now, typed = stored[name], form.values.get(name) or ""
        values = [str(value) for value in (now if isinstance(now, list) else [now])]
        if sorted(values) != sorted(typed if isinstance(typed, list) else [str(typed)]) and (now or typed):
            named = dict(choices.get(name, ()))
            told[name] = ", ".join(named.get(value, value) for value in values) or "–"
    return told


def step_choices(whole: found.Whole, key: str = "") -> dict[str, list[tuple[str, str]]]:
    """The options of each field of a step."""
    choices = {name: elements.options(source, whole) for name, source in stepform.SOURCES.items()}
    choices["view"] = [(key, _(words)) for key, words in stepform.VIEW_WORDS.items()]
    choices["limit_unit"] = [(key, _(words)) for key, words in stepform.UNITS.items()]
    others = [(value, words) for value, words in elements.options("steps", whole) if value != key]
    after = [(value, _("After %(step)s", step=words)) for value, words in others]
    choices["after"] = [("first", _("First in its phase")), *after]
    for name, modes in stepform.POLICIES.items():
        choices[f"policy_{name}"] = [(mode, _(words)) for mode, words in modes.items()]
    return choices


def _handed_over(whole: found.Whole, key: str) -> list[tuple[str, str]]:
    """(key, words) of the hand-overs that begin or end at a step."""
    mine = [h for h in whole["handovers"] if key in (h["from"], h.get("to"))]
    return [(handover["key"], elements.called("handovers", handover, whole)) for handover in mine]


def labels() -> dict[str, str]:
    """What each field of a step is called: labels of the form and of the summary of mistakes."""
    texts = {
        "name": _("Name"), "minimum": _("National minimum"), "guidance": _("Guidance"),
        "value": _("Why this matters"), "inputs": _("Begins from"), "outputs": _("Results in"),
        "pulse": _("Pulse question"),
    }  # fmt: skip
    named = {f"{field}_{code}": f"{words}, {OWN_NAMES[code]}" for field, words in texts.items() for code in LANGUAGES}
    return named | texts | {
        "phase": _("Phase"), "after": _("Place"), "view": _("View"), "responsible": _("Responsible"),
        "participants": _("Takes part"), "applies_to": _("Form of agreement"), "critical": _("Critical point"),
        "basis": _("What it rests on"), "statute": _("Statute"), "key": _("Key"),
        "statute_confidence": _("Certainty of the reference"), "limit_value": _("Time limit"),
        "limit_unit": _("Unit of time"), "limit_anchor": _("Counted from"), "limit_min": _("Smallest in the range"),
        "limit_max": _("Greatest in the range"), "documents_in": _("Documents that come in"),
        "documents_out": _("Documents that come out"), "indicators": _("Indicators"),
        "links": _("Statutes and guides"), "policy_name": _("Name"), "policy_minimum": _("National minimum"),
        "policy_guidance": _("Guidance"), "policy_time_limit": _("Time limit"),
        "policy_responsible": _("Responsible"),
    }  # fmt: skip


def _listed(release: Release, form: Form | None = None) -> dict[str, Any]:
    """The steps by phase, what is gone, and the form for a new one."""
    in_foot(release)
    whole = found.whole_of(release)
    steps = {phase["key"]: [s for s in whole["steps"] if s["phase"] == phase["key"]] for phase in whole["phases"]}
    blank = Form.blank(forms.AddStep, view="service", basis="proposal")
    return {
        "release": release, "phases": whole["phases"], "steps": steps, "count": len(whole["steps"]),
        "gone": found.gone_steps(release), "reasons": _reasons(release, whole), "form": form or blank,
        "options": step_choices(whole), "labels": labels(),
    }  # fmt: skip


def _reasons(release: Release, whole: found.Whole) -> dict[str, tuple[str, list[str], str]]:
    """Of each step that is gone: what happened, where its content went, why."""
    kinds = {kind: _(words) for kind, words in lineage.KINDS.items()}
    return {
        key: (kinds[entry["kind"]], [elements.name_in(whole, "steps", to) for to in entry["to"]],
              entry["reason"])
        for entry in release.lineage if entry["kind"] in lineage.ENDS for key in entry["from"]
    }  # fmt: skip


def _leaving(release: Release, chosen: Step, form: Form | None = None) -> dict[str, Any]:
    """A step about to be removed, and where its content might go."""
    in_foot(release)
    whole = found.whole_of(release)
    base = {s.key for s in queries.steps_of(release.based_on_id)} if release.based_on_id else set()
    return {
        "release": release, "step": chosen, "form": form or Form.blank(forms.RemoveStep, kind="remove"),
        "national": chosen.key in base, "handovers": _handed_over(whole, chosen.key),
        "others": [pair for pair in elements.options("steps", whole) if pair[0] != chosen.key],
    }  # fmt: skip
