"""What waits for a person, from every room below, the oldest first. One statement per room, however much waits.

The portal is the highest room, so it asks the others; a room that it does not know yet may answer by itself:

    @answers("portal.tasks.<room>")            core/questions
    def tasks(actor: Actor) -> list[dict]:      dict(at, title, text, provider, url, action[, icon])

`at` is the moment since when it waits, `provider` the name of the education provider who asks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from ..agreements import queries as agreements
from ..agreements import wording
from ..agreements.models import Agreement, Notice
from ..cases.overview import Overview
from ..cases.queries import Talk
from ..core.access import Actor
from ..core.clock import now
from ..core.formats import date_time, weekday
from ..core.i18n import _, pick
from ..core.questions import ANSWERS
from ..feedback import queries as feedback
from ..feedback.models import Pulse
from ..feedback.policies import can_answer_pulse
from ..placements.models import Placement
from ..planning.models import PlanningSession
from . import queries

PREFIX = "portal.tasks."


@dataclass(frozen=True)
class Task:
    """One thing to do: since when, what, for which provider, and the one button."""

    at: datetime
    title: str
    text: str
    provider: str
    url: str
    action: str
    icon: str | None = None


def tasks_at_work(actor: Actor, sessions: Sequence[PlanningSession]) -> list[Task]:
    """Everything that waits for somebody of a workplace, of all providers."""
    return _in_order(
        actor,
        [
            *(_session(session, session.placement) for session in sessions),
            *(_to_sign(agreement) for agreement in agreements.waiting_for(actor)),
            *(_pulse(pulse, actor) for pulse in feedback.for_workplace(actor) if can_answer_pulse(actor, pulse)),
        ],
    )


def tasks_of_student(actor: Actor, seen: Sequence[Overview]) -> list[Task]:
    """Everything that waits for a student or a guardian; what their placements' pages know is not asked again."""
    talks = [(each.talk, each.placement) for each in seen if each.talk]
    return _in_order(
        actor,
        [
            *(_session(talk.session, placement) for talk, placement in talks if talk.session.open),
            *(_own_to_sign(talk, placement) for talk, placement in talks if _is_mine_to_sign(actor, talk)),
            *(_to_read(notice, agreement) for notice, agreement in queries.unread_notices_of(actor)),
        ],
    )


def _in_order(actor: Actor, found: list[Task]) -> list[Task]:
    """The oldest first, with those of rooms that answer by themselves."""
    found = [*found, *(Task(**task) for ask in _rooms() for task in ask(actor))]
    return sorted(found, key=lambda task: task.at)


def providers_of(*groups: Iterable[Any]) -> dict[str, int]:
    """Provider → number of its sign (square, dot, diamond), by name, so that it is the same on the whole page."""
    names = sorted({name for group in groups for name in group})
    return {name: number for number, name in enumerate(names)}


def _rooms() -> list[Any]:
    return [ask for name, ask in sorted(ANSWERS.items()) if name.startswith(PREFIX)]


def _session(session: PlanningSession, placement: Placement) -> Task:
    when = f"{weekday(session.starts_at)} {date_time(session.starts_at)}"
    place = f", {session.place}" if session.place else ""
    if session.starts_at >= now():
        text = _("%(when)s%(place)s. %(name)s invites you.", when=when, place=place, name=session.called_by)
        action = _("Look at the session")
    else:
        text = _("You met %(when)s. Read the goals and tasks, and say whether you agree.", when=when)
        action = _("Read and agree")
    return Task(
        session.created_at, _("Planning together: %(name)s", name=placement.student_name), text,
        placement.provider_name, url_for("planning.show", session_id=session.id), action, "users",
    )  # fmt: skip


def _to_sign(agreement: Agreement) -> Task:
    placement = agreement.placement
    text = _("%(when)s, %(workplace)s. Takes a few minutes.", when=wording.period(agreement),
             workplace=placement.workplace_name)  # fmt: skip
    return Task(
        agreement.offered_at or agreement.created_at, wording.sign_title(agreement), text, placement.provider_name,
        url_for("agreements.show", agreement_id=agreement.id), _("Read and sign"), "signature",
    )  # fmt: skip


def _is_mine_to_sign(actor: Actor, talk: Talk) -> bool:
    """An apprentice signs their own agreement; of a training agreement students are informed."""
    sides = [s["side"] for s in talk.paper.waits_for] if talk.paper else []
    return actor.has("student") and "student" in sides


def _own_to_sign(talk: Talk, placement: Placement) -> Task:
    assert talk.paper is not None
    return Task(
        talk.paper.offered_at or talk.session.created_at, _("Sign your agreement"),
        _("%(workplace)s. Takes a few minutes.", workplace=placement.workplace_name), placement.provider_name,
        url_for("agreements.show", agreement_id=talk.paper.id), _("Read and sign"), "signature",
    )  # fmt: skip


def _to_read(notice: Notice, agreement: Agreement) -> Task:
    placement = agreement.placement
    return Task(
        notice.informed_at, wording.own_title(agreement),
        _("The agreement has been signed. It was sent to you for information."), placement.provider_name,
        url_for("agreements.show", agreement_id=agreement.id), _("Read the agreement"), "file-text",
    )  # fmt: skip


def _pulse(pulse: Pulse, actor: Actor) -> Task:
    placement, url = pulse.placement, url_for("questions.show", pulse_id=pulse.id)
    if pulse.replied_at:
        return Task(
            pulse.replied_at, _("%(name)s replied to you", name=pulse.replied_by),
            _("About “%(question)s” and %(name)s.", question=pick(pulse.question).text, name=placement.student_name),
            placement.provider_name, url, _("Read the reply"), "message-2",
        )  # fmt: skip
    asked = "" if _is_instructor(actor, pulse) else " " + _("Asked from %(name)s.", name=placement.instructor_name)
    return Task(
        pulse.created_at, _("One question about %(name)s", name=placement.student_name),
        _("“%(question)s” Takes less than a minute.", question=pick(pulse.question).text) + asked,
        placement.provider_name, url, _("Answer"), "message-circle",
    )  # fmt: skip


def _is_instructor(actor: Actor, pulse: Pulse) -> bool:
    return actor.email.lower() == pulse.placement.instructor_email.lower()
