"""Who may do what around the table. Whether one sees the session at all is said in `queries`."""

from ..core.access import Actor
from ..placements.models import Placement
from .models import Participant, PlanningSession

COORDINATORS = ("wl_coordinator", "agreement_coordinator")


def side_of(actor: Actor, session: PlanningSession) -> str | None:
    """teacher, workplace or student: for whom this person speaks here; None for those who only look on."""
    if actor.kind == "workplace" and actor.organisation_id == session.workplace_id:
        return "workplace" if _speaks_for_workplace(actor, session) else None
    if actor.kind != "provider" or actor.membership_id is None:
        return None
    parts = [p.part for p in session.participants if p.person_id == actor.membership_id]
    return next((part for part in parts if part in ("teacher", "student")), None)


def _speaks_for_workplace(actor: Actor, session: PlanningSession) -> bool:
    if actor.link is not None:
        return actor.link.kind == "session" and actor.link.subject_id == session.id
    if actor.has("owner", "signatory"):
        return True
    return actor.has("instructor") and any(
        p.part == "instructor" and p.email == actor.email.lower() for p in session.participants
    )


def _leads(actor: Actor, session: PlanningSession) -> bool:
    """The teacher at the table, or a coordinator of the provider in their stead."""
    return actor.is_provider(*COORDINATORS) or side_of(actor, session) == "teacher"


def can_call_session(actor: Actor, placement: Placement) -> bool:
    """The placement's own teacher, or a coordinator."""
    return actor.is_provider(*COORDINATORS) or (
        actor.is_provider("teacher") and placement.teacher_id == actor.membership_id
    )


def can_propose_goal(actor: Actor, session: PlanningSession) -> bool:
    """Each of the three sides, as equals."""
    return side_of(actor, session) is not None


def can_agree_goal(actor: Actor, session: PlanningSession, side: str | None = None) -> bool:
    """For one's own side and no other."""
    own = side_of(actor, session)
    return own is not None and side in (None, own)


def can_reword_goal(actor: Actor, session: PlanningSession) -> bool:
    return side_of(actor, session) is not None


def can_drop_goal(actor: Actor, session: PlanningSession) -> bool:
    """Anybody at the table; what all three have agreed stays, says the model."""
    return side_of(actor, session) is not None


def can_decide_item(actor: Actor, session: PlanningSession) -> bool:
    """Those at the table, and a coordinator who keeps the minutes."""
    return side_of(actor, session) is not None or _leads(actor, session)


def can_mark_present(actor: Actor, session: PlanningSession, participant: Participant) -> bool:
    """Oneself; whoever leads the session, everybody."""
    if _leads(actor, session):
        return True
    if participant.part == "instructor":
        return actor.kind == "workplace" and bool(actor.email) and participant.email == actor.email.lower()
    return actor.membership_id is not None and participant.person_id == actor.membership_id


def can_close_session(actor: Actor, session: PlanningSession) -> bool:
    return _leads(actor, session)
