"""The three-way page: before, theirs, mine; where two people wrote on one step, one of them brings it together."""

from typing import Any
from uuid import UUID

from flask import Response, g, url_for

from ...core import wording
from ...core.access import require
from ...core.errors import Invalid
from ...core.forms import Form
from ...core.i18n import N_, _, pick
from ...core.pages import invalid, page
from ...tenants.entry import organisation_blueprint
from .. import policies, queries
from ..models.rounds import KeptText
from ..queries import drafts as found
from ..schemas_versions import answers_of, answers_to
from ..services import drafts as services
from ..services.drafts import Side, TheirsMoved
from ..two_editors import Meeting, Question
from ..version_words import FIELDS, said
from .drafts import told
from .map import show_release

bp = organisation_blueprint("meetings", __name__, "/map/<key>/meetings/<uuid:kept_id>")
PAGE = "versions/meeting.html"
WAYS = {
    "theirs": N_("The newer text"), "mine": N_("My text"), "both": N_("Both, one after the other"),
    "own": N_("I write it anew"),
}  # fmt: skip
IN_WORDS = (("fi", N_("in Finnish")), ("sv", N_("in Swedish")), ("en", N_("in English")))


@bp.get("")
def show(key: str, kept_id: UUID) -> str:
    """Both texts brought together where that is clean, and a question where both changed the same sentence."""
    kept = _kept(key, kept_id)
    side = _side(kept)
    return page(PAGE, "meeting", **_shown(kept, side))


@bp.post("")
def settle(key: str, kept_id: UUID) -> Response:
    """Decide; then it is published or a draft again."""
    kept = _kept(key, kept_id, lock=True)
    if kept.settled_at:
        kept.settle()  # says that it has been settled
    side = _side(kept)
    questions = side.meeting(g.actor).questions
    form = Form(answers_to(questions))
    if not form.valid:
        return invalid(PAGE, "meeting", **_shown(kept, side, form))
    try:
        made = services.settle_meeting(
            g.actor, kept, answers=answers_of(form.data, questions), seen=form.data["seen"], wants=form.data["wants"]
        )
    except Invalid as problem:
        return invalid(PAGE, "meeting", **_shown(kept, side, form.refuse(problem)))
    except TheirsMoved as problem:
        form = Form.blank(answers_to(questions), **form.values)
        form.errors = {"_moved": [str(problem)]}
        return invalid(PAGE, "meeting", **_shown(kept, side, form))
    return told(made, key)


def _kept(key: str, kept_id: UUID, *, lock: bool = False) -> KeptText:
    kept = found.kept_for(g.actor, kept_id, "meeting", lock=lock)
    require(policies.can_edit_instruction(g.actor))
    if kept.step_key != key:
        return found.kept_for(g.actor, kept_id, "none")  # nowhere
    return kept


def _side(kept: KeptText) -> Side:
    book = queries.book_of(g.actor)
    show_release(book)
    return services.side_of(g.actor, book.release.id, kept, found.draft_at(g.actor, kept.step_key))


def _shown(kept: KeptText, side: Side, form: Form | None = None) -> dict[str, Any]:
    meeting = side.meeting(g.actor)
    book = queries.book_of(g.actor)
    return {
        "kept": kept, "side": side, "step": side.step, "name": pick(side.step.name).text, "fields": FIELDS,
        "cards": [_card(question) for question in meeting.questions], "ways": WAYS, "meeting": meeting,
        "differing": [_place(place) for place in meeting.places if place.differs],
        "form": form or Form.blank(answers_to(meeting.questions), **_ready(meeting)),
        "reviewed": book.reviewed, "in_words": {code: _(words) for code, words in IN_WORDS},
        "settled": kept.settled_at is not None,
        "here": url_for(".show", key=kept.step_key, kept_id=kept.id),
    }  # fmt: skip


def _card(question: Question) -> dict[str, Any]:
    """One question as three columns with the words that differ."""
    if question.chunk is None:
        base, theirs, mine = (said(question.field, v) for v in (question.base, question.theirs, question.mine))
    else:
        base, theirs, mine = question.base, question.theirs, question.mine
    return {
        "question": question, "before": base,
        "theirs": [s for s in wording.diff(base, theirs) if s.kind != "gone"],
        "mine": [s for s in wording.diff(base, mine) if s.kind != "gone"],
        "theirs_text": theirs, "mine_text": mine,
        "suggestion": question.chunk.suggestion if question.chunk else None,
    }  # fmt: skip


def _place(place: Any) -> dict[str, Any]:
    """A field that differs, whole: as both left it and what comes of it."""
    three: tuple[str, ...] = place.base, place.theirs, place.mine
    if not place.language:
        three = tuple(said(place.field, value) for value in (place.base, place.theirs, place.mine))
    merged = place.value if place.language else said(place.field, place.value)
    return {
        "field": place.field, "language": place.language, "base": three[0], "theirs": three[1], "mine": three[2],
        "merged": [s for s in wording.diff(three[0], merged) if s.kind != "gone"], "asks": bool(place.questions),
    }  # fmt: skip


def _ready(meeting: Meeting) -> dict[str, Any]:
    """Nothing is chosen where both changed a sentence; the box for one's own words has a suggestion."""
    ready: dict[str, Any] = {}
    for question in meeting.questions:
        if question.chunk:
            ready[f"own_{question.number}"] = question.chunk.suggestion or question.mine
    return ready
