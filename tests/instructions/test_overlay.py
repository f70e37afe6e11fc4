"""The table of shared/anchors/overlay.md §3, row by row."""

import ast
from pathlib import Path

import pytest

from parasta_saas.instructions import overlay as module
from parasta_saas.instructions.conflicts import Matter, question_key
from parasta_saas.instructions.overlay import merge_overlay
from parasta_saas.instructions.overlay_steps import in_order
from parasta_saas.instructions.rolling import compose, inverse, roll_forward
from tests.instructions.test_lost_text import release, step

B, T, O = "Soita ensin. Kirjaa asia.", "Soita aina ensin. Kirjaa asia.", "Soita ensin. Kirjaa asia heti."  # noqa: E741


def one(own, before=None, after=None, **given):
    """Merge one step's overlay: (what is kept of it, the run)."""
    was, new = (
        step("a", **{"guidance": {"fi": B}, **(before or {})}),
        step("a", **{"guidance": {"fi": B}, **(after or {})}),
    )
    run = merge_overlay(release(was), release(new), {"steps": {"a": own}}, **given)
    return run.overlay.get("steps", {}).get("a", {}), run


def kinds(run):
    return [conflict.kind.value for conflict in run.conflicts]


def policy(**modes):
    return {"field_policy": {"minimum": "locked", **modes}}


def text(fi):
    return {"guidance": {"fi": fi}}


def test_no_local_words_follow_the_national_ones():
    run = merge_overlay(release(step("a", **text(B))), release(step("a", **text(T))), {"steps": {}})
    assert (run.overlay, run.clean, run.notes) == ({}, True, ())


def test_the_same_national_words_leave_ours_alone():
    kept, run = one(text(O))
    assert (kept, kinds(run), run.notes) == (text(O), [], ())


def test_what_the_nation_now_says_too_is_dropped_and_told():
    kept, run = one(text(T), after=text(T))
    assert kept == {}
    [note] = run.notes
    assert (note.kind, note.language, note.value) == (Matter.CONVERGED, "fi", T)


def test_separate_sentences_are_both_taken_and_neighbours_pointed_out():
    kept, run = one(text(O), after=text(T))
    assert kept == text("Soita aina ensin. Kirjaa asia heti.")
    assert [note.kind for note in run.notes] == [Matter.ADJACENT]
    assert run.clean


def test_the_same_sentence_is_a_question_and_ours_stands_until_answered():
    kept, run = one(text("Soita heti ensin. Kirjaa asia."), after=text(T))
    [asked] = run.conflicts
    assert kept == text("Soita heti ensin. Kirjaa asia.")
    assert (asked.base, asked.ours, asked.theirs) == ("Soita ensin.", "Soita heti ensin.", "Soita aina ensin.")
    assert asked.key == question_key("Soita ensin.", "Soita heti ensin.", "Soita aina ensin.")
    assert asked.suggestion == "Soita aina heti ensin."  # for a person to read, never put in


@pytest.mark.parametrize(
    ("made", "words", "shelf"),
    [
        ({"decision": "keep_local"}, "Soita heti ensin.", []),
        ({"decision": "accept_national"}, None, ["Soita heti ensin."]),
        ({"decision": "combined", "text": "Soita aina heti ensin."}, "Soita aina heti ensin.", ["Soita heti ensin."]),
    ],
)
def test_an_answer_is_found_again_by_the_three_texts(made, words, shelf):
    own = text("Soita heti ensin. Kirjaa asia.")
    [asked] = one(own, after=text(T))[1].conflicts
    kept, run = one(own, after=text(T), decisions={asked.key: made})
    assert kept == (text(f"{words} Kirjaa asia.") if words else {})
    assert [entry.value for entry in run.shelf] == shelf
    assert run.clean
    assert Matter.REPLAYED in [note.kind for note in run.notes]


def test_a_changed_value_of_ours_stays_and_is_asked():
    kept, run = one({"view": "own"}, {"view": "service"}, {"view": "operating"})
    assert (kept, kinds(run)) == ({"view": "own"}, ["conflict"])


def test_what_is_locked_now_is_in_force_and_ours_waits_in_the_question():
    kept, run = one(text(O), policy(guidance="open"), policy(guidance="locked"))
    [asked] = run.conflicts
    assert (kept, asked.kind, asked.ours) == ({}, Matter.POLICY_CONFLICT, O)


def test_where_sentences_may_only_be_added_a_dropped_one_is_a_policy_question():
    floor = policy(guidance="floor")
    kept, run = one(text(f"{B} Oma virke."), floor, {**floor, **text(T)})
    assert (kept, run.clean) == (text(f"{T} Oma virke."), True)
    kept, run = one(text("Soita heti ensin. Kirjaa asia."), policy(guidance="open"), {**floor, **text(T)})
    [asked] = run.conflicts
    assert (kept, asked.kind, asked.ours) == ({}, Matter.POLICY_CONFLICT, "Soita heti ensin. Kirjaa asia.")
    answer = {asked.key: {"decision": "combined", "text": f"{T} Soita heti."}}
    own = text("Soita heti ensin. Kirjaa asia.")
    kept, run = one(own, policy(guidance="open"), {**floor, **text(T)}, decisions=answer)
    assert (kept, run.clean) == (text(f"{T} Soita heti."), True)
    assert [entry.value for entry in run.shelf] == ["Soita heti ensin."]


def limit(value, high=20):
    range_ = {"min": 1, "max": high}
    return {
        "time_limit": {"value": value, "unit": "day", "anchor": "after:x", "range": range_},
        **policy(time_limit="param"),
    }


def test_a_number_outside_the_new_range_waits_and_the_national_one_is_in_force():
    kept, run = one({"time_limit_value": 4}, limit(5), limit(3))
    [asked] = run.conflicts
    assert (kept, asked.kind, asked.ours) == ({}, Matter.PARAM_INVALID, 4)
    kept, run = one({"time_limit_value": 2}, limit(5), limit(3))
    assert (kept, run.clean) == ({"time_limit_value": 2}, True)


def test_a_named_parameter_is_kept_while_it_is_permitted():
    before, after = (
        {"params": {"visits": {"value": 2, "min": low, "max": 9}, "mode": {"one_of": ["a"]}}} for low in (1, 3)
    )
    kept, run = one({"params": {"visits": 2, "mode": "a"}}, before, after)
    assert (kept, kinds(run)) == ({"params": {"mode": "a"}}, ["param_invalid"])
    assert run.conflicts[0].field == "params.visits"


def test_a_new_step_with_a_minimum_is_a_duty():
    run = merge_overlay(release(step("a")), release(step("a"), step("b")), {})
    assert [(note.kind, note.element) for note in run.notes] == [(Matter.NEW_DUTY, "b")]


def test_a_step_to_be_given_up_keeps_its_words_while_it_is_there():
    told = [{"kind": "deprecate", "from": ["a"], "to": ["a"], "reason": "Poistuu."}]
    kept, run = one({"note": {"fi": "Oma."}}, lineage=told)
    assert (kept, run.clean) == ({"note": {"fi": "Oma."}}, True)
    assert [note.kind for note in run.notes] == [Matter.DEPRECATED]


SPLIT = {"kind": "split", "from": ["a"], "to": ["a1", "a2"], "reason": "r"}


@pytest.mark.parametrize(("rule", "there"), [("all", ["a1"]), ("copy", ["a1", "a2"]), ("ask", ["a1"])])
def test_a_split_follows_its_rule_and_is_reviewed(rule, there):
    own = {"steps": {"a": {"note": {"fi": "Oma."}}}}
    after = release(step("a1"), step("a2"))
    run = merge_overlay(release(step("a")), after, own, [{**SPLIT, "rule": rule}])
    assert sorted(run.overlay["steps"]) == there
    assert kinds(run) == ["split_review"]
    made = {run.conflicts[0].key: {"decision": "combined", "to": "a2"}}
    moved = merge_overlay(release(step("a")), after, own, [{**SPLIT, "rule": rule}], made)
    assert (list(moved.overlay["steps"]), moved.clean) == (["a2"], True)


def test_a_merge_joins_the_words_in_order_and_marks_where_they_came_from():
    own = {
        "steps": {
            "b": {"note": {"fi": "B:n oma."}, "guidance": {"fi": "Sovi päivä. Kirjaa asia. B lisää."}},
            "a": {"note": {"fi": "A:n oma."}, "guidance": {"fi": "Sovi päivä. A lisää. Kirjaa asia."}},
        }
    }
    told = [{"kind": "merge", "from": ["a", "b"], "to": ["c"], "reason": "r"}]
    run = merge_overlay(release(step("a"), step("b")), release(step("c")), own, told)
    kept = run.overlay["steps"]["c"]
    assert kept["note"] == {"fi": "A:n oma.\n\nB:n oma."}
    assert kept["guidance"] == {"fi": "Sovi päivä. A lisää. Kirjaa asia.\n\nB lisää."}
    assert [(mark["from"], mark["text"]) for mark in kept["origins"]] == [("b", "B lisää."), ("b", "B:n oma.")]
    assert kinds(run) == ["merge_review"]


@pytest.mark.parametrize("kind", ["rename", "retype"])
def test_a_rename_takes_the_overlay_along_silently(kind):
    told = [{"kind": kind, "from": ["a"], "to": ["z"], "reason": "r"}]
    run = merge_overlay(release(step("a")), release(step("z")), {"steps": {"a": {"note": {"fi": "Oma."}}}}, told)
    assert (run.overlay, run.clean) == ({"steps": {"z": {"note": {"fi": "Oma."}}}}, True)


def test_a_field_that_a_retyped_step_no_longer_has_goes_to_the_shelf():
    bare = {name: value for name, value in step("a").items() if name != "guidance"}
    run = merge_overlay(release(step("a")), release(bare), {"steps": {"a": text("Sovi aika.")}})
    assert (run.overlay, kinds(run), [entry.value for entry in run.shelf]) == ({}, ["orphaned"], ["Sovi aika."])


def test_a_keyed_list_merges_item_by_item():
    def items(*names):
        return {"tools": [{"key": name[0], "name": name} for name in names]}

    kept, run = one(items("a", "x own", "b"), items("a", "b", "c"), items("a new", "b", "c", "d"))
    assert [item["name"] for item in kept["tools"]] == ["a new", "x own", "b", "d"]
    kept, run = one(items("a ours", "b"), items("a", "b"), items("a theirs", "b"))
    assert (kinds(run), run.conflicts[0].field) == (["conflict"], "tools.a")


def test_an_own_step_keeps_its_nearest_national_neighbour_and_national_order_holds():
    own = [{"key": "o2", "phase": "planning", "after": "o1"}, {"key": "o1", "phase": "planning", "after": "b"}]
    base, after = release(step("a"), step("b"), step("c")), release(step("c"), step("a"))
    run = merge_overlay(base, after, {"added": own}, [{"kind": "remove", "from": ["b"], "to": [], "reason": "r"}])
    assert in_order(after["steps"], run.overlay["added"]) == ["c", "a", "o1", "o2"]


def test_own_steps_in_a_ring_and_a_stolen_key_are_told_and_kept():
    ring = [{"key": "o1", "phase": "planning", "after": "o2"}, {"key": "o2", "phase": "planning", "after": "o1"}]
    run = merge_overlay(release(step("a")), release(step("a")), {"added": ring})
    assert sorted(in_order([step("a")], run.overlay["added"])) == ["a", "o1", "o2"]
    assert Matter.STRUCTURE_CONFLICT in [note.kind for note in run.notes]
    own = [{"key": "b", "phase": "planning", "after": "a", "note": {"fi": "Oma."}}]
    run = merge_overlay(release(step("a")), release(step("a"), step("b")), {"added": own})
    assert (kinds(run), [entry.value for entry in run.shelf]) == (["structure_conflict"], own)


def test_lineages_compose_and_turn_round():
    ways = [
        [{"kind": "rename", "from": ["a"], "to": ["b"], "reason": "r"}],
        [{**SPLIT, "from": ["b"], "to": ["c", "d"]}],
        [{"kind": "remove", "from": ["c"], "to": [], "reason": "r"}],
    ]
    entry = compose(ways)[0]
    assert (entry["kind"], entry["from"], entry["to"]) == ("rename", ["a"], ["d"])
    assert compose([*ways, [{"kind": "remove", "from": ["d"], "to": [], "reason": "r"}]])[0]["kind"] == "remove"
    [back] = inverse([SPLIT])
    assert (back["kind"], back["from"], back["to"]) == ("merge", ["a1", "a2"], ["a"])
    gone = [[{"kind": "remove", "from": ["a"], "to": [], "reason": "r"}]]
    again = [[{"kind": "restore", "from": ["a"], "to": ["a"], "reason": "r"}]]
    assert not [entry for entry in compose(gone + again) if entry["to"] != ["a"]]


def test_many_releases_need_a_lineage_each():
    with pytest.raises(ValueError, match="need 1 lineages"):
        roll_forward([release(), release()], [], {})


BANNED = {
    "diff_match_patch",
    "merge3",
    "three_merge",
    "fuzzywuzzy",
    "rapidfuzz",
    "Levenshtein",
    "jellyfish",
    "whatthepatch",
}
FUZZY = {"get_close_matches", "ratio", "quick_ratio", "restore", "patch_apply", "patch_make", "match_main"}
PURE = ["chunks", "sentencewise", "quick", "merge", "overlay", "overlay_fields", "overlay_lists", "overlay_routes",
        "overlay_steps", "rolling", "conflicts", "accounts", "offers", "drafting", "impact"]  # fmt: skip


def test_nothing_in_the_merge_applies_a_patch_where_it_fits_roughly():
    rooms = Path(module.__file__).parent
    files = [
        *(rooms / f"{name}.py" for name in PURE),
        *(rooms.parent / "core" / f"{n}.py" for n in ("alignment", "wording")),
    ]
    for file in files:
        tree = ast.parse(file.read_text("utf-8"))
        for node in ast.walk(tree):
            names = {alias.name for alias in node.names} if isinstance(node, ast.Import | ast.ImportFrom) else set()
            names |= {node.module or ""} if isinstance(node, ast.ImportFrom) else set()
            assert not {name.split(".")[0] for name in names} & BANNED, file.name
            # The longest common row of equal keys is exact; everything else of difflib guesses.
            assert "difflib" not in names or (file.name == "alignment.py" and "SequenceMatcher" in names), file.name
            assert not (isinstance(node, ast.Attribute) and node.attr in FUZZY), (file.name, ast.dump(node))
