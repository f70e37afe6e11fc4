"""Who reads the local instructions, who writes them, who answers a national update."""

from ..core.access import Actor

EDITORS = ("quality_manager", "provider_admin")


def can_read_handbook(actor: Actor) -> bool:
    """Everyone at the provider: staff, students and guardians."""
    return actor.is_provider() and (actor.signed_in or actor.is_system)


def can_edit_instruction(actor: Actor) -> bool:
    """Write, publish, withdraw and take back what the provider says of its own."""
    return actor.is_provider(*EDITORS)


def can_open_handbook(actor: Actor) -> bool:
    """Say which national release the provider follows, once."""
    return actor.is_provider("system", *EDITORS)


def can_offer_update(actor: Actor) -> bool:
    """Bring a newer national release before the provider: the service itself does that."""
    return actor.is_provider("system")


def can_decide_update(actor: Actor) -> bool:
    """Answer the questions of a national update and take it into use."""
    return actor.is_provider(*EDITORS)


def can_report(actor: Actor) -> bool:
    """Tell the national body in numbers which release is followed and what a draft would mean."""
    return actor.is_provider("system", *EDITORS)


def can_see_adoption(actor: Actor) -> bool:
    """See by name which provider follows which release, and remind the late ones."""
    return actor.is_national("national_admin", "national_editor")


def can_count_adoption(actor: Actor) -> bool:
    """Publish how many providers follow which release: the service itself does that."""
    return actor.is_national("system")


def can_settle_shelf(actor: Actor) -> bool:
    """Put words from the shelf on a step, discard them, take them back: the provider's own editors alone."""
    return actor.is_provider(*EDITORS)
