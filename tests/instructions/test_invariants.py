"""The invariants of shared/anchors/overlay.md §3 that concern pure code, by number, on random worlds."""

import json
import os
import re
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given

from parasta_saas.core.canonical import canonical, fingerprint
from parasta_saas.core.sentences import comparable, split
from parasta_saas.instructions.conflicts import ASKING, Matter
from parasta_saas.instructions.merge import own_sentences
from parasta_saas.instructions.overlay import merge_overlay
from parasta_saas.instructions.overlay_steps import in_order
from parasta_saas.instructions.resolved import resolve_release
from parasta_saas.instructions.rolling import differences, merge_tiers, roll_forward, stepwise, undo, withdraw
from tests.instructions.worlds import SEEDS, Maker, cases, world

TESTS = Path(__file__).resolve().parents[1]
DECISIONS = ("accept_national", "keep_local", "combined", "convert_to_own", "discard_with_reason")


def test_every_invariant_has_a_test_by_its_number():
    words = [file.read_text("utf-8") for room in ("instructions", "reference") for file in (TESTS / room).rglob("*.py")]
    named = {int(number) for text in words for number in re.findall(r"^def test_i(\d+)_", text, re.MULTILINE)}
    assert named == set(range(1, 16))


def merged(w, decisions=None):
    return merge_overlay(w.base, w.theirs, w.overlay, w.lineage, decisions)


def decided(random, conflicts):
    """One random decision for every question."""
    made = {}
    for conflict in conflicts:
        how = random.choice(DECISIONS)
        text = f"{conflict.theirs or ''} {conflict.ours or ''}" if isinstance(conflict.ours, str) else conflict.ours
        made[conflict.key] = {"decision": how, "text": text, "by": "Laatu", "at": "2026-11-24", "reason": "vanha"}
    return made


def everything(run):
    """All that came out, as one text of comparable words."""
    kept = [run.overlay, [c.ours for c in run.conflicts], [s.value for s in run.shelf], [n.value for n in run.notes]]
    return comparable(canonical(kept))


def own_words(w):
    national = {step["key"]: step for step in w.base["steps"]}
    for key, own in w.overlay["steps"].items():
        for code, text in own.get("guidance", {}).items():
            yield from own_sentences(national[key]["guidance"][code], text)
        yield from own.get("note", {}).values()
        yield from (item["name"]["fi"] for item in own.get("checklist", ()))
    yield from (step["name"]["fi"] for step in w.overlay.get("added", ()))


@cases(250)
@given(SEEDS)
def test_i1_nothing_local_is_lost_neither_before_nor_after_the_answers(seed):
    w = world(seed)
    run = merged(w)
    again = merged(w, decided(w.random, run.conflicts))
    for out in (run, again):
        there = everything(out)
        assert all(comparable(word) in there for word in own_words(w))
    assert all(entry.element and entry.reason in ASKING for entry in run.shelf)


@cases(250)
@given(SEEDS)
def test_i2_the_minimum_of_the_new_release_is_in_force_in_every_view(seed):
    w = world(seed)
    view = resolve_release(w.theirs, merged(w).overlay)
    shown = {step["key"]: step for step in view["steps"]}
    for step in w.theirs["steps"]:
        mine = shown[step["key"]]
        assert (mine["minimum"], mine["name"], mine["responsible"]) == (
            step["minimum"],
            step["name"],
            step["responsible"],
        )
        if step["field_policy"]["guidance"] in ("floor", "locked"):
            for code, text in step["guidance"].items():
                assert not own_sentences(mine["guidance"][code], text)
    national = [step["key"] for step in view["steps"] if not step.get("own")]
    assert national == [step["key"] for step in w.theirs["steps"]]


@cases(120)
@given(SEEDS)
def test_i3_an_unchanged_side_gives_the_other_one(seed):
    w = world(seed, kinds=())
    nothing_new = merge_overlay(w.base, deepcopy(w.base), w.overlay)
    assert nothing_new.overlay == w.overlay
    assert (nothing_new.conflicts, nothing_new.shelf) == ((), ())
    assert merge_overlay(w.base, w.theirs, {}).overlay == {}
    same = {s["key"]: {"guidance": dict(s["guidance"])} for s in w.theirs["steps"]}
    run = merge_overlay(w.base, w.theirs, {"steps": same})
    assert run.clean
    view = resolve_release(w.theirs, run.overlay)
    assert [step["guidance"] for step in view["steps"]] == [step["guidance"] for step in w.theirs["steps"]]


@cases(150)
@given(SEEDS)
def test_i4_the_order_in_which_things_were_written_changes_nothing(seed):
    w = world(seed)
    other = deepcopy(w)
    keys = list(w.overlay["steps"])
    w.random.shuffle(keys)
    other.overlay["steps"] = {key: dict(reversed(w.overlay["steps"][key].items())) for key in keys}
    one, two = merged(w), merged(other)
    assert fingerprint(one.overlay) == fingerprint(two.overlay)
    assert canonical([c.key for c in one.conflicts]) == canonical([c.key for c in two.conflicts])
    assert [s.value for s in one.shelf] == [s.value for s in two.shelf]


ELSEWHERE = """
import json
from parasta_saas.core.canonical import fingerprint
from parasta_saas.instructions.overlay import merge_overlay
from tests.instructions.worlds import world
found = []
for seed in range(40):
    w = world(seed)
    run = merge_overlay(w.base, w.theirs, w.overlay, w.lineage)
    found.append([fingerprint(run.overlay), [c.key for c in run.conflicts], [s.value for s in run.shelf]])
print(json.dumps(found))
"""


def test_i4_two_machines_with_other_locales_and_hash_seeds_agree():
    answers = []
    for seed, locale in (("1", "C"), ("77", "fi_FI.UTF-8")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONIOENCODING": "utf-8"}
        ran = subprocess.run([sys.executable, "-c", ELSEWHERE], env=env, capture_output=True, check=True)
        answers.append(json.loads(ran.stdout))
    assert answers[0] == answers[1]


@cases(150)
@given(SEEDS)
def test_i5_merging_again_to_the_same_release_changes_nothing(seed):
    w = world(seed)
    run = merged(w)
    again = merge_overlay(w.theirs, w.theirs, run.overlay)
    assert again.overlay == run.overlay
    assert (again.conflicts, again.shelf) == ((), ())


@cases(150)
@given(SEEDS)
def test_i6_what_neither_side_touched_stays_byte_for_byte(seed):
    w = world(seed)
    run = merged(w)
    before = {step["key"]: step for step in w.base["steps"]}
    told = {key for entry in w.lineage for key in (*entry["from"], *entry["to"])}
    for step in w.theirs["steps"]:
        key = step["key"]
        if key in told or key not in w.overlay["steps"] or step["field_policy"] != before[key]["field_policy"]:
            continue
        mine, now = w.overlay["steps"][key], run.overlay.get("steps", {}).get(key, {})
        for code, text in mine.get("guidance", {}).items():
            if step["guidance"][code] == before[key]["guidance"][code]:
                assert now["guidance"][code] == text
        assert now.get("note") == mine.get("note")


@cases(150)
@given(SEEDS)
def test_i7_many_releases_at_once_are_as_one_after_the_other_where_no_step_asks(seed):
    maker = Maker(seed)
    contents, lineages = [maker.release()], []
    for mark in "abc":
        release, lineage = maker.next_release(contents[-1], mark, ("rename", "move", "new"))
        contents.append(release)
        lineages.append(lineage)
    overlay = maker.overlay(contents[0])
    at_once, runs = roll_forward(contents, lineages, overlay), stepwise(contents, lineages, overlay)
    # A value that the nation took over on the way is no longer the provider's own, so what comes after may differ.
    if all(run.clean and not any(n.kind is Matter.CONVERGED for n in run.notes) for run in runs):
        asked = {conflict.element for conflict in at_once.conflicts}
        for key in set(differences(at_once, runs)) - asked:  # told; never other words, only another order of them
            one, many = (run.overlay["steps"][key] for run in (at_once, runs[-1]))
            assert without_order(one) == without_order(many)
    assert all(comparable(part) in everything(at_once) for part in own_words(world_of(contents[0], overlay)))


def without_order(own):
    texts = {code: sorted(s.key for s in split(text).sentences) for code, text in own.get("guidance", {}).items()}
    return {**own, "guidance": texts}


def world_of(base, overlay):
    w = world(0)
    w.base, w.overlay = base, overlay
    return w


@cases(150)
@given(SEEDS)
def test_i8_taking_an_upgrade_back_restores_the_view(seed):
    w = world(seed)
    run = merged(w)
    back = undo(run, w.overlay, run.overlay, w.base, w.theirs, w.lineage)
    assert back.clean
    before, after = (resolve_release(w.base, overlay) for overlay in (w.overlay, back.overlay))
    assert fingerprint(before) == fingerprint(after)


@cases(100)
@given(SEEDS)
def test_i8_a_withdrawal_keeps_the_work_done_since(seed):
    w = world(seed)
    maker = Maker(seed + 1)
    since = maker.overlay(w.theirs)
    run = withdraw(w.theirs, w.base, since, w.lineage)
    assert all(comparable(word) in everything(run) for word in own_words(world_of(w.theirs, since)))
    resolve_release(w.base, run.overlay)


@cases(100)
@given(SEEDS)
def test_i8_undoing_keeps_what_was_written_after_the_upgrade(seed):
    w = world(seed)
    run = merged(w)
    now = deepcopy(run.overlay)
    for step in w.theirs["steps"][::2]:
        now.setdefault("steps", {}).setdefault(step["key"], {})["note"] = {"fi": f"Kirjoitettu {step['key']} jälkeen."}
    back = undo(run, w.overlay, now, w.base, w.theirs, w.lineage)
    there = everything(back)
    assert all(f"kirjoitettu {step['key']} jälkeen." in there.lower() for step in w.theirs["steps"][::2])


@cases(200)
@given(SEEDS)
def test_i9_no_question_where_only_one_side_changed(seed):
    w = world(seed)
    for conflict in merged(w).conflicts:
        if conflict.kind in (Matter.SPLIT_REVIEW, Matter.MERGE_REVIEW):
            continue
        assert conflict.ours != conflict.base
        assert conflict.theirs != conflict.base or stricter(w, conflict)


def stricter(w, conflict):
    """The same national words, but the release says that less may be done with them."""
    before, after = ({s["key"]: s for s in side["steps"]} for side in (w.base, w.theirs))
    told = {to: entry["from"][0] for entry in w.lineage for to in entry["to"]}
    was = before[told.get(conflict.element, conflict.element)]["field_policy"]["guidance"]
    now = after[conflict.element]["field_policy"]["guidance"]
    return conflict.kind is Matter.POLICY_CONFLICT and was != now != "open"


@cases(60)
@given(SEEDS)
def test_i10_one_provider_never_shows_in_the_answer_of_another(seed):
    w = world(seed)
    first = merged(w)
    merged(world(seed + 1))
    stranger = Maker(seed + 2).overlay(w.base)
    merge_overlay(w.base, w.theirs, stranger, w.lineage)
    assert merged(w) == first


@cases(150)
@given(SEEDS)
def test_i11_what_was_answered_is_never_asked_again(seed):
    w = world(seed)
    run = merged(w)
    kept = {c.key: {"decision": "accept_national", "by": "Laatu", "at": "2026-11-24"} for c in run.conflicts}
    again = merged(w, kept)
    assert again.conflicts == ()
    assert merged(w, kept) == again
    assert {note.about["key"] for note in again.notes if note.kind is Matter.REPLAYED} <= set(kept)


@cases(150)
@given(SEEDS)
def test_i13_own_steps_always_have_a_place_and_the_national_order_holds(seed):
    w = world(seed)
    maker = Maker(seed + 3)
    keys = [step["key"] for step in w.base["steps"]]
    w.overlay["added"] = [
        {"key": f"own-{n}", "phase": w.random.choice(["p0", "p1", "p2"]), "name": {"fi": maker.sentence()},
         "after": w.random.choice([*keys, None, *(f"own-{m}" for m in range(4))])}
        for n in range(4)
    ]  # fmt: skip
    run = merged(w)
    added = run.overlay.get("added", [])
    order = in_order(w.theirs["steps"], added)
    national = [step["key"] for step in w.theirs["steps"]]
    assert [key for key in order if key in national] == national
    assert sorted(order) == sorted([*national, *(step["key"] for step in added)])
    places = {None, *national, *(step["key"] for step in added)}
    assert all(step["after"] in places and step["phase"] in ("p0", "p1", "p2") for step in added)
    shelved = {entry.element for entry in run.shelf if entry.field == "added"}
    assert {step["key"] for step in added} | shelved >= {f"own-{n}" for n in range(4)}


@cases(150)
@given(SEEDS)
def test_i14_what_is_written_in_one_language_never_changes_another(seed):
    w = world(seed)
    other = deepcopy(w)
    for own in other.overlay["steps"].values():
        if "sv" in own.get("guidance", {}):
            own["guidance"]["sv"] += " Nya ord på svenska i slutet."
    one, two = merged(w).overlay, merged(other).overlay
    for key in {*one.get("steps", {}), *two.get("steps", {})}:
        mine, its = (run.get("steps", {}).get(key, {}) for run in (one, two))
        assert mine.get("guidance", {}).get("fi") == its.get("guidance", {}).get("fi")
        assert mine.get("note") == its.get("note")


@cases(100)
@given(SEEDS)
def test_i15_whatever_is_discarded_has_who_when_and_why(seed):
    w = world(seed)
    how = {"decision": "discard_with_reason", "by": "Laatu", "at": "2026-11-24", "reason": "vanhentunut"}
    run = merged(w, {c.key: how for c in merged(w).conflicts})
    for note in run.notes:
        if note.kind is Matter.DISCARDED:
            assert note.value
            assert {"by": "Laatu", "at": "2026-11-24", "reason": "vanhentunut"}.items() <= note.about.items()


def test_i15_a_discard_without_a_reason_is_refused():
    w = next(w for w in map(world, range(99)) if merged(w).conflicts)
    key = merged(w).conflicts[0].key
    with pytest.raises(ValueError, match="who, when and why"):
        merged(w, {key: {"decision": "discard_with_reason", "by": "Laatu"}})


@cases(60)
@given(SEEDS)
def test_a_unit_stands_on_its_provider_and_loses_nothing_either(seed):
    w = world(seed, kinds=("rename", "move", "new"))
    unit = {"steps": {step["key"]: {"note": {"fi": f"Yksikkö {step['key']}."}} for step in w.base["steps"]}}
    provider, own = merge_tiers(w.base, w.theirs, [w.overlay, unit], w.lineage)
    assert provider == merged(w)
    assert all(f"Yksikkö {step['key']}." in everything(own) for step in w.base["steps"])
