"""Mail about first contacts; who came in stands on the timeline."""

from typing import Any
from uuid import UUID

from flask import current_app

from ..core import i18n, mail
from ..core.access import Actor
from ..core.clock import local
from ..core.events import on
from ..core.formats import date, weekday
from ..tenants import queries as tenants
from . import queries, services
from .models import Enquiry


@on("partnerships.enquiry_received")
def tell_named_person(actor: Actor, body: dict[str, Any]) -> None:
    """The named person gets the words and the last day to answer."""
    enquiry = queries.enquiry_for(actor, UUID(body["enquiry_id"]))
    if enquiry.named_id is None:
        return
    named = tenants.member_for(actor, enquiry.named_id)
    mail.queue_mail(
        actor, f"enquiry_received:{enquiry.id}", "enquiry_received", to_name=named.name, to_address=named.email,
        language=named.language, workplace=enquiry.workplace_name, person=enquiry.person_name, email=enquiry.email,
        phone=enquiry.phone, words=enquiry.words, due=_due(enquiry, named.language),
        address=f"{current_app.config['PUBLIC_URL']}/o/{actor.organisation_slug}/enquiries/{enquiry.id}",
    )  # fmt: skip


@on("partnerships.enquiry_received")
def confirm_to_enquirer(actor: Actor, body: dict[str, Any]) -> None:
    """The enquirer reads who answers and by when."""
    enquiry = queries.enquiry_for(actor, UUID(body["enquiry_id"]))
    mail.queue_mail(
        actor, f"enquiry_confirmed:{enquiry.id}", "enquiry_confirmed", to_name=enquiry.person_name,
        to_address=enquiry.email, language=enquiry.language, named=enquiry.named, words=enquiry.words,
        due=_due(enquiry, enquiry.language),
    )  # fmt: skip


@on("partnerships.enquiry_answered")
def mail_answer(actor: Actor, body: dict[str, Any]) -> None:
    """The answer as it was written."""
    enquiry = queries.enquiry_for(actor, UUID(body["enquiry_id"]))
    mail.queue_mail(
        actor, f"enquiry_answer:{enquiry.id}", "enquiry_answer", to_name=enquiry.person_name,
        to_address=enquiry.email, language=enquiry.language, answer=enquiry.answer, answered_by=enquiry.answered_by,
        words=enquiry.words, asked_on=date(local(enquiry.created_at), enquiry.language),
    )  # fmt: skip


@on("tenants.invitation_accepted")
def note_who_came_in(actor: Actor, body: dict[str, Any]) -> None:
    """A contact person who took the invitation."""
    contact = queries.contact_invited_by(actor, UUID(body["invitation_id"]))
    if contact:
        services.welcome_contact(actor, contact)


def _due(enquiry: Enquiry, language: str) -> str:
    with i18n.using(language):
        return f"{weekday(enquiry.due_at)} {date(enquiry.due_at)}"
