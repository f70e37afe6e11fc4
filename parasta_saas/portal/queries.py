"""What lies ahead for whoever comes in by the portal; the portal has no tables of its own."""

from sqlalchemy import and_, select
from sqlalchemy.orm import contains_eager

from ..agreements.models import Agreement, Notice
from ..core.access import Actor
from ..core.db import db
from ..placements import queries as placements
from ..placements.models import Placement
from ..planning.models import PlanningSession


def open_sessions_of(actor: Actor) -> list[PlanningSession]:
    """Planning sessions that are not closed, of placements the actor sees, the first to be called first."""
    joined = and_(PlanningSession.tenant_id == Placement.tenant_id, PlanningSession.placement_id == Placement.id)
    found = (
        select(PlanningSession)
        .join(Placement, joined)
        .options(contains_eager(PlanningSession.placement))
        .where(placements.visible(actor), PlanningSession.closed_at.is_(None))
        .order_by(PlanningSession.created_at, PlanningSession.id)
    )
    return list(db.session.scalars(found))


def unread_notices_of(actor: Actor) -> list[tuple[Notice, Agreement]]:
    """Agreements that a student or a guardian was informed of and has not said to have read, the oldest first."""
    if not actor.is_provider() or actor.membership_id is None:
        return []
    found = (
        select(Notice, Agreement)
        .join(Agreement, and_(Agreement.tenant_id == Notice.tenant_id, Agreement.id == Notice.agreement_id))
        .join(Placement, and_(Placement.tenant_id == Agreement.tenant_id, Placement.id == Agreement.placement_id))
        .options(contains_eager(Agreement.placement))
        .where(placements.visible(actor), Notice.member_id == actor.membership_id, Notice.read_at.is_(None))
        .order_by(Notice.informed_at, Notice.id)
    )
    return [(notice, agreement) for notice, agreement in db.session.execute(found)]
