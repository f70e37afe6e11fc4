"""Calling everyone to one table, and the mails that do it."""

import re
from datetime import timedelta

import pytest

from parasta_saas.cli.demo.acting import acting_as, system_at
from parasta_saas.core import clock
from parasta_saas.core.db import db
from parasta_saas.placements import queries as placements
from parasta_saas.planning import queries
from parasta_saas.tenants.models import Membership
from tests.placements.people import other_teacher
from tests.planning.table import called, ville_placement
from tests.visitor import form_key


@pytest.fixture
def address(fresh):
    return f"/o/lumo/placements/{ville_placement()}/sessions/new"


def when(days=7):
    return f"{clock.local(clock.now()) + timedelta(days=days):%d.%m.%Y} 14.30"


def sessions():
    placement_id = ville_placement()
    with acting_as("eero") as actor:
        found = queries.sessions_of(actor, placements.placement_for(actor, placement_id))
        return [(s.id, {(p.name, p.part) for p in s.participants}) for s in found]


@pytest.mark.parametrize(
    ("who", "status"),
    [("eero", 200), ("kerttu", 200), ("oskari", 200), ("aino", 403), ("sanni", 403), ("ville", 403), ("mirja", 403),
     ("iida", 404), ("siiri", 404), ("kaisa", 404), ("matti", 404)],
)  # fmt: skip
def test_the_teacher_and_coordinators_call(cast, address, who, status):
    assert getattr(cast, who).get(address).status_code == status
    assert getattr(cast, who).post(address, {"starts_at": when()}).status_code == (303 if status == 200 else status)


def test_another_teacher_finds_no_such_placement(fresh, address):
    assert other_teacher(fresh).post(address, {"starts_at": when()}).status_code == 404


def test_student_instructor_teacher_and_guardian_are_invited(cast, fresh, address):
    page = cast.eero.get(address)
    for name in ("Ville Virta", "Kaisa Kanerva", "Mirja Virta", "Eero Elo"):
        assert name in page.text
    answer = cast.eero.post(address, {"starts_at": when(), "place": "Kahvila", "_key": form_key(page)})
    assert answer.status_code == 303
    ((_id, people),) = sessions()
    assert people == {
        ("Ville Virta", "student"), ("Kaisa Kanerva", "instructor"), ("Mirja Virta", "guardian"),
        ("Eero Elo", "teacher"),
    }  # fmt: skip
    fresh.work()
    letters = {m.to[0] if isinstance(m.to, list) else m.to: m for m in fresh.letters()}
    assert {a.split("@")[0] for a in letters} == {"ville", "kaisa", "mirja", "eero"}
    assert all("Milloin:" in m.text and "Kahvila" in m.text for m in letters.values())
    fresh.work()
    assert len(fresh.letters()) == 4


def test_the_agenda_is_the_process_without_the_invitation_itself(fresh):
    session = called()
    with acting_as("ville") as actor:
        keys = [i.step_key for i in queries.agenda_of(queries.session_for(actor, session.id))]
    assert keys == ["form-choice", "goals-and-tasks", "guidance-plan", "demo-plan", "other-learning", "hoks-update"]


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("wrong", "instruction"),
    [
        ({"starts_at": ""}, "Anna"),
        ({"starts_at": "huomenna"}, "24.11.2026 14.30"),
        ({"starts_at": "1.1.2020 9.00"}, "Valitse aika, joka on vielä edessä."),
        ({"place": "x" * 500}, "Lyhennä"),
    ],
)
def test_a_time_that_cannot_be_is_told_how_to_mend(cast, fresh, address, wrong, instruction, htmx):
    answer = cast.eero.post(address, {"starts_at": when(), "place": "Taukotila", **wrong}, htmx=htmx)
    assert answer.status_code == 422 and instruction in answer.text
    assert wrong.get("place", "Taukotila") in answer.text
    assert sessions() == []


def test_a_second_session_is_refused_while_one_is_open(cast, address):
    assert cast.eero.post(address, {"starts_at": when()}).status_code == 303
    second = cast.kerttu.post(address, {"starts_at": when(8)})
    assert second.status_code == 409 and "Avaa se" in second.text
    assert len(sessions()) == 1
    assert "Avaa tapaaminen" in cast.kerttu.get(address).text


def test_a_double_click_calls_once(cast, fresh, address):
    for _ in range(2):
        assert cast.eero.post(address, {"starts_at": when(), "_key": "twice"}).status_code == 303
    fresh.work()
    assert len(sessions()) == 1 and len(fresh.letters("ville")) == 1


def link_of(world) -> str:
    """The way of the mailed link of an instructor without an account."""
    with system_at("kahvila-kanerva"):
        kaisa = db.session.query(Membership).filter(Membership.email.like("kaisa%")).one()
        kaisa.email = "toinen@kahvila-kanerva.example"
    called()
    world.work()
    found = re.search(r"/session/[\w-]+", world.letters("kaisa")[0].text)
    assert found
    return found[0]


def test_an_instructor_without_an_account_answers_from_the_mail(cast, fresh):
    link = link_of(fresh)
    for _ in range(20):
        assert cast.nobody.get(link).status_code == 200
    page = cast.nobody.get(link)
    answer = cast.nobody.post(f"{link}/goals", {"kind": "goal", "words": "Käyttää kassaa.", "_key": form_key(page)})
    assert answer.status_code == 303 and answer.location.endswith(f"{link}#goals")
    page = cast.nobody.get(link)
    assert "Käyttää kassaa." in page.text and '<b>Työpaikka</b><span class="vh">: sopii' in page.text
    assert cast.nobody.post(f"{link}/closure").status_code == 403
    assert cast.nobody.get(link + "x").status_code == 404


def test_an_old_link_shows_and_changes_nothing(cast, fresh):
    link = link_of(fresh)
    with clock.frozen(clock.now() + timedelta(days=60)):
        page = cast.nobody.get(link)
        assert page.status_code == 200 and "liian vanha" in page.text
        assert cast.nobody.post(f"{link}/goals", {"kind": "goal", "words": "X"}).status_code == 409
