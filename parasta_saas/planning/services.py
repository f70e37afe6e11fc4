"""Call a session, agree on goals and tasks, write decisions down, close."""

from datetime import datetime
from typing import Any

from ..core.access import Actor, require
from ..core.clock import now
from ..core.db import db
from ..core.errors import Conflict, Invalid
from ..core.events import emit
from ..core.i18n import LANGUAGES, _
from ..placements.models import Placement
from . import events, policies, queries
from .closing import missing
from .models import AgendaItem, Goal, Participant, PlanningSession


def call_session(actor: Actor, placement: Placement, *, starts_at: datetime, place: str = "") -> PlanningSession:
    """Ask student, workplace, teacher and a minor's guardian to one table. One open session at a time."""
    require(policies.can_call_session(actor, placement))
    if starts_at < now():
        raise Invalid({"starts_at": [_("Choose a time that is still ahead.")]})
    if queries.open_session_of(placement):
        raise Conflict(_("A session has already been called for this placement. Open it instead of calling another."))
    session = PlanningSession(
        tenant_id=placement.tenant_id, workplace_id=placement.workplace_id, placement_id=placement.id,
        starts_at=starts_at, place=place, called_by=actor.name,
    )  # fmt: skip
    db.session.add(session)
    db.session.flush()  # everything on the table refers to it
    db.session.add_all([*_invited(actor, placement, session), *_agenda(actor, placement, session)])
    emit(actor, events.SessionCalled(**_about(session)))
    return session


def _invited(actor: Actor, placement: Placement, session: PlanningSession) -> list[Participant]:
    student, guardians = queries.members_around(actor, placement)
    teacher = queries.teacher_of(placement)
    people = [(teacher, "teacher"), (student, "student")]
    people += [(g, "guardian") for g in guardians if g.id != teacher.id]  # a teacher's own child: one chair
    known = [
        Participant(
            **_keys(session), person_id=m.id, name=m.name, email=m.email.lower(), language=m.language, part=part
        )
        for m, part in people
    ]
    instructor = Participant(
        **_keys(session), name=placement.instructor_name, email=placement.instructor_email.lower(),
        language=queries.language_of_instructor(placement), part="instructor",
    )  # fmt: skip
    return [*known, instructor]


def _agenda(actor: Actor, placement: Placement, session: PlanningSession) -> list[AgendaItem]:
    return [
        AgendaItem(
            **_keys(session), step_key=step.key, order=step.order, title=step.name, critical=step.critical,
            minimum=step.minimum, guidance=_guidance(step.guidance, own), ours=own is not None,
        )
        for step, own in queries.steps_to_talk_about(actor, placement.form)
    ]  # fmt: skip


def _guidance(national: dict[str, str], own: Any) -> dict[str, str]:
    """The provider's own words where it has some, with its note after them; else the national ones."""
    if own is None:
        return dict(national)
    texts = {code: [(own.guidance or {}).get(code) or national.get(code, ""), (own.note or {}).get(code, "")]
             for code in LANGUAGES}  # fmt: skip
    return {code: "\n\n".join(t for t in words if t.strip()) for code, words in texts.items() if any(words)}


def propose_goal(actor: Actor, session: PlanningSession, *, kind: str, words: str) -> Goal:
    """Put a goal or a task on the table; whoever proposes it agrees to it."""
    require(policies.can_propose_goal(actor, session))
    session.must_be_open()
    goal = Goal(
        **_keys(session), kind=kind, order=queries.next_place(session), words=words, wording=1,
        proposed_by=actor.name,
    )  # fmt: skip
    side = policies.side_of(actor, session)
    goal.agree(str(side), wording=1)
    db.session.add(goal)
    db.session.flush()  # the event carries its id
    emit(actor, events.GoalProposed(**_about(session), goal_id=goal.id))
    return goal


def agree_goal(
    actor: Actor, session: PlanningSession, goal: Goal, *, wording: int, side: str | None = None, agreed: bool = True
) -> None:
    """Say yes to the words one has read, for one's own side; or take the yes back."""
    require(
        policies.can_agree_goal(actor, session, side),
        _("Everyone agrees for themselves: this answer is given by another side."),
    )
    session.must_be_open()
    mine = str(policies.side_of(actor, session))
    if goal.agreed_by(mine) == agreed and goal.wording == wording:
        return
    goal.agree(mine, wording=wording, agreed=agreed)
    fact = events.GoalAgreed if agreed else events.AgreementTakenBack
    emit(actor, fact(**_about(session), goal_id=goal.id, side=mine))


def reword_goal(actor: Actor, session: PlanningSession, goal: Goal, *, words: str, wording: int) -> None:
    """Say the same thing in other words; the other sides are asked anew."""
    require(policies.can_reword_goal(actor, session))
    session.must_be_open()
    goal.reword(words, str(policies.side_of(actor, session)), by=actor.name, wording=wording)
    emit(actor, events.GoalReworded(**_about(session), goal_id=goal.id))


def drop_goal(actor: Actor, session: PlanningSession, goal: Goal) -> None:
    """Leave out what not everyone has agreed to."""
    require(policies.can_drop_goal(actor, session))
    session.must_be_open()
    goal.must_be_droppable()
    db.session.delete(goal)
    emit(actor, events.GoalDropped(**_about(session), goal_id=goal.id))


def decide_item(actor: Actor, session: PlanningSession, item: AgendaItem, *, decision: str, version: int) -> None:
    """Write down what was decided about a step; two people's words never overwrite each other."""
    require(policies.can_decide_item(actor, session))
    session.must_be_open()
    item.decide(decision, by=actor.name, version=version)
    emit(actor, events.ItemDecided(**_about(session), step_key=item.step_key))


def mark_present(actor: Actor, session: PlanningSession, participant: Participant, *, present: bool = True) -> None:
    """Note who sits at the table: oneself, or everyone for whoever leads the session."""
    require(policies.can_mark_present(actor, session, participant))
    session.must_be_open()
    participant.mark(present)
    emit(actor, events.PresenceMarked(**_about(session), participant_id=participant.id, present=present))


def close_session(actor: Actor, session: PlanningSession) -> None:
    """End the session with what was agreed; Invalid says what is still missing."""
    require(policies.can_close_session(actor, session))
    session.must_be_open()
    still = missing(queries.goals_of(session))
    if still:
        raise Invalid({"_schema": still})
    session.close(by=actor.name)
    emit(actor, events.SessionClosed(**_about(session)))


def _keys(session: PlanningSession) -> dict[str, Any]:
    return {"tenant_id": session.tenant_id, "workplace_id": session.workplace_id, "session_id": session.id}


def _about(session: PlanningSession) -> dict[str, Any]:
    return {
        "tenant_id": session.tenant_id, "workplace_id": session.workplace_id, "session_id": session.id,
        "placement_id": session.placement_id,
    }  # fmt: skip
