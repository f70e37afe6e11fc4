"""Units: their words stand on the provider's, and nothing of the minimum is theirs to loosen."""

import re
from uuid import uuid4

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.instructions import queries
from parasta_saas.instructions.queries import layers as found
from parasta_saas.tenants import queries_units as units
from tests.instructions.layers.test_hanging import send, typed_all
from tests.instructions.pages import statements

STEP = "/o/lumo/map/contact-response"
CALL = "Jos työpaikka jätti numeron, soita aina ensin."


@pytest.fixture
def centre(fresh):
    with acting_as("aino") as aino:
        return next(unit.id for unit in units.units_of(aino) if unit.name["fi"].startswith("Keskusta"))


@pytest.fixture
def harbour(fresh):
    with acting_as("aino") as aino:
        return next(unit.id for unit in units.units_of(aino) if unit.name["fi"].startswith("Satama"))


def write(visitor, unit, step=STEP, **fields):
    page = visitor.get(f"{step}/edit?unit={unit}")
    assert page.status_code == 200
    return visitor.post(f"{step}/edit?unit={unit}", {**typed_all(page), **fields})


def words(unit_id, key="contact-response"):
    with acting_as("aino") as aino:
        rows = [row for row in found.all_words_of(aino) if row.unit_id == unit_id and row.step_key == key]
    return rows[0] if rows else None


def test_a_unit_adds_and_the_provider_and_the_other_unit_are_as_before(cast, centre, harbour):
    assert write(cast.aino, centre, note_fi="Keskustassa Eero.", checklist_fi="Avain").status_code == 303
    here = cast.ville.get(f"{STEP}?unit={centre}").text
    assert "Keskustassa Eero." in here
    assert "Päivystäjä vaihtuu viikoittain" in here
    assert here.index("Lukittu") < here.index("Päivystäjä vaihtuu") < here.index("Keskustassa Eero.")
    assert "Keskustassa Eero." not in cast.ville.get(STEP).text
    assert "Keskustassa Eero." not in cast.ville.get(f"{STEP}?unit={harbour}").text


def test_the_unit_stays_in_the_address_from_the_map_to_the_step_and_on(cast, centre):
    text = cast.aino.get(f"/o/lumo/map?unit={centre}").text
    assert f'{STEP}?unit={centre}"' in text
    assert f"unit={centre}" in re.search(r'href="([^"]*)" rel="next"', cast.aino.get(f"{STEP}?unit={centre}").text)[1]


def test_who_works_at_a_unit_writes_there_and_nowhere_else(cast, centre, harbour):
    assert write(cast.eero, centre, note_fi="Eeron sanat.").status_code == 303
    assert "Eeron sanat." in cast.ville.get(f"{STEP}?unit={centre}").text
    assert cast.eero.get(f"{STEP}/edit?unit={harbour}").status_code == 403
    assert cast.eero.get(f"{STEP}/edit").status_code == 403
    assert cast.ville.post(f"{STEP}/edit?unit={centre}", {"version": 1}).status_code == 403


def test_a_unit_may_be_stricter_than_its_provider_and_never_looser(cast, centre):
    assert write(cast.aino, centre, time_limit_value="2").status_code == 422  # national 2, Lumo 1
    need = "/o/lumo/map/need-of-workplace"
    assert write(cast.aino, centre, need, time_limit_value="2").status_code == 303
    assert "Yksikön oma aikaraja: 2" in cast.aino.get(f"{need}?unit={centre}").text
    assert write(cast.aino, centre, need, time_limit_value="99").status_code == 422
    assert write(cast.aino, centre, need, time_limit_value="0").status_code == 422


def test_a_limit_that_the_provider_overtakes_rests_and_is_told(cast, centre):
    need = "/o/lumo/map/need-of-workplace"
    write(cast.aino, centre, need, time_limit_value="2")
    assert send(cast.aino, need, time_limit_value="1").status_code == 303
    text = cast.aino.get(f"{need}?unit={centre}").text
    assert "väljempi kuin järjestäjän" in text
    assert "Yksikön oma aikaraja" not in text.split("väljempi")[1]


@pytest.mark.parametrize("way", ["keep", "take", "write"])
def test_where_the_text_above_changed_in_the_same_sentence_both_are_shown_and_a_person_settles_it(cast, centre, way):
    form = typed_all(cast.aino.get(f"{STEP}/edit?unit={centre}"))
    write(cast.aino, centre, guidance_fi=form["guidance_fi"].replace(CALL, "Soita aina heti, myös iltaisin."))
    form = typed_all(cast.aino.get(f"{STEP}/edit"))
    send(cast.aino, STEP, guidance_fi=form["guidance_fi"].replace(CALL, "Soita aina ensin ja kirjaa soitto."))
    text = cast.eero.get(f"{STEP}?unit={centre}").text
    assert "muuttui samassa virkkeessä" in text
    assert "myös iltaisin" in text
    assert "kirjaa soitto" in text
    version = str(words(centre).version)
    if way == "write":
        write(cast.eero, centre, note_fi="Luettu.")
    else:
        sent = {"version": version, "language": "fi", "way": way}
        assert cast.ville.post(f"{STEP}/unit/settlement?unit={centre}", sent).status_code == 403
        assert cast.eero.post(f"{STEP}/unit/settlement?unit={centre}", sent).status_code == 303
        assert cast.eero.post(f"{STEP}/unit/settlement?unit={centre}", sent).status_code == 409
    after = cast.eero.get(f"{STEP}?unit={centre}").text
    assert "muuttui samassa virkkeessä" not in after
    assert ("myös iltaisin" in after) == (way != "take")


def test_a_change_above_in_another_sentence_comes_through_by_itself(cast, centre):
    form = typed_all(cast.aino.get(f"{STEP}/edit?unit={centre}"))
    write(cast.aino, centre, guidance_fi=form["guidance_fi"] + " Keskustassa vastaa Eero.")
    form = typed_all(cast.aino.get(f"{STEP}/edit"))
    send(cast.aino, STEP, guidance_fi=form["guidance_fi"].replace(CALL, "Soita aina ensin ja kirjaa soitto."))
    text = cast.eero.get(f"{STEP}?unit={centre}").text
    assert "kirjaa soitto" in text
    assert "Keskustassa vastaa Eero." in text
    assert "muuttui samassa virkkeessä" not in text


def test_two_people_of_a_unit_at_once_are_told_and_nothing_typed_is_lost(cast, centre):
    page = typed_all(cast.eero.get(f"{STEP}/edit?unit={centre}"))
    write(cast.aino, centre, note_fi="Ainon sanat.")
    late = cast.eero.post(f"{STEP}/edit?unit={centre}", {**page, "note_fi": "Eeron sanat."})
    assert late.status_code == 409
    assert "Eeron sanat." in late.text
    assert "Ainon sanat." in late.text


def test_what_a_unit_left_out_is_taken_back_from_the_versions(cast, centre):
    write(cast.aino, centre, note_fi="Palaa vielä.")
    cast.aino.post(f"{STEP}/unit/withdrawal?unit={centre}", {"version": words(centre).version})
    assert "Palaa vielä." not in cast.aino.get(f"{STEP}?unit={centre}").text
    done = cast.aino.post(f"{STEP}/unit/return?unit={centre}", {"version": words(centre).version})
    assert done.status_code == 303
    assert "Palaa vielä." in cast.aino.get(f"{STEP}?unit={centre}").text


def test_a_foreign_unit_is_nowhere(cast, centre):
    for who, at in ((cast.siiri, "kaari"), (cast.aino, "lumo")):
        unit = centre if at == "kaari" else uuid4()
        for path in ("map", "map/contact-response", "map/contact-response/edit"):
            assert who.get(f"/o/{at}/{path}?unit={unit}").status_code == 404
    assert cast.siiri.get(f"/o/kaari/units/{centre}").status_code == 404
    assert cast.siiri.post(f"/o/kaari/units/{centre}/closing").status_code == 404
    assert cast.aino.get("/o/lumo/map?unit=x").status_code == 404


def test_a_closed_unit_takes_no_part_and_comes_back_with_its_words(cast, harbour):
    cast.aino.post(f"/o/lumo/units/{harbour}/closing")
    assert "Sataman" not in cast.aino.get("/o/lumo/map").text
    assert cast.aino.get(f"{STEP}?unit={harbour}").status_code == 404
    assert "Suljetut yksiköt" in cast.aino.get("/o/lumo/units").text
    cast.aino.post(f"/o/lumo/units/{harbour}/opening")
    assert "logistiikan alan opettaja" in cast.aino.get(f"{STEP}?unit={harbour}").text


def test_units_are_added_named_and_peopled(cast):
    answer = cast.aino.post("/o/lumo/units", {"kind": "field", "name_fi": "<b>Sote</b>"})
    assert answer.status_code == 303
    assert "&lt;b&gt;Sote" in cast.aino.get("/o/lumo/units").text
    assert cast.aino.post("/o/lumo/units", {"kind": "field"}).status_code == 422
    assert cast.aino.post("/o/lumo/units", {"kind": "field", "name_fi": "<B>sote</B>"}).status_code == 422
    page = cast.aino.get(answer.location).text
    who = re.search(r'name="people" value="([0-9a-f-]{36})"', page)[1]
    assert cast.aino.post(answer.location + "/people", {"people": [who]}).status_code == 303
    assert cast.aino.post(answer.location + "/people", {"people": [str(uuid4())]}).status_code == 404
    assert cast.aino.post(answer.location, {"kind": "campus", "name_fi": "Pohjoinen"}).status_code == 303
    assert "Pohjoinen" in cast.aino.get("/o/lumo/map").text


@pytest.mark.parametrize("who", ["kerttu", "eero", "ville"])
def test_units_are_the_editors_to_keep(cast, who, harbour):
    visitor = getattr(cast, who)
    assert visitor.get("/o/lumo/units").status_code == 403
    assert visitor.post("/o/lumo/units", {"kind": "campus", "name_fi": "X"}).status_code == 403
    assert visitor.post(f"/o/lumo/units/{harbour}/closing").status_code == 403


def test_switched_off_units_are_kept_and_not_seen(cast, harbour):
    cast.aino.post("/o/lumo/handbook/settings", {"features": ["deviations"]})
    assert "Sataman" not in cast.aino.get("/o/lumo/map").text
    assert cast.aino.get(f"{STEP}?unit={harbour}").status_code == 404
    cast.aino.post("/o/lumo/handbook/settings", {"features": ["units"]})
    assert "logistiikan alan opettaja" in cast.aino.get(f"{STEP}?unit={harbour}").text


def test_pages_of_a_unit_cost_one_statement_more_however_much_is_written(fresh, cast, centre, harbour):
    for path in ("/o/lumo/map", STEP):
        cast.aino.get(f"{path}?unit={centre}")
        whole = statements(fresh, lambda path=path: cast.aino.get(path))[0]
        for unit in (centre, harbour):
            assert statements(fresh, lambda path=path, unit=unit: cast.aino.get(f"{path}?unit={unit}"))[0] == whole + 1


def test_a_version_of_the_handbook_holds_the_words_of_units(cast, centre):
    write(cast.aino, centre, note_fi="Versiossa.")
    with acting_as("aino") as aino:
        edition = queries.book_of(aino).edition
        held = found.last_words(aino, units.unit_for(aino, centre), "contact-response")
    assert edition
    assert held["overlay"]["note"] == {"fi": "Versiossa."}
