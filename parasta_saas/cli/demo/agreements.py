"""Otso's agreement, signed by both sides; and a further unit of Iida's apprenticeship, which waits for Hanna.

Ville's is not made: the path through the product makes it.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from ...agreements import queries, services
from ...agreements.models import Agreement
from ...agreements.queries import Candidate
from ...core import clock
from ...core.access import Actor
from ...placements import queries as placements
from ...placements import services as placing
from ...placements.models import Placement
from ...planning import queries as planning
from ...planning import services as sessions
from ...tenants import queries as tenants
from .acting import acting_as
from .people import BY_SLUG, Person
from .placements import OTSO

OTSO_DETAILS = {
    "production": True, "tools": True, "staff": True, "hoks_extract": True, "schedule": "ma–ke ja pe klo 7.30–15.30",
    "weekly_hours": "30", "daily_hours": "7.5", "works_from": "07:30", "works_until": "15:30",
    "safety": "Matti perehdyttää nostimen ja paineilmatyökalut ensimmäisenä päivänä. Turvakengät saa pajalta.",
}  # fmt: skip
IIDA_DETAILS = {
    "production": True, "tools": True, "staff": True, "hoks_extract": True,
    "schedule": "vuorolistan mukaan, kolmivuorotyö",
    "weekly_hours": "30", "workplace_weekly_hours": "38.25", "basic_education": "yes",
    "pay": "Työehtosopimuksen mukaan", "collective_agreement": "Sosiaali- ja terveydenhuollon työehtosopimus",
    "safety": "Kotihoidon turvaohje käydään läpi ennen ensimmäistä käyntiä. Uusille asiakkaille mennään parina.",
}  # fmt: skip
IIDA_GOALS = (
    ("goal", "Iida suunnittelee asiakkaan kotikäynnin ja toteuttaa sen."),
    ("goal", "Iida kirjaa käynnin niin, että seuraava hoitaja voi jatkaa siitä."),
    ("task", "Kotikäynnit aamuvuorossa, ensin Joelin kanssa."),
)
GUIDANCE = "Joel ohjaa ja on tavoitettavissa joka vuorossa. Eero käy kotihoidossa jakson puolivälissä."


def load() -> None:
    _sealed_at_the_garage()
    _offered_at_kaislaranta()


def _sealed_at_the_garage() -> None:
    """Made two days after the session, signed the day after; the seal follows as soon as a worker runs."""
    made, signed = _days_ago(4), _days_ago(3)
    with clock.frozen(made):
        agreement_id = _make(_placement_of(OTSO.name, "planned"), OTSO_DETAILS, signer=BY_SLUG["matti"])
    with clock.frozen(signed):
        _sign("matti", agreement_id)
    with clock.frozen(signed + timedelta(hours=2)):
        _sign("sanni", agreement_id)


def _offered_at_kaislaranta() -> None:
    held = _days_ago(5)
    with clock.frozen(held - timedelta(days=8)):
        placement_id = _plan_home_care()
        session_id = _call(placement_id, held)
    with clock.frozen(held + timedelta(minutes=45)):
        _hold(session_id)
    with clock.frozen(_days_ago(2)):
        agreement_id = _make(placement_id, IIDA_DETAILS, signer=BY_SLUG["hanna"])
    for slug in ("iida", "sanni"):
        with clock.frozen(_days_ago(1)):
            _sign(slug, agreement_id)


def _make(placement_id: UUID, known: dict[str, Any], *, signer: Person) -> UUID:
    with acting_as("oskari") as oskari:
        placement = placements.placement_for(oskari, placement_id)
        session = planning.sessions_of(oskari, placement)[0]
        agreement = services.draft_agreement(oskari, session)
        agreement_id = agreement.id
        services.complete_agreement(oskari, agreement, **_completed(agreement, known, signer))
    with acting_as("oskari") as oskari:
        agreement = queries.agreement_for(oskari, agreement_id, locked=True)
        services.offer_agreement(oskari, agreement, version=agreement.version)
    return agreement_id


def _completed(agreement: Agreement, known: dict[str, Any], signer: Person) -> dict[str, Any]:
    unit = agreement.details["unit"]
    return known | {
        "version": agreement.version, "language": "fi", "unit": unit["fi"], "signatory": None,
        "signer": Candidate("other", signer.name, signer.email, signer.language),
    }  # fmt: skip


def _sign(slug: str, agreement_id: UUID) -> None:
    with acting_as(slug) as actor:
        agreement = queries.agreement_for(actor, agreement_id, locked=True)
        services.sign_agreement(actor, agreement, sha256=agreement.sha256)


def _placement_of(student: str, state: str) -> UUID:
    with acting_as("eero") as eero:
        found = placements.placements_of(eero, state=state).items
        return next(p.id for p in found if p.student_name == student)


def _plan_home_care() -> UUID:
    """Two months of home care, after Christmas, in the middle of the longer apprenticeship."""
    joel = BY_SLUG["joel"]
    begins = _monday(clock.today() + timedelta(days=50))
    with acting_as("eero") as eero:
        iida = next(s for s in placements.students_of(eero) if s.name == BY_SLUG["iida"].name)
        placement: Placement = placing.plan_placement(
            eero, student=iida, workplace=tenants.organisation_at("kaislaranta", "workplace"),
            teacher=tenants.member_for(eero, eero.membership_id),  # type: ignore[arg-type]
            form="apprenticeship", instructor_name=joel.name, instructor_email=joel.email,
            instructor_phone="040 555 0163", site="Kotihoito, Rantakylä",
            unit={"fi": "Kotihoidossa toimiminen", "sv": "Arbete inom hemvården", "en": "Working in home care"},
            starts_on=begins, ends_on=begins + timedelta(days=60), weekly_hours=30,
        )  # fmt: skip
        return placement.id


def _call(placement_id: UUID, held: datetime) -> UUID:
    with acting_as("eero") as eero:
        placement = placements.placement_for(eero, placement_id, locked=True)
        return sessions.call_session(eero, placement, starts_at=held, place="Kotihoidon toimisto").id


def _hold(session_id: UUID) -> None:
    with acting_as("eero") as eero:
        session = planning.session_for(eero, session_id, locked=True)
        for kind, words in IIDA_GOALS:
            sessions.propose_goal(eero, session, kind=kind, words=words)
        for item in planning.agenda_of(session):
            if item.step_key == "guidance-plan":
                sessions.decide_item(eero, session, item, decision=GUIDANCE, version=item.version)
    for slug in ("joel", "iida"):
        with acting_as(slug) as actor:
            _agree_to_all(actor, session_id)
    with acting_as("eero") as eero:
        sessions.close_session(eero, planning.session_for(eero, session_id, locked=True))


def _agree_to_all(actor: Actor, session_id: UUID) -> None:
    session = planning.session_for(actor, session_id, locked=True)
    for goal in planning.goals_of(session):
        sessions.agree_goal(actor, session, goal, wording=goal.wording)


def _days_ago(days: int) -> datetime:
    return datetime.combine(clock.today() - timedelta(days=days), time(10, 15), clock.HELSINKI)


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
