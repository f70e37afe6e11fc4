"""Who answers for what, in the browser: layers, one step in place, many, copy, undo, export."""

import re
from datetime import timedelta

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core import clock
from parasta_saas.improvement.queries import responsibility as queries
from parasta_saas.improvement.raci import Holder
from parasta_saas.improvement.services import duties as services
from parasta_saas.improvement.services.duties import Duty
from parasta_saas.instructions.services import layers
from parasta_saas.tenants import queries as tenants
from parasta_saas.tenants import queries_units, services_units
from tests.improvement.rooms import DUTIES, PLAN
from tests.instructions.pages import statements
from tests.visitor import form_key

STEP = f"{DUTIES}/steps/assessment"
KAARI = "/o/kaari/responsibilities"
TEACHER = {"duty": "answers", "holder": "role:quality_manager"}
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def unit(fresh):
    with acting_as("aino") as aino:
        found = queries_units.units_of(aino)
        if found:
            return found[0]
        layers.choose_features(aino, features=("units",), reviewed=False)
        return services_units.add_unit(aino, kind="campus", name={"fi": "Keskustan kampus", "sv": "Campus centrum"})


def at(url: str, unit) -> str:
    return f"{url}?unit={unit.id}"


def entries(key: str = "assessment", who: str = "aino", unit=None):
    with acting_as(who) as actor:
        found = queries.entries_of(actor, unit.id if unit else None)
        return [(e.duty, e.holder) for e in found if e.step_key == key and e.unit_id == (unit.id if unit else None)]


def entry_of(key: str = "assessment", who: str = "aino"):
    with acting_as(who) as actor:
        return next(e for e in queries.entries_of(actor) if e.step_key == key)


def member(slug: str, who: str = "aino"):
    with acting_as(who) as actor:
        return next(m for m in tenants.members_of(actor) if m.email.startswith(f"{slug}@"))


def undo_of(text: str) -> str:
    return re.search(r'action="([^"]*/changes/[^"]*/undo)"', text)[1]


def words(text: str) -> str:
    """Without tags and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def row(text: str, key: str = "assessment") -> str:
    return words(text.split(f'id="duty-{key}"')[1].split("</tr>")[0])


def test_findings_come_first_each_with_a_way_to_mend_it(cast):
    page = cast.aino.get(DUTIES).text
    assert "Tästä vastaa kaksi tai useampi. Yksi riittää." in page
    assert "20 Sopimuksen laatiminen" in page
    assert page.index("Korjattavaa") < page.index("Vaiheittain")
    mend = re.search(r'href="([^"]*steps/agreement-draft[^"]*)"', page)[1]
    assert "Poista: Vastaa, Oskari Ojala" in cast.aino.get(mend).text


def test_without_own_choices_everything_is_as_in_the_model(cast):
    page = cast.siiri.get(f"{KAARI}?phase=demonstration").text
    assert "Opettaja (viitemallin mukaan)" in row(page)
    assert "omia: 0 / 3" in words(cast.siiri.get(KAARI).text)


@pytest.mark.parametrize("htmx", [False, True])
def test_one_step_is_set_in_place_and_undone(cast, htmx):
    answer = cast.aino.post(STEP, TEACHER, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    page = cast.aino.follow(answer).text
    assert ("<html" in page) is not htmx
    assert "Laatupäällikkö koko järjestäjän valinta" in row(page)
    assert entries() == [("answers", "role:quality_manager")]
    answer = cast.aino.post(undo_of(page), htmx=htmx)
    assert "Kumottu." in cast.aino.follow(answer).text
    assert entries() == []
    assert cast.aino.post(undo_of(page)).status_code == 409


def test_a_row_is_opened_and_closed_in_place(cast):
    row_only = cast.aino.get(STEP, htmx=True).text
    assert row_only.lstrip().startswith('<tr role="row" id="duty-assessment" class="changing"')
    closed = cast.aino.get(f"{STEP}?done=1", htmx=True).text
    assert "<form" not in closed
    assert 'hx-get="/o/lumo/responsibilities/steps/assessment"' in closed


def test_the_units_choice_stands_over_the_providers_and_the_rest_is_inherited(cast, unit):
    cast.aino.post(STEP, TEACHER)
    cast.aino.post(at(STEP, unit), {"duty": "answers", "holder": f"member:{member('eero').id}"})
    assert "Laatupäällikkö" in row(cast.aino.get(f"{DUTIES}?phase=demonstration").text)
    here = row(cast.aino.get(f"{DUTIES}?phase=demonstration&unit={unit.id}").text)
    assert "Eero Elo" in here
    assert "Opettaja (viitemallin mukaan)" in here
    assert entries(unit=unit) == [("answers", f"member:{member('eero').id}")]


def test_an_own_role_in_two_languages(cast):
    cast.aino.post(STEP, {"duty": "does", "holder": "own", "own_fi": "Arvioijapari", "own_sv": "Bedömarpar"})
    assert "Arvioijapari" in row(cast.aino.get(f"{DUTIES}?phase=demonstration").text)
    assert '<option value="own:arvioijapari"' in cast.aino.get(STEP).text
    cast.aino.post("/language", {"language": "sv"})
    assert "Bedömarpar" in row(cast.aino.get(f"{DUTIES}?phase=demonstration").text)


def test_a_deputy_stands_in_until_the_last_day(cast):
    cast.aino.post(STEP, TEACHER)
    last = clock.today() + timedelta(days=10)
    cast.aino.post(STEP, {"duty": "answers", "holder": f"member:{member('eero').id}", "ends_on": last.isoformat()})
    assert "Eero Elo" in row(cast.aino.get(f"{DUTIES}?phase=demonstration").text)
    with clock.frozen(clock.now() + timedelta(days=11)), acting_as("aino") as aino:
        board = queries.board_of(aino)
    assert {e.holder for e in board.own_at("assessment")} == {"role:quality_manager", f"member:{member('eero').id}"}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, "Valitse tehtävä."),
        ({"duty": "answers"}, "Valitse, kuka."),
        ({"duty": "dances", "holder": "nobody"}, "Valitse"),
        ({"duty": "answers", "holder": "role:captain"}, "Valitse, kuka."),
        ({"duty": "answers", "holder": "member:x"}, "Valitse, kuka."),
        ({"duty": "answers", "holder": "own", "own_sv": ""}, "Kirjoita roolin nimi."),
        ({"duty": "answers", "holder": "own", "own_fi": "x" * 81}, "Lyhennä"),
        ({**TEACHER, "starts_on": "2027-02-01", "ends_on": "2027-01-01"}, "Aseta viimeinen päivä"),
        ({**TEACHER, "ends_on": "ensi viikolla"}, "Kirjoita päivä"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_what_makes_no_sense_is_sent_back_with_what_was_typed(cast, body, told, htmx):
    answer = cast.aino.post(STEP, {"starts_on": "1.12.2026", **body}, htmx=htmx)
    assert answer.status_code == 422
    assert re.search(r'name="starts_on" type="date" value="(2026-12-01|2027-02-01)"', answer.text)
    assert told in answer.text
    assert entries() == []


def test_a_script_in_a_role_is_shown_as_words(cast):
    cast.aino.post(STEP, {"duty": "does", "holder": "own", "own_fi": SCRIPT})
    for url in (f"{DUTIES}?phase=demonstration", STEP, "/o/lumo/map/assessment"):
        page = cast.eero.get(url)
        assert page.status_code == 200
        assert SCRIPT not in page.text
        assert "&lt;script&gt;" in page.text


def test_a_double_click_counts_once_and_the_same_again_is_said(cast):
    key = form_key(cast.aino.get(STEP))
    assert cast.aino.post(STEP, {**TEACHER, "_key": key}).status_code == 303
    again = cast.aino.post(STEP, {"duty": "answers", "holder": "role:teacher", "_key": key})
    assert "Tämä on jo tallennettu" in cast.aino.follow(again).text
    answer = cast.aino.post(STEP, TEACHER)
    assert answer.status_code == 422
    assert "Tämä on jo kirjattu." in answer.text
    assert entries() == [("answers", "role:quality_manager")]


def test_nobody_goes_when_somebody_comes(cast):
    cast.aino.post(STEP, {"duty": "answers", "holder": "nobody"})
    assert "Kukaan ei vastaa tästä." in cast.aino.get(DUTIES).text
    cast.aino.post(STEP, TEACHER)
    assert entries() == [("answers", "role:quality_manager")]


def test_two_who_answer_are_mended_by_removing_one(cast):
    cast.aino.post(STEP, TEACHER)
    cast.aino.post(STEP, {"duty": "answers", "holder": "role:teacher"})
    page = cast.aino.get(STEP).text
    assert "Tästä vastaa kaksi tai useampi." in page
    answer = cast.aino.post(re.findall(r'action="([^"]*/removal)"', page)[0])
    page = cast.aino.follow(answer).text
    assert "Tästä vastaa kaksi" not in page
    cast.aino.post(undo_of(page))
    assert len(entries()) == 2


def test_many_steps_are_previewed_set_and_undone_at_once(cast):
    cast.aino.post(STEP, TEACHER)
    url, body = f"{DUTIES}/many?phase=demonstration", {"duty": "answers", "holder": "role:teacher"}
    page = cast.aino.get(url).text
    assert page.count('name="steps"') == 3
    chosen = {**body, "steps": ["assessment", "demo-do", "contact-response"]}
    preview = cast.aino.post(url, chosen).text
    assert "Tämä muuttuisi" in preview
    assert "Laatupäällikkö" in words(preview.split("Tämä muuttuisi")[1].split("</table>")[0])
    assert "Yhteydenottoon vastaaminen" not in preview.split("</table>")[0].split("Tämä muuttuisi")[1]
    assert entries() == [("answers", "role:quality_manager")]
    done = cast.aino.follow(cast.aino.post(url, {**chosen, "sure": "yes"})).text
    assert entries() == [("answers", "role:teacher")]
    assert entries("demo-do") == [("answers", "role:teacher")]
    cast.aino.post(undo_of(done))
    assert entries() == [("answers", "role:quality_manager")]
    assert entries("demo-do") == []


@pytest.mark.parametrize("htmx", [False, True])
def test_many_steps_without_a_step_or_a_holder_is_sent_back(cast, htmx):
    url = f"{DUTIES}/many?phase=demonstration"
    assert "Valitse ainakin yksi askel." in cast.aino.post(url, {**TEACHER, "sure": "yes"}, htmx=htmx).text
    answer = cast.aino.post(url, {"duty": "answers", "steps": ["assessment"]}, htmx=htmx)
    assert answer.status_code == 422
    assert "Valitse, kuka." in answer.text


def test_a_unit_copies_from_another_and_undoes_it(cast, unit):
    cast.aino.post(STEP, TEACHER)
    cast.aino.post(at(STEP, unit), {"duty": "answers", "holder": "role:teacher"})
    cast.aino.post(at(STEP, unit), {"duty": "decides", "holder": "role:teacher"})
    url = at(f"{DUTIES}/copy", unit)
    assert "Kopioidaan" in words(cast.aino.post(url, {}).text)
    assert ("answers", "role:teacher") in entries(unit=unit)
    done = cast.aino.follow(cast.aino.post(url, {"sure": "yes"})).text
    assert set(entries(unit=unit)) == {("answers", "role:quality_manager"), ("decides", "role:teacher")}
    cast.aino.post(undo_of(done))
    assert set(entries(unit=unit)) == {("answers", "role:teacher"), ("decides", "role:teacher")}
    again = cast.aino.post(url, {"source": str(unit.id)})
    assert again.status_code == 422


def test_a_person_who_has_left_is_found(fresh, cast):
    eero = member("eero")
    cast.aino.post(STEP, {"duty": "answers", "holder": f"member:{eero.id}"})
    with fresh.superuser_connection() as connection:
        connection.execute("update membership set roles = '{}' where id = %s", (eero.id,))
    assert "Eero Elo ei enää työskentele täällä (vastaa)." in words(cast.aino.get(DUTIES).text)


def test_the_table_is_saved_without_formulas(cast):
    cast.aino.post(STEP, {"duty": "does", "holder": "own", "own_fi": "=HYPERLINK(1)"})
    answer = cast.eero.get(f"{DUTIES}/export.csv")
    assert answer.mimetype == "text/csv"
    text = answer.data.decode("utf-8-sig")
    assert len(text.splitlines()) >= 52
    line = next(line for line in text.splitlines() if "Osaamisen arviointi" in line)
    assert "'=HYPERLINK(1)" in line
    assert ";=" not in text


@pytest.mark.parametrize("who", ["eero", "kerttu", "oskari", "sanni"])
def test_staff_reads_and_does_not_change(cast, who):
    visitor = getattr(cast, who)
    for url in (DUTIES, f"{DUTIES}?phase=all", STEP):
        page = visitor.get(url)
        assert page.status_code == 200
        assert "/removal" not in page.text
    assert visitor.post(STEP, TEACHER).status_code == 403
    assert visitor.post(f"{DUTIES}/many", {**TEACHER, "steps": ["contact-response"], "sure": "yes"}).status_code == 403
    assert visitor.get(f"{DUTIES}/copy").status_code == 403
    assert entries() == []


@pytest.mark.parametrize("who", ["ville", "mirja"])
def test_a_student_has_no_business_here(cast, who):
    assert getattr(cast, who).get(DUTIES).status_code in (403, 404)
    assert getattr(cast, who).get(f"{DUTIES}/export.csv").status_code in (403, 404)


def test_what_is_anothers_is_nowhere(cast, unit):
    with acting_as("siiri") as siiri:
        change = services.add_duty(siiri, "assessment", Duty("answers", Holder("role:teacher")))
    theirs = entry_of(who="siiri")
    assert cast.aino.post(f"{DUTIES}/{theirs.id}/removal").status_code == 404
    assert cast.aino.post(f"{DUTIES}/changes/{change.id}/undo").status_code == 404
    assert cast.siiri.get(at(KAARI, unit)).status_code == 404
    assert cast.siiri.post(f"{KAARI}/copy", {"source": str(unit.id), "sure": "yes"}).status_code == 404
    body = {"duty": "answers", "holder": f"member:{member('siiri', 'siiri').id}"}
    assert cast.aino.post(STEP, body).status_code == 404
    for url in (f"{DUTIES}/steps/none", f"{DUTIES}?phase=none", f"{DUTIES}?unit=x"):
        assert cast.aino.get(url).status_code == 404
    assert entries() == []


def test_a_step_shows_its_duties_once_something_is_set(fresh, cast):
    url = "/o/lumo/map/assessment"
    assert "Muuta vastuita" not in cast.aino.get(url).text
    before = statements(fresh, lambda: cast.aino.get(url))[0]
    cast.aino.post(STEP, TEACHER)
    page = cast.aino.get(url).text
    assert "Muuta vastuita" in page
    assert "Laatupäällikkö" in page
    assert statements(fresh, lambda: cast.aino.get(url))[0] == before
    assert "Kuka vastaa mistäkin" in cast.eero.get(url).text


def test_the_pages_cost_the_same_however_much_is_set(fresh, cast, unit):
    pages = [DUTIES, f"{DUTIES}?phase=all&unit={unit.id}", STEP]

    def costs():
        return [statements(fresh, lambda page=page: cast.aino.get(page))[0] for page in pages]

    costs()
    before = costs()
    with acting_as("aino") as aino:
        keys = [step.key for step in queries.board_of(aino).steps]
        for duty in ("answers", "does", "informed"):
            services.set_many(aino, keys, Duty(duty, Holder("role:teacher")))
            services.set_many(aino, keys, Duty(duty, Holder("role:quality_manager")), unit_id=unit.id)
    assert costs() == before
    assert max(before) <= 18, before


def test_the_way_leads_from_the_plan(cast):
    assert f'href="{DUTIES}"' in cast.eero.get(PLAN).text


def test_duties_speak_swedish(cast):
    cast.stina.post("/language", {"language": "sv"})
    page = cast.stina.get("/o/fjarden/responsibilities").text
    assert "Vem ansvarar, gör, beslutar och undertecknar i varje steg." in page
    assert "Ansvarar" in cast.stina.get("/o/fjarden/responsibilities?phase=all").text
