"""The update desk and the whole-overlay engine say the same of the same world.

I1–I15 are proven on the pure engine (test_invariants.py). Here the services take the same random worlds through the
real database, and whatever they leave is compared; `engine.expected` is the one place where the two may differ.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from parasta_saas.core.errors import Conflict
from parasta_saas.instructions.merge import own_sentences
from tests.instructions.engine import Expected, Said, expected, merged, own_words, said, sentences
from tests.instructions.realm import Desk, Nation, nation, person, realm
from tests.instructions.worlds import NIGHTLY

WORLDS = 60 if NIGHTLY == 1 else 60 * 20
IN_A_ROW = 10  # worlds of one test: a failing one is told by its number


@dataclass
class People:
    nelli: Any
    aino: Any
    siiri: Any


@pytest.fixture
def people(fresh):
    return People(person("nelli"), person("aino"), person("siiri"))


@dataclass
class Taken:
    """A world whose update is in use, and what the desk said before."""

    made: Nation
    desk: Desk
    overlay: dict[str, Any]
    fates: dict[str, str]
    homes: dict[str, tuple[str, ...]]
    gone: set[str]
    expected: Expected


def releases_of(seed: int) -> int:
    """Every third world has two or three releases that are taken at once."""
    return {0: 2, 3: 3}.get(seed % 6, 1)


@contextmanager
def taken(people: People, seed: int) -> Iterator[Taken]:
    made = nation(seed, releases_of(seed))
    with realm(people.nelli, made) as releases:
        desk = Desk(people.aino, releases, made.random)
        yield take(desk, made, made.overlay)


def take(desk: Desk, made: Nation, overlay: dict[str, Any]) -> Taken:
    """Write the overlay, be offered the last release, answer, take it into use."""
    desk.enter()
    desk.write(overlay)
    overlay = {**overlay, "added": list(desk.added)}
    desk.offer()
    states = desk.states
    fates = {state.item.step_key: state.item.fate for state in states}
    homes = {state.item.step_key: tuple(state.item.homes) for state in states}
    gone = {state.item.step_key for state in states if state.kind == "gone" and state.own}
    desk.answer()
    desk.take()
    return Taken(made, desk, overlay, fates, homes, gone, expected(made, overlay, desk.asked, desk.ways))


def on_the_shelf(desk: Desk) -> Said:
    return set().union(*(sentences(row.language, row.text) for row in desk.shelf), set())


def tidied(own: dict[str, Any]) -> dict[str, Any]:
    """An overlay without white space around its texts and without marks of origin: the desk's are in the note."""
    return {
        name: {code: text.strip() for code, text in value.items()} if isinstance(value, dict) else value
        for name, value in own.items()
        if name != "origins"
    }


def assert_agree(world: Taken) -> None:
    desk, wanted = world.desk, world.expected
    assert set(desk.asked) == wanted.questions
    assert set(desk.ways) == set(wanted.meets)
    assert {k: world.homes[k][0] for k in desk.ways} == wanted.meets
    assert {k: homes for k, homes in world.homes.items() if world.fates[k] == "split"} == wanted.splits
    assert world.gone == wanted.gone
    assert wanted.look_again <= set(world.fates)
    grown = {key for entries in world.made.lineages for entry in entries for key in entry["to"]}
    assert {key for key, fate in world.fates.items() if fate == "new"} - grown == wanted.duties
    assert on_the_shelf(desk) == wanted.shelf
    assert desk.own_steps == wanted.places
    assert_same_words(desk.own, wanted)


def assert_same_words(own: dict[str, Any], wanted: Expected) -> None:
    for key in sorted({*own, *wanted.own}):
        mine, its = tidied(own.get(key, {})), tidied(wanted.own.get(key, {}))
        if key in wanted.beside:
            note, first = mine.pop("note", {}), its.pop("note", {})
            assert said(first) | wanted.beside[key] <= said(note)
            assert all(note[code].startswith(text) for code, text in first.items())
        assert mine == its, key


def assert_nothing_lost(world: Taken) -> None:
    """Every own sentence is in force somewhere, in the national text by now, or on the shelf."""
    there = on_the_shelf(world.desk)
    for own in world.desk.own.values():
        there |= set().union(*(said(value) for value in own.values()))
    for step in world.made.theirs["steps"]:
        there |= said(step["guidance"]) | {("", str((step["time_limit"] or {}).get("value")))}
    assert own_words(world.overlay, world.made) <= there


def assert_minimum(world: Taken) -> None:
    """In the handbook in force every national step stands in its order with all of the new minimum."""
    national = [entry for entry in world.desk.manual.entries if not entry.own]
    assert [entry.key for entry in national] == [step["key"] for step in world.made.theirs["steps"]]
    for entry, step in zip(national, world.made.theirs["steps"], strict=True):
        assert (entry.view["minimum"], entry.view["name"]) == (step["minimum"], step["name"])
        assert entry.view["responsible"] == step["responsible"]
        policy = step["field_policy"]["guidance"]
        for code, text in step["guidance"].items():
            if policy in ("floor", "locked"):
                assert not own_sentences(entry.view["guidance"][code], text)
            if policy == "locked":
                assert entry.view["guidance"][code].strip() == text.strip()


def told(seed: int, world: Taken) -> str:
    entries = [(e["kind"], e["from"], e["to"]) for entries in world.made.lineages for e in entries]
    return f"world {seed}: {entries}"


def in_rows(worlds: int) -> list[range]:
    return [range(first, first + IN_A_ROW) for first in range(0, worlds, IN_A_ROW)]


@pytest.mark.parametrize("seeds", in_rows(WORLDS), ids=lambda seeds: f"from {seeds[0]}")
def test_the_desk_does_what_the_engine_says_keeps_it_and_takes_it_back(people, seeds):
    for seed in seeds:
        with taken(people, seed) as world:
            try:
                assert_agree(world)
                assert_nothing_lost(world)
                assert_minimum(world)
                assert_taking_again_is_nothing(people, world)
                assert_going_back_and_again(world)
            except AssertionError as problem:
                problem.add_note(told(seed, world))
                raise


def assert_taking_again_is_nothing(people: People, world: Taken) -> None:
    """I5: on the desk and in the engine, with the overlay that the desk left."""
    desk, before = world.desk, world.desk.print()
    assert desk.offer_again() is None
    with pytest.raises(Conflict):
        desk.take()
    assert desk.print() == before
    again = merged(Nation([world.made.theirs] * 2, [[]], {}, desk.random, world.made.maker), {"steps": desk.own})
    assert again.overlay == {"steps": desk.own} or not desk.own
    assert (again.conflicts, again.shelf) == ((), ())


def assert_going_back_and_again(world: Taken) -> None:
    """I8: everything stands as before. I11: nothing is asked again, and the same comes of the same answers."""
    desk, took = world.desk, (world.desk.own, world.desk.own_steps, on_the_shelf(world.desk))
    desk.go_back()
    assert {key: tidied(own) for key, own in desk.own.items()} == {
        key: tidied(own) for key, own in world.overlay["steps"].items()
    }
    assert desk.own_steps == {step["key"]: (step["phase"], step["after"]) for step in world.overlay["added"]}
    assert on_the_shelf(desk) == set()
    assert not [state.item.step_key for state in desk.states if state.open]
    desk.take()
    assert (desk.own, desk.own_steps, on_the_shelf(desk)) == took


def test_one_provider_never_moves_the_rows_of_another(people):
    """I10, with both on the way to the same release; then the second one takes it, too, and the engine agrees."""
    for seed in range(500, 500 + WORLDS // 10):
        made = nation(seed)
        with realm(people.nelli, made) as releases:
            other = Desk(people.siiri, releases, made.random)
            other.enter()
            elsewhere = made.elsewhere
            other.write(elsewhere)
            before = other.print()
            first = take(Desk(people.aino, releases, made.random), made, made.overlay)
            assert_agree(first)
            mine = first.desk.print()
            other.enter()
            assert other.print() == before
            other.added.clear()
            assert_agree(take(other, made, elsewhere))
            first.desk.enter()
            assert first.desk.print() == mine


def test_the_worlds_are_full_of_what_may_go_wrong():
    """So that the agreement says something: among the first worlds there is enough of every matter."""
    found: dict[str, int] = {}
    for seed in range(60):
        made = nation(seed, releases_of(seed))
        for conflict in merged(made, made.overlay).conflicts:
            found[conflict.kind] = found.get(conflict.kind, 0) + 1
    few = {
        "conflict": 10,
        "policy_conflict": 5,
        "param_invalid": 3,
        "orphaned": 8,
        "split_review": 5,
        "merge_review": 5,
    }
    assert all(found.get(kind, 0) >= number for kind, number in few.items()), found
