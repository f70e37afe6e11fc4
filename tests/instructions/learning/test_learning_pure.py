"""The pure parts of reading and induction: roles, changes, the course, the check, reminders, coverage, CSV."""

import datetime as dt
import json
from types import SimpleNamespace
from uuid import uuid4

import pytest

from parasta_saas.instructions.learning_changes import changes_for, roles_touched
from parasta_saas.instructions.learning_check import judge, packed
from parasta_saas.instructions.learning_course import course_of, seal_of
from parasta_saas.instructions.learning_cover import Standing, groups
from parasta_saas.instructions.learning_csv import safe, table
from parasta_saas.instructions.learning_reminding import stage
from parasta_saas.instructions.learning_roles import BESIDE, STAFF, induction_roles, own_roles, readable_roles
from parasta_saas.reference.content import DATA
from parasta_saas.tenants.models import PROVIDER_ROLES

MON = dt.date(2026, 11, 30)


def entry(key, *, order=1, responsible="teacher", critical=False, **texts):
    content = {"key": key, "order": order, "name": {"fi": key}, "critical": critical}
    view = {
        "name": {"fi": key}, "minimum": {"fi": texts.get("minimum", "Vähintään näin.")},
        "guidance": {"fi": texts.get("guidance", "Tee näin.")}, "responsible": responsible,
        "participants": texts.get("participants", []),
    }  # fmt: skip
    return SimpleNamespace(key=key, own=False, content=content, view=view, phase_key="x", overlay={}, national=None)


def test_every_staff_role_and_the_roles_beside_it_are_roles_of_the_process():
    keys = {role["key"] for role in json.loads((DATA / "frame.json").read_text())["roles"]}
    assert {*STAFF} | {one for beside in BESIDE.values() for one in beside} <= keys
    assert {*STAFF} == {*PROVIDER_ROLES} - {"student", "guardian"}


def test_a_teacher_reads_as_a_counsellor_too_and_a_student_as_nobody():
    assert own_roles(["teacher", "student"]) == ["teacher"]
    assert readable_roles(["teacher"]) == ["teacher", "guidance_counsellor", "special_needs_teacher"]
    assert readable_roles(["student"]) == []
    assert "special_needs_teacher" in induction_roles()


def test_a_changed_minimum_comes_before_a_critical_step_and_that_before_the_others():
    before = [entry("a"), entry("b", critical=True), entry("c"), entry("d")]
    after = [
        entry("a", guidance="Tee toisin."), entry("b", critical=True, guidance="Tee nyt."),
        entry("c", minimum="Aina näin."), entry("d"),
    ]  # fmt: skip
    found = changes_for(before, after, "teacher", ["fi"])
    assert [change.key for change in found] == ["c", "b", "a"]
    assert found[0].minimum and found[0].rows[0].field == "minimum"
    assert [(s.kind, s.words) for s in found[2].rows[0].after if s.kind == "added"] == [("added", "toisin")]


def test_a_step_that_comes_to_a_role_is_new_and_one_that_leaves_it_is_told():
    mine, others = entry("a"), entry("a", responsible="quality_manager")
    assert changes_for([others], [mine], "teacher", ["fi"])[0].kind == "added"
    assert changes_for([mine], [others], "teacher", ["fi"])[0].kind == "removed"
    assert changes_for([mine], [], "teacher", ["fi"])[0].kind == "removed"
    assert roles_touched([mine], [others], ["teacher", "provider_admin"], ["fi"]) == ["teacher"]


def test_only_the_steps_that_changed_open_again():
    steps = [entry("a"), entry("b"), entry("c")]
    marks = [SimpleNamespace(step_key=e.key, seal=seal_of(e.view, ["fi"])) for e in steps]
    assert course_of(steps, "teacher", marks, ["fi"]).complete
    newer = course_of([entry("a"), entry("b", guidance="Uusi."), entry("d")], "teacher", marks, ["fi"])
    assert [(s.key, s.state) for s in newer.steps] == [("a", "done"), ("b", "changed"), ("d", "todo")]
    assert (newer.done, newer.changed, newer.total) == (1, 1, 3)
    assert newer.next.key == "b" and newer.after("b").key == "d" and newer.after("d").key == "b"
    assert newer.at("c") is None and newer.after("gone").key == "b"


def test_words_in_a_language_that_is_not_read_open_nothing():
    one = entry("a").view
    other = one | {"guidance": {**one["guidance"], "en": "New."}}
    assert seal_of(one, ["fi", "sv"]) == seal_of(other, ["fi", "sv"]) != seal_of(other, ["fi", "en"])


def test_a_course_without_steps_is_never_complete():
    course = course_of([], "teacher", [], ["fi"])
    assert not course.complete and course.next is None


def test_answers_are_judged_one_by_one_and_nonsense_is_no_answer():
    asked = [{"id": "1", "options": [{}, {}], "right": 1}, {"id": "2", "options": [{}, {}], "right": 0}]
    assert [(j.chosen, j.right) for j in judge(asked, {"1": 1, "2": 1})] == [(1, True), (1, False)]
    assert [j.chosen for j in judge(asked, {"1": 7})] == [None, None]


def test_empty_options_are_left_out_and_the_right_one_is_found_again():
    options = [{"fi": "A"}, {}, {"fi": "B"}, {}]
    assert packed(options, 2) == ([{"fi": "A"}, {"fi": "B"}], 1)
    assert packed(options, 1)[1] == -1


@pytest.mark.parametrize(
    ("day", "expected"),
    [(MON - dt.timedelta(6), 0), (MON - dt.timedelta(5), 1), (MON - dt.timedelta(3), 1), (MON, 2),
     (MON + dt.timedelta(4), 2), (MON + dt.timedelta(8), 3), (MON + dt.timedelta(16), 4),
     (MON + dt.timedelta(200), 4)],
)  # fmt: skip
def test_reminders_come_in_four_stages_at_most(day, expected):
    assert stage(MON, day) == expected


@pytest.mark.parametrize("day", [dt.date(2026, 11, 28), dt.date(2026, 11, 29), dt.date(2026, 12, 24)])
def test_nobody_is_reminded_on_a_day_without_work(day):
    assert stage(dt.date(2026, 11, 27), day) == 0


def test_coverage_counts_by_unit_and_role_and_whoever_has_no_unit_comes_last():
    a, b, c = (SimpleNamespace(id=uuid4(), name=n, roles=r) for n, r in
               (("A", ["teacher"]), ("B", ["teacher", "quality_manager"]), ("C", ["wl_coordinator"])))  # fmt: skip
    found = groups([a, b, c], [("campus", {a.id, b.id})], lambda m, role: Standing("read" if m is a else "unread"))
    assert [(g.unit, g.role, g.done("read"), len(g.people)) for g in found] == [
        ("campus", "teacher", 1, 2), ("campus", "quality_manager", 0, 1), (None, "wl_coordinator", 0, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["=1+1", "+358", "-2", "@SUM(A1)", "\t=1", "  =1", "|x", "%x", "\r=1"])
def test_no_cell_of_the_table_is_a_formula(cell):
    assert safe(cell) == f"'{cell}"


def test_the_table_opens_in_a_finnish_spreadsheet():
    assert table(["Nimi"], [['Ä "1"; 2']]) == '\ufeff"Nimi"\r\n"Ä ""1""; 2"\r\n'
