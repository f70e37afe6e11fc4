"""The update desk: what is asked, one question at a time, taking the update into use, and the shelf."""

from typing import Any
from uuid import UUID

from flask import g, request, url_for

from ...core.access import require
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import changed, invalid, page, sent_on
from ...reference import queries as reference
from ...tenants.entry import organisation_blueprint
from .. import desk, policies
from ..models import NationalUpdate
from ..offers import account_for, changed_fields
from ..queries import update as queries
from ..schemas_update import answers_for, choices_of, decision_of
from ..services import update as services
from .blueprint import bp

updates = organisation_blueprint("updates", __name__, "/updates")
SHOW, DONE, INDEX = "updates/show.html", "updates/done.html", "updates/index.html"


@bp.get("/updates", endpoint="updates")
def index() -> str:
    """Every update so far, and the sentences on the shelf."""
    require(policies.can_decide_update(g.actor))
    mine = queries.updates_of(g.actor)
    names = _names(reference.current_release().id)
    return page(INDEX, updates=mine, shelf=queries.shelf_of(g.actor), names=names)


@updates.get("/<uuid:update_id>")
def show(update_id: UUID) -> str:
    """The desk, or, once the update is in use, where all own words are."""
    require(policies.can_decide_update(g.actor))
    update = queries.update_for(g.actor, update_id)
    if not update.pending:
        return page(DONE, **_done(update))
    return page(SHOW, "desk", **_desk(update, request.args.get("step")))


@updates.post("/<uuid:update_id>/items/<uuid:item_id>/answer")
def answer(update_id: UUID, item_id: UUID) -> Any:
    update = queries.update_for(g.actor, update_id)
    state = queries.item_for(g.actor, update, item_id)
    count = len(state.proposal.questions)
    form = Form(answers_for(count))
    if not form.valid and not state.answered:
        return invalid(SHOW, "desk", **_desk(update, state.item.step_key, form=form))
    services.answer_question(
        g.actor, update, state, decision=decision_of(form.data, count) if form.valid else "",
        choices=choices_of(form.data, count) if form.valid else [],
    )  # fmt: skip
    to, message = url_for(".show", update_id=update.id), _("Saved. Your words are kept.")
    return changed(SHOW, "desk", "update_count", to=to, message=message, **_desk(update, None))


@updates.post("/<uuid:update_id>/items/<uuid:item_id>/reopening")
def reopen(update_id: UUID, item_id: UUID) -> Any:
    update = queries.update_for(g.actor, update_id)
    state = queries.item_for(g.actor, update, item_id)
    services.reopen_question(g.actor, update, state)
    key = state.item.step_key
    to = url_for(".show", update_id=update.id, step=key)
    message = _("The answer was taken back.")
    return changed(SHOW, "desk", "update_count", to=to, message=message, **_desk(update, key))


@updates.post("/<uuid:update_id>/use")
def use(update_id: UUID) -> Any:
    update = queries.update_for(g.actor, update_id, lock=True)
    services.finish_update(g.actor, update)
    return sent_on(
        url_for(".show", update_id=update.id), _("Reference model %(number)s is in use.", number=update.number)
    )


def _desk(update: NationalUpdate, step_key: str | None, *, form: Form | None = None) -> dict[str, Any]:
    states = queries.items_of(g.actor, update)
    steps = {step.key: step for step in reference.steps_of(update.release_id)}
    before = {step.key: step for step in reference.steps_of(update.from_release_id)}
    groups = desk.in_groups(states, steps)
    left = [s for s in groups["asked"] if s.open]
    current = next((s for s in states if s.item.step_key == step_key), None) or (left[0] if left else None)
    g.release_number = update.number
    g.nav_counts = {"instructions.updates": len(left)}
    shown: dict[str, Any] = {
        "update": update, "groups": groups, "steps": steps, "left": left, "total": len(states), "current": current,
        "minutes": desk.minutes(len(left)), "release": reference.release_with(update.release_id),
    }  # fmt: skip
    return shown | (_current(current, steps, before, form) if current else {})


def _current(state: Any, steps: dict[str, Any], before: dict[str, Any], form: Form | None) -> dict[str, Any]:
    step, old = steps[state.item.step_key], before.get(state.item.step_key)
    fields = changed_fields(old.content() if old else {}, step.content())
    cards = [desk.card(q) for q in state.proposal.questions]
    ready: dict[str, Any] = {}
    for made in cards:
        ready |= {f"choice_{made.number}": "combine" if made.suggestion else "keep"}
        ready |= {f"own_{made.number}": made.suggestion or made.our_text}
    was = old.guidance if old else {}
    national = {code: desk.wording.diff(was.get(code, ""), text) for code, text in step.guidance.items()}
    return {
        "step": step,
        "minimum_changed": "minimum" in fields,
        "cards": cards,
        "texts": {code: desk.running_text(result.chunks) for code, result in state.proposal.merges.items()},
        "national": {
            code: [("national" if s.kind == "added" else s.kind, s.words.strip()) for s in segments if s.words.strip()]
            for code, segments in national.items()
            if code in g.actor.languages
        },
        "form": form or Form.blank(answers_for(len(cards)), **ready),
    }


def _done(update: NationalUpdate) -> dict[str, Any]:
    """The account of the update: each own sentence is in force or on the shelf."""
    shelf = queries.shelf_of(g.actor)
    rows: list[dict[str, Any]] = []
    for state in queries.items_of(g.actor, update):
        mine = [s for s in shelf if s.reason == f"update:{state.item.id}"]
        for code, local in state.item.local.items():
            now = state.local.get(code) or state.item.national.get(code, "")
            kept = account_for(state.item.base.get(code, ""), local, now, [s.text for s in mine if s.language == code])
            if kept.in_force or kept.on_shelf or kept.missing:
                rows.append({"state": state, "language": code, "kept": kept})
    g.release_number = update.number
    return {
        "update": update,
        "rows": rows,
        "in_force": sum(len(r["kept"].in_force) for r in rows),
        "on_shelf": sum(len(r["kept"].on_shelf) for r in rows),
        "missing": sum(len(r["kept"].missing) for r in rows),
        "names": _names(update.release_id),
    }


def _names(release_id: UUID) -> dict[str, Any]:
    return {step.key: step for step in reference.steps_of(release_id)}
