"""Reviews: drafts sent together to another person, who approves them or sends them back."""

from typing import Any
from uuid import UUID

from flask import Response, g, url_for

from ...core.access import require
from ...core.clock import today
from ...core.errors import Invalid
from ...core.fields import CommandSchema
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import invalid, page, sent_on
from ...tenants.entry import organisation_blueprint
from .. import policies, queries, version_compare, version_flow, version_words
from ..models.rounds import HandbookRound, RoundItem
from ..queries import drafts as found
from ..queries import rounds
from ..resolved import check_overlay, resolve
from ..schemas_versions import SendBack, SubmitDrafts, note_of
from ..services import rounds as services
from . import drafts
from .map import show_release

bp = organisation_blueprint("reviews", __name__, "/reviews")
SHOW = "versions/review.html"


@bp.get("")
def index() -> str:
    """Every review so far."""
    require(policies.can_see_rounds(g.actor))
    all_rounds = rounds.rounds_of(g.actor)
    items = rounds.items_of(g.actor, [round_.id for round_ in all_rounds])
    counts = {round_.id: sum(item.round_id == round_.id for item in items) for round_ in all_rounds}
    show_release(queries.book_of(g.actor))
    return page("versions/reviews.html", rounds=all_rounds, counts=counts)


@bp.post("")
def submit() -> Response:
    """Send the chosen drafts for review."""
    require(policies.can_edit_instruction(g.actor))
    form = Form(SubmitDrafts)
    if not form.valid:
        return invalid(drafts.LIST, "drafts", **drafts.listed(form))
    try:
        round_ = services.submit_drafts(
            g.actor, form.data["keys"], note=note_of(form.data), valid_from=form.data.get("valid_from")
        )
    except Invalid as problem:
        return invalid(drafts.LIST, "drafts", **drafts.listed(form.refuse(problem)))
    return sent_on(url_for(".show", review_id=round_.id), _("Sent for review. Those who may approve get a mail."))


@bp.get("/<uuid:review_id>")
def show(review_id: UUID) -> str:
    """What would change, step by step and word by word, and what can be done."""
    return page(SHOW, "review", **_shown(rounds.round_for(g.actor, review_id)))


@bp.post("/<uuid:review_id>/approval")
def approve(review_id: UUID) -> Response:
    round_ = rounds.round_for(g.actor, review_id, lock=True)
    version = services.approve(g.actor, round_)
    if version:
        said = _("Approved. It is in force as version %(number)s of the handbook.", number=version.number)
        return sent_on(url_for("versions.show", number=version.number), said)
    if round_.state == "draft":
        return _done(round_, _("A text has changed under a draft. Its writer is asked to look at it first."))
    if round_.state == "published":
        return _done(round_, _("Approved. Everything in it is in force already."))
    return _done(round_, _("Approved. It comes into force on its day."))


@bp.post("/<uuid:review_id>/return")
def send_back(review_id: UUID) -> Response:
    round_ = rounds.round_for(g.actor, review_id, lock=True)
    form = Form(SendBack)
    if not form.valid:
        require(policies.can_approve_round(g.actor))
        return invalid(SHOW, "review", **_shown(round_, form))
    services.send_back(g.actor, round_, reason=form.data["because"])
    return _done(round_, _("Sent back. Its writers get a mail with your words."))


@bp.post("/<uuid:review_id>/taking-back")
def take_back(review_id: UUID) -> Response:
    round_ = rounds.round_for(g.actor, review_id, lock=True)
    services.take_back(g.actor, round_)
    return sent_on(url_for("drafts.index"), _("The drafts are yours again."))


@bp.post("/<uuid:review_id>/cancellation")
def cancel(review_id: UUID) -> Response:
    round_ = rounds.round_for(g.actor, review_id, lock=True)
    services.cancel(g.actor, round_)
    return sent_on(url_for("drafts.index"), _("The review was cancelled. The drafts are kept."))


def _done(round_: HandbookRound, message: str) -> Response:
    return sent_on(url_for(".show", review_id=round_.id), message)


def _shown(round_: HandbookRound, form: Form | None = None) -> dict[str, Any]:
    items = rounds.items_of(g.actor, [round_.id])
    writers = {writer for item in items for writer in item.writer_ids}
    steps = found.steps_with({item.release_id for item in items}, [item.step_key for item in items])
    show_release(queries.book_of(g.actor))
    moves = version_flow.commands(round_.state)
    mine = {command for command, move in moves.items() if g.actor.has(*move.who)}
    own = g.actor.membership_id in writers
    return {
        "round": round_, "items": [_told(item, steps) for item in items], "own": own,
        "may": {c for c in mine if not (own and "not_own" in moves[c].guards)}, "alone": own and "approve" in mine,
        "form": form or Form.blank(SendBack), "blank": Form.blank(CommandSchema), "today": today(),
        "field_name": version_words.field_name, "not_own": version_flow.refusal("not_own"),
        "writers": list(dict.fromkeys(name for item in items for name in item.writers)),
    }  # fmt: skip


def _told(item: RoundItem, steps: Any) -> dict[str, Any]:
    """One step of a review: what stood before it and what was sent, as rows of words."""
    step = steps[(item.release_id, item.step_key)]
    content = step.content()
    before = {} if check_overlay(content, item.before) else item.before
    after = {} if check_overlay(content, item.overlay) else item.overlay
    rows = version_compare.rows_between(resolve(content, before), resolve(content, after), g.actor.languages)
    return {"item": item, "step": step, "rows": list(rows)}
