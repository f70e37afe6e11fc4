"""A session on Ville's placement, called by Eero, and the ways to it."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core import clock
from parasta_saas.placements import queries as placements
from parasta_saas.planning import queries, services


def ville_placement() -> UUID:
    with acting_as("eero") as actor:
        return next(p.id for p in placements.placements_of(actor).items if p.student_name == "Ville Virta")


def called(days: int = 7) -> SimpleNamespace:
    """Call the session; returns its id and the addresses for the provider's people and for the workplace's."""
    placement_id = ville_placement()
    with acting_as("eero") as actor:
        placement = placements.placement_for(actor, placement_id, locked=True)
        starts_at = clock.now() + timedelta(days=days)
        session = services.call_session(actor, placement, starts_at=starts_at, place="Kahvila Kanerva")
        return SimpleNamespace(
            id=session.id, placement_id=placement_id, lumo=f"/o/lumo/sessions/{session.id}",
            kanerva=f"/o/kahvila-kanerva/sessions/{session.id}",
        )  # fmt: skip


def goals(session_id: UUID, who: str = "eero"):
    with acting_as(who) as actor:
        return queries.goals_of(queries.session_for(actor, session_id))


def proposed(session_id: UUID, who: str, kind: str, words: str) -> UUID:
    with acting_as(who) as actor:
        session = queries.session_for(actor, session_id, locked=True)
        return services.propose_goal(actor, session, kind=kind, words=words).id


def agreed(session_id: UUID, *people: str) -> None:
    """These people agree to everything on the table."""
    for who in people:
        with acting_as(who) as actor:
            session = queries.session_for(actor, session_id, locked=True)
            for goal in queries.goals_of(session):
                services.agree_goal(actor, session, goal, wording=goal.wording)
