"""Who is told of comments on the handbook: whoever was asked, and whoever gets an answer."""

from typing import Any
from uuid import UUID

from flask import current_app

from ..core import mail
from ..core.access import Actor
from ..core.events import on
from ..core.i18n import pick
from ..reference import queries as reference
from ..tenants import queries as tenants
from . import queries as handbooks
from .queries import conversation as queries


@on("instructions.comment_said")
def mail_whoever_is_asked(actor: Actor, body: dict[str, Any]) -> None:
    """A question goes to the one colleague who was asked; comments wait in the list."""
    comment = queries.comment_for(actor, UUID(body["comment_id"]))
    if comment.asked_id is None or not comment.open:
        return
    member = tenants.member_for(actor, comment.asked_id)
    mail.queue_mail(
        actor, f"colleague_asked:{comment.id}", "colleague_asked", to_name=member.name, to_address=member.email,
        language=member.language, by=comment.author_name, words=comment.words,
        step=_step_name(actor, comment.step_key, member.language),
        address=f"{_here(actor)}/comments#c-{comment.id}",
    )  # fmt: skip


@on("instructions.comment_answered")
def mail_the_answer(actor: Actor, body: dict[str, Any]) -> None:
    """The answer goes to whoever commented, once for each answer; nobody writes to themselves."""
    comment = queries.comment_for(actor, UUID(body["comment_id"]))
    if comment.open or (comment.author_id and comment.author_id == comment.answered_by_id):
        return
    to, language, address = comment.author_email, comment.language, ""
    if comment.author_id:
        member = tenants.member_for(actor, comment.author_id)
        to, language, address = member.email, member.language, f"{_here(actor)}/map/{comment.step_key}#talk"
    if not to:
        return
    assert comment.answered_at is not None
    mail.queue_mail(
        actor, f"comment_answered:{comment.id}:{comment.answered_at:%Y%m%d%H%M%S%f}", "comment_answered",
        to_name=comment.author_name, to_address=to, language=language, by=comment.answered_by,
        provider=actor.organisation_name, words=comment.words, answer=comment.answer,
        step=_step_name(actor, comment.step_key, language), address=address,
    )  # fmt: skip


def _here(actor: Actor) -> str:
    return f"{current_app.config['PUBLIC_URL']}/o/{actor.organisation_slug}"


def _step_name(actor: Actor, key: str, language: str) -> str:
    """The step's name in a language; "" for the handbook as a whole and for a step that is gone."""
    steps = reference.steps_of(handbooks.book_of(actor).release.id)
    return next((pick(step.name, language).text for step in steps if step.key == key), "")
