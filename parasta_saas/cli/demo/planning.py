"""The session held about Otso's placement at the garage. Ville's is not called yet: the path begins there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID

from ...core import clock, events
from ...core.access import Actor
from ...placements import queries as placements
from ...planning import queries, services
from .acting import acting_as
from .placements import OTSO

DAYS_AGO = 7
GOALS = (
    ("goal", "Otso tekee määräaikaishuollon ohjeen mukaan ja kirjaa sen."),
    ("goal", "Otso kertoo asiakkaalle, mitä autolle tehtiin."),
    ("task", "Öljynvaihto ja suodattimet: ensin Matin kanssa, sitten itse."),
    ("task", "Renkaiden vaihto ja jarrujen tarkastus."),
)
DECISIONS = {
    "form-choice": "Koulutussopimus. Otso opettelee kaikki huollon työt, joten palkkatyö ei vielä sovi. Oppisopimus on "
    "mahdollinen ensi syksynä.",
    "guidance-plan": "Matti ohjaa. Eero soittaa joka toinen tiistai klo 14 ja käy pajalla kerran kuussa.",
    "demo-plan": "Näyttö jakson viimeisellä viikolla: määräaikaishuolto alusta loppuun.",
    "other-learning": "Torstaisin Otso on koululla sähkötöissä. Ei torstaivuoroja.",
}


def load() -> None:
    held = datetime.combine(clock.today() - timedelta(days=DAYS_AGO), time(9, 30), clock.HELSINKI)
    with clock.frozen(held - timedelta(days=8)), acting_as("eero") as eero:
        placement = next(p for p in placements.placements_of(eero).items if p.student_name == OTSO.name)
        session_id = services.call_session(eero, placement, starts_at=held, place="Paja Oy, taukotila").id
        student = placements.student_for(eero, placement.student_id).member_id
    with clock.frozen(held + timedelta(minutes=40)):
        _hold(session_id, student)


def _hold(session_id: UUID, student: UUID) -> None:
    with acting_as("eero") as eero:
        session = queries.session_for(eero, session_id, locked=True)
        for kind, words in GOALS:
            services.propose_goal(eero, session, kind=kind, words=words)
        for item in queries.agenda_of(session):
            if item.step_key in DECISIONS:
                services.decide_item(eero, session, item, decision=DECISIONS[item.step_key], version=item.version)
        for participant in queries.participants_of(session):
            services.mark_present(eero, session, participant)
    with acting_as("matti") as matti:
        _agree_to_all(matti, session_id)
    with _acting_as_student(eero, student) as otso:
        _agree_to_all(otso, session_id)
    with acting_as("eero") as eero:
        services.close_session(eero, queries.session_for(eero, session_id, locked=True))


def _agree_to_all(actor: Actor, session_id: UUID) -> None:
    session = queries.session_for(actor, session_id, locked=True)
    for goal in queries.goals_of(session):
        services.agree_goal(actor, session, goal, wording=goal.wording)


@contextmanager
def _acting_as_student(teacher: Actor, member_id: UUID) -> Iterator[Actor]:
    with events.apart(teacher):
        account = queries.member_with(teacher, OTSO.email)
        assert account is not None
        person_id = account.person_id
    actor = replace(
        teacher, person_id=person_id, membership_id=member_id, name=OTSO.name, email=OTSO.email,
        roles=frozenset(OTSO.roles),
    )  # fmt: skip
    with events.apart(actor):
        yield actor
