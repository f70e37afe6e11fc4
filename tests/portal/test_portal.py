"""The doors of workplace, student and guardian: what waits, whose it is, and no leak between providers."""

from datetime import UTC, datetime, timedelta

import pytest

from parasta_saas.cli.demo.acting import acting_as, system_at
from parasta_saas.core import clock, i18n, questions
from parasta_saas.core.db import db
from parasta_saas.placements import queries as placements
from parasta_saas.placements.models import Placement
from parasta_saas.planning import services as planning
from parasta_saas.portal import tasks
from parasta_saas.portal.greeting import day_in_words, greeting


def cost(fresh, visitor, url):
    visitor.get(url)
    fresh.statements.clear()
    page = visitor.get(url)
    assert page.status_code == 200
    return len([s for s in fresh.statements if "set_config" not in s])


def call_session(student="Ville Virta", days=9):
    with acting_as("eero") as eero:
        placement = next(p for p in placements.placements_of(eero).items if p.student_name == student)
        planning.call_session(eero, placement, starts_at=clock.now() + timedelta(days=days), place="Kahvila")


def test_students_of_all_providers_stand_on_one_page_each_with_its_provider(cast):
    page = cast.hanna.get("/o/kaislaranta/today").text
    assert "Iida Isoaho" in page and "Emil Ek" in page
    assert "Lumon koulutuskuntayhtymä" in page and "Yrkesinstitutet Fjärden" in page
    assert '<span class="sq"></span>Lumon' in page and '<span class="sq b"></span>Yrkes' in page


@pytest.mark.parametrize(
    ("who", "own", "others"), [("joel", "Iida Isoaho", "Emil Ek"), ("lotta", "Emil Ek", "Iida Isoaho")]
)
def test_an_instructor_sees_only_their_own_students_and_tasks(cast, who, own, others):
    page = getattr(cast, who).get("/o/kaislaranta/today").text
    assert own in page and others not in page


def test_another_workplace_and_another_provider_leak_nothing(cast):
    for who, at in (("matti", "paja"), ("kaisa", "kahvila-kanerva")):
        page = getattr(cast, who).get(f"/o/{at}/today").text
        assert "Emil Ek" not in page and "Iida Isoaho" not in page and "Fjärden" not in page
    assert cast.matti.get("/o/kaislaranta/today").status_code == 404


def test_what_waits_is_named_once_the_oldest_first(fresh, cast):
    call_session()
    page = cast.kaisa.get("/o/kahvila-kanerva/today").text
    assert "Yhteissuunnittelu: Ville Virta" in page and "Kutsuja on Eero Elo." in page
    assert page.count('class="need hot"') == 1
    with acting_as("matti") as matti, fresh.app.test_request_context(), i18n.using("fi"):
        from flask import g

        g.actor = matti
        found = tasks.tasks_at_work(matti, [])
    assert [t.at for t in found] == sorted(t.at for t in found) and len(found) >= 2


def test_a_room_that_the_portal_does_not_know_adds_its_own(cast, monkeypatch):
    def from_elsewhere(actor):
        words = dict(title="Vanhin asia", text="Teksti.", provider="Lumo", url="/x", action="Tee se")
        return [dict(at=datetime(2020, 1, 1, tzinfo=UTC), **words)]

    monkeypatch.setitem(questions.ANSWERS, "portal.tasks.tests", from_elsewhere)
    page = cast.kaisa.get("/o/kahvila-kanerva/today").text
    assert "Vanhin asia" in page.split('class="need hot"')[1].split("</article>")[0]


def test_an_empty_workplace_is_told_what_comes(fresh, cast):
    with fresh.superuser_connection() as above:
        above.execute("update placement set instructor_email = 'someone@else.example'")
    fresh.dirty = True
    page = cast.lotta.get("/o/kaislaranta/today").text
    assert "Inga studerande ännu" in page


def test_a_student_reads_now_next_and_whom_to_ask(fresh, cast):
    page = cast.ville.get("/o/lumo/my").text
    assert "Vuorossa Eero Elo, opettaja." in page and "Keneltä voi kysyä" in page and "Mikään ei odota" in page
    call_session()
    fresh.work()
    page = cast.ville.get("/o/lumo/my").text
    assert "Yksi asia odottaa sinua" in page and "Avaa yhteissuunnittelu" in page


def test_a_guardian_reads_about_their_child_and_a_classmate_does_not(cast):
    assert "Ville Virta: Kahvila Kanerva" in cast.mirja.get("/o/lumo/my").text
    assert "Ville Virta" not in cast.iida.get("/o/lumo/my").text


def test_on_the_eighteenth_birthday_the_guardian_reads_no_more(cast):
    with clock.frozen(clock.now() + timedelta(days=220)):
        page = cast.mirja.get("/o/lumo/my")
    assert page.status_code in (200, 303) and "Kahvila Kanerva" not in page.text


@pytest.mark.parametrize(
    ("who", "url", "status"),
    [
        ("eero", "/o/lumo/my", 403),
        ("eero", "/o/lumo/today", 403),
        ("ville", "/o/lumo/today", 403),
        ("matti", "/o/paja/my", 403),
        ("nelli", "/o/viitemalli/today", 403),
        ("ville", "/o/paja/today", 404),
        ("siiri", "/o/lumo/my", 404),
    ],
)
def test_each_door_is_for_its_own(cast, who, url, status):
    assert getattr(cast, who).get(url).status_code == status


def test_the_first_page_of_each_leads_to_their_own_door(cast):
    assert cast.matti.follow(cast.matti.get("/")).request.path == "/o/paja/today"
    assert cast.ville.follow(cast.ville.get("/")).request.path == "/o/lumo/my"


@pytest.mark.parametrize(
    ("who", "url"),
    [("hanna", "/o/kaislaranta/today"), ("matti", "/o/paja/today"), ("ville", "/o/lumo/my"), ("mirja", "/o/lumo/my")],
)
def test_a_door_costs_at_most_nine_statements(fresh, cast, who, url):
    assert cost(fresh, getattr(cast, who), url) <= 9


def test_many_students_cost_the_same(fresh, cast):
    before = cost(fresh, cast.hanna, "/o/kaislaranta/today"), cost(fresh, cast.iida, "/o/lumo/my")
    with system_at("lumo") as actor:
        iida = next(p for p in placements.placements_of(actor).items if p.student_name == "Iida Isoaho")
        names = {c.key for c in Placement.__mapper__.column_attrs} - {"id", "version"}
        facts = {name: getattr(iida, name) for name in names}
        for number in range(30):
            db.session.add(Placement(**{**facts, "starts_on": facts["starts_on"] + timedelta(days=number)}))
    after = cost(fresh, cast.hanna, "/o/kaislaranta/today"), cost(fresh, cast.iida, "/o/lumo/my")
    assert after[0] <= before[0] and after[1] <= before[1]
    page = cast.hanna.get("/o/kaislaranta/today")
    assert 'rel="next"' in page.text and page.text.count('class="kid"') == 25


@pytest.mark.parametrize(
    ("hour", "words"), [(7, "Hyvää huomenta, Lotta"), (12, "Hei, Lotta"), (19, "Hyvää iltaa, Lotta")]
)
def test_the_greeting_follows_the_clock_of_finland(hour, words):
    moment = datetime(2026, 11, 24, hour, tzinfo=clock.HELSINKI)
    with i18n.using("fi"):
        assert greeting("Lotta Lind", moment) == words
        assert day_in_words(moment) == "tiistai 24. marraskuuta"
    with i18n.using("sv"):
        assert day_in_words(moment) == "tisdag 24 november"
