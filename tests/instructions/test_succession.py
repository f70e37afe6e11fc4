"""What becomes of steps and own words between releases: lineage composed, nothing lost. Pure."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parasta_saas.instructions import leftovers, undoing
from parasta_saas.instructions.succession import Kept, homes_of, plan, returning


def step(key, order=1, **more):
    return {"key": key, "order": order, "guidance": {"fi": f"Ohje {key}."}, **more}


def steps(*keys):
    return {key: step(key, at) for at, key in enumerate(keys, 1)}


def entry(kind, old, *new):
    return {"kind": kind, "from": [old], "to": list(new), "reason": "x"}


def fates(places):
    return {place.key: (place.fate, place.source) for place in places}


def test_renames_are_followed_through_every_release_between():
    ways = [[entry("rename", "a", "b")], [], [entry("rename", "b", "c")]]
    assert homes_of("a", ways, {"c"}) == ["c"]


def test_a_step_that_is_there_keeps_its_words_whatever_is_declared():
    assert homes_of("a", [[entry("split", "a", "b", "c")]], {"a", "b", "c"}) == ["a", "b", "c"]


def test_a_step_removed_and_brought_back_is_the_same_step():
    ways = [[entry("remove", "a")], [entry("restore", "a", "a")]]
    assert homes_of("a", ways, {"a"}) == ["a"]
    assert homes_of("a", ways[:1], {"b"}) == []


def test_the_only_one_with_words_follows_and_the_second_one_asks():
    ways = [[entry("merge", "a", "c"), entry("merge", "b", "c")]]
    before, after = steps("a", "b"), steps("c")
    assert fates(plan(before, after, {"a", "b"}, ways)) == {"c": ("follows", "a"), "b": ("meets", "b")}
    assert fates(plan(before, after, {"b"}, ways)) == {"c": ("follows", "b")}
    assert fates(plan(before, after, set(), ways))["c"][0] == ""


def test_words_coming_to_a_step_with_none_follow_and_to_one_with_words_ask():
    ways, before, after = [[entry("merge", "a", "b")]], steps("a", "b"), steps("b")
    assert fates(plan(before, after, {"a"}, ways))["b"] == ("follows", "a")
    assert fates(plan(before, after, {"a", "b"}, ways))["a"] == ("meets", "a")


def test_a_gone_step_suggests_the_nearest_that_live_on():
    before, after = steps("a", "b", "c", "d"), steps("a", "d")
    gone = [entry("remove", "b"), entry("remove", "c")]
    found = {place.key: place for place in plan(before, after, {"b"}, [gone])}
    assert found["b"].fate == "gone"
    assert found["b"].homes == ("a", "d")


def test_words_left_on_a_step_of_long_ago_are_not_forgotten():
    assert fates(plan(steps("a"), steps("a"), {"ghost"}, [])) == {"ghost": ("gone", "ghost")}


def test_a_withdrawal_returns_what_nobody_touched():
    kept = Kept({"a": {"overlay": {"note": {"fi": "N"}}}}, {"b": {"note": {"fi": "N"}}}, {"b": "a"})
    before, after = steps("b"), steps("a")
    places = plan(before, after, {"b"}, [kept.backwards(), [entry("remove", "b"), entry("restore", "a", "a")]])
    back = returning(places, kept, {"b": {"note": {"fi": "N"}}}, after)
    assert fates(back)["a"] == ("returns", "b")
    changed = returning(places, kept, {"b": {"note": {"fi": "Muu"}}}, after)
    assert fates(changed)["a"] == ("follows", "b")


KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1)


@settings(max_examples=300, deadline=None)
@given(old=KEYS, new=KEYS, local=st.sets(st.sampled_from("abcdefgh")), data=st.data())
def test_every_step_with_own_words_is_led_somewhere(old, new, local, data):
    """I1 and I13 of the anchor: each local step goes on, follows, asks or is shelved, exactly once."""
    made = []
    for key in sorted(set(old) - set(new)):
        to = data.draw(st.lists(st.sampled_from(new), unique=True, max_size=3))
        made.append(entry("remove" if not to else "split" if len(to) > 1 else "rename", key, *to))
    places = plan(steps(*old), steps(*new), local, [made])
    assert len({place.key for place in places}) == len(places)
    listed = [place.source for place in places if place.source in local]
    assert len(listed) == len(set(listed))
    silent = {key for key in local if key in new and key not in listed}
    assert set(listed) | silent == local
    assert all(home in new for place in places if place.fate in ("meets", "gone") for home in place.homes)


WORDS = st.text(alphabet="abcä ", min_size=1, max_size=8).map(str.strip).filter(bool).map("{}.".format)
TEXT = st.lists(WORDS, min_size=1, max_size=5, unique=True).map(" ".join)
NOTES = st.dictionaries(st.sampled_from(("fi", "sv")), TEXT)


@settings(max_examples=300, deadline=None)
@given(before=NOTES, after=NOTES, current=NOTES)
def test_going_back_loses_nothing_written_since(before, after, current):
    overlay, left = undoing.brought_back({"note": before}, {"note": after}, {"note": current}, old={}, new={})
    for code, text in current.items():
        known = {s.key for s in leftovers.split(after.get(code, "")).sentences}
        there = {s.key for s in leftovers.split(overlay.get("note", {}).get(code, "")).sentences}
        shelf = {leftovers.comparable(piece.text) for piece in left if piece.language == code}
        since = {s.key for s in leftovers.split(text).sentences} - known
        assert since <= there | shelf


@settings(max_examples=200, deadline=None)
@given(before=NOTES, after=NOTES)
def test_going_back_with_no_work_since_is_exactly_what_stood_before(before, after):
    overlay, left = undoing.brought_back({"note": before}, {"note": after}, {"note": after}, old={}, new={})
    assert overlay.get("note", {}) == before
    assert left == []


@settings(max_examples=200, deadline=None)
@given(note=NOTES, words=TEXT, code=st.sampled_from(("fi", "sv")))
def test_words_put_into_a_note_can_be_taken_out_again(note, words, code):
    put = leftovers.with_origin(words, "Askeleesta X")
    tidy = {c: text for c, text in note.items() if text.strip()}
    assert leftovers.removed(leftovers.appended(tidy, code, put), code, put) == tidy


def within(least):
    return {"value": 5, "unit": "day", "anchor": "after:x", "range": {"min": least, "max": None}}


@pytest.mark.parametrize(("limit", "left"), [(within(4), True), (within(1), False), (None, True)])
def test_a_limit_that_is_not_permitted_now_is_left_over_and_never_lost(limit, left):
    was = step("a", time_limit=within(1))
    stands, over = leftovers.taken_along({"time_limit_value": 3}, was, step("a", time_limit=limit), {})
    assert ("time_limit_value" in stands) is not left
    assert [(piece.field, piece.text, piece.unit, why) for piece, why in over] == (
        [("time_limit", "3", "day", "limit")] if left else []
    )


def test_a_text_where_the_national_one_is_locked_now_is_left_over():
    was, now = step("a"), step("a", field_policy={"guidance": "locked"})
    stands, over = leftovers.taken_along({"guidance": {"fi": "Ohje a. Oma."}}, was, now, {"fi": "Ohje a. Oma."})
    assert stands == {}
    assert [(piece.text, why) for piece, why in over] == [("Oma.", "locked")]
