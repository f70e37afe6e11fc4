"""Invite to the table, and tell afterwards what was agreed. Each side writes to its own people."""

from typing import Any
from uuid import UUID

from flask import current_app

from ..core import mail
from ..core.access import Actor
from ..core.clock import now
from ..core.events import on
from ..core.formats import date_time
from ..core.i18n import pick
from . import queries
from .closing import agreed_words
from .models import Participant, PlanningSession

LINK_DAYS = 14  # an instructor's link works so long after the session


@on("planning.session_called")
def mail_invitations(actor: Actor, body: dict[str, Any]) -> None:
    """One mail to everyone on this side; none for a session that has already been held and written up."""
    session = queries.session_for(actor, UUID(body["session_id"]))
    if not session.open:
        return
    agenda = queries.agenda_of(session)
    for person in _own_people(actor, session):
        topics = [pick(item.title, person.language).text for item in agenda]
        _send(actor, session, person, "session_called", topics=topics, called_by=session.called_by)


@on("planning.session_closed")
def mail_outcome(actor: Actor, body: dict[str, Any]) -> None:
    """What all three agreed, to everyone who was asked."""
    session = queries.session_for(actor, UUID(body["session_id"]))
    goals, agenda = queries.goals_of(session), queries.agenda_of(session)
    for person in _own_people(actor, session):
        decisions = [f"{pick(i.title, person.language).text}: {_one_line(i.decision)}" for i in agenda if i.decision]
        _send(
            actor, session, person, "session_closed", goals=agreed_words(goals, "goal"),
            tasks=agreed_words(goals, "task"), decisions=decisions, closed_by=session.closed_by,
        )  # fmt: skip


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _own_people(actor: Actor, session: PlanningSession) -> list[Participant]:
    """The instructor is the workplace's to write to, all others are the provider's."""
    return [p for p in session.participants if (p.part == "instructor") == (actor.kind == "workplace")]


def _send(actor: Actor, session: PlanningSession, person: Participant, template: str, **words: Any) -> None:
    placement = session.placement
    member = queries.member_with(actor, person.email)
    language = member.language if member else person.language
    mail.queue_mail(
        actor, f"{template}:{session.id}:{person.id}", template, to_name=person.name, to_address=person.email,
        language=language, link=None if member else _link(session), address=_address(actor, session) if member else "",
        sender=placement.provider_name, student=placement.student_name, workplace=placement.workplace_name,
        teacher=placement.teacher_name, phone=placement.teacher_phone, place=session.place, part=person.part,
        when=date_time(session.starts_at, language), **words,
    )  # fmt: skip


def _address(actor: Actor, session: PlanningSession) -> str:
    return f"{current_app.config['PUBLIC_URL']}/o/{actor.organisation_slug}/sessions/{session.id}"


def _link(session: PlanningSession) -> dict[str, Any]:
    ahead = max(0, (session.starts_at - now()).days)
    return {"kind": "session", "subject_id": str(session.id), "path": "/session/%s", "days": ahead + LINK_DAYS}
