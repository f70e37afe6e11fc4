"""People of a workplace as one provider knows them, and asking them in."""

from ...core.access import Actor, require
from ...core.clock import now
from ...core.db import db
from ...core.errors import Invalid
from ...core.events import emit
from ...core.i18n import _
from ...tenants import services as tenants
from .. import policies, queries
from ..events import ContactAdded, ContactInvited
from ..models import Partnership, WorkplaceContact
from .timeline import note_down


def add_contact(
    actor: Actor, partnership: Partnership, *, name: str, email: str, phone: str = "", title: str = "",
    language: str = "fi",
) -> WorkplaceContact:  # fmt: skip
    """A new contact person; an e-mail address stands once in a partnership."""
    require(policies.can_add_contact(actor, partnership))
    if queries.contact_at(actor, partnership, email):
        raise Invalid({"email": [_("This e-mail address is already here. Give the person's own address.")]})
    contact = WorkplaceContact(
        tenant_id=partnership.tenant_id, partnership_id=partnership.id, name=name, email=email, phone=phone,
        title=title, language=language,
    )  # fmt: skip
    db.session.add(contact)
    db.session.flush()  # the event carries its id
    emit(actor, ContactAdded(partnership_id=partnership.id, contact_id=contact.id))
    return contact


def invite_contact(actor: Actor, partnership: Partnership, contact: WorkplaceContact) -> None:
    """Ask a contact in by mail; a second time sends a new link.

    The first person of a workplace comes in as its owner. Once somebody has come in, the owner decides
    who sees the whole workplace, and a provider can ask people in as instructors only.
    """
    require(policies.can_invite_contact(actor, partnership))
    workplace = queries.workplace_with(partnership.workplace_id)
    roles = ["instructor"] if workplace.claimed else ["owner"]
    invitation = tenants.invite_person(
        actor, organisation_id=workplace.id, email=contact.email, name=contact.name, language=contact.language,
        roles=roles,
    )  # fmt: skip
    contact.invite(invitation.id)
    note_down(actor, partnership, "invited", contact.name)
    emit(actor, ContactInvited(partnership_id=partnership.id, contact_id=contact.id))


def welcome_contact(actor: Actor, contact: WorkplaceContact) -> None:
    """A contact has come in: on the timeline, and the workplace has somebody of its own from now on."""
    require(policies.can_welcome_contact(actor))
    if not contact.come_in():
        return
    partnership = queries.partnership_for(actor, contact.partnership_id)
    workplace = queries.workplace_with(partnership.workplace_id)
    workplace.claimed_at = workplace.claimed_at or now()
    note_down(actor, partnership, "joined", contact.name)
