"""Who may look after partnerships and answer first contacts. Reading is decided by the queries."""

from typing import Any

from ..core.access import Actor

WRITERS = ("wl_coordinator", "provider_admin")
REGISTRARS = (*WRITERS, "agreement_coordinator")


def can_register_workplace(actor: Actor) -> bool:
    return actor.is_provider("system", *REGISTRARS)


def can_open_partnership(actor: Actor) -> bool:
    return actor.is_provider("system", *REGISTRARS)


def can_edit_partnership(actor: Actor, partnership: Any) -> bool:
    return actor.is_provider(*WRITERS) and _own(actor, partnership)


def can_write_entry(actor: Actor, partnership: Any) -> bool:
    return actor.is_provider(*WRITERS) and _own(actor, partnership)


def can_record_entry(actor: Actor) -> bool:
    """What happened in another room is noted by the service itself."""
    return actor.is_provider() and actor.is_system


def can_add_contact(actor: Actor, partnership: Any) -> bool:
    return actor.is_provider("system", *REGISTRARS) and _own(actor, partnership)


def can_invite_contact(actor: Actor, partnership: Any) -> bool:
    return actor.is_provider(*REGISTRARS) and _own(actor, partnership)


def can_welcome_contact(actor: Actor) -> bool:
    return actor.is_provider() and actor.is_system


def can_send_enquiry(actor: Actor) -> bool:
    """Anyone, through the provider's public contact page."""
    return actor.is_provider("enquirer")


def can_answer_enquiry(actor: Actor, enquiry: Any) -> bool:
    return actor.is_provider(*REGISTRARS) and _own(actor, enquiry)


def _own(actor: Actor, thing: Any) -> bool:
    return bool(thing.tenant_id == actor.organisation_id)
