"""The students of the cast, Ville's guardian, one more student of Lumo, and a placement for each."""

from datetime import date, timedelta

from ...core import events
from ...core.access import Actor
from ...core.clock import today
from ...placements import queries, services
from ...placements.models import Student
from ...tenants import queries as tenants
from ...tenants import services as members
from ...tenants.models import Membership
from .acting import acting_as, system_at
from .people import BY_SLUG, Person

# A student of Lumo beside the cast: the classmate. Signs in as anybody does, but has no button in the demo.
OTSO = Person("otso", "Otso Onnela", "lumo", ("student",))

CATERING, VEHICLES, CARE = "381142", "351301", "371101"


def load() -> None:
    _enrol(OTSO)
    with acting_as("aino") as actor:
        eero = _member(actor, BY_SLUG["eero"])
        ville = _student(actor, BY_SLUG["ville"], _born(17, 200), CATERING, eero)
        _student(actor, BY_SLUG["iida"], _born(24, 100), CARE, eero)
        _student(actor, OTSO, _born(19, 250), VEHICLES, eero)
        services.add_guardian(actor, ville, member=_member(actor, BY_SLUG["mirja"]))
    with acting_as("stina") as actor:
        _student(actor, BY_SLUG["emil"], _born(16, 150), CARE, _member(actor, BY_SLUG["stina"]))
    _at_lumo()
    _at_fjarden()
    for provider, names in (("lumo", {"Iida Isoaho"}), ("fjarden", {"Emil Ek"})):
        with system_at(provider) as actor:  # agreed on paper, before the provider came here
            for placement in queries.placements_of(actor, state="planned").items:
                if placement.student_name in names:
                    services.mark_agreed(actor, placement)


def _at_lumo() -> None:
    soon, later = _monday(today() + timedelta(days=11)), _monday(today() + timedelta(days=45))
    began = _monday(today() - timedelta(days=84))
    with acting_as("eero") as actor:
        students = {s.name: s for s in queries.students_of(actor)}
        _plan(
            actor, students["Ville Virta"], "kahvila-kanerva", BY_SLUG["kaisa"], later, later + timedelta(days=74),
            {"fi": "Kahvilapalvelut", "sv": "Kafétjänster", "en": "Café services"}, phone="040 555 0117",
        )  # fmt: skip
        _plan(
            actor, students["Otso Onnela"], "paja", BY_SLUG["matti"], soon, soon + timedelta(days=88),
            {"fi": "Huoltotyöt", "sv": "Servicearbeten", "en": "Maintenance work"}, phone="040 555 0142",
        )  # fmt: skip
        _plan(
            actor, students["Iida Isoaho"], "kaislaranta", BY_SLUG["joel"], began, began + timedelta(days=641),
            {"fi": "Ikääntyneiden hoiva", "sv": "Omsorg om äldre", "en": "Care for older people"},
            form="apprenticeship", site="Päivänsäde", hours=30, phone="040 555 0163",
        )  # fmt: skip


def _at_fjarden() -> None:
    began = _monday(today() - timedelta(days=21))
    with acting_as("stina") as actor:
        _plan(
            actor, queries.students_of(actor)[0], "kaislaranta", BY_SLUG["lotta"], began, began + timedelta(days=67),
            {"fi": "Ikääntyneiden hoiva", "sv": "Omsorg om äldre", "en": "Care for older people"},
            site="Västerhamn", phone="040 555 0188",
        )  # fmt: skip


def _plan(
    actor: Actor, student: Student, place: str, instructor: Person, starts_on: date, ends_on: date,
    unit: dict[str, str], *, phone: str, form: str = "training_agreement", site: str = "", hours: int | None = None,
) -> None:  # fmt: skip
    teacher = tenants.member_for(actor, actor.membership_id)  # type: ignore[arg-type]
    services.plan_placement(
        actor, student=student, workplace=tenants.organisation_at(place, "workplace"), teacher=teacher, form=form,
        instructor_name=instructor.name, instructor_email=instructor.email, instructor_phone=phone, site=site,
        unit=unit, starts_on=starts_on, ends_on=ends_on, weekly_hours=hours,
    )  # fmt: skip


def _enrol(person: Person) -> None:
    """A place in the provider, as an accepted invitation would give it."""
    with events.apart(Actor.system()):
        members.add_member(
            Actor.system(), organisation_id=tenants.organisation_at(person.at).id, email=person.email,
            name=person.name, language=person.language, roles=list(person.roles),
        )  # fmt: skip


def _student(actor: Actor, person: Person, born: date, code: str, teacher: Membership) -> Student:
    return services.add_student(
        actor, member=_member(actor, person), birth_date=born, qualification_code=code, teacher=teacher
    )


def _member(actor: Actor, person: Person) -> Membership:
    return next(m for m in tenants.members_of(actor) if m.email == person.email)


def _born(age: int, days_to_birthday: int) -> date:
    """A birth date of somebody of this age whose next birthday is so many days ahead."""
    birthday = today() + timedelta(days=days_to_birthday)
    day = 28 if (birthday.month, birthday.day) == (2, 29) else birthday.day
    return date(birthday.year - age - 1, birthday.month, day)


def _monday(day: date) -> date:
    """The Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)
