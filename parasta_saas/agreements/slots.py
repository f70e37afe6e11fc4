"""What agreements put on the pages of the rooms below and above."""

from typing import Any

from ..core.access import Actor
from ..core.forms import Form
from ..core.slots import fills
from ..partnerships.models import Partnership
from ..placements.models import Placement
from ..planning.models import PlanningSession
from . import policies, queries, schemas, wording

Filled = tuple[str, dict[str, Any]] | None


@fills("planning.session")
def from_session(actor: Actor, session: PlanningSession) -> Filled:
    """In a closed session: the button that makes the agreement, or the way to the one that is there."""
    if session.open or actor.link is not None:
        return None
    agreement = queries.agreement_from(actor, session)
    if agreement is None and not policies.can_make_agreement(actor, session):
        return None
    form = Form.blank(schemas.Nothing)
    return "agreements/_from_session.html", {
        "session": session, "agreement": agreement, "words": wording, "form": form
    }  # fmt: skip


@fills("cases.show")
def of_placement(actor: Actor, placement: Placement) -> Filled:
    """In a placement's page: how far its agreement is."""
    agreements = queries.agreements_of_placement(actor, placement)
    return _listed(agreements, with_names=False)


@fills("partnerships.show")
def of_partnership(actor: Actor, partnership: Partnership) -> Filled:
    """In a partnership's page: the newest agreements with that workplace."""
    return _listed(queries.agreements_with(actor, partnership.workplace_id), with_names=True)


def _listed(agreements: list[Any], *, with_names: bool) -> Filled:
    if not agreements:
        return None
    return "agreements/_state.html", {"agreements": agreements, "with_names": with_names, "words": wording}
