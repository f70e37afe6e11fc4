"""Who may bring people in."""

from ..core.access import Actor


def can_invite_person(actor: Actor) -> bool:
    return actor.is_system or actor.is_provider("provider_admin", "wl_coordinator", "agreement_coordinator", "teacher")


def can_accept_invitation(actor: Actor) -> bool:
    """Whoever holds the mailed link."""
    return actor.link is not None and actor.link.kind == "invitation"


def can_choose_languages(actor: Actor) -> bool:
    """Say in which languages the provider works: its administrator does."""
    return actor.is_provider("provider_admin")


def can_add_organisation(actor: Actor) -> bool:
    return actor.is_system


def can_relate_workplace(actor: Actor) -> bool:
    """Say that the provider works with a workplace, and add that workplace to the register."""
    return actor.is_provider("system", "provider_admin", "wl_coordinator", "agreement_coordinator")


def can_keep_units(actor: Actor) -> bool:
    """Add, rename, close and open the units of the provider, and say who works there."""
    return actor.is_provider("provider_admin", "quality_manager")
