"""What changed in my role: shown word by word, acknowledged once, asked, reminded, counted."""

import datetime as dt

import pytest

from parasta_saas.core import clock, events
from parasta_saas.core.access import Actor
from parasta_saas.instructions.services import learning
from parasta_saas.tenants import queries as tenants
from tests.instructions.learning.pages import (
    COVERAGE,
    CSV,
    INDUCTION,
    READING,
    acknowledge,
    ask,
    morning,
    number_shown,
    publish,
)
from tests.instructions.pages import statements
from tests.visitor import form_key

MAP = "/o/lumo/map"


def remind(world):
    """What the day does for Lumo."""
    with events.apart(Actor.system()):
        lumo = Actor.system(tenants.organisation_at("lumo"))
    with events.apart(lumo):
        return learning.remind(lumo)


def test_eero_sees_what_changed_in_his_role_word_by_word_and_says_that_he_read_it(fresh, cast):
    acknowledge(cast.eero)
    publish(cast)
    page = cast.eero.get(READING)
    assert "Ohjauksesta ja tuesta sopiminen" in page.text and "<ins>Sovi myös varahenkilöstä" in page.text
    done = cast.eero.follow(acknowledge(cast.eero))
    assert "Merkittiin, että olet lukenut version" in done.text
    assert "Olen lukenut tämän" not in done.text and "ei ole muuttunut mitään" in done.text


def test_a_change_in_a_step_of_others_is_no_news_for_eero(fresh, cast):
    acknowledge(cast.eero)
    publish(cast, "contact-response")
    page = cast.eero.get(READING)
    assert "ei ole muuttunut mitään" in page.text and "Yhteydenottoon vastaaminen" not in page.text


def test_saying_it_twice_is_one_reading(fresh, cast):
    page = cast.eero.get(READING)
    form = {"role": "teacher", "number": number_shown(page)}
    for _ in range(2):
        assert cast.eero.post(READING, form).status_code == 303
    with fresh.superuser_connection() as db:
        found = db.execute("select count(*) from handbook_reading where number = %s", (form["number"],)).fetchone()
    assert found == (1,)


def test_what_was_read_counts_although_a_newer_version_came_meanwhile(fresh, cast):
    number = number_shown(cast.eero.get(READING))
    publish(cast)
    assert cast.eero.post(READING, {"role": "teacher", "number": number}).status_code == 303
    page = cast.eero.get(READING)
    assert f"Olet lukenut version {number}." in page.text and "Sovi myös varahenkilöstä" in page.text


@pytest.mark.parametrize("form", [
    {"role": "quality_manager", "number": "3"}, {"role": "student", "number": "3"}, {"role": "teacher"},
    {"role": "teacher", "number": "9999"}, {"role": "teacher", "number": "-1"}, {"role": "x" * 500, "number": "1"},
    {"role": "teacher", "number": "99999999999999999999"}, {},
])  # fmt: skip
def test_what_nobody_could_have_read_is_not_there(cast, form):
    assert cast.eero.post(READING, form).status_code == 404
    assert cast.eero.get(f"{READING}?role=quality_manager").status_code == 404


@pytest.mark.parametrize("who", ["ville", "mirja"])
@pytest.mark.parametrize("path", [READING, COVERAGE, CSV, INDUCTION, f"{INDUCTION}/coverage", f"{INDUCTION}/questions"])
def test_students_and_guardians_see_no_reading_of_anybody(cast, who, path):
    assert getattr(cast, who).get(path).status_code == 403


def test_others_see_numbers_and_editors_names(cast):
    counted, named = cast.kerttu.get(COVERAGE).text, cast.aino.get(COVERAGE).text
    assert "Eero Elo" in named and "Eero Elo" not in counted and "Opettaja" in counted
    assert cast.kerttu.get(CSV).status_code == 403
    assert "Pyydä lukemaan" not in counted


def test_the_table_for_a_spreadsheet_has_no_formulas(fresh, cast):
    with fresh.superuser_connection() as db:
        db.execute("update membership set name = '=HYPERLINK(1)' where name = 'Eero Elo'")
    answer = cast.aino.get(CSV)
    assert answer.mimetype == "text/csv" and '"\'=HYPERLINK(1)"' in answer.text and '"=' not in answer.text


@pytest.mark.parametrize("htmx", [False, True])
def test_those_who_are_asked_get_one_mail_and_a_note_on_the_map(fresh, cast, htmx):
    publish(cast, "agreement-draft")
    assert "Käsikirja on muuttunut" not in cast.oskari.get(MAP).text
    assert ask(cast, "agreement_coordinator", htmx=htmx).status_code == (200 if htmx else 303)
    ask(cast, "agreement_coordinator", "teacher")
    fresh.work()
    assert [m.subject for m in fresh.letters("oskari@lumo.example")].count(
        fresh.letters("oskari@lumo.example")[0].subject
    ) == 1
    assert "Käsikirja on muuttunut" in cast.oskari.get(MAP).text
    assert "Aino Alanko pyytää sinua lukemaan" in cast.oskari.get(READING).text
    acknowledge(cast.oskari, "agreement_coordinator")
    assert "Käsikirja on muuttunut" not in cast.oskari.get(MAP).text
    assert "1 / 2 on lukenut" in cast.aino.get(COVERAGE).text


def test_a_request_is_withdrawn_and_renewed(fresh, cast):
    page = cast.aino.get(COVERAGE)
    at = next(a for a in page.text.split('action="') if "/withdrawal" in a).split('"')[0]
    assert cast.aino.post(at, {"_key": form_key(page)}).status_code == 303
    assert "Käsikirja on muuttunut" not in cast.eero.get(MAP).text
    assert cast.aino.post(at).status_code == 409
    assert cast.aino.post(at.replace("withdrawal", "renewal")).status_code == 303
    assert "Käsikirja on muuttunut" in cast.eero.get(MAP).text
    assert cast.kerttu.post(at).status_code in (403, 404)


@pytest.mark.parametrize(("form", "words"), [
    ({"due_on": "2030-01-01"}, "Valitse vähintään yksi rooli."), ({"roles": "teacher"}, "Anna päivä"),
    ({"roles": "teacher", "due_on": "2020-01-01"}, "Valitse päivä tämän päivän jälkeen."),
    ({"roles": "teacher", "due_on": "huomenna"}, "Kirjoita päivä"),
    ({"roles": ["student"], "due_on": "2030-01-01"}, "Valitse"),
])  # fmt: skip
def test_a_request_that_cannot_be_met_says_how_to_mend_it(cast, form, words):
    answer = cast.aino.post(f"{READING}/requests", form)
    assert answer.status_code == 422 and words in answer.text
    assert cast.kerttu.post(f"{READING}/requests", form).status_code == 403


def test_reminders_are_few_and_only_for_those_who_have_not_read(fresh, cast):
    ask(cast, "teacher", "agreement_coordinator", days=14)
    acknowledge(cast.oskari, "agreement_coordinator")
    fresh.work()
    before = len(fresh.letters())
    for days in range(0, 80, 2):
        with morning(days):
            remind(fresh)
            remind(fresh)
            fresh.work()
    sent = fresh.letters()[: len(fresh.letters()) - before]
    assert {m.subject.split(":")[0] for m in sent} == {"Muistutus"}
    assert all("eero@lumo.example" in m.to for m in sent) and 2 <= len(sent) <= 4


def test_nothing_is_sent_on_a_sunday(fresh, cast):
    ask(cast, "teacher", days=2)
    sunday = clock.today() + dt.timedelta(days=13 - clock.today().weekday())
    with clock.frozen(dt.datetime(sunday.year, sunday.month, sunday.day, 10, tzinfo=clock.HELSINKI)):
        assert remind(fresh) == 0


def test_by_habit_a_day_of_publishing_is_one_request_of_the_roles_that_it_touches(fresh, cast):
    form = {"_key": form_key(cast.aino.get(COVERAGE)), "always": ["teacher", "provider_signatory"], "days": "5"}
    assert cast.aino.post(f"{READING}/habit", form).status_code == 303
    publish(cast)
    publish(cast, words="Ja vielä tämä.")
    with morning(1):
        remind(fresh)
        fresh.work()
        remind(fresh)
    with fresh.superuser_connection() as db:
        rows = db.execute("select roles, asked_by from reading_request order by number desc").fetchall()
    assert rows[0] == (["teacher"], "Parasta") and len(rows) == 2


@pytest.mark.parametrize("days", ["0", "61", "x", "-1"])
def test_a_habit_without_sense_is_not_kept(cast, days):
    answer = cast.aino.post(f"{READING}/habit", {"always": "teacher", "days": days})
    assert answer.status_code == 422
    assert cast.eero.post(f"{READING}/habit", {"days": "3"}).status_code == 403


def test_the_habit_is_switched_off_by_ticking_nobody(fresh, cast):
    cast.aino.post(f"{READING}/habit", {"always": "teacher", "days": "5"})
    cast.aino.post(f"{READING}/habit", {"days": "5"})
    publish(cast)
    with fresh.superuser_connection() as db:
        before = db.execute("select count(*) from reading_request").fetchone()
    with morning(1):
        remind(fresh)
    with fresh.superuser_connection() as db:
        assert db.execute("select count(*) from reading_request").fetchone() == before


def test_a_request_of_another_provider_is_not_there(fresh, cast):
    page = cast.aino.get(COVERAGE)
    at = next(a for a in page.text.split('action="') if "/withdrawal" in a).split('"')[0]
    assert cast.siiri.post(at.replace("/lumo/", "/kaari/")).status_code == 404


def test_the_pages_cost_the_same_however_many_rows_there_are(fresh, cast):
    acknowledge(cast.eero)
    publish(cast)
    visits = [(cast.eero, READING), (cast.aino, COVERAGE), (cast.eero, MAP)]
    before = [statements(fresh, lambda v=v, p=p: v.get(p))[0] for v, p in visits]
    for at in range(3):
        publish(cast, words=f"Lisäys {at}.")
        acknowledge(cast.oskari, "agreement_coordinator")
        acknowledge(cast.kerttu, "wl_coordinator")
        ask(cast, "teacher")
    after = [statements(fresh, lambda v=v, p=p: v.get(p))[0] for v, p in visits]
    assert before == after
    print("statements", dict(zip((p for _v, p in visits), after, strict=True)))


def test_the_note_on_the_map_costs_no_statement_of_its_own(fresh, cast):
    cast.eero.get(MAP)  # what is remembered between requests
    cost, _size = statements(fresh, lambda: cast.eero.get(MAP))
    acknowledge(cast.eero)
    assert "Käsikirja on muuttunut" not in cast.eero.get(MAP).text
    assert statements(fresh, lambda: cast.eero.get(MAP))[0] == cost


def test_changes_are_shown_in_the_language_of_the_reader(fresh, cast):
    assert "Työpaikan yhteyshenkilö on sovittu" in cast.eero.get(READING).text
    assert "Arbetsplatsens kontaktperson" not in cast.eero.get(READING).text
    cast.eero.post("/language", {"language": "sv"})
    assert "Arbetsplatsens kontaktperson" in cast.eero.get(READING).text
    cast.eero.post("/language", {"language": "en"})
    text = cast.eero.get(READING).text
    assert "Arbetsplatsens kontaktperson" in text and "Työpaikan yhteyshenkilö" in text


def test_in_swedish_nothing_is_left_in_finnish_or_english(fresh, cast):
    cast.eero.post("/language", {"language": "sv"})
    cast.aino.post("/language", {"language": "sv"})
    assert "Vad har ändrats i min roll" in cast.eero.get(READING).text
    assert "Vem har läst handboken" in cast.aino.get(COVERAGE).text
