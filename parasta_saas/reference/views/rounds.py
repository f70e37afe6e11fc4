"""Comment rounds on the national body's own side: open one, look through, decide with reasons, finish."""

from typing import Any
from uuid import UUID

from flask import g, request, url_for

from ...core.errors import Invalid
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import changed, invalid, page, sent_on
from ...tenants.entry import organisation_blueprint
from .. import queries as reference
from ..queries import rounds as queries
from ..schemas import release as texts
from ..schemas import rounds as schemas
from ..services import comments
from ..services import rounds as services
from . import desk_pages as shown
from .studio import national_only

bp = organisation_blueprint("studio_rounds", __name__, "/studio")
bp.before_request(national_only)
INDEX, NEW, DESK = "rounds/studio.html", "rounds/new.html", "rounds/desk.html"


@bp.get("/rounds", endpoint="index")
def list_rounds():
    return page(INDEX, **shown.index())


@bp.get("/<uuid:release_id>/rounds/new", endpoint="new")
def begin_round(release_id: UUID):
    release = reference.release_for(g.actor, release_id)
    running = next((round_ for round_ in queries.rounds_on(release) if not round_.finished), None)
    if running:
        told = _("A comment round is still running. Finish it first.")
        return sent_on(url_for(".desk", round_id=running.id), told)
    return page(NEW, **shown.opening(release, Form.blank(schemas.OpenRound, **shown.proposed(release, request.args))))


@bp.post("/<uuid:release_id>/rounds", endpoint="open")
def open_round(release_id: UUID):
    release = reference.draft_for(g.actor, release_id)
    form = Form(schemas.OpenRound)
    if request.form.get("do", "open") != "open":
        return page(NEW, "round_form", **shown.opening(release, shown.rearranged(form, request.form["do"])))
    try:
        if form.valid:
            round_ = services.open_round(g.actor, release, **shown.wanted(form.data))
            return sent_on(url_for(".desk", round_id=round_.id), _("The comment round has been opened."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(NEW, "round_form", **shown.opening(release, form))


@bp.get("/rounds/<uuid:round_id>", endpoint="desk")
def show_desk(round_id: UUID):
    return page(DESK, **shown.desk(queries.desk_round_for(g.actor, round_id), request.args.get("at", "")))


@bp.post("/rounds/<uuid:round_id>/comments/<uuid:comment_id>/decision")
def decide(round_id: UUID, comment_id: UUID):
    round_ = queries.desk_round_for(g.actor, round_id, lock=True)
    comment = queries.judged_comment_for(g.actor, round_, comment_id)
    form = Form(schemas.DecideComment)
    try:
        if form.valid:
            said: dict[str, Any] = {k: form.data.get(k) for k in ("outcome", "version", "changed_step")}
            comments.decide_comment(
                g.actor, round_, comment, reason=shown.reasons(form), apply="apply" in form.data, **said
            )  # fmt: skip
            told = _("The decision is saved and the draft changed.") if "apply" in form.data else _("Decision saved.")
            return _done(round_, comment, told)
    except Invalid as problem:
        form.refuse(problem)
    return invalid(DESK, "threads", form=form, **shown.desk(round_, shown.at(comment), form, comment.id))


@bp.post("/rounds/<uuid:round_id>/comments/<uuid:comment_id>/moderation")
def moderate(round_id: UUID, comment_id: UUID):
    round_ = queries.desk_round_for(g.actor, round_id, lock=True)
    comment = queries.judged_comment_for(g.actor, round_, comment_id)
    form = Form(schemas.ModerateComment)
    try:
        if form.valid:
            show = form.data["shown"] == "1"
            comments.moderate_comment(g.actor, round_, comment, shown=show, because=form.data.get("because") or "")
            return _done(round_, comment, _("Everyone can read the comment now.") if show else _("Comment hidden."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(DESK, "threads", form=form, **shown.desk(round_, shown.at(comment), form, comment.id))


@bp.post("/rounds/<uuid:round_id>/end", endpoint="finish")
def finish_round(round_id: UUID):
    round_ = queries.desk_round_for(g.actor, round_id, lock=True)
    form = Form(schemas.FinishRound)
    try:
        if form.valid:
            summary = {code: text for code, text in texts.texts_of(form.data, "summary").items() if text}
            services.finish_round(g.actor, round_, summary=summary, early="early" in form.data)
            told = _("The round is finished. All decisions are public now.")
            return sent_on(url_for("rounds.summary", round_id=round_.id), told)
    except Invalid as problem:
        form.refuse(problem)
    return invalid(DESK, "finish", form=form, **shown.desk(round_, "", end_form=form))


@bp.post("/rounds/<uuid:round_id>/last-day", endpoint="extend")
def extend_round(round_id: UUID):
    round_ = queries.desk_round_for(g.actor, round_id, lock=True)
    form = Form(schemas.ExtendRound)
    try:
        if form.valid:
            services.extend_round(g.actor, round_, closes_on=form.data["closes_on"])
            return sent_on(url_for(".desk", round_id=round_id), _("The round has more time now."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(DESK, "finish", form=form, **shown.desk(round_, "", more_form=form))


def _done(round_: Any, comment: Any, told: str) -> Any:
    """Back to the comments of the same place, with the queue beside them."""
    place = shown.at(comment)
    to = url_for(".desk", round_id=round_.id, at=place)
    return changed(DESK, "threads", "queue", "finish", to=to, message=told, **shown.desk(round_, place))
