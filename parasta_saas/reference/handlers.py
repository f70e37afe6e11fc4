"""What follows from comment rounds, later: mails to who is asked and to who has said something."""

from typing import Any
from uuid import UUID

from flask import current_app

from ..core import mail
from ..core.access import Actor
from ..core.events import on
from ..core.formats import date
from ..core.i18n import pick
from ..tenants import queries as tenants
from .models import Round
from .queries import rounds as queries
from .threads import tally, threads

WHO = {
    "provider": ("provider_admin", "quality_manager"),
    "workplace": ("owner",),
    "national": ("national_editor", "national_admin"),
}


@on("reference.round_opened", audience="invited")
def invite_commenters(actor: Actor, body: dict[str, Any]) -> None:
    """Ask those who may speak for an invited organisation; one mail each, once."""
    round_ = queries.round_for(actor, UUID(body["round_id"]))
    for member in tenants.members_of(actor, *WHO[actor.kind]):
        mail.queue_mail(
            actor, f"round_opened:{round_.id}:{member.id}", "round_opened", to_name=member.name,
            to_address=member.email, language=member.language, title=pick(round_.title, member.language).text,
            opens=date(round_.opens_on, member.language), closes=date(round_.closes_on, member.language),
            questions=len(round_.questions), address=_address(actor, round_),
        )  # fmt: skip


@on("reference.round_finished", audience="invited")
def answer_commenters(actor: Actor, body: dict[str, Any]) -> None:
    """Tell everyone who said something that the answers are there; one mail each, once."""
    round_ = queries.round_for(actor, UUID(body["round_id"]))
    said = queries.own_comments_of(actor, round_)
    decisions = queries.decisions_of(actor, round_)
    for member in tenants.members_of(actor):
        mine = [comment for comment in said if comment.author_id == member.id]
        if not mine:
            continue
        outcomes = tally(threads(mine, decisions))
        mail.queue_mail(
            actor, f"round_finished:{round_.id}:{member.id}", "round_finished", to_name=member.name,
            to_address=member.email, language=member.language, title=pick(round_.title, member.language).text,
            count=len(mine), taken=outcomes["accepted"] + outcomes["partly"],
            address=f"{_address(actor, round_)}/summary",
        )  # fmt: skip


def _address(actor: Actor, round_: Round) -> str:
    return f"{current_app.config['PUBLIC_URL']}/o/{actor.organisation_slug}/rounds/{round_.id}"
