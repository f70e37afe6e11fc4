"""Five scenarios in which other systems lose or hide local text (shared/anchors/overlay.md §1), by name."""

from parasta_saas.instructions.conflicts import Matter
from parasta_saas.instructions.overlay import merge_overlay
from parasta_saas.instructions.resolved import resolve_release
from parasta_saas.instructions.rolling import undo

OURS = "Meillä ohjaaja soittaa aina ensin."


def step(key, phase="planning", **more):
    return {
        "key": key, "phase": phase, "name": {"fi": key}, "minimum": {"fi": "Asia kirjataan."},
        "guidance": {"fi": "Sovi päivä. Kirjaa asia."}, "time_limit": None,
        "field_policy": {"minimum": "locked", "guidance": "open"}, **more,
    }  # fmt: skip


def release(*steps, phases=("planning", "guidance")):
    return {"phases": [{"key": key, "name": {"fi": key}} for key in phases], "steps": list(steps)}


REMOVED = [{"kind": "remove", "from": ["b"], "to": [], "reason": "Yhdistettiin lakiin."}]


def test_ylops_sync_local_text_under_a_removed_national_section_is_on_the_shelf_with_homes():
    overlay = {"steps": {"b": {"note": {"fi": OURS}, "guidance": {"fi": f"Sovi päivä. Kirjaa asia. {OURS}"}}}}
    run = merge_overlay(release(step("a"), step("b"), step("c")), release(step("a"), step("c")), overlay, REMOVED)
    assert [(entry.field, entry.language, entry.homes) for entry in run.shelf] == [
        ("guidance", "fi", ("a", "c")),
        ("note", "fi", ("a", "c")),
    ]
    assert all(OURS in entry.value for entry in run.shelf)
    assert [conflict.kind for conflict in run.conflicts] == [Matter.ORPHANED]


def test_ylops_sync_switches_and_extra_fields_keep_what_was_chosen():
    base = release(step("a", ready=False, show_national=True), step("b"))
    after = release(step("a", ready=False, show_national=True, guidance={"fi": "Sovi päivä heti. Kirjaa asia."}))
    mine = {"ready": True, "show_national": False, "note": {"fi": OURS}, "checklist": [{"key": "x", "name": "Puhelu"}]}
    run = merge_overlay(base, after, {"steps": {"a": dict(mine)}}, REMOVED)
    assert run.overlay["steps"]["a"] == mine
    assert [note.kind for note in run.notes] == [Matter.REVIEW_CONTEXT]


def test_amosaa_a_vanished_part_never_takes_own_steps_under_it_along():
    base = release(step("a"), step("b"), step("c", "guidance"))
    own = {"key": "own-1", "phase": "planning", "after": "b", "name": {"fi": OURS}, "note": {"fi": OURS}}
    run = merge_overlay(base, release(step("a"), step("c", "guidance")), {"added": [own]}, REMOVED)
    assert run.overlay["added"] == [{**own, "after": "a"}]
    view = resolve_release(release(step("a"), step("c", "guidance")), run.overlay)
    assert [each["key"] for each in view["steps"]] == ["a", "own-1", "c"]


def test_trestle_prose_of_a_removed_part_is_kept_as_a_step_of_ones_own_where_somebody_says_so():
    overlay = {"steps": {"b": {"note": {"fi": OURS}}}}
    base, after = release(step("a"), step("b")), release(step("a"))
    [asked] = merge_overlay(base, after, overlay, REMOVED).conflicts
    run = merge_overlay(base, after, overlay, REMOVED, {asked.key: {"decision": "convert_to_own"}})
    [own] = run.overlay["added"]
    assert (own["after"], own["note"], own["name"]) == ("a", {"fi": OURS}, {"fi": "b"})
    assert (run.conflicts, run.shelf) == ((), ())


def test_trestle_a_part_that_comes_back_finds_its_prose_again():
    overlay = {"steps": {"b": {"note": {"fi": OURS}}}}
    base, after = release(step("a"), step("b")), release(step("a"))
    run = merge_overlay(base, after, overlay, REMOVED)
    assert undo(run, overlay, run.overlay, base, after, REMOVED).overlay == overlay


def test_dmproadmap_a_vanished_phase_puts_its_own_steps_and_texts_on_the_shelf():
    base = release(step("a"), step("b", "guidance"))
    after = release(step("a"), phases=("planning",))
    own = {"key": "own-1", "phase": "guidance", "after": "b", "name": {"fi": OURS}}
    overlay = {"added": [own], "steps": {"b": {"note": {"fi": OURS}}}, "phases": {"guidance": {"note": {"fi": OURS}}}}
    run = merge_overlay(base, after, overlay, REMOVED)
    assert {(entry.element, entry.field) for entry in run.shelf} == {
        ("guidance", "note"),
        ("b", "note"),
        ("own-1", "added"),
    }
    assert [entry.value for entry in run.shelf if entry.field == "added"] == [own]
    assert [entry.homes for entry in run.shelf if entry.field == "added"] == [("planning",)]
    assert all(conflict.kind is Matter.ORPHANED for conflict in run.conflicts)


def test_a_national_rewording_under_a_local_text_is_flagged():
    base = release(step("a"))
    after = release(step("a", minimum={"fi": "Asia kirjataan samana päivänä."}))
    run = merge_overlay(base, after, {"steps": {"a": {"note": {"fi": OURS}}}})
    [note] = run.notes
    assert (note.kind, note.element, note.about) == (Matter.REVIEW_CONTEXT, "a", {"fields": ["minimum"]})
