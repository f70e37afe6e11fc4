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
