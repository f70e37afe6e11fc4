"""Who answers for what: findings first, a phase at a time, one step in place, many at once, copy, export."""

import csv
from io import StringIO
from typing import Any
from uuid import UUID

from flask import Response, g, request, url_for

from ...core.access import require
from ...core.clock import today
from ...core.errors import Invalid
from ...core.fields import CommandSchema
from ...core.forms import Form
from ...core.i18n import OWN_NAMES, _, pick
from ...core.pages import changed, invalid, page, sent_on
from ...tenants.entry import organisation_blueprint
from .. import policies, raci, schemas_duties, wording_duties
from ..models import ResponsibilityChange
from ..queries import responsibility as queries
from ..services import duties as services
from .duties_shown import Shown, asked, duty_typed, holders, shown, step_url

bp = organisation_blueprint("responsibilities", __name__, "/responsibilities")
INDEX, STEP, MANY, COPY = (f"improvement/duties{name}.html" for name in ("", "_step", "_many", "_copy"))
WHOLE = "all"


@bp.get("")
def index():
    """What is amiss and the phases; with `?phase=` its matrix, with `?phase=all` the whole one."""
    require(policies.can_read_duties(g.actor))
    view, phase = shown(), request.args.get("phase", "")
    phases = [] if not phase else view.board.manual.phases if phase == WHOLE else [view.phase(phase)]
    return page(
        INDEX, **_around(view, phase), tables=[(each, view.rows(each.key)) for each in phases],
        amiss=view.amiss(), counts=view.counts, whole=phase == WHOLE,
    )  # fmt: skip


@bp.get("/steps/<key>")
def step(key: str):
    """One step, to be changed; with `?done=1` its row as it is read."""
    require(policies.can_read_duties(g.actor))
    view = shown()
    return page(STEP, "row", **_step(view, key), changing=not request.args.get("done"))


@bp.post("/steps/<key>")
def add(key: str):
    require(policies.can_edit_duties(g.actor))
    view, form = shown(), Form(schemas_duties.SetDuty)
    view.row(key)
    try:
        if form.valid:
            change = services.add_duty(g.actor, key, duty_typed(view, form.data), unit_id=view.board.unit_id)
            return _changed(change)
    except Invalid as problem:
        form.refuse(problem)
    return invalid(STEP, "row", **{**_step(view, key), "form": form}, changing=True)


@bp.post("/<uuid:responsibility_id>/removal")
def remove(responsibility_id: UUID):
    entry = queries.entry_for(g.actor, responsibility_id)
    return _changed(services.remove_duty(g.actor, entry))


@bp.post("/changes/<uuid:change_id>/undo")
def undo(change_id: UUID):
    change = queries.change_for(g.actor, change_id, lock=True)
    services.undo_change(g.actor, change)
    if change.step_key:
        return _at_step(change, _("Undone."), None)
    return sent_on(url_for(".index", unit=change.unit_id), _("Undone."))


@bp.get("/many")
def many():
    require(policies.can_edit_duties(g.actor))
    view = shown()
    phase = request.args.get("phase") or view.board.manual.phases[0].key
    chosen = [row.key for row in view.rows(view.phase(phase).key)]
    return page(MANY, **_many(view, Form.blank(schemas_duties.SetDuties, steps=chosen), phase))


@bp.post("/many", endpoint="set_many")
def set_all():
    """First what it would do, then, once one is sure, do it."""
    require(policies.can_edit_duties(g.actor))
    view, form = shown(), Form(schemas_duties.SetDuties)
    phase = view.phase(request.args.get("phase") or view.board.manual.phases[0].key).key
    try:
        if form.valid:
            duty, keys = duty_typed(view, form.data), _inside(view, phase, form.data["steps"])
            if form.data["sure"] == "yes":
                change = services.set_many(g.actor, keys, duty, unit_id=view.board.unit_id)
                return sent_on(_undoable(change, phase=phase), _("Saved at all chosen steps."))
            return page(MANY, "many", **_many(view, form, phase, duty, keys))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(MANY, "many", **{**_many(view, form, phase), "form": form})


@bp.get("/copy")
def copy():
    require(policies.can_edit_duties(g.actor))
    view = shown()
    return page(COPY, **_copy(view, Form.blank(schemas_duties.CopyDuties)))


@bp.post("/copy", endpoint="do_copy")
def do_copy():
    """First how much it would be, then, once one is sure, do it."""
    require(policies.can_edit_duties(g.actor))
    view, form = shown(), Form(schemas_duties.CopyDuties)
    try:
        if form.valid:
            source = _source(form.data["source"])
            if form.data["sure"] != "yes" and source != view.board.unit_id:
                return page(COPY, "copy", **_copy(view, form, source=source, counted=True))
            keys = [step.key for step in view.board.steps]
            change = services.copy_duties(
                g.actor, source=source, target=view.board.unit_id, step_keys=keys, on=today()
            )  # fmt: skip
            return sent_on(_undoable(change), _("Copied."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(COPY, "copy", **{**_copy(view, form), "form": form})


@bp.get("/export.csv")
def export():
    """The whole matrix for a table program, with nothing in it that one would take for a formula."""
    require(policies.can_read_duties(g.actor))
    view, written = shown(), StringIO()
    sheet = csv.writer(written, delimiter=";")
    names = [wording_duties.duty_name(duty) for duty in raci.DUTIES]
    sheet.writerow([_("Phase"), _("Number"), _("Step"), *names, _("To mend")])
    for phase in view.board.manual.phases:
        for row in view.rows(phase.key):
            cells = [", ".join(cell.holders) for cell in row.cells]
            line = [pick(phase.name).text, row.label, row.name, *cells, " ".join(row.amiss)]
            sheet.writerow([raci.safe_cell(each) for each in line])
    answer = Response("\ufeff" + written.getvalue(), mimetype="text/csv")
    answer.headers.add("Content-Disposition", "attachment", filename=f"{_('Responsibilities')}.csv")
    return answer


def _changed(change: ResponsibilityChange) -> Response:
    return _at_step(change, _("Saved."), change.id)


def _at_step(change: ResponsibilityChange, message: str, undo: UUID | None) -> Response:
    """The row anew, with the way back."""
    view = Shown(queries.board_of(g.actor, change.unit_id))
    to = step_url(change.step_key, view.board.unit, undo=undo)
    return changed(STEP, "row", to=to, message=message, **{**_step(view, change.step_key), "undo": undo}, changing=True)


def _undoable(change: ResponsibilityChange, phase: str = "") -> str:
    return url_for(".index", unit=change.unit_id, phase=phase or None, undo=change.id)


def _source(unit_id: UUID | None) -> UUID | None:
    """An open unit of one's own, or None for the whole provider; NotFound for any other."""
    return queries.board_of(g.actor, unit_id).unit_id


def _inside(view: Shown, phase: str, keys: list[str]) -> list[str]:
    """The chosen steps that the phase has, in its order."""
    return [row.key for row in view.rows(phase) if row.key in keys]


def _around(view: Shown, phase: str = "") -> dict[str, Any]:
    unit, units = view.board.unit, view.board.units
    places = [(None, _("Whole provider")), *((each, pick(each.name, main=g.actor.languages[0]).text) for each in units)]
    return {
        "unit": unit, "here": view.board.unit_id, "phases": view.board.manual.phases, "asked_phase": phase,
        "undo": asked("undo"), "form": Form.blank(CommandSchema),
        "duty_names": [wording_duties.duty_name(duty) for duty in raci.DUTIES],
        "place": next(name for each, name in places if each is unit),
        "switch": [
            {"label": name, "url": url_for(".index", unit=each.id if each else None, phase=phase or None),
             "current": each is unit} for each, name in places
        ] if units else [],
    }  # fmt: skip


def _step(view: Shown, key: str) -> dict[str, Any]:
    row = view.row(key)
    return {
        **_around(view), "row": row, "holders": holders(view) if policies.can_edit_duties(g.actor) else [],
        "duties": wording_duties.duties(), "phase": view.phase(view.board.manual.entry(key).phase_key),
        "form": Form.blank(schemas_duties.SetDuty), "written": [(code, OWN_NAMES[code]) for code in g.actor.languages],
    }  # fmt: skip


def _many(
    view: Shown, form: Form, phase: str, duty: services.Duty | None = None, keys: list[str] | None = None
) -> dict[str, Any]:  # fmt: skip
    """With a duty: what would become of every chosen step."""
    after = [_then(view, key, duty) for key in keys or ()] if duty else []
    return {
        **_around(view, phase), "rows": view.rows(phase), "phase": view.phase(phase), "holders": holders(view),
        "duties": wording_duties.duties(), "form": form, "after": after,
        "duty_word": wording_duties.duty_name(duty.duty) if duty else "",
        "written": [(code, OWN_NAMES[code]) for code in g.actor.languages],
    }  # fmt: skip


def _then(view: Shown, key: str, duty: services.Duty) -> tuple[str, list[str], list[str]]:
    """(the step, who has the duty now, who would have it)."""
    kept = [e for e in view.board.own_at(key) if e.duty == duty.duty and not services.replaces(duty, e)]
    now = next(cell for cell in view.row(key).cells if cell.duty == duty.duty)
    then = dict.fromkeys([*(entry.held for entry in kept), duty.holder])
    return f"{view.labels[key]} {view.name_of(key)}", now.holders, [view.who(holder) for holder in then]


def _copy(view: Shown, form: Form, *, source: UUID | None = None, counted: bool = False) -> dict[str, Any]:
    keys, counted_now = {step.key for step in view.board.steps}, [0, 0]
    if counted:
        other = Shown(queries.board_of(g.actor, source)).board
        copied = [e for e in other.entries if e.unit_id == source and e.step_key in keys]
        said = {(e.step_key, e.duty) for e in copied if e.ends_on is None or e.ends_on >= today()}
        gone = [e for key in keys for e in view.board.own_at(key) if (e.step_key, e.duty) in said]
        counted_now = [len(copied), len(gone)]
    others = [(str(each.id), pick(each.name, main=g.actor.languages[0]).text) for each in view.board.units]
    return {
        **_around(view), "form": form, "counted": counted_now if counted else None,
        "sources": [(key, name) for key, name in others if view.board.unit is None or key != str(view.board.unit.id)],
        "from_name": next((name for key, name in others if source and key == str(source)), _("Whole provider")),
    }  # fmt: skip
