"""Who may read the log."""

from ..core.access import Actor


def can_read_log(actor: Actor) -> bool:
    """Those who answer for how the organisation works; nobody reads another organisation's log."""
    return actor.is_provider("provider_admin", "quality_manager") or actor.is_national("national_admin")
