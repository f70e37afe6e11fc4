"""Questions follow facts; mail follows questions, answers and replies. All of it in the provider's scope."""

from importlib.util import find_spec
from typing import Any
from uuid import UUID

from flask import current_app

from ..cases import queries as cases
from ..core import i18n, mail
from ..core.access import Actor
from ..core.events import on
from ..core.formats import date, weekday
from ..partnerships import services as partnerships
from ..placements import queries as placements
from ..planning import queries as planning
from . import queries, services
from .models import Pulse
from .questions import AFTER_SEAL, AFTER_SESSION, score_words

DAYS_TO_ANSWER = 21
DAYS_TO_READ = 60


@on("planning.session_closed", audience="tenant")
def ask_after_session(actor: Actor, body: dict[str, Any]) -> None:
    _ask(actor, body, AFTER_SESSION)


def ask_after_seal(actor: Actor, body: dict[str, Any]) -> None:
    _ask(actor, body, AFTER_SEAL)


@on("feedback.pulse_answered", audience="tenant")
def ask_what_had_to_wait(actor: Actor, body: dict[str, Any]) -> None:
    """A question that an open one had kept away."""
    placement = placements.placement_for(actor, UUID(body["placement_id"]))
    if cases.is_completed(placement, AFTER_SEAL):
        services.ask_pulse(actor, placement, step_key=AFTER_SEAL)


@on("feedback.pulse_asked", audience="tenant")
def mail_question(actor: Actor, body: dict[str, Any]) -> None:
    """To the instructor, with a link that needs no account."""
    pulse = _pulse(actor, body)
    if not pulse.open:
        return
    placement = pulse.placement
    language = planning.language_of_instructor(placement)
    mail.queue_mail(
        actor, f"pulse_asked:{pulse.id}", "pulse_asked", to_name=placement.instructor_name,
        to_address=placement.instructor_email, language=language, link=_link(pulse, DAYS_TO_ANSWER),
        question=i18n.pick(pulse.question, language).text, student=placement.student_name, named=pulse.named,
        days=DAYS_TO_ANSWER,
    )  # fmt: skip


@on("feedback.pulse_answered", audience="tenant")
def mail_answer(actor: Actor, body: dict[str, Any]) -> None:
    """To the named person, where a reply is asked for."""
    pulse = _pulse(actor, body)
    if not pulse.waits_for_reply:
        return
    named = queries.replier_of(actor, pulse.placement)
    with i18n.using(named.language):
        due, score = f"{weekday(pulse.due_at)} {date(pulse.due_at)}", score_words(pulse.score)  # type: ignore[arg-type]
    mail.queue_mail(
        actor, f"pulse_answered:{pulse.id}", "pulse_answered", to_name=named.name, to_address=named.email,
        language=named.language, answered_by=pulse.answered_by, workplace=pulse.placement.workplace_name,
        student=pulse.placement.student_name, question=i18n.pick(pulse.question, named.language).text, score=score,
        words=pulse.words, due=due,
        address=f"{current_app.config['PUBLIC_URL']}/o/{actor.organisation_slug}/feedback/{pulse.id}",
    )  # fmt: skip


@on("feedback.pulse_answered", audience="tenant")
def note_on_timeline(actor: Actor, body: dict[str, Any]) -> None:
    """The partnership remembers that the workplace said something."""
    pulse = _pulse(actor, body)
    with i18n.using(actor.language):
        words = f"{i18n.pick(pulse.question).text} {score_words(pulse.score)}"
    partnerships.record_entry(actor, workplace_id=pulse.workplace_id, kind="pulse", words=words, at=pulse.answered_at)


@on("feedback.pulse_replied", audience="tenant")
def mail_reply(actor: Actor, body: dict[str, Any]) -> None:
    """To whoever answered."""
    pulse = _pulse(actor, body)
    if not pulse.answered_email or pulse.seen_at:
        return
    mail.queue_mail(
        actor, f"pulse_replied:{pulse.id}", "pulse_replied", to_name=pulse.answered_by,
        to_address=pulse.answered_email, language=pulse.answered_language or "fi", link=_link(pulse, DAYS_TO_READ),
        question=i18n.pick(pulse.question, pulse.answered_language or "fi").text, reply=pulse.reply,
        replied_by=pulse.replied_by, words=pulse.words,
    )  # fmt: skip


def _ask(actor: Actor, body: dict[str, Any], step_key: str) -> None:
    services.ask_pulse(actor, placements.placement_for(actor, UUID(body["placement_id"])), step_key=step_key)


def _pulse(actor: Actor, body: dict[str, Any]) -> Pulse:
    return queries.pulse_for(actor, UUID(body["pulse_id"]))


def _link(pulse: Pulse, days: int) -> dict[str, Any]:
    """A link that lets its holder speak for the workplace about this one question."""
    return {
        "kind": "pulse", "subject_id": str(pulse.id), "path": "/pulse/%s", "days": days,
        "organisation_id": str(pulse.workplace_id),
    }  # fmt: skip


if find_spec("parasta_saas.agreements.events"):
    on("agreements.agreement_sealed", audience="tenant")(ask_after_seal)
