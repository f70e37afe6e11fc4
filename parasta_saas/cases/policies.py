"""A placement's page is for whoever sees the placement (placements.queries); steps are completed by facts alone."""

from ..core.access import Actor


def can_complete_step(actor: Actor) -> bool:
    """The service itself, in the provider's scope, when a fact says so."""
    return actor.is_provider() and actor.is_system
