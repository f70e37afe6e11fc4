"""A comment round as those who are asked see it: inside an organisation and, without an account, for everyone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, g, request, session, url_for

from ...core import forms, scope
from ...core.access import Actor
from ...core.clock import now
from ...core.errors import Invalid, NotFound
from ...core.forms import Form
from ...core.i18n import LANGUAGES, _
from ...core.pages import invalid, page, sent_on
from ...core.senders import sender_of_day
from ...tenants import queries as tenants
from ...tenants.entry import organisation_blueprint
from ..models import Comment, Round
from ..queries import rounds as queries
from ..schemas import rounds as schemas
from ..services import comments as services
from . import round_pages as shown

bp = organisation_blueprint("rounds", __name__, "/rounds")
public = Blueprint("rounds_public", __name__, url_prefix="/reference/rounds")
INDEX, SHOW, STEP, SAY, OWN = (f"rounds/{name}.html" for name in ("index", "show", "step", "say", "own"))
SUMMARY = "rounds/summary.html"


@bp.get("", endpoint="index")
@public.get("", endpoint="index")
def list_rounds():
    found = queries.rounds_of(g.actor)
    return page(INDEX, rounds=[r for r in found if not r.internal or queries.is_staff(g.actor)], **shown.frame())


@bp.get("/<uuid:round_id>", endpoint="show")
@public.get("/<uuid:round_id>", endpoint="show")
def show_round(round_id: UUID):
    return page(SHOW, **shown.whole(queries.round_for(g.actor, round_id)))


@bp.get("/<uuid:round_id>/steps/<key>", endpoint="step")
@public.get("/<uuid:round_id>/steps/<key>", endpoint="step")
def show_step(round_id: UUID, key: str):
    return page(STEP, **shown.step(queries.round_for(g.actor, round_id), key))


@bp.get("/<uuid:round_id>/summary", endpoint="summary")
@public.get("/<uuid:round_id>/summary", endpoint="summary")
def show_summary(round_id: UUID):
    round_ = queries.round_for(g.actor, round_id)
    if not round_.finished:
        return sent_on(url_for(".show", round_id=round_id), _("The decisions are shown once the round is finished."))
    return page(SUMMARY, **shown.summary(round_))


@bp.get("/<uuid:round_id>/say", endpoint="say")
@public.get("/<uuid:round_id>/say", endpoint="say")
def begin_comment(round_id: UUID):
    round_ = queries.round_for(g.actor, round_id)
    spot = _spot(round_, request.args)
    return page(SAY, **shown.saying(round_, spot, Form.blank(_schema(), **shown.begun(round_, spot, request.args))))


@bp.post("/<uuid:round_id>/say")
def send(round_id: UUID):
    round_ = queries.round_for(g.actor, round_id, lock=True)
    form = Form(schemas.SayComment)
    spot = _spot(round_, form.values)
    try:
        if form.valid:
            return _said(round_, services.say_comment(g.actor, round_, spot=spot, **shown.words(form.data)))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(SAY, "say_form", form=form, **shown.saying(round_, spot))


@public.post("/<uuid:round_id>/say")
def send_publicly(round_id: UUID):
    if not queries.round_for(g.actor, round_id).public:
        raise NotFound()
    _enter()
    round_ = queries.round_for(g.actor, round_id, lock=True)
    form = Form(schemas.SayPublicly)
    spot = _spot(round_, form.values)
    try:
        if form.valid:
            said = shown.words(form.data)
            services.say_comment(g.actor, round_, spot=spot, speaker=_speaker(form.data), **said)
            session["said"] = [*_lately(), now().timestamp()]
            told = _("Thank you. Your comment shows when somebody has looked at it.")
            return sent_on(shown.place_url(round_, spot), told)
    except Invalid as problem:
        form.refuse(problem)
    return invalid(SAY, "say_form", form=form, **shown.saying(round_, spot))


@bp.get("/<uuid:round_id>/comments/<uuid:comment_id>", endpoint="own")
def show_own(round_id: UUID, comment_id: UUID):
    round_ = queries.round_for(g.actor, round_id)
    comment = queries.own_comment_for(g.actor, round_, comment_id)
    typed = {"text": comment.text, "suggestion": comment.suggestion, "version": comment.version}
    return page(OWN, **shown.own(round_, comment, Form.blank(schemas.ChangeComment, **typed)))


@bp.post("/<uuid:round_id>/comments/<uuid:comment_id>")
def change_own(round_id: UUID, comment_id: UUID):
    round_ = queries.round_for(g.actor, round_id, lock=True)
    comment = queries.own_comment_for(g.actor, round_, comment_id)
    form = Form(schemas.ChangeComment)
    try:
        if form.valid:
            services.change_comment(g.actor, round_, comment, **form.data)
            return sent_on(shown.comment_url(round_, comment), _("Your comment has been saved."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(OWN, "own_form", **shown.own(round_, comment, form))


@bp.post("/<uuid:round_id>/comments/<uuid:comment_id>/withdrawal")
def withdraw(round_id: UUID, comment_id: UUID):
    round_ = queries.round_for(g.actor, round_id, lock=True)
    comment = queries.own_comment_for(g.actor, round_, comment_id)
    services.withdraw_comment(g.actor, round_, comment)
    told = _("Your comment has been taken back. You can give it again here until the round closes.")
    return sent_on(url_for(".own", round_id=round_id, comment_id=comment_id), told)


@bp.post("/<uuid:round_id>/comments/<uuid:comment_id>/return")
def give_again(round_id: UUID, comment_id: UUID):
    round_ = queries.round_for(g.actor, round_id, lock=True)
    comment = queries.own_comment_for(g.actor, round_, comment_id)
    services.restore_comment(g.actor, round_, comment)
    return sent_on(shown.comment_url(round_, comment), _("Your comment stands again."))


def _schema() -> Any:
    return schemas.SayComment if g.actor.signed_in else schemas.SayPublicly


def _spot(round_: Round, given: Mapping[str, Any]) -> services.Spot:
    """What a comment is about; a reply only to what one may read. An address that means nothing is nowhere."""
    place = schemas.Spot()
    if place.validate(given):
        raise NotFound()
    asked = place.load(given)
    parent = queries.comment_for(g.actor, round_, asked["parent"]) if asked.get("parent") else None
    names = ("step", "field", "text_language", "sentence", "question")
    return services.Spot(parent=parent, **{name: asked.get(name) for name in names})


def _said(round_: Round, comment: Comment) -> Any:
    return sent_on(shown.comment_url(round_, comment), _("Thank you. Your comment has been saved."))


def _enter() -> None:
    """Act for the national body as somebody who may only comment."""
    found = tenants.organisation_with(queries.national_id() or UUID(int=0))
    g.actor = Actor(
        kind=found.kind, organisation_id=found.id, organisation_slug=found.slug, organisation_name=found.name,
        roles=frozenset({"commenter"}), language=g.actor.language, languages=tuple(LANGUAGES),
    )  # fmt: skip
    scope.enter(g.actor)
    forms.claim_key(g.actor)


def _speaker(said: dict[str, Any]) -> services.Speaker:
    return services.Speaker(
        name=said["author_name"], organisation=said.get("author_organisation") or "", language=said["spoken"],
        sender=sender_of_day(), lately=len(_lately()),
    )  # fmt: skip


def _lately() -> list[float]:
    """When this browser said something in the last hour."""
    return [at for at in session.get("said", []) if at > now().timestamp() - 3600]
