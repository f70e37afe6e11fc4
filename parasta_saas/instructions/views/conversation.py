"""Comments on the handbook: said on a step, gathered in one list, each answered; proposals go into the text."""

from typing import Any
from uuid import UUID

from flask import Response, g, request, url_for

from ...core.access import require
from ...core.errors import Conflict, Invalid
from ...core.forms import Form
from ...core.i18n import N_, _, pick
from ...core.pages import changed, invalid, page, sent_on
from ...reference import queries as reference
from ...reference.models import Step
from ...tenants import queries as tenants
from ...tenants.entry import organisation_blueprint
from .. import policies, schemas_conversation
from .. import queries as handbooks
from ..models import HandbookComment
from ..queries import Book
from ..queries import conversation as queries
from ..queries import update as updates
from ..services import conversation as services
from ..talk import OUTCOMES, SIDES, TALK, at_step, by_step, card, standing
from .map import show_release
from .step import step_in_book

bp = organisation_blueprint("comments", __name__, "/comments")
INDEX = "conversation/index.html"
SHOWN = (("", N_("To answer")), ("done", N_("Answered")), ("all", N_("All")))


@bp.get("", endpoint="index")
def show_comments() -> str:
    return page(INDEX, "found", **_inbox())


@bp.post("/steps/<key>", endpoint="say")
def say(key: str) -> Response:
    book, step, _steps = step_in_book(g.actor, key)
    form = Form(schemas_conversation.SayComment)
    if not form.valid:
        return invalid(TALK, "talk", **(_talk(book, step) | {"form": form}))
    services.say(g.actor, step_key=key, words=form.data["words"])
    return _talked(book, step, _("Thank you. Your comment has been sent to those who keep the handbook."))


@bp.post("/steps/<key>/proposals", endpoint="propose")
def propose(key: str) -> Response:
    book, step, _steps = step_in_book(g.actor, key)
    form = Form(schemas_conversation.ProposeWords)
    try:
        if form.valid:
            proposed = _proposed(form.data, step, book.instructions.get(key))
            services.say(g.actor, step_key=key, words=form.data["words"], proposed=proposed)
            return _talked(book, step, _("Thank you. Your proposal has been sent to those who keep the handbook."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(TALK, "talk", **(_talk(book, step) | {"form": form, "opened": "proposal"}))


@bp.post("/steps/<key>/questions", endpoint="ask")
def ask(key: str) -> Response:
    book, step, _steps = step_in_book(g.actor, key)
    form = Form(schemas_conversation.AskColleague)
    try:
        if form.valid:
            member = tenants.member_for(g.actor, form.data["member"], *queries.STAFF)
            services.ask_colleague(g.actor, member, step_key=key, words=form.data["words"])
            return _talked(book, step, _("%(name)s gets your question by mail.", name=member.name))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(TALK, "talk", **(_talk(book, step) | {"form": form, "opened": "question"}))


@bp.post("/updates/<uuid:update_id>/questions", endpoint="ask_on_update")
def ask_on_update(update_id: UUID) -> Response:
    """A question about a national change, from the update desk."""
    update = updates.update_for(g.actor, update_id)
    form = Form(schemas_conversation.AskColleague)
    key = form.values.get("step", "")
    to = url_for("updates.show", update_id=update.id, step=key or None)
    try:
        if form.valid:
            member = tenants.member_for(g.actor, form.data["member"], *queries.STAFF)
            services.ask_colleague(g.actor, member, step_key=key, words=form.data["words"], update=update)
            return sent_on(to, _("%(name)s gets your question by mail.", name=member.name))
    except Invalid as problem:
        form.refuse(problem)
    first = next(iter(form.errors.values()))[0]
    raise Conflict(str(first))


@bp.post("/<uuid:comment_id>/answer", endpoint="answer")
def answer(comment_id: UUID) -> Response:
    comment = queries.comment_for(g.actor, comment_id)
    form = Form(schemas_conversation.AnswerComment)
    if not form.valid:
        require(policies.can_answer_comment(g.actor, comment))
        return invalid(INDEX, "found", **_inbox(tried=comment, form=form))
    services.answer(g.actor, comment, **form.data)
    return _settled(_("Answered. Whoever commented is told."))


@bp.post("/<uuid:comment_id>/reopening", endpoint="reopen")
def reopen(comment_id: UUID) -> Response:
    services.reopen(g.actor, queries.comment_for(g.actor, comment_id))
    return _settled(_("The answer was taken back."))


@bp.post("/<uuid:comment_id>/words", endpoint="take_words")
def take_words(comment_id: UUID) -> Response:
    """Proposed words into the text, published at once."""
    comment = queries.comment_for(g.actor, comment_id)
    _book, step, _steps = step_in_book(g.actor, comment.step_key)
    form = Form(schemas_conversation.TakeWords)
    services.take_words(g.actor, comment, step, answer=form.data.get("answer", "") if form.valid else "")
    return _settled(_("The proposed words are in the text and in force."))


def _talk(book: Book, step: Step) -> dict[str, Any]:
    return at_step(g.actor, step, book.instructions.get(step.key))


def _talked(book: Book, step: Step, message: str) -> Response:
    to = url_for("instructions.step", key=step.key) + "#talk"
    return changed(TALK, "talk", to=to, message=message, **_talk(book, step))


def _settled(message: str) -> Response:
    show = request.args.get("show", "")
    return changed(INDEX, "found", to=url_for(".index", show=show or None), message=message, **_inbox())


def _proposed(data: dict[str, Any], step: Step, instruction: Any) -> dict[str, Any]:
    """The proposal with the text that it was written on."""
    field, code = data["part"].split("-")
    text = data.get(f"text_{field}_{code}", "")
    return {"field": field, "language": code, "was": standing(step, instruction, field, code), "text": text}


def _inbox(*, tried: HandbookComment | None = None, form: Form | None = None) -> dict[str, Any]:
    show = request.args.get("show", "")
    wanted = {"": True, "done": False}.get(show)
    book = handbooks.book_of(g.actor)
    show_release(book)
    found = queries.comments_of(g.actor, open=wanted)
    names = {step.key: step for step in reference.steps_of(book.release.id)}
    return {
        "cards": by_step([card(comment) for comment in found], names), "names": names, "show": show,
        "tabs": [
            {"label": _(label), "value": value, "url": url_for(".index", show=value or None), "current": show == value}
            for value, label in SHOWN
        ],
        "OUTCOMES": OUTCOMES, "SIDES": SIDES, "outcomes": [(value, _(label)) for value, label in OUTCOMES.items()],
        "form": form or Form.blank(schemas_conversation.AnswerComment), "tried_id": tried.id if tried else None,
        "step_name": lambda key: pick(names[key].name).text if key in names else _("The handbook as a whole"),
    }  # fmt: skip
