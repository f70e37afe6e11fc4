"""A step as it stands for a provider: the national minimum always, and the provider's own words."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parasta_saas.core.canonical import fingerprint
from parasta_saas.instructions.resolved import (
    Loosened,
    NotPermitted,
    Refusal,
    check_overlay,
    local_sentences,
    permitted_limit,
    resolve,
    resolve_release,
)

STEP = {
    "key": "contact-response",
    "name": {"fi": "Yhteydenottoon vastaaminen", "sv": "Svar på kontaktförfrågan"},
    "critical": True,
    "responsible": "wl_coordinator",
    "minimum": {"fi": "Jokainen yhteydenotto saa vastauksen.", "sv": "Varje kontakt får ett svar."},
    "guidance": {"fi": "Kerro nimesi. Kuuntele ensin.", "sv": "Berätta vad du heter."},
    "time_limit": {
        "value": 2,
        "unit": "working_day",
        "anchor": "after:enquiry",
        "range": {"min": 1, "max": 2},
    },
    "field_policy": {
        "minimum": "locked",
        "time_limit": "param",
        "responsible": "floor",
        "guidance": "open",
        "name": "locked",
    },
}
OURS = {
    "guidance": {"fi": "Kerro nimesi. Soita aina ensin. Kuuntele ensin."},
    "note": {"fi": "Päivystäjä vaihtuu viikoittain."},
    "local_role": {"fi": "Kumppanuuspäivystäjä"},
    "time_limit_value": 1,
}
BEFORE = {
    "value": 5,
    "unit": "working_day",
    "anchor": "before:placement_start",
    "range": {"min": 5, "max": 20},
}

TEXTS = st.dictionaries(st.sampled_from(["fi", "sv", "xx"]), st.text(max_size=8) | st.none(), max_size=2)
OVERLAYS = st.fixed_dictionaries(
    {},
    optional={
        "guidance": TEXTS,
        "note": TEXTS | st.none(),
        "local_role": TEXTS,
        "time_limit_value": st.none() | st.integers(-1, 4) | st.booleans() | st.text(max_size=2),
        "minimum": TEXTS,
        "critical": st.booleans(),
    },
)


def with_policy(**policy):
    return {**STEP, "field_policy": {**STEP["field_policy"], **policy}}


def test_a_step_without_local_words_stands_as_national():
    view = resolve(STEP, {})
    assert {name: view[name] for name in STEP} == STEP
    assert view["local"] == {"fields": [], "guidance": [], "national_time_limit": STEP["time_limit"]}


def test_local_words_stand_with_the_national_minimum():
    view = resolve(STEP, OURS)
    assert view["minimum"] == STEP["minimum"]
    assert view["guidance"] == {"fi": OURS["guidance"]["fi"], "sv": STEP["guidance"]["sv"]}
    assert view["time_limit"] == {**STEP["time_limit"], "value": 1}
    assert (view["note"], view["local_role"], view["responsible"]) == (
        OURS["note"],
        OURS["local_role"],
        "wl_coordinator",
    )
    assert view["local"] == {
        "fields": ["guidance", "local_role", "note", "time_limit"],
        "guidance": ["fi"],
        "national_time_limit": STEP["time_limit"],
    }


def test_the_national_step_is_not_touched():
    before = deepcopy(STEP)
    resolve(STEP, OURS)["guidance"]["fi"] = "muuta"
    assert before == STEP


def test_an_empty_text_is_no_text():
    view = resolve(STEP, {"guidance": {"fi": "  ", "sv": ""}, "note": None})
    assert (view["guidance"], view["note"], view["local"]["fields"]) == (STEP["guidance"], {}, [])


@settings(max_examples=150, deadline=None)
@given(OVERLAYS)
def test_no_overlay_gets_round_the_minimum(overlay):
    refusals = check_overlay(STEP, overlay)
    if refusals:
        with pytest.raises((Loosened, NotPermitted)):
            resolve(STEP, overlay)
        return
    view = resolve(STEP, overlay)
    assert (view["minimum"], view["critical"], view["name"]) == (STEP["minimum"], True, STEP["name"])
    assert 1 <= view["time_limit"]["value"] <= 2


@pytest.mark.parametrize(
    ("overlay", "refusal"),
    [
        ({"time_limit_value": 3}, Refusal("loosened", "time_limit_value", (1, 2))),
        ({"time_limit_value": 0}, Refusal("out_of_range", "time_limit_value", (1, 2))),
        ({"time_limit_value": "1"}, Refusal("not_a_number", "time_limit_value", (1, 2))),
        ({"time_limit_value": True}, Refusal("not_a_number", "time_limit_value", (1, 2))),
        ({"minimum": {"fi": "Vastataan joskus."}}, Refusal("not_permitted", "minimum")),
        ({"critical": False}, Refusal("not_permitted", "critical")),
        ({"guidance": {"de": "Ruf an."}}, Refusal("unknown_language", "guidance")),
        ({"guidance": "Soita."}, Refusal("not_text", "guidance")),
        ({"note": {"fi": 5}}, Refusal("not_text", "note")),
    ],
)
def test_a_refused_overlay_says_why(overlay, refusal):
    assert check_overlay(STEP, overlay) == [refusal]
    expected = Loosened if refusal.code == "loosened" else NotPermitted
    with pytest.raises(expected) as caught:
        resolve(STEP, overlay)
    assert (caught.value.code, caught.value.refusals) == (refusal.code, (refusal,))


@pytest.mark.parametrize(
    ("limit", "value", "codes"),
    [
        (BEFORE, 10, []),
        (BEFORE, 5, []),
        (BEFORE, 3, ["loosened"]),
        (BEFORE, 21, ["out_of_range"]),
        (None, 3, ["not_by_number"]),
        ({**BEFORE, "value": 0, "range": None}, 3, ["not_by_number"]),
        (BEFORE, None, []),
    ],
)
def test_before_an_anchor_the_larger_number_is_the_tighter(limit, value, codes):
    assert [r.code for r in check_overlay({**STEP, "time_limit": limit}, {"time_limit_value": value})] == codes


def test_a_locked_limit_has_no_permitted_numbers():
    locked = with_policy(time_limit="locked")
    assert permitted_limit(STEP) == (1, 2)
    assert permitted_limit(locked) is None
    assert check_overlay(locked, {"time_limit_value": 1}) == [Refusal("not_permitted", "time_limit_value")]


def test_where_the_guidance_is_locked_it_is_not_reworded():
    assert check_overlay(with_policy(guidance="locked"), OURS) == [Refusal("not_permitted", "guidance")]


def test_where_the_guidance_is_a_floor_sentences_are_added_and_none_dropped():
    floor = with_policy(guidance="floor")
    assert check_overlay(floor, OURS) == []
    overlay = {"guidance": {"fi": "Soita aina ensin. Kerro nimesi."}}
    assert check_overlay(floor, overlay) == [Refusal("sentence_dropped", "guidance", missing=("Kuuntele ensin.",))]
    with pytest.raises(Loosened):
        resolve(floor, overlay)


def test_a_step_without_a_minimum_is_refused():
    with pytest.raises(NotPermitted):
        resolve({**STEP, "minimum": {}}, {})


def test_a_local_word_changes_the_fingerprint():
    assert fingerprint(resolve(STEP, OURS)) != fingerprint(resolve(STEP, {}))


def test_our_own_sentences_are_marked():
    national = "Kerro nimesi. Kuuntele ensin."
    assert local_sentences(national, "Kerro nimesi. Soita aina ensin.\n\nKuuntele ensin.\n") == [
        ("Kerro nimesi.", False),
        (" Soita aina ensin.", True),
        ("\n\nKuuntele ensin.\n", False),
    ]
    assert local_sentences(national, "") == []


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="Aa. \n-", max_size=30), st.text(alphabet="Aa. \n-", max_size=30))
def test_the_marked_pieces_are_the_whole_local_text(national, local):
    assert "".join(piece for piece, _ in local_sentences(national, local)) == local
    assert not any(own for _, own in local_sentences(local, local))


MORE = {
    "checklist": [{"key": "call", "name": {"fi": "Soita"}}],
    "deviation": {"reason": "Pieni yksikkö", "approver": "Laatu", "expires": "2027-06-30"},
    "params": {"visits": 3},
}
WITH_PARAMS = {
    **STEP,
    "params": {"visits": {"value": 2, "min": 2, "max": 5}, "mode": {"value": "a", "one_of": ["a", "b"]}},
}


def test_own_lists_a_deviation_and_parameters_stand_beside_what_is_national():
    view = resolve(WITH_PARAMS, MORE)
    assert (view["checklist"], view["deviation"]) == (MORE["checklist"], MORE["deviation"])
    assert [view["params"][name]["value"] for name in ("visits", "mode")] == [3, "a"]
    assert view["local"]["fields"] == ["checklist", "deviation", "params"]
    assert view["minimum"] == STEP["minimum"]


@pytest.mark.parametrize(
    ("overlay", "field"),
    [
        ({"deviation": {"reason": "Kiire"}}, "deviation"),
        ({"checklist": [{"name": "nimetön"}]}, "checklist"),
        ({"params": {"visits": 9}}, "params.visits"),
        ({"params": {"other": 1}}, "params.other"),
        ({"hidden": True}, "hidden"),
    ],
)
def test_a_deviation_without_an_approver_a_list_without_keys_and_a_switch_are_refused(overlay, field):
    assert check_overlay(WITH_PARAMS, overlay) == [Refusal("not_permitted", field)]
    with pytest.raises(NotPermitted):
        resolve(WITH_PARAMS, overlay)


def test_a_unit_stands_on_its_providers_view():
    release = {"phases": [{"key": "planning", "name": {"fi": "Suunnittelu"}}], "steps": [{**STEP, "phase": "planning"}]}
    provider = {
        "steps": {STEP["key"]: OURS},
        "added": [{"key": "own", "phase": "planning", "after": STEP["key"], "name": {"fi": "Oma"}}],
        "phases": {"planning": {"note": {"fi": "Meillä keväällä."}, "name": {"fi": "Muu nimi"}}},
    }
    above = resolve_release(release, provider)
    unit = {"steps": {STEP["key"]: {"note": {"fi": "Kampuksella toisin."}}, "own": {"note": {"fi": "Oma lisä."}}}}
    view = resolve_release(above, unit)
    national, own = view["steps"]
    assert national["note"]["fi"] == "Päivystäjä vaihtuu viikoittain.\n\nKampuksella toisin."
    assert (national["minimum"], national["time_limit"]["value"]) == (STEP["minimum"], 1)
    assert (own["own"], own["note"]) == (True, {"fi": "Oma lisä."})
    assert view["phases"][0]["name"] == {"fi": "Suunnittelu"}
