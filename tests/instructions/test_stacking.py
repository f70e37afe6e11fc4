"""A unit's words on its provider's, and what hangs beside the texts."""

import pytest

from parasta_saas.instructions import extras, leftovers
from parasta_saas.instructions.drafting import drafted
from parasta_saas.instructions.layers import contents, own_content, seal_of
from parasta_saas.instructions.resolved import Loosened, resolve
from parasta_saas.instructions.stacking import stack
from parasta_saas.instructions.undoing import brought_back

STEP = {
    "key": "invite", "minimum": {"fi": "Kutsutaan kaikki kolme."}, "guidance": {"fi": "Sovi aika. Kerro tavoitteet."},
    "time_limit": {"value": 5, "unit": "working_day", "anchor": "after:a", "range": {"min": 1, "max": 10}},
    "field_policy": {"minimum": "locked", "guidance": "open", "time_limit": "param"},
}  # fmt: skip
LIST = [{"key": "a", "text": {"fi": "Avain", "sv": "Nyckel"}}, {"key": "b", "text": {"fi": "Kypärä"}}]


def unit(overlay, above="Sovi aika. Kerro tavoitteet."):
    return {"overlay": overlay, "above": {"fi": above}}


def test_a_unit_adds_to_what_its_provider_says_and_the_minimum_stands():
    found = stack(STEP, {"note": {"fi": "Kaikille."}, "time_limit_value": 3}, unit({"note": {"fi": "Meillä."}}))
    assert found.view["minimum"] == STEP["minimum"]
    assert found.view["note"]["fi"] == "Kaikille.\n\nMeillä."
    assert found.view["time_limit"]["value"] == 3


def test_a_change_above_in_another_sentence_comes_into_the_units_text_by_itself():
    own = unit({"guidance": {"fi": "Sovi aika. Kerro tavoitteet kahvilla."}})
    found = stack(STEP, {"guidance": {"fi": "Sovi aika puhelimessa. Kerro tavoitteet."}}, own)
    assert found.view["guidance"]["fi"] == "Sovi aika puhelimessa. Kerro tavoitteet kahvilla."
    assert found.conflicts == ()


def test_a_change_above_in_the_same_sentence_leaves_the_units_words_and_is_told():
    own = unit({"guidance": {"fi": "Sovi aika. Kerro tavoitteet kahvilla."}})
    found = stack(STEP, {"guidance": {"fi": "Sovi aika. Kerro tavoitteet kirjallisesti."}}, own)
    assert found.view["guidance"]["fi"] == "Sovi aika. Kerro tavoitteet kahvilla."
    assert found.conflicts == ("fi",)


def test_a_units_limit_that_the_provider_overtakes_is_suspended_not_in_force():
    found = stack(STEP, {"time_limit_value": 2}, unit({"time_limit_value": 4}))
    assert found.view["time_limit"]["value"] == 2
    assert [refusal.field for refusal in found.suspended] == ["time_limit_value"]


def test_a_unit_can_only_tighten():
    assert stack(STEP, {"time_limit_value": 3}, unit({"time_limit_value": 1})).view["time_limit"]["value"] == 1
    with pytest.raises(Loosened):
        resolve(STEP, {"time_limit_value": 6})


def test_extras_are_kept_by_an_edit_that_does_not_type_them():
    current = {"checklist": LIST, "note": {"fi": "Vanha"}}
    made = drafted(STEP, current, ["fi"], {"note": {"fi": "Uusi"}, "guidance": {}, "local_role": {}})
    assert made == {"checklist": LIST, "note": {"fi": "Uusi"}}


def test_everything_in_extras_can_lie_on_a_shelf_in_words():
    overlay = {
        "checklist": LIST, "own_links": [{"key": "l", "title": {"fi": "Lomake"}, "url": "https://x.example/"}],
        "own_roles": [{"key": "r", "name": {"fi": "Kummi"}, "duty": {"fi": "ottaa vastaan"}}],
        "deviation": {"reason": "Muutto", "approver": "Aino", "expires": "2027-01-31"}, "params": {"days": 3},
    }  # fmt: skip
    found = leftovers.pieces(overlay, {})
    words = " ".join(piece.text for piece in found)
    for each in ("Avain", "Nyckel", "Kypärä", "https://x.example/", "Kummi: ottaa vastaan", "Muutto", "days: 3"):
        assert each in words
    assert not leftovers.account(found, [overlay], []).missing
    assert leftovers.account(found, [{}], found).missing == ()
    assert len(leftovers.account(found, [{}], []).missing) == len(found)


def test_going_back_keeps_what_was_added_since():
    before, after = {"checklist": LIST[:1]}, {"checklist": LIST[:1]}
    made, left = brought_back(before, after, {"checklist": LIST}, old={}, new={})
    assert made["checklist"] == LIST and left == []


def test_going_back_brings_again_what_the_update_took():
    made = extras.merged({"checklist": LIST}, {"checklist": LIST[:1]}, {"checklist": LIST[:1]})
    assert made == {"checklist": LIST}


def test_an_own_step_is_read_like_a_national_one():
    placed = {"key": "own-1", "phase": "p", "after": "invite", "name": {"fi": "Kahvit"}, "note": {"fi": "Keitä."}}
    step, overlay = own_content(placed)
    assert stack(step, overlay).view["note"] == {"fi": "Keitä."}


def test_what_a_version_holds_is_the_same_however_its_parts_came():
    steps = {"b": {"edition": 1}, "a": {"edition": 2}}
    own = [{"key": "own-2"}, {"key": "own-1"}]
    one = contents("1.0", steps, own, {})
    other = contents("1.0", dict(reversed(steps.items())), reversed(own), {})
    assert seal_of(one) == seal_of(other)
