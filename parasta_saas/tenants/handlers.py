"""Mail an invitation."""

from typing import Any
from uuid import UUID

from ..core import mail
from ..core.access import Actor
from ..core.events import on
from . import queries


@on("tenants.person_invited")
def mail_invitation(actor: Actor, body: dict[str, Any]) -> None:
    """One mail per invitation, with a link that only its holder has."""
    invited = queries.invitation_for(actor, UUID(body["invitation_id"]))
    organisation = queries.organisation_with(invited.organisation_id)
    mail.queue_mail(
        actor, f"invitation:{invited.id}", "invitation", to_name=invited.name, to_address=invited.email,
        language=invited.language, organisation=organisation.name, invited_by=invited.invited_by,
        link={"kind": "invitation", "subject_id": str(invited.id), "path": "/invitation/%s", "days": 30},
    )  # fmt: skip
