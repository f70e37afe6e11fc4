"""Two questions to workplaces: one answered at the garage and replied to, one that waits at Kaislaranta."""

from datetime import datetime, time, timedelta
from uuid import UUID

from ...core import clock
from ...core.access import Actor
from ...feedback import queries, services
from ...placements import queries as placements
from ...placements.models import Placement
from .acting import acting_as, system_at
from .placements import OTSO

WORDS = "Hyvä että puhuttiin jarruista. Sähkötöistä en vielä tiedä, mitä Otso koululla tekee torstaisin."
REPLY = (
    "Kiitos Matti, hyvä huomio. Torstaisin Otso opettelee koululla auton sähkökaavioiden lukemista. Lähetän sinulle"
    " perjantaina listan siitä, mitä hän on tehnyt, niin tiedät, mitä pajalla voi jo kokeilla. Soitan ensi tiistaina."
)


def load() -> None:
    _answered_and_replied()
    _waiting()


def _answered_and_replied() -> None:
    with clock.frozen(_days_ago(6, 15)), system_at("lumo") as actor:
        asked = services.ask_pulse(actor, _placement_of(actor, OTSO.name), step_key="goals-and-tasks")
        assert asked is not None
        pulse_id: UUID = asked.id
    with clock.frozen(_days_ago(5, 17)), acting_as("matti") as matti:
        services.answer_pulse(matti, queries.pulse_for(matti, pulse_id, locked=True), score=4, words=WORDS)
    with clock.frozen(_days_ago(3, 8)), acting_as("eero") as eero:
        services.reply_pulse(eero, queries.pulse_for(eero, pulse_id, locked=True), reply=REPLY)


def _waiting() -> None:
    """Iida's placement has gone on for weeks: does the teacher keep in touch?"""
    with clock.frozen(_days_ago(2, 9)), system_at("lumo") as actor:
        services.ask_pulse(actor, _placement_of(actor, "Iida Isoaho"), step_key="teacher-contact")


def _placement_of(actor: Actor, student: str) -> Placement:
    return next(p for p in placements.placements_of(actor).items if p.student_name == student)


def _days_ago(days: int, hour: int) -> datetime:
    return datetime.combine(clock.today() - timedelta(days=days), time(hour, 10), clock.HELSINKI)
