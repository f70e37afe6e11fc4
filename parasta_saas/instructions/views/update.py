"""The update desk: what is asked, one question at a time, whose it is, and taking the update into use."""

from typing import Any
from uuid import UUID

from flask import g, request, url_for

from ...core.access import require
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import changed, invalid, page, sent_on
from ...reference import queries as reference
from ...tenants import queries as tenants
from .. import desk, memory, policies, queue, rehearsal
from .. import queries as handbooks
from ..models import NationalUpdate
from ..offers import changed_fields
from ..queries import update as queries
from ..queries.update import ItemState
from ..schemas_update import AssignUpdate, SettleMeeting, answers_for, choices_of, decision_of
from ..services import undo
from ..services import update as services
from ..services.carrying import foreseen
from . import account
from .blueprint import bp, updates

SHOW, INDEX, REHEARSAL = (f"updates/{name}.html" for name in ("show", "index", "rehearsal"))


@bp.get("/updates", endpoint="updates")
def index() -> str:
    """Every update so far, and the way to the shelf."""
    require(policies.can_decide_update(g.actor))
    book = handbooks.book_of(g.actor)
    return page(INDEX, updates=queries.updates_of(g.actor), lying=book.lying, followed=book.release.id)


@updates.get("/updates/<uuid:update_id>")
def show(update_id: UUID) -> str:
    """The desk, or, once the update is in use, where all own words are."""
    require(policies.can_decide_update(g.actor))
    update = queries.update_for(g.actor, update_id, whole=True)
    if not update.pending:
        return page(account.DONE, **account.of(update))
    return page(SHOW, "desk", **_desk(update, request.args.get("step")))


@updates.get("/updates/<uuid:update_id>/rehearsal")
def rehearse(update_id: UUID) -> Any:
    """How the handbook would read; nothing is changed."""
    require(policies.can_decide_update(g.actor))
    update = queries.update_for(g.actor, update_id)
    if not update.pending:
        return sent_on(url_for(".show", update_id=update.id))
    states = queries.items_of(g.actor, update)
    before = {step.key: step for step in reference.steps_of(update.from_release_id)}
    after = {step.key: step for step in reference.steps_of(update.release_id)}
    leaving = {s.item.step_key: len(queue.own_pieces(s, before)) for s in states if s.kind == "gone"}
    rows = rehearsal.rehearse(states, before, after, g.actor.languages, leaving)
    g.release_number = update.number
    return page(REHEARSAL, update=update, rows=rows, left=sum(state.open for state in states))


@updates.post("/updates/<uuid:update_id>/items/<uuid:item_id>/answer")
def answer(update_id: UUID, item_id: UUID) -> Any:
    update = queries.update_for(g.actor, update_id)
    state = queries.item_for(g.actor, update, item_id)
    count = len(state.proposal.questions)
    form = Form(answers_for(count))
    if not form.valid and not state.answered and update.pending:
        return invalid(SHOW, "desk", **_desk(update, state.item.step_key, form=form))
    services.answer_question(
        g.actor, update, state, decision=decision_of(form.data, count) if form.valid else "",
        choices=choices_of(form.data, count) if form.valid else [],
    )  # fmt: skip
    return _saved(update, _("Saved. Your words are kept."))


@updates.post("/updates/<uuid:update_id>/items/<uuid:item_id>/meeting")
def settle(update_id: UUID, item_id: UUID) -> Any:
    update = queries.update_for(g.actor, update_id)
    state = queries.item_for(g.actor, update, item_id)
    form = Form(SettleMeeting)
    if not form.valid and not state.answered and update.pending:
        return invalid(SHOW, "desk", **_desk(update, state.item.step_key, form=form))
    services.settle_meeting(g.actor, update, state, way=form.data.get("way", ""))
    return _saved(update, _("Saved. Your words are kept."))


@updates.post("/updates/<uuid:update_id>/items/<uuid:item_id>/reopening")
def reopen(update_id: UUID, item_id: UUID) -> Any:
    update = queries.update_for(g.actor, update_id)
    state = queries.item_for(g.actor, update, item_id)
    services.reopen_question(g.actor, update, state)
    return _saved(update, _("The answer was taken back."), state.item.step_key)


@updates.post("/updates/<uuid:update_id>/assignment")
def assign(update_id: UUID) -> Any:
    update = queries.update_for(g.actor, update_id, lock=True)
    form = Form(AssignUpdate)
    if not form.valid:
        return invalid(SHOW, "desk", **_desk(update, None, form=form))
    chosen = form.data.get("member")
    member = tenants.member_for(g.actor, chosen, *policies.EDITORS) if chosen else None
    services.assign_update(g.actor, update, member)
    said = _("%(name)s sees to this update.", name=member.name) if member else _("Nobody in particular sees to it.")
    return _saved(update, said, request.args.get("step"))


@updates.post("/updates/<uuid:update_id>/use")
def use(update_id: UUID) -> Any:
    update = queries.update_for(g.actor, update_id, lock=True)
    require(policies.can_decide_update(g.actor))
    to = url_for(".show", update_id=update.id)
    if services.refresh_update(g.actor, update):
        return sent_on(to, _("Your own words have changed meanwhile. Look at the update once more."))
    services.finish_update(g.actor, update)
    return sent_on(to, _("Reference model %(number)s is in use.", number=update.number))


@updates.post("/updates/<uuid:update_id>/return")
def go_back(update_id: UUID) -> Any:
    update = queries.update_for(g.actor, update_id, lock=True, whole=True)
    left = update.number
    undo.go_back(g.actor, update)
    said = _("You follow reference model %(number)s again. %(left)s waits as an update.", number=update.from_number,
             left=left)  # fmt: skip
    return sent_on(url_for("instructions.updates"), said)


def _saved(update: NationalUpdate, message: str, step_key: str | None = None) -> Any:
    to = url_for(".show", update_id=update.id, step=step_key)
    return changed(SHOW, "desk", "update_count", to=to, message=message, **_desk(update, step_key))


def _desk(update: NationalUpdate, step_key: str | None, *, form: Form | None = None) -> dict[str, Any]:
    states = queries.items_of(g.actor, update)
    steps = {step.key: step for step in reference.steps_of(update.release_id)}
    before = {step.key: step for step in reference.steps_of(update.from_release_id)}
    names = before | steps
    groups = queue.grouped(states, names)
    left = [s for s in groups["asked"] if s.open]
    current = next((s for s in states if s.item.step_key == step_key), None) or (left[0] if left else None)
    g.release_number = update.number
    g.nav_counts = {"instructions.updates": len(left)}
    shown: dict[str, Any] = {
        "update": update, "groups": groups, "steps": names, "left": left, "total": len(states), "current": current,
        "minutes": desk.minutes(len(left)), "release": reference.release_with(update.release_id),
        "going": sum(len(queue.own_pieces(s, before)) for s in groups["gone"]),
        "resting": queue.resting(states, before, steps), "laid_aside": queue.aside(states),
        "layers": foreseen(g.actor, reference.release_with(update.from_release_id),
                           reference.release_with(update.release_id)),
        "editors": [(m.id, m.name) for m in tenants.members_of(g.actor, *policies.EDITORS)],
        "assign_form": Form.blank(AssignUpdate, member=update.assigned_to_id), "use_form": Form.blank(AssignUpdate),
    }  # fmt: skip
    return shown | (_current(current, before, steps, form) if current else {"form": None})


def _current(state: ItemState, before: dict[str, Any], after: dict[str, Any], form: Form | None) -> dict[str, Any]:
    key, source = state.item.step_key, state.item.source_key
    step, old = after.get(key), before.get(key) or before.get(source)
    cards = [desk.card(q) for q in state.proposal.questions] if state.kind == "conflict" else []
    known = _known(state) if cards else {}
    return {
        "step": step or old,
        "former": before.get(source) if source != key else None,
        "minimum_changed": step is not None
        and "minimum" in changed_fields(old.content() if old else {}, step.content()),
        "cards": cards,
        "known": known,
        "texts": {code: desk.running_text(result.chunks) for code, result in state.proposal.merges.items()},
        "national": _national(old, step),
        "pieces": queue.own_pieces(state, before),
        "theirs": state.heir.overlay() if state.heir else {},
        "homes": [after[home] for home in state.item.homes if home in after],
        "form": form or Form.blank(answers_for(len(cards)), **_ready(cards, known)),
    }


def _known(state: ItemState) -> dict[int, Any]:
    """Answers given before to these very texts, by the number of the question."""
    keys = {memory.question_key(question): question.number for question in state.proposal.questions}
    return {keys[key]: answer for key, answer in queries.answers_to(g.actor, keys.keys()).items()}


def _ready(cards: list[desk.Card], known: dict[int, Any]) -> dict[str, Any]:
    ready: dict[str, Any] = {}
    for made in cards:
        before = known.get(made.number)
        ready[f"choice_{made.number}"] = before.way if before else "combine" if made.suggestion else "keep"
        ready[f"own_{made.number}"] = (before.words if before else "") or made.suggestion or made.our_text
    return ready


def _national(old: Any, step: Any) -> dict[str, Any]:
    """The national guidance of a step with what is new, in the working languages."""
    if step is None:
        return {}
    was = old.guidance if old else {}
    return {
        code: [
            ("national" if s.kind == "added" else s.kind, s.words.strip())
            for s in desk.wording.diff(was.get(code, ""), text)
            if s.words.strip()
        ]
        for code, text in step.guidance.items()
        if code in g.actor.languages
    }
