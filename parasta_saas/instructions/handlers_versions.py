"""Who is told of drafts and their reviews; what the day brings."""

from typing import Any
from uuid import UUID

from flask import current_app

from ..core import formats, mail
from ..core.access import Actor
from ..core.daily import daily
from ..core.events import on
from ..core.i18n import pick
from ..reference import queries as reference
from ..tenants import queries as tenants
from ..tenants.models import Membership
from . import version_flow
from .models import InstructionDraft
from .models.rounds import HandbookRound, RoundItem
from .queries import rounds as queries
from .services import rounds as services


@daily
def put_due_in_force(actor: Actor, body: dict[str, Any]) -> None:
    """What was approved for today is in force from this morning."""
    services.publish_due(actor)


@on("instructions.round_submitted")
def mail_approvers(actor: Actor, body: dict[str, Any]) -> None:
    """Tell those who may approve and have not written in it."""
    round_, items, writers = _round(actor, body)
    if round_.state != "review":
        return
    for member in tenants.members_of(actor, *version_flow.APPROVERS):
        if member.id not in writers:
            _mail(actor, "review_asked", round_, body, member, by=round_.submitted_by, count=len(items))


@on("instructions.round_returned")
def mail_writers_of_return(actor: Actor, body: dict[str, Any]) -> None:
    """Tell the writers what should be changed, or that a text has changed under theirs."""
    round_, _items, writers = _round(actor, body)
    template = "review_moved" if body["moved"] else "review_returned"
    for member in _members(actor, writers):
        _mail(actor, template, round_, body, member, by=round_.returned_by, words=round_.returned_because)


@on("instructions.round_approved")
def mail_writers_of_approval(actor: Actor, body: dict[str, Any]) -> None:
    """Tell the writers that it is approved, and from which day it is in force."""
    round_, items, writers = _round(actor, body)
    for member in _members(actor, writers):
        day = formats.date(round_.valid_from, member.language) if round_.valid_from else ""
        _mail(actor, "review_approved", round_, body, member, by=round_.approved_by, count=len(items), day=day)


@on("instructions.update_finished")
def shelve_drafts_without_step(actor: Actor, body: dict[str, Any]) -> None:
    """A draft on a step that the update took away goes to the shelf; its writer is told."""
    _shelve(actor)


@on("instructions.update_undone")
def shelve_drafts_after_going_back(actor: Actor, body: dict[str, Any]) -> None:
    """The same for a step that only the newer release had."""
    _shelve(actor)


def _shelve(actor: Actor) -> None:
    for draft in services.shelve_orphans(actor):
        for member in _members(actor, [draft.written_by_id] if draft.written_by_id else []):
            mail.queue_mail(
                actor, f"draft_shelved:{draft.id}:{member.id}", "draft_shelved", to_name=member.name,
                to_address=member.email, language=member.language, step=_step_name(draft, member.language),
                address=f"{_here(actor)}/shelf",
            )  # fmt: skip


def _step_name(draft: InstructionDraft, language: str) -> str:
    return pick(reference.step_of(draft.release_id, draft.step_key).name, language).text


def _round(actor: Actor, body: dict[str, Any]) -> tuple[HandbookRound, list[RoundItem], list[UUID]]:
    round_ = queries.round_for(actor, UUID(body["round_id"]))
    items = queries.items_of(actor, [round_.id])
    return round_, items, [writer for item in items for writer in item.writer_ids]


def _members(actor: Actor, ids: list[UUID]) -> list[Membership]:
    return [member for member in tenants.members_of(actor) if member.id in ids]


def _mail(
    actor: Actor, template: str, round_: HandbookRound, body: dict[str, Any], member: Membership, **words: Any
) -> None:
    mail.queue_mail(
        actor, f"{template}:{round_.id}:{body['turn']}:{member.id}", template, to_name=member.name,
        to_address=member.email, language=member.language, address=f"{_here(actor)}/reviews/{round_.id}", **words,
    )  # fmt: skip


def _here(actor: Actor) -> str:
    return f"{current_app.config['PUBLIC_URL']}/o/{actor.organisation_slug}"
