"""Students and placements: who sees which, and when a guardian's view ends."""

from datetime import date, timedelta

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core import clock
from parasta_saas.core.clock import today
from parasta_saas.core.errors import Forbidden, Invalid, NotFound
from parasta_saas.placements import queries, services
from parasta_saas.placements.models import Placement
from parasta_saas.tenants import queries as tenants
from tests.placements.people import ids_of, otso, second_teacher

SEES = {
    "aino": {"Ville Virta", "Otso Onnela", "Iida Isoaho"},
    "sanni": {"Ville Virta", "Otso Onnela", "Iida Isoaho"},
    "eero": {"Ville Virta", "Otso Onnela", "Iida Isoaho"},
    "ville": {"Ville Virta"},
    "mirja": {"Ville Virta"},
    "siiri": set(),
    "pekka": set(),
    "stina": {"Emil Ek"},
    "emil": {"Emil Ek"},
    "kaisa": {"Ville Virta"},
    "matti": {"Otso Onnela"},
    "hanna": {"Iida Isoaho", "Emil Ek"},
    "joel": {"Iida Isoaho"},
    "lotta": {"Emil Ek"},
    "nelli": set(),
}


@pytest.mark.parametrize(("who", "names"), SEES.items())
def test_everyone_sees_their_own_placements_and_no_others(fresh, who, names):
    with acting_as(who) as actor:
        assert {p.student_name for p in queries.placements_of(actor, state="all").items} == names


def test_another_teacher_and_a_classmate_find_nothing_of_ville(fresh):
    ville = ids_of(fresh)["Ville Virta"]
    with second_teacher() as actor:
        assert queries.placements_of(actor, state="all").items == []
        with pytest.raises(NotFound):
            queries.placement_for(actor, ville)
    with otso() as actor:
        assert [p.student_name for p in queries.placements_of(actor).items] == ["Otso Onnela"]
        with pytest.raises(NotFound):
            queries.placement_for(actor, ville)


def test_a_guardian_sees_nothing_from_the_18th_birthday_on(fresh):
    with acting_as("aino") as actor:
        ville = next(s for s in queries.students_of(actor) if s.name == "Ville Virta")
        birthday = date(ville.birth_date.year + 18, ville.birth_date.month, ville.birth_date.day)
    for days, names in ((-1, ["Ville Virta"]), (0, [])):
        with clock.frozen(clock.start_of_day(birthday + timedelta(days=days))), acting_as("mirja") as actor:
            assert [p.student_name for p in queries.placements_of(actor, state="all").items] == names
            assert [s.name for s in queries.students_of(actor)] == names


def test_guardians_of_a_student_of_age_are_nobody(fresh):
    with acting_as("aino") as actor:
        by_name = {s.name: s for s in queries.students_of(actor)}
        assert [m.name for m in queries.guardians_of(by_name["Ville Virta"])] == ["Mirja Virta"]
        assert queries.guardians_of(by_name["Iida Isoaho"]) == []
        with pytest.raises(Invalid):
            mirja = next(m for m in tenants.members_of(actor) if m.name == "Mirja Virta")
            services.add_guardian(actor, by_name["Iida Isoaho"], member=mirja)


def test_the_workplace_sees_no_student_rows(fresh):
    with acting_as("kaisa") as actor:
        assert queries.students_of(actor) == []


def test_a_teacher_plans_only_for_own_students_and_in_own_name(fresh):
    with acting_as("aino") as actor:
        ville = next(s for s in queries.students_of(actor) if s.name == "Ville Virta")
        eero = next(m for m in tenants.members_of(actor) if m.name == "Eero Elo")
        paja = tenants.organisation_at("paja")
    words = {
        "student": ville, "workplace": paja, "form": "training_agreement", "instructor_name": "M",
        "instructor_email": "m@paja.example", "starts_on": today(), "ends_on": today() + timedelta(days=30),
    }  # fmt: skip
    with second_teacher() as actor, pytest.raises(Forbidden):
        services.plan_placement(actor, teacher=eero, **words)
    with acting_as("aino") as actor, pytest.raises(Forbidden):
        services.plan_placement(actor, teacher=eero, **words)
    with acting_as("eero") as actor:
        kerttu = next(m for m in tenants.members_of(actor) if m.name == "Kerttu Kivi")
        with pytest.raises(Forbidden):
            services.plan_placement(actor, teacher=kerttu, **words)


def test_the_state_follows_the_calendar_once_it_is_agreed(fresh):
    first, last = today() + timedelta(days=10), today() + timedelta(days=20)
    placement = Placement(starts_on=first, ends_on=last, state="planned")
    days = (first - timedelta(days=1), first, last, last + timedelta(days=1))
    assert [placement.state_on(d) for d in days] == ["planned"] * 4
    placement.agree()
    placement.agree()
    assert [placement.state_on(d) for d in days] == ["agreed", "running", "running", "ended"]


@pytest.mark.parametrize("days", [0, 100, 2000])
def test_a_state_of_the_list_holds_what_each_placement_says_of_itself(fresh, days):
    with clock.frozen(clock.now() + timedelta(days=days)), acting_as("aino") as actor:
        everything = queries.placements_of(actor, state="all").items
        for state in ("planned", "agreed", "running", "ended"):
            of_state = {p.id for p in queries.placements_of(actor, state=state).items}
            assert of_state == {p.id for p in everything if p.state_on(today()) == state}


def test_pages_of_the_list_meet_without_gap_or_repetition(fresh):
    with acting_as("eero") as actor:
        whole = [p.id for p in queries.placements_of(actor).items]
        seen, cursor = [], None
        while page := queries.placements_of(actor, size=2, cursor=cursor):
            seen += [p.id for p in page.items]
            cursor, before = page.next, page.previous
            if cursor is None:
                break
        back = queries.placements_of(actor, size=2, cursor=before)
    assert seen == whole
    assert [p.id for p in back.items] == whole[: len(whole) - len(page.items)][-2:]
