"""Who is asked to read, and reminded; what the day brings for readers."""

from typing import Any
from uuid import UUID

from flask import current_app

from ..core import formats, mail
from ..core.access import Actor
from ..core.daily import daily
from ..core.events import on
from ..tenants import queries as tenants
from ..tenants.models import Membership
from .models import ReadingRequest
from .queries import learning as queries
from .services import learning as services


@daily
def remind_readers(actor: Actor, body: dict[str, Any]) -> None:
    """Ask where the habit says so, remind those who have not read."""
    services.remind(actor)


@on("instructions.reading_asked")
def mail_readers(actor: Actor, body: dict[str, Any]) -> None:
    """Tell those who are asked, each once for a version."""
    request = queries.request_for(actor, UUID(body["request_id"]))
    for member in _waiting(actor, request):
        _mail(actor, f"reading_asked:{request.id}:{member.id}", "reading_asked", request, member)


@on("instructions.reading_reminded")
def mail_reminders(actor: Actor, body: dict[str, Any]) -> None:
    """Remind those who have not read: one mail a day for a person, however many versions wait."""
    request = queries.request_for(actor, UUID(body["request_id"]))
    for member in _waiting(actor, request):
        _mail(actor, f"reading_reminder:{body['on']}:{member.id}", "reading_reminder", request, member)


def _waiting(actor: Actor, request: ReadingRequest) -> list[Membership]:
    """Who is asked and has not read in each of the roles that are asked."""
    if request.withdrawn_at:
        return []
    readings = queries.all_readings(actor)

    def reads(member: Membership) -> bool:
        mine = [readings.get((member.id, role)) for role in request.roles if role in member.roles]
        return all(one is not None and one.number >= request.number for one in mine)

    return [member for member in tenants.members_of(actor, *request.roles) if not reads(member)]


def _mail(actor: Actor, key: str, template: str, request: ReadingRequest, member: Membership) -> None:
    mail.queue_mail(
        actor, key, template, to_name=member.name, to_address=member.email, language=member.language,
        number=request.number, by=request.asked_by, day=formats.date(request.due_on, member.language),
        address=f"{current_app.config['PUBLIC_URL']}/o/{actor.organisation_slug}/reading",
    )  # fmt: skip
