"""Who may bring people in."""

from ..core.access import Actor


def can_invite_person(actor: Actor) -> bool:
    return actor.is_system or actor.is_provider("provider_admin", "wl_coordinator", "agreement_coordinator", "teacher")


def can_accept_invitation(actor: Actor) -> bool:
    """Whoever holds the mailed link."""
    return actor.link is not None and actor.link.kind == "invitation"


def can_add_organisation(actor: Actor) -> bool:
    return actor.is_system


def can_relate_workplace(actor: Actor) -> bool:
    return actor.is_provider()
