"""Everything of a step can be written in forms: the whole step, its place, adding, removing, bringing back."""

import re

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.reference import queries, services, stepform
from parasta_saas.reference.queries import elements as found
from tests.reference import road
from tests.visitor import form_key

HOME = "/o/viitemalli/studio"


@pytest.fixture
def draft(fresh):
    return fresh.staged("draft 1.2", lambda: road.write("1.2"))


def page_of(draft, rest=""):
    return f"{HOME}/{draft}/steps{rest}"


def written(draft, key="mid-review", **changed):
    """The whole form of a step as a browser would send it."""
    with acting_as("nelli") as nelli:
        step = queries.step_for(nelli, draft, key)
        values = {name: value for name, value in stepform.values_of(step.content()).items() if value != ""}
        return {**values, "version": step.version, "facts": "1", **changed}


def step_now(draft, key="mid-review"):
    with acting_as("nelli") as nelli:
        return {s.key: s.content() for s in queries.steps_of(queries.release_for(nelli, draft).id)}.get(key)


def keys_now(draft):
    with acting_as("nelli") as nelli:
        return [(s.order, s.key, s.phase_key) for s in queries.steps_of(queries.release_for(nelli, draft).id)]


def lineage_now(draft):
    with acting_as("nelli") as nelli:
        return list(queries.release_for(nelli, draft).lineage)


NEW = {"name_fi": "Yhteinen arviointihetki", "name_sv": "Gemensam bedömning", "phase": "demonstration",
       "view": "service", "responsible": "teacher", "basis": "proposal"}  # fmt: skip


def test_an_untouched_form_changes_nothing(cast, draft):
    before = step_now(draft)
    assert cast.nelli.post(page_of(draft, "/mid-review"), written(draft)).status_code == 303
    assert step_now(draft) == before


@pytest.mark.parametrize("htmx", [False, True])
def test_the_whole_step_is_written_in_one_form(cast, draft, htmx):
    form = written(
        draft, view="operating", responsible="wl_coordinator", participants=["student", "teacher"],
        applies_to=["apprenticeship"], critical="1", pulse_fi="Kaikki kuultiin.", pulse_sv="Alla hördes.",
        value_fi="Kaikki tietävät.", value_sv="Alla vet.", basis="law", statute="531/2017 70 §",
        statute_confidence="medium", limit_value="5", limit_unit="working_day", limit_anchor="after:placement_start",
        limit_min="1", limit_max="5", policy_time_limit="param", policy_guidance="floor",
    )  # fmt: skip
    answer = cast.nelli.post(page_of(draft, "/mid-review"), form, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    step = step_now(draft)
    assert (step["view"], step["responsible"], step["critical"]) == ("operating", "wl_coordinator", True)
    assert set(step["participants"]) == {"student", "teacher"} and step["applies_to"] == ["apprenticeship"]
    assert step["time_limit"] == {
        "value": 5, "unit": "working_day", "anchor": "after:placement_start", "range": {"min": 1, "max": 5},
    }  # fmt: skip
    assert (step["statute"], step["statute_confidence"]) == ("531/2017 70 §", "medium")
    assert step["field_policy"]["time_limit"] == "param" and step["field_policy"]["guidance"] == "floor"
    assert step["pulse"]["sv"] == "Alla hördes."


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"limit_min": "9", "limit_max": "2", "policy_time_limit": "param"}, "limit_max"),
        ({"limit_min": "1", "limit_max": "2", "limit_value": "5", "policy_time_limit": "param"}, "limit_value"),
        ({"limit_min": "1", "limit_max": "", "policy_time_limit": "param"}, "limit_max"),
        ({"limit_min": "", "limit_max": "", "policy_time_limit": "param"}, "limit_min"),
        ({"limit_value": "-1"}, "limit_value"),
        ({"limit_value": "99999999999999999999"}, "limit_value"),
        ({"limit_value": "kaksi"}, "limit_value"),
        ({"limit_value": "5", "limit_anchor": ""}, "limit_anchor"),
        ({"limit_value": "5", "limit_anchor": "after:no-such"}, "limit_anchor"),
        ({"responsible": "no-such-role"}, "responsible"),
        ({"participants": ["student", "nobody"]}, "participants"),
        ({"participants": ["teacher"], "responsible": "teacher"}, "participants"),
        ({"applies_to": []}, "applies_to"),
        ({"phase": "no-such"}, "phase"),
        ({"after": "contact-response"}, "after"),
        ({"documents_in": ["no-such"]}, "documents_in"),
        ({"basis": "hearsay"}, "basis"),
        ({"statute": "531/2017", "statute_confidence": ""}, "statute_confidence"),
        ({"policy_minimum": "open"}, "policy_minimum"),
        ({"critical": "1", "pulse_fi": "", "pulse_sv": ""}, "pulse_fi"),
        ({"value_sv": ""}, "value_sv"),
        ({"name_sv": ""}, "name_sv"),
        ({"guidance_fi": "x" * 10_000_000}, "guidance_fi"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field_and_what_was_typed_stays(cast, draft, changed, field):
    before = step_now(draft)
    form = written(draft, minimum_fi="Näin minä kirjoitin.", **changed)
    answer = cast.nelli.post(page_of(draft, "/mid-review"), form, htmx=True)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text and "Näin minä kirjoitin." in answer.text
    assert step_now(draft) == before


def test_two_tabs_show_what_was_saved_meanwhile(cast, draft):
    old = written(draft, guidance_fi="Minun ohjeeni.", responsible="wl_coordinator")
    other = written(draft, guidance_fi="Toisen ohje.", responsible="quality_manager", participants=["student"])
    assert cast.tapio.post(page_of(draft, "/mid-review"), other).status_code == 303
    answer = cast.nelli.post(page_of(draft, "/mid-review"), old)
    assert answer.status_code == 422 and "Minun ohjeeni." in answer.text
    assert answer.text.count("Sillä välin tallennettu:") >= 2
    assert "Toisen ohje." in answer.text and "laatupäällikkö</p>" in answer.text
    again = {**old, "version": re.search(r'name="version" value="(\d+)"', answer.text)[1]}
    assert cast.nelli.post(page_of(draft, "/mid-review"), again).status_code == 303
    assert step_now(draft)["guidance"]["fi"] == "Minun ohjeeni."


def test_script_in_a_text_stays_text(cast, draft):
    cast.nelli.post(page_of(draft, "/mid-review"), written(draft, name_fi="<script>alert(1)</script>"))
    for path in (page_of(draft), page_of(draft, "/mid-review"), page_of(draft, "/mid-review/removal")):
        shown = cast.nelli.get(path).text
        assert "<script>alert" not in shown and "&lt;script&gt;alert" in shown


def test_empty_english_says_what_readers_see(cast, draft):
    cast.nelli.post(page_of(draft, "/mid-review"), written(draft, value_en=""))
    assert "Tyhjä: lukija näkee" in cast.nelli.get(page_of(draft, "/mid-review")).text


def test_a_form_without_the_facts_leaves_them_alone(cast, draft):
    before = step_now(draft)
    texts = {k: v for k, v in written(draft).items() if k.startswith(("guidance", "minimum", "name", "version"))}
    cast.nelli.post(page_of(draft, "/mid-review"), {**texts, "guidance_fi": "Vain tämä."})
    after = step_now(draft)
    assert after["guidance"]["fi"] == "Vain tämä." and {**after, "guidance": 0} == {**before, "guidance": 0}


@pytest.mark.parametrize("htmx", [False, True])
def test_a_step_is_added_under_a_key_made_from_its_name(cast, draft, htmx):
    answer = cast.nelli.post(page_of(draft), {**NEW, "key": ""}, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    step = step_now(draft, "yhteinen-arviointihetki")
    assert step["phase"] == "demonstration" and step["applies_to"] == ["training_agreement", "apprenticeship"]
    places = keys_now(draft)
    assert [order for order, _key, _phase in places] == list(range(1, 53))
    inside = [key for _order, key, phase in places if phase == "demonstration"]
    assert inside[-1] == "yhteinen-arviointihetki"
    assert cast.nelli.get(page_of(draft, "/yhteinen-arviointihetki")).status_code == 200
    assert cast.nelli.get(f"{HOME}/{draft}?step=yhteinen-arviointihetki").status_code == 200


def test_a_key_is_never_given_twice(cast, draft):
    assert cast.nelli.post(page_of(draft), {**NEW, "key": "mid-review"}).status_code == 422
    assert cast.nelli.post(page_of(draft), {**NEW, "key": "Välikeskustelu!"}).status_code == 422
    assert cast.nelli.post(page_of(draft), {**NEW, "key": "joint-look"}).status_code == 303
    cast.nelli.post(page_of(draft, "/joint-look/removal"), {})
    assert step_now(draft, "joint-look") is None
    assert cast.nelli.post(page_of(draft), {**NEW, "key": "joint-look"}).status_code == 422
    other = road.write("1.3")
    assert cast.nelli.post(page_of(other), {**NEW, "key": "joint-look"}).status_code == 422
    for _again in range(2):
        assert cast.nelli.post(page_of(other), NEW).status_code == 303
    assert step_now(other, "yhteinen-arviointihetki") and step_now(other, "yhteinen-arviointihetki-2")


def test_a_new_step_needs_its_first_facts(cast, draft):
    answer = cast.nelli.post(page_of(draft), {"name_fi": "Vain nimi"})
    assert answer.status_code == 422 and "Vain nimi" in answer.text
    for wrong in ({"responsible": "no-such"}, {"phase": "no-such"}, {"basis": "x"}, {"view": "x"}):
        assert cast.nelli.post(page_of(draft), {**NEW, **wrong}).status_code == 422


def test_a_double_click_adds_one_step(cast, draft):
    form = {**NEW, "_key": form_key(cast.nelli.get(page_of(draft)))}
    for _press in range(2):
        cast.nelli.post(page_of(draft), form)
    assert len(keys_now(draft)) == 52


def test_a_national_step_does_not_go_without_a_reason(cast, draft):
    for htmx in (False, True):
        answer = cast.nelli.post(page_of(draft, "/mid-review/removal"), {"kind": "remove", "reason": " "}, htmx=htmx)
        assert answer.status_code == 422 and 'href="#f-reason"' in answer.text
    assert step_now(draft)


@pytest.mark.parametrize(
    ("kind", "to", "fits"),
    [
        ("remove", [], True), ("remove", ["final-discussion"], False),
        ("merge", ["problem-handling"], True), ("merge", [], False), ("merge", ["mid-review"], False),
        ("split", ["problem-handling", "contact-response"], True), ("split", ["problem-handling"], False),
        ("rename", ["problem-handling"], True), ("rename", ["no-such"], False), ("deprecate", [], False),
    ],
)  # fmt: skip
def test_where_the_content_of_a_removed_step_went_is_declared(cast, draft, kind, to, fits):
    form = {"kind": kind, "to": to, "reason": "Keskustelu yhdistyy ohjaukseen."}
    answer = cast.nelli.post(page_of(draft, "/mid-review/removal"), form)
    assert answer.status_code == (303 if fits else 422)
    assert (step_now(draft) is None) == fits
    if fits:
        (entry,) = lineage_now(draft)
        assert entry == {"kind": kind, "from": ["mid-review"], "to": to, "reason": form["reason"]}
        assert [order for order, *_rest in keys_now(draft)] == list(range(1, 51))
        with acting_as("nelli") as nelli:
            assert queries.facts_of(nelli, queries.draft_for(nelli, draft)).unreasoned == 0


def test_a_removed_step_comes_back_as_it_was(cast, draft):
    before, places = step_now(draft), keys_now(draft)
    with acting_as("nelli") as nelli:
        base = queries.base_of(queries.release_for(nelli, draft)).id
        national = next(s.content() for s in queries.steps_of(base) if s.key == "mid-review")
    form = {"kind": "remove", "reason": "Kokeillaan."}
    assert cast.nelli.post(page_of(draft, "/mid-review/removal"), form).status_code == 303
    shown = cast.nelli.get(page_of(draft)).text
    assert "Kokeillaan." in shown and "/mid-review/return" in shown
    assert cast.nelli.post(page_of(draft, "/mid-review/return")).status_code == 303
    assert before["guidance"] != national["guidance"] and step_now(draft) == national
    assert keys_now(draft) == places and lineage_now(draft) == []
    assert cast.nelli.post(page_of(draft, "/mid-review/return")).status_code == 404
    assert cast.nelli.post(page_of(draft, "/no-such/return")).status_code == 404


def test_what_goes_on_in_a_step_keeps_it_there(cast, draft):
    cast.nelli.post(page_of(draft), {**NEW, "key": "joint-look"})
    form = {"kind": "rename", "to": ["joint-look"], "reason": "Uusi nimi ja tehtävä."}
    assert cast.nelli.post(page_of(draft, "/mid-review/removal"), form).status_code == 303
    assert cast.nelli.post(page_of(draft, "/joint-look/removal"), {}).status_code == 409


def test_buttons_move_a_step_through_its_phase_and_into_the_next(cast, draft):
    at = keys_now(draft).index(next(p for p in keys_now(draft) if p[1] == "mid-review"))
    way = page_of(draft, "/mid-review/place")
    for htmx in (False, True):
        assert cast.nelli.post(way, {"way": "up"}, htmx=htmx).status_code == (200 if htmx else 303)
    now = keys_now(draft)
    assert now[at - 2][1] == "mid-review" and [order for order, *_rest in now] == list(range(1, 52))
    phases = set()
    for _press in range(60):
        cast.nelli.post(way, {"way": "up"})
        phases.add(step_now(draft)["phase"])
    assert keys_now(draft)[0][1] == "mid-review" and phases >= {"partnership", "agreement", "orientation"}
    cast.nelli.post(way, {"way": "sideways"})
    assert keys_now(draft)[0][1] == "mid-review"


def test_the_form_puts_a_step_after_another_and_into_another_phase(cast, draft):
    others = [key for _order, key, phase in keys_now(draft) if phase == "orientation"]
    form = written(draft, phase="orientation", after=others[0])
    assert cast.nelli.post(page_of(draft, "/mid-review"), form).status_code == 303
    inside = [key for _order, key, phase in keys_now(draft) if phase == "orientation"]
    assert inside == [others[0], "mid-review", *others[1:]]
    cast.nelli.post(page_of(draft, "/mid-review"), written(draft, after="first"))
    assert [key for _o, key, phase in keys_now(draft) if phase == "orientation"][0] == "mid-review"


def test_steps_that_only_slide_along_can_still_be_saved(cast, draft):
    open_form = written(draft, "problem-handling", guidance_fi="Kirjoitin rauhassa.")
    cast.nelli.post(page_of(draft, "/mid-review/removal"), {"kind": "remove", "reason": "Pois."})
    assert cast.nelli.post(page_of(draft, "/problem-handling"), open_form).status_code == 303


@pytest.mark.parametrize("state", ["review", "published"])
def test_a_closed_draft_is_read_and_not_changed(cast, draft, state):
    form = written(draft)
    if state == "published":
        draft = road.draft_id()
    else:
        with acting_as("nelli") as nelli:
            services.move_release(nelli, queries.draft_for(nelli, draft), command="send_to_review")
    for rest, said in (
        ("/mid-review", form), ("", NEW), ("/mid-review/place", {"way": "up"}),
        ("/mid-review/removal", {"kind": "remove", "reason": "Pois."}),
    ):  # fmt: skip
        assert cast.nelli.post(page_of(draft, rest), said).status_code == 409
    for rest in ("", "/mid-review", "/mid-review/removal"):
        shown = cast.nelli.get(page_of(draft, rest))
        assert shown.status_code == 200 and "<textarea" not in shown.text and 'name="way"' not in shown.text


@pytest.mark.parametrize("who", ["aino", "matti", "siiri"])
def test_for_everyone_else_there_are_no_forms(cast, draft, who):
    visitor, place = getattr(cast, who), {"aino": "lumo", "matti": "paja", "siiri": "kaari"}[who]
    for base in (HOME, HOME.replace("viitemalli", place)):
        for rest in ("steps", "steps/mid-review/removal", "parts", "parts/roles", "lineage"):
            assert visitor.get(f"{base}/{draft}/{rest}").status_code == 404
        assert visitor.post(f"{base}/{draft}/steps", NEW).status_code == 404
        assert visitor.post(f"{base}/{draft}/steps/mid-review/removal", {"reason": "x"}).status_code == 404


def test_the_pages_cost_the_same_for_every_draft(fresh, cast, draft):
    cast.nelli.get(page_of(draft))
    for rest, limit in (("", 13), ("/mid-review", 12), ("/mid-review/removal", 12)):
        fresh.statements.clear()
        cast.nelli.get(page_of(draft, rest))
        spent = [line for line in fresh.statements if "set_config" not in line]
        assert len(spent) <= limit, (rest, len(spent), spent)


def test_the_writer_is_remembered(cast, draft):
    cast.tapio.post(page_of(draft), NEW)
    with acting_as("tapio") as tapio:
        assert queries.facts_of(tapio, queries.draft_for(tapio, draft)).author
        assert "yhteinen-arviointihetki" in found.used_keys()
