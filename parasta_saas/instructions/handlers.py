"""A published release is offered to every provider, in a delivery of its own for each."""

from typing import Any
from uuid import UUID

from flask import current_app

from ..core import mail
from ..core.access import Actor
from ..core.events import on
from ..reference import queries as reference
from ..tenants import queries as tenants
from . import policies
from .queries import update as queries
from .services import update as services


@on("reference.release_published", audience="providers")
def offer_release(actor: Actor, body: dict[str, Any]) -> None:
    """Offer the release; once per provider, however often this runs."""
    services.offer_update(actor, reference.release_with(UUID(body["release_id"])))


@on("instructions.update_finished")
def offer_what_waited(actor: Actor, body: dict[str, Any]) -> None:
    """A release that came out while an older update was open is offered now."""
    services.offer_update(actor, reference.current_release())


@on("instructions.update_offered")
def mail_editors(actor: Actor, body: dict[str, Any]) -> None:
    """Tell those who may decide: how many questions, how long it takes."""
    update = queries.update_for(actor, UUID(body["update_id"]))
    items = queries.items_of(actor, update)
    for member in tenants.members_of(actor, *policies.EDITORS):
        mail.queue_mail(
            actor, f"update_offered:{update.id}:{member.id}", "update_offered", to_name=member.name,
            to_address=member.email, language=member.language, number=update.number, changed_steps=len(items),
            questions=sum(state.open for state in items),
            address=f"{current_app.config['PUBLIC_URL']}/o/{actor.organisation_slug}/updates/{update.id}",
        )  # fmt: skip
