"""Steps of the provider's own: add, change, move, remove, return."""

from typing import Any

from flask import Response, g, request, url_for

from ...core.access import require
from ...core.errors import Invalid, NotFound
from ...core.forms import Form
from ...core.i18n import _, pick
from ...core.pages import invalid, page, sent_on
from ...reference import queries as reference
from ...tenants import queries_units as units
from .. import policies, services
from ..models import OwnStep
from ..own_steps import in_places
from ..queries import Book, book_of
from ..queries import layers as found
from ..schemas import ChangeEdition
from ..schemas_layers import WriteOwnStep, own_texts
from ..services import own_steps as commands
from . import hanging
from .blueprint import bp
from .map import show_release
from .standing import step_url
from .step import IN_LANGUAGE

WRITE, REMOVED = "instructions/own_step_edit.html", "instructions/own_steps.html"
FORMS = ("training_agreement", "apprenticeship")


@bp.get("/own-steps")
def own_steps() -> str:
    """Every step of our own, and the removed ones to be had back."""
    require(policies.can_edit_instruction(g.actor))
    book = book_of(g.actor)
    show_release(book)
    rows = found.own_steps_of(g.actor)
    here = [row for row in rows if row.removed_at is None]
    steps = in_places(reference.steps_of(book.release.id), [row.placed() for row in here])
    known = {row.key: row for row in here}
    return page(
        REMOVED, own=[step for step in steps if step.key in known], rows=known, units=_unit_names(book),
        removed=[row for row in rows if row.removed_at],
        phases={phase.key: pick(phase.name).text for phase in reference.phases_of(book.release.id)},
    )  # fmt: skip


@bp.get("/own-steps/new")
def new_own_step() -> str:
    require(policies.can_edit_instruction(g.actor))
    asked = request.args.get("after", "")[:60]
    place = f"{commands.AFTER}{asked}" if asked else None
    form = Form.blank(WriteOwnStep, place=place, view="operating", forms=list(FORMS), **hanging.values_of({}))
    return page(WRITE, **_writing(None, form))


@bp.post("/own-steps")
def add_own_step() -> Response:
    return _saved(None)


@bp.get("/own-steps/<key>/edit")
def edit_own_step(key: str) -> str:
    step = found.own_step_for(g.actor, key)
    require(policies.can_edit_instruction(g.actor))
    content = step.content
    texts = {
        f"{stem}_{code}": (content.get(stem) or {}).get(code, "")
        for stem in ("name", "note", "local_role") for code in g.actor.languages
    }  # fmt: skip
    form = Form.blank(
        WriteOwnStep, **texts, **hanging.values_of(content), version=step.version, view=content.get("view"),
        forms=content.get("applies_to"), place=_place_of(step),
    )  # fmt: skip
    return page(WRITE, **_writing(step, form))


@bp.post("/own-steps/<key>")
def save_own_step(key: str) -> Response:
    return _saved(found.own_step_for(g.actor, key, lock=True))


@bp.post("/own-steps/<key>/removal")
def remove_own_step(key: str) -> Response:
    commands.remove_own_step(g.actor, found.own_step_for(g.actor, key))
    return sent_on(f"{url_for('.own_steps')}#removed", _("The step left the map. You can return it from this page."))


@bp.post("/own-steps/<key>/return")
def return_own_step(key: str) -> Response:
    commands.return_own_step(g.actor, found.own_step_for(g.actor, key))
    return sent_on(url_for(".step", key=key), _("The step is on the map again."))


def _saved(step: OwnStep | None) -> Response:
    require(policies.can_edit_instruction(g.actor))
    form = Form(WriteOwnStep)
    answer = 422
    try:
        if form.valid:
            made = _written(form, step)
            unit = units.unit_for(g.actor, made.unit_id) if made.unit_id else None
            return sent_on(step_url(made.key, unit), _("Saved. The step stands on the map."))
    except Invalid as problem:
        form.refuse(problem)
    except services.EditedMeanwhile as problem:
        form.refuse(Invalid({"_schema": [problem.message]}))
        form.values["version"], answer = step.version if step else 0, problem.status
    response = invalid(WRITE, "writing", **_writing(step, form))
    response.status_code = answer
    return response


def _written(form: Form, step: OwnStep | None) -> OwnStep:
    before = dict(step.content) if step else {}
    extras = hanging.extras_of(form, before, book_of(g.actor))
    content = before | own_texts(form.data, g.actor.languages, before) | extras
    content |= {"view": form.data["view"], "applies_to": form.data["forms"] or list(FORMS)}
    unit = units.unit_for(g.actor, form.data["unit"]) if form.data.get("unit") and step is None else None
    if unit and unit.closed_at:
        raise NotFound()
    return commands.write_own_step(
        g.actor, place=form.data["place"], step=step, unit=unit, version=form.data["version"],
        content={name: value for name, value in content.items() if value},
    )  # fmt: skip


def _writing(step: OwnStep | None, form: Form) -> dict[str, Any]:
    book = book_of(g.actor)
    show_release(book)
    several = len(g.actor.languages) > 1
    name = pick(step.content["name"], main=g.actor.languages[0]).text if step else ""
    before = dict(step.content) if step else {}
    return {
        "own_step": step, "form": form, "name": name, "places": _places(book, step),
        "units": [(str(unit.id), pick(unit.name).text) for unit in units.units_of(g.actor)]
        if "units" in book.features and step is None else [],
        "written": [(code, _(IN_LANGUAGE[code]) if several else "") for code in g.actor.languages],
        "to": url_for(".save_own_step", key=step.key) if step else url_for(".add_own_step"),
        "back_url": url_for(".step", key=step.key) if step else url_for(".map"),
        "labels": hanging.labels() | {"place": _("Where it stands")},
        **hanging.context_of(form, before, book), "change": Form.blank(ChangeEdition),
    }  # fmt: skip


def _places(book: Book, step: OwnStep | None) -> list[dict[str, Any]]:
    """Where a step may stand, by phase: at its beginning, or behind any other step."""
    rows = [row for row in found.own_steps_of(g.actor) if row.removed_at is None]
    mine = step.unit_id if step else None
    placed = [row.placed() for row in rows if row.unit_id in (None, mine) and (step is None or row.key != step.key)]
    steps = in_places(reference.steps_of(book.release.id), placed)
    main = g.actor.languages[0]
    return [
        {
            "name": f"{phase.order} {pick(phase.name).text}", "value": f"{commands.PHASE}{phase.key}",
            "steps": [
                (f"{commands.AFTER}{each.key}", f"{each.order} {pick(each.name, main=main).text}")
                for each in steps if each.phase_key == phase.key
            ],
        }
        for phase in reference.phases_of(book.release.id)
    ]  # fmt: skip


def _place_of(step: OwnStep) -> str:
    return f"{commands.AFTER}{step.after_key}" if step.after_key else f"{commands.PHASE}{step.phase_key}"


def _unit_names(book: Book) -> dict[Any, str]:
    known = units.units_of(g.actor, closed=True) if "units" in book.features else []
    return {unit.id: pick(unit.name).text for unit in known}
