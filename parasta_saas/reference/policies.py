"""Who may write, publish and load the national reference process."""

from ..core.access import Actor


def can_draft_release(actor: Actor) -> bool:
    """Begin a draft and change its texts."""
    return actor.is_national("national_editor", "national_admin", "system")


def can_publish_release(actor: Actor) -> bool:
    """Fix a draft for good: another role than the one that writes."""
    return actor.is_national("national_admin", "system")


def can_load_release(actor: Actor) -> bool:
    """Bring the first release in from the data files of the installation."""
    return actor.is_national("national_admin", "system")


def can_write_guide(actor: Actor) -> bool:
    """Write, publish and withdraw guides of the national knowledge bank."""
    return actor.is_national("national_editor", "national_admin", "system")


def can_open_round(actor: Actor) -> bool:
    """Open a comment round on a draft and finish it."""
    return actor.is_national("national_editor", "national_admin", "system")


def can_comment_round(actor: Actor) -> bool:
    """Say something in a comment round: who speaks for an organisation, and anyone on the public page."""
    return (
        actor.is_provider("provider_admin", "quality_manager")
        or actor.is_workplace("owner")
        or actor.is_national("national_editor", "national_admin", "commenter")
    )


def can_decide_comment(actor: Actor) -> bool:
    """Look at what the public says before it shows, and answer every comment with a reason."""
    return actor.is_national("national_editor", "national_admin", "system")
