"""Mail an invitation."""

from typing import Any
from uuid import UUID

from ..core import mail
from ..core.access import Actor
from ..core.events import on
from ..core.i18n import _, using
from . import queries
from .roles import role_names

DAYS = 30


@on("tenants.person_invited")
def mail_invitation(actor: Actor, body: dict[str, Any]) -> None:
    """One mail per invitation, with a link that only its holder has."""
    invited = queries.invitation_for(actor, UUID(body["invitation_id"]))
    organisation = queries.organisation_with(invited.organisation_id)
    with using(invited.language):
        words = {"roles": ", ".join(role_names(invited.roles)), "link_text": _("Open the invitation")}
    mail.queue_mail(
        actor, f"invitation:{invited.id}", "invitation", to_name=invited.name, to_address=invited.email,
        language=invited.language, organisation=organisation.called(invited.language),
        invited_by=invited.invited_by, days=DAYS, **words,
        link={"kind": "invitation", "subject_id": str(invited.id), "path": "/invitation/%s", "days": DAYS},
    )  # fmt: skip
