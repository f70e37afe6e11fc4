"""Facts complete steps, in the provider's scope. The table of which completes which is in `facts`."""

from datetime import datetime
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from ..core.access import Actor
from ..core.clock import now
from ..core.events import on
from ..placements import queries as placements
from ..placements.models import Placement
from ..planning import queries as planning
from . import facts, queries, services

AGREEMENT_MOMENTS = {
    "agreements.agreement_drafted": "created_at",
    "agreements.agreement_offered": "offered_at",
    "agreements.agreement_sealed": "sealed_at",
}


def note(actor: Actor, placement: Placement, event: str, at: datetime | None, **facts_known: frozenset[str]) -> None:
    """Complete every step that this fact completes."""
    for key in facts.steps_of(event, **facts_known):
        services.complete_step(actor, placement, step_key=key, because=event, at=at)


def placement_in(actor: Actor, body: dict[str, Any]) -> Placement:
    return placements.placement_for(actor, UUID(body["placement_id"]))


@on("placements.placement_planned", audience="tenant")
def placement_planned(actor: Actor, body: dict[str, Any]) -> None:
    placement = placement_in(actor, body)
    known = queries.known_of_partnership(placement)
    note(actor, placement, "placements.placement_planned", placement.created_at, known=known)


@on("planning.session_called", audience="tenant")
def session_called(actor: Actor, body: dict[str, Any]) -> None:
    session = planning.session_for(actor, UUID(body["session_id"]))
    note(actor, session.placement, "planning.session_called", session.created_at)


@on("planning.session_closed", audience="tenant")
def session_closed(actor: Actor, body: dict[str, Any]) -> None:
    session = planning.session_for(actor, UUID(body["session_id"]))
    decided = queries.decided_in(session)
    note(actor, session.placement, "planning.session_closed", session.closed_at, decided=decided)


@on("feedback.pulse_replied", audience="tenant")
def pulse_replied(actor: Actor, body: dict[str, Any]) -> None:
    """The moment comes with the fact, whose row is in a room above."""
    note(actor, placement_in(actor, body), "feedback.pulse_replied", datetime.fromisoformat(body["at"]))


def agreement_moved(actor: Actor, body: dict[str, Any], event: str) -> None:
    agreement = queries.agreement_with(actor, UUID(body["agreement_id"]))
    at = getattr(agreement, AGREEMENT_MOMENTS[event], None) or now()
    note(actor, placement_in(actor, body), event, at)


def person_informed(actor: Actor, body: dict[str, Any]) -> None:
    """The step is done when everyone who must be told has been: the student, and a minor's guardian."""
    if actor.kind != "provider" or actor.organisation_id is None:
        return
    placement = placement_in(actor, body)
    told = queries.parts_informed(actor.organisation_id, UUID(body["agreement_id"])) | {body["part"]}
    if queries.guardians_of(actor, placement) and "guardian" not in told:
        return
    note(actor, placement, "agreements.person_informed", now())


def _listen_to_agreements() -> None:
    for event in AGREEMENT_MOMENTS:

        def moved(actor: Actor, body: dict[str, Any], event: str = event) -> None:
            agreement_moved(actor, body, event)

        moved.__name__ = event.partition(".")[2]  # the name under which a delivery remembers its handler
        on(event, audience="tenant")(moved)
    on("agreements.person_informed")(person_informed)


if find_spec("parasta_saas.agreements.events"):
    _listen_to_agreements()
