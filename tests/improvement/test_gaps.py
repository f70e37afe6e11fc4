"""From answers to gaps, and what became of them. Pure."""

from types import SimpleNamespace

import pytest

from parasta_saas.improvement.gaps import Answer, change_of, compare, counts, gap_list, leading, tally

PHASES = [SimpleNamespace(key="a"), SimpleNamespace(key="b")]
STEPS = [SimpleNamespace(key=k, phase_key=p) for k, p in (("one", "a"), ("two", "a"), ("three", "b"), ("four", "b"))]


def test_only_what_is_done_in_part_or_not_yet_is_a_gap():
    answers = {"one": Answer("partly", "n"), "two": Answer("as_is"), "three": Answer("na"), "gone": Answer("no")}
    found = gap_list(PHASES, STEPS, answers, {"one": {"no": 2}})
    assert [(p.phase.key, [g.step.key for g in p.gaps]) for p in found] == [("a", ["one"])]
    assert (found[0].gaps[0].note, found[0].gaps[0].votes) == ("n", {"no": 2})


@pytest.mark.parametrize(
    ("was", "now", "change"),
    [("as_is", "no", "new"), ("partly", "no", "worse"), ("no", "partly", "better"), ("no", "no", "same"),
     ("na", "no", ""), ("no", "na", ""), (None, "no", "")],
)  # fmt: skip
def test_a_gap_says_what_changed_since_the_mirror_before(was, now, change):
    assert change_of(Answer(was) if was else None, Answer(now)) == change


def test_two_mirrors_are_compared_step_by_step():
    before = {"one": Answer("no"), "two": Answer("partly"), "three": Answer("as_is"), "four": Answer("as_is")}
    now = {"one": Answer("partly"), "two": Answer("as_is"), "three": Answer("partly"), "four": Answer("as_is")}
    found = compare(STEPS, before, now)
    assert (found.better, found.closed, found.new, found.worse, found.same) == (["one"], ["two"], ["three"], [], [])
    assert not compare(STEPS, {}, now).says_something


def test_votes_are_counted_and_an_even_room_has_no_leader():
    assert tally({"no": 1, "partly": 3}) == [("as_is", 0, 0), ("partly", 3, 75), ("no", 1, 25), ("na", 0, 0)]
    assert tally({}) == [("as_is", 0, 0), ("partly", 0, 0), ("no", 0, 0), ("na", 0, 0)]
    assert (leading({"no": 1, "partly": 3}), leading({"no": 2, "partly": 2}), leading({})) == ("partly", "", "")


def test_every_step_is_counted_once():
    assert counts(STEPS, {"one": Answer("no"), "gone": Answer("no")}) == {
        "as_is": 0, "partly": 0, "no": 1, "na": 0, "": 3,
    }  # fmt: skip
