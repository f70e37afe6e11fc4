"""The staff's list of placements and the form for a new one."""

from datetime import timedelta

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core.clock import today
from parasta_saas.placements import queries, services
from parasta_saas.tenants import queries as tenants
from tests.placements.people import other_teacher
from tests.visitor import form_key

LIST = "/o/lumo/placements/"
NEW = "/o/lumo/placements/new"
BUDGET = 6


@pytest.fixture
def pair(fresh):
    """Ville and the garage, as ids in a form."""
    with acting_as("eero") as actor:
        ville = next(s for s in queries.students_of(actor) if s.name == "Ville Virta")
        return {"student": str(ville.id), "workplace": str(tenants.organisation_at("paja").id)}


def how_many() -> int:
    with acting_as("eero") as actor:
        return len(queries.placements_of(actor, state="all").items)


def sound(pair, **other):
    return {
        **pair, "contact": "other", "instructor_name": "Matti Mäki", "instructor_email": "Matti@paja.example",
        "form": "training_agreement", "starts_on": f"{today() + timedelta(days=30):%d.%m.%Y}",
        "ends_on": (today() + timedelta(days=60)).isoformat(), "unit": "Huoltotyöt", "part_time_percent": "80", **other,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("who", "status"),
    [("aino", 200), ("kerttu", 200), ("oskari", 200), ("eero", 200), ("sanni", 200),
     ("ville", 403), ("mirja", 403), ("siiri", 404), ("kaisa", 404), ("nelli", 404)],
)  # fmt: skip
def test_the_list_is_for_the_staff(cast, who, status):
    assert getattr(cast, who).get(LIST).status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("kerttu", 200), ("oskari", 200), ("eero", 200), ("aino", 403), ("sanni", 403), ("ville", 403)]
)
def test_teachers_and_coordinators_plan(cast, who, status):
    assert getattr(cast, who).get(NEW).status_code == status


def test_another_teacher_has_an_empty_list_and_nobody_to_plan_for(cast, fresh, pair):
    tuula = other_teacher(fresh)
    assert "Ville" not in tuula.get(LIST).text
    assert tuula.get(NEW, query_string=pair).status_code == 404
    assert tuula.post(NEW, sound(pair)).status_code == 404


def test_search_and_state_narrow_the_list(cast):
    page = cast.kerttu.get(LIST + "?q=kanerva").text
    assert "Ville Virta" in page and "Otso" not in page
    assert "Ville Virta" in cast.kerttu.get(LIST + "?q=vir&state=planned").text
    assert "Ville Virta" not in cast.kerttu.get(LIST + "?state=running").text
    assert "Mitään ei löytynyt" in cast.kerttu.get(LIST + "?q=%25").text


def test_a_made_up_place_in_the_list_is_answered_with_what_to_do(cast):
    answer = cast.kerttu.get(LIST + "?cursor=nonsense")
    assert answer.status_code == 422


def test_a_placement_is_planned_in_two_steps(cast, fresh, pair):
    assert "Ville Virta" in cast.eero.get(NEW).text
    page = cast.eero.get(NEW, query_string=pair)
    assert "Koulutussopimus" in page.text and "Oppisopimus" in page.text
    answer = cast.eero.post(NEW, sound(pair, _key=form_key(page)))
    assert answer.status_code == 303
    with acting_as("eero") as actor:
        made = next(p for p in queries.placements_of(actor, words="paja").items if p.student_name == "Ville Virta")
    assert (made.instructor_email, made.part_time_percent, made.teacher_name) == (
        "matti@paja.example", 80, "Eero Elo"
    )  # fmt: skip
    assert (made.student_is_minor, made.unit, made.state) == (True, {"fi": "Huoltotyöt"}, "planned")
    assert answer.location.endswith(str(made.id))


def test_a_double_click_plans_once(cast, fresh, pair):
    form = sound(pair, _key="one-and-the-same")
    cast.eero.post(NEW, form)
    cast.eero.post(NEW, form)
    with acting_as("eero") as actor:
        assert [p.student_name for p in queries.placements_of(actor, words="Ville").items].count("Ville Virta") == 2


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("wrong", "instruction"),
    [
        ({"ends_on": "1.1.2020"}, "Aseta viimeinen päivä ensimmäisen päivän jälkeen."),
        ({"starts_on": ""}, "päivä"),
        ({"ends_on": "31.2.2027"}, "24.11.2026"),
        ({"ends_on": "31.12.2039"}, "enintään viisi vuotta"),
        ({"starts_on": "01.01.0206"}, "vuosi"),
        ({"form": "sopimus"}, "Valitse"),
        ({"part_time_percent": "0"}, "1–100"),
        ({"weekly_hours": "99"}, "1–40"),
        ({"instructor_email": "matti"}, "sähköpostiosoite"),
        ({"instructor_name": " "}, "Kirjoita ohjaajan nimi."),
        ({"unit": "x" * 201}, "Lyhennä"),
    ],
)
def test_bad_input_is_told_how_to_mend_and_nothing_is_lost(cast, fresh, pair, wrong, instruction, htmx):
    before = how_many()
    answer = cast.eero.post(NEW, sound(pair, instructor_phone="040 555 0142", **wrong), htmx=htmx)
    assert answer.status_code == 422
    assert instruction in answer.text
    assert "040 555 0142" in answer.text
    assert how_many() == before


def test_foreign_ids_in_the_form_are_not_there(cast, fresh, pair):
    with acting_as("stina") as actor:
        emil = str(queries.students_of(actor)[0].id)
        stina = str(actor.membership_id)
    assert cast.eero.post(NEW, sound(pair | {"student": emil})).status_code == 404
    assert cast.eero.get(NEW, query_string=pair | {"student": emil}).status_code == 404
    assert cast.kerttu.post(NEW, sound(pair, teacher=stina)).status_code == 404
    assert cast.kerttu.post(NEW, sound(pair, contact=stina)).status_code == 404
    assert cast.kerttu.post(NEW, sound(pair | {"workplace": stina})).status_code == 404
    assert cast.stina.get("/o/fjarden/placements/new", query_string={"workplace": pair["workplace"]}).status_code == 404


def test_the_first_question_unanswered_is_asked_again(cast):
    answer = cast.eero.get(NEW + "?chosen=1")
    assert answer.status_code == 200
    assert "Valitse jokin vaihtoehdoista." in answer.text


def test_the_list_costs_the_same_however_long_it_is(cast, fresh):
    cast.kerttu.get(LIST)
    few = _statements(fresh, lambda: cast.kerttu.get(LIST))
    with acting_as("eero") as actor:
        ville = next(s for s in queries.students_of(actor) if s.name == "Ville Virta")
        for n in range(30):
            services.plan_placement(
                actor, student=ville, workplace=tenants.organisation_at("paja"), form="training_agreement",
                teacher=tenants.member_for(actor, actor.membership_id), instructor_name="M", instructor_email="m@p.fi",
                starts_on=today() + timedelta(days=n), ends_on=today() + timedelta(days=n + 5),
            )  # fmt: skip
    page = cast.kerttu.get(LIST)
    assert 'rel="next"' in page.text
    assert _statements(fresh, lambda: cast.kerttu.get(LIST)) == few <= BUDGET


def _statements(world, act) -> int:
    world.statements.clear()
    assert act().status_code == 200
    return len([s for s in world.statements if "set_config" not in s])
