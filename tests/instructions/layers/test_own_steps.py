"""Steps of the provider's own between the national ones."""

import re

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.instructions.queries import layers as found
from tests.instructions.pages import statements

NEW = {"name_fi": "Tarkista avaimet", "name_sv": "Kontrollera nycklarna", "note_fi": "Kuittaus vihkoon.",
       "place": "after:matching", "view": "operating", "forms": ["training_agreement"]}  # fmt: skip
CALL = "Soita ohjaajalle ensimmäisen viikon perjantaina"


def add(visitor, **fields):
    return visitor.post("/o/lumo/own-steps", {**NEW, **fields})


def key_of(response) -> str:
    assert response.status_code == 303, response.text
    return re.search(r"/map/(own-[0-9a-f]+)", response.location)[1]


def own(who: str = "aino"):
    with acting_as(who) as actor:
        return {row.key: row for row in found.own_steps_of(actor)}


def test_an_own_step_stands_in_its_place_with_its_mark_and_a_page_of_its_own(cast):
    key = key_of(add(cast.aino))
    text = cast.eero.get("/o/lumo/map").text
    at = text.index(f"/o/lumo/map/{key}")
    assert text.index("/o/lumo/map/matching") < at
    assert re.search(rf'class="step own" href="/o/lumo/map/{key}"', text)
    page = cast.eero.get(f"/o/lumo/map/{key}").text
    assert "Oma askel" in page
    assert "Kuittaus vihkoon." in page
    assert "Askel 10a" in page
    assert "Lukittu" not in page
    before = cast.eero.get("/o/lumo/map/matching").text
    assert f'href="/o/lumo/map/{key}" rel="next"' in before


def test_the_national_steps_keep_their_order_and_their_numbers(cast):
    order = re.findall(r'href="/o/lumo/map/([a-z-]+)"', cast.eero.get("/o/lumo/map").text)
    for place in ("after:matching", "phase:agreement", "after:contact-response"):
        add(cast.aino, place=place)
    again = re.findall(r'href="/o/lumo/map/([a-z-]+)"', cast.eero.get("/o/lumo/map").text)
    assert [key for key in again if key != "own-"] == [key for key in order if key != "own-"]


@pytest.mark.parametrize("place", ["after:no-such", "phase:no-such", "after:own-0", "matching", "after:", ""])
def test_a_place_of_nowhere_is_refused_and_what_was_typed_stays(cast, place):
    answer = add(cast.aino, place=place)
    assert answer.status_code == 422
    assert "Kuittaus vihkoon." in answer.text


def test_a_step_cannot_stand_behind_itself_in_a_ring(cast):
    first = key_of(add(cast.aino))
    second = key_of(add(cast.aino, place=f"after:{first}"))
    step = own()[first]
    answer = cast.aino.post(f"/o/lumo/own-steps/{first}", {**NEW, "version": step.version, "place": f"after:{second}"})
    assert answer.status_code == 422
    assert "ei voi olla itsensä jälkeen" in answer.text
    assert own()[first].after_key == "matching"


def test_an_own_step_of_another_provider_is_nowhere(cast):
    key = key_of(add(cast.aino))
    assert cast.siiri.get(f"/o/kaari/map/{key}").status_code == 404
    assert cast.siiri.get(f"/o/kaari/own-steps/{key}/edit").status_code == 404
    assert cast.siiri.post(f"/o/kaari/own-steps/{key}/removal").status_code == 404
    assert cast.siiri.post("/o/kaari/own-steps", {**NEW, "place": f"after:{key}"}).status_code == 422


def test_without_a_name_it_is_refused(cast):
    answer = add(cast.aino, name_fi="", name_sv="")
    assert answer.status_code == 422
    assert "Anna askeleelle nimi." in answer.text


def test_removed_and_returned_with_everything_and_those_behind_it_close_up(cast):
    first = key_of(add(cast.aino))
    second = key_of(add(cast.aino, place=f"after:{first}", name_fi="Toinen"))
    done = cast.aino.post(f"/o/lumo/own-steps/{first}/removal")
    page = cast.aino.get(done.location).text
    assert "Tarkista avaimet" in page
    assert own()[second].after_key == "matching"
    assert cast.aino.get(f"/o/lumo/map/{first}").status_code == 404
    assert cast.aino.post(f"/o/lumo/own-steps/{first}/removal").status_code == 409
    assert cast.aino.post(f"/o/lumo/own-steps/{first}/return").status_code == 303
    assert "Kuittaus vihkoon." in cast.aino.get(f"/o/lumo/map/{first}").text


def test_two_editors_at_once_are_told_and_nothing_typed_is_lost(cast):
    key = key_of(add(cast.aino))
    version = own()[key].version
    assert cast.aino.post(f"/o/lumo/own-steps/{key}", {**NEW, "version": version, "note_fi": "Eka."}).status_code == 303
    late = cast.aino.post(f"/o/lumo/own-steps/{key}", {**NEW, "version": version, "note_fi": "Toka."})
    assert late.status_code == 409
    assert "Toka." in late.text


@pytest.mark.parametrize("who", ["kerttu", "eero", "ville"])
def test_who_may_not_write_adds_nothing(cast, who):
    assert add(getattr(cast, who)).status_code == 403
    assert getattr(cast, who).get("/o/lumo/own-steps/new").status_code == 403


def test_a_step_of_one_unit_is_seen_there_only(cast):
    unit = re.search(r"unit=([0-9a-f-]{36})", cast.aino.get("/o/lumo/map").text)[1]
    key = key_of(add(cast.aino, unit=unit))
    assert key not in cast.aino.get("/o/lumo/map").text
    assert key in cast.aino.get(f"/o/lumo/map?unit={unit}").text
    assert cast.aino.get(f"/o/lumo/map/{key}").status_code == 404
    assert cast.aino.get(f"/o/lumo/map/{key}?unit={unit}").status_code == 200
    assert add(cast.aino, place=f"after:{key}").status_code == 422


def test_pages_cost_the_same_however_many_own_steps_there_are(fresh, cast):
    def cost() -> list[int]:
        pages = ("/o/lumo/map", "/o/lumo/own-steps", "/o/lumo/own-steps/new", "/o/lumo/map/matching")
        for page in pages:
            cast.aino.get(page)
        return [statements(fresh, lambda page=page: cast.aino.get(page))[0] for page in pages]

    before = cost()
    for _ in range(4):
        add(cast.aino)
    assert cost() == before
    assert before[1] <= 9
