"""Own steps and the words of units through a national update and home again: nothing of them is lost."""

import re

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.instructions import carrying, queries
from parasta_saas.reference import queries as reference
from parasta_saas.reference.services import parts
from parasta_saas.tenants import queries_units as units
from tests.instructions import nation
from tests.instructions.layers.test_own_steps import add, key_of, own
from tests.instructions.layers.test_units import words, write
from tests.instructions.pages import statements

SHELF = "/o/lumo/shelf"
BASE = {"phases": [{"key": "p"}, {"key": "q"}], "steps": [
    {"key": "a", "phase": "p"}, {"key": "b", "phase": "p"}, {"key": "c", "phase": "q"}]}  # fmt: skip
WITHOUT_B = {"phases": BASE["phases"], "steps": [BASE["steps"][0], BASE["steps"][2]]}
WITHOUT_Q = {"phases": [{"key": "p"}], "steps": BASE["steps"][:2]}


def placed(key: str, phase: str, after: str | None) -> dict:
    return {"key": key, "phase": phase, "after": after, "name": {"fi": key}}


@pytest.fixture
def centre(fresh):
    with acting_as("aino") as aino:
        return next(unit.id for unit in units.units_of(aino) if unit.name["fi"].startswith("Keskusta"))


def phase_of(key: str):
    with acting_as("aino") as aino:
        steps = reference.steps_of(queries.book_of(aino).release.id)
    phase = next(step.phase_key for step in steps if step.key == key)
    return phase, [step.key for step in steps if step.phase_key == phase]


def test_an_own_step_keeps_its_nearest_surviving_neighbour():
    gone = [{"kind": "remove", "from": ["b"], "to": [], "reason": "r"}]
    found = carrying.carried(BASE, [(WITHOUT_B, gone)], [placed("own-1", "p", "b"), placed("own-2", "p", "own-1")])
    assert found.places == {"own-1": ("p", "a"), "own-2": ("p", "own-1")}
    assert not found.gone


def test_one_whose_phase_is_gone_is_told_with_phases_it_might_fit_in():
    gone = [{"kind": "remove", "from": ["c"], "to": [], "reason": "r"}]
    found = carrying.carried(BASE, [(WITHOUT_Q, gone)], [placed("own-1", "q", "c"), placed("own-2", "p", "a")])
    assert found.places == {"own-2": ("p", "a")}
    assert found.gone == {"own-1": ("p",)}


def test_over_several_releases_it_goes_one_after_the_other():
    renamed = {"phases": BASE["phases"], "steps": [*BASE["steps"][:1], {"key": "b2", "phase": "p"}, BASE["steps"][2]]}
    way = [
        (renamed, [{"kind": "rename", "from": ["b"], "to": ["b2"], "reason": "r"}]),
        (WITHOUT_B, [{"kind": "remove", "from": ["b2"], "to": [], "reason": "r"}]),
    ]
    assert carrying.carried(BASE, way[:1], [placed("own-1", "p", "b")]).places == {"own-1": ("p", "b2")}
    assert carrying.carried(BASE, way, [placed("own-1", "p", "b")]).places == {"own-1": ("p", "a")}


def test_words_written_since_stay_when_an_update_is_undone_and_the_others_return():
    before = {
        "a": {"overlay": {"note": {"fi": "A"}}, "above": {}},
        "b": {"overlay": {"note": {"fi": "B"}}, "above": {}},
    }
    since = {"overlay": {"note": {"fi": "A2"}}, "above": {}}
    back = carrying.home(before, {"x": before["a"]}, {"x": "a"}, {"x": since})
    assert back == {"a": since, "b": before["b"]}


def test_the_desk_tells_what_moves_and_the_step_stands_beside_its_new_neighbour(fresh, cast):
    key = key_of(add(cast.aino, place="after:contact-response"))
    nation.publish("1.2", lambda draft: draft.remove("contact-response"))
    fresh.work()
    url = nation.offered(cast.aino)
    page = cast.aino.get(url).text
    assert "Yksi oma askel siirtyy uuden naapurin viereen:" in page
    assert "Tarkista avaimet" in page
    assert nation.take(cast.aino, url).status_code == 200
    row = own()[key]
    assert row.removed_at is None
    assert row.after_key != "contact-response"
    assert key in cast.aino.get("/o/lumo/map").text
    assert cast.aino.post(url + "/return").status_code == 303
    assert own()[key].after_key == "contact-response"


def test_an_own_step_under_a_removed_phase_lies_whole_on_the_shelf_and_comes_back_when_undone(fresh, cast):
    phase, keys = phase_of("assessment-register")
    key = key_of(add(cast.aino, place=f"phase:{phase}", checklist_fi="Avain\nKortti", hanging="1"))

    def change(draft) -> None:
        for step in keys:
            draft.remove(step)
        parts.remove_part(draft.nelli, draft.release, "phases", phase)

    nation.publish("1.2", change)
    fresh.work()
    url = nation.offered(cast.aino)
    assert "siirtyy kokonaan hyllylle" in cast.aino.get(url).text
    nation.take(cast.aino, url)
    assert key not in cast.aino.get("/o/lumo/map").text
    shelf = cast.aino.get(SHELF).text
    for said in ("Kuittaus vihkoon.", "Avain", "Kontrollera nycklarna", "vaihetta ei enää ole"):
        assert said in shelf
    assert "Tarkista avaimet" in cast.aino.get("/o/lumo/own-steps").text
    assert cast.aino.post(url + "/return").status_code == 303
    assert own()[key].removed_at is None
    assert (own()[key].phase_key, own()[key].after_key) == (phase, None)
    assert "Kuittaus vihkoon." not in cast.aino.get(SHELF).text


def test_a_removed_own_step_whose_phase_is_gone_is_had_back_in_another(fresh, cast):
    phase, keys = phase_of("assessment-register")
    key = key_of(add(cast.aino, place=f"phase:{phase}"))

    def change(draft) -> None:
        for step in keys:
            draft.remove(step)
        parts.remove_part(draft.nelli, draft.release, "phases", phase)

    nation.publish("1.2", change)
    fresh.work()
    nation.take(cast.aino, nation.offered(cast.aino))
    assert cast.aino.post(f"/o/lumo/own-steps/{key}/return").status_code == 303
    assert own()[key].phase_key != phase
    assert key in cast.aino.get("/o/lumo/map").text


def test_words_of_a_unit_follow_a_renamed_step_and_go_home_again(fresh, cast, centre):
    write(cast.aino, centre, note_fi="Keskustan sanat.")
    nation.publish("1.2", lambda draft: draft.rename("contact-response", "answering"))
    fresh.work()
    url = nation.offered(cast.aino)
    assert (
        "siirtyvät sen uuteen paikkaan" in cast.aino.get(url).text
        or "niiden uuteen paikkaan" in cast.aino.get(url).text
    )
    nation.take(cast.aino, url)
    assert "Keskustan sanat." in cast.eero.get(f"/o/lumo/map/answering?unit={centre}").text
    cast.aino.post(url + "/return")
    assert "Keskustan sanat." in cast.eero.get(f"/o/lumo/map/contact-response?unit={centre}").text
    assert not words(centre, "answering").overlay


def test_words_of_a_unit_whose_step_is_gone_lie_on_the_shelf_with_whose_they_were(fresh, cast, centre):
    write(cast.aino, centre, note_fi="Keskustan sanat.", checklist_fi="Kello")
    nation.publish("1.2", lambda draft: draft.remove("contact-response"))
    fresh.work()
    url = nation.offered(cast.aino)
    nation.take(cast.aino, url)
    shelf = cast.aino.get(SHELF).text
    for said in ("Keskustan sanat.", "Kello", "Keskustan kampus", "logistiikan alan opettaja"):
        assert said in shelf
    cast.aino.post(url + "/return")
    assert "Keskustan sanat." in cast.eero.get(f"/o/lumo/map/contact-response?unit={centre}").text
    assert "Keskustan sanat." not in cast.aino.get(SHELF).text


def test_a_withdrawal_takes_own_steps_and_units_home(fresh, cast, centre):
    key = key_of(add(cast.aino, place="after:contact-response"))
    write(cast.aino, centre, note_fi="Keskustan sanat.")
    nation.publish("1.2", lambda draft: draft.remove("contact-response"))
    fresh.work()
    nation.take(cast.aino, nation.offered(cast.aino))
    nation.withdraw("1.3")
    fresh.work()
    nation.take(cast.aino, nation.offered(cast.aino))
    assert own()[key].after_key == "contact-response"
    assert words(centre).overlay["note"] == {"fi": "Keskustan sanat."}


def test_words_of_a_unit_on_the_shelf_are_put_on_a_step_of_that_unit_and_nobody_elses(fresh, cast, centre):
    write(cast.aino, centre, note_fi="Keskustan sanat.")
    nation.publish("1.2", lambda draft: draft.remove("contact-response"))
    fresh.work()
    nation.take(cast.aino, nation.offered(cast.aino))
    page = cast.aino.get(SHELF).text
    card = next(part for part in page.split("<article") if "Keskustan sanat." in part)
    place = re.search(r'action="([^"]*placement)"', card)[1]
    assert cast.aino.post(place, {"step": "mid-review"}).status_code == 303
    assert "Keskustan sanat." in cast.eero.get(f"/o/lumo/map/mid-review?unit={centre}").text
    assert "Keskustan sanat." not in cast.eero.get("/o/lumo/map/mid-review").text
    assert cast.aino.post(place.replace("placement", "return")).status_code == 303
    assert "Keskustan sanat." not in cast.eero.get(f"/o/lumo/map/mid-review?unit={centre}").text
    assert "Keskustan sanat." in cast.aino.get(SHELF).text


def test_the_desk_costs_the_same_however_many_own_steps_and_words_of_units_there_are(fresh, cast, centre):
    nation.publish("1.2", lambda draft: draft.remove("contact-response"))
    fresh.work()
    url = nation.offered(cast.aino)
    cast.aino.get(url)
    before = statements(fresh, lambda: cast.aino.get(url))[0]
    for _ in range(3):
        add(cast.aino, place="after:mid-review")
    for key in ("mid-review", "matching", "need-of-workplace"):
        write(cast.aino, centre, f"/o/lumo/map/{key}", note_fi="Sanat.")
    assert statements(fresh, lambda: cast.aino.get(url))[0] <= before
