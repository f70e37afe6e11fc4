"""Layers of who answers for what, and what is amiss. Pure."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from parasta_saas.improvement.raci import (
    NOBODY,
    Holder,
    People,
    PhaseCount,
    StepRoles,
    counts,
    findings,
    in_force,
    own_role,
    safe_cell,
    table,
)  # fmt: skip

DAY, UNIT, OTHER = date(2026, 11, 24), UUID(int=1), UUID(int=2)
STEP = StepRoles("call", "a", "teacher", ["student", "employer_rep"])
SIGNING = StepRoles("sign", "a", "provider_signatory", ["student"])
ALL = frozenset({"teacher", "provider_signatory"})
PEOPLE = People({"1": frozenset({"teacher"}), "2": ALL}, ALL, ALL)


@dataclass(frozen=True)
class Row:
    duty: str
    holder: str
    unit_id: UUID | None = None
    step_key: str = "call"
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def held(self) -> Holder:
        return Holder(self.holder)


def cell(duty: str, *rows: Row, step: StepRoles = STEP, unit: UUID | None = None):
    found = table([step], rows, unit=unit, on=DAY)[0].cells[duty]
    return [holder.key for holder in found.holders], found.source


def amiss(*rows: Row, step: StepRoles = STEP, people: People = PEOPLE):
    return [(f.kind, f.duty) for f in findings(table([step], rows, unit=None, on=DAY), people)]


def test_without_own_words_the_model_says_who():
    assert cell("answers") == (["role:teacher"], "national")
    assert cell("does") == (["role:teacher"], "national")
    assert cell("consulted") == (["role:student", "role:employer_rep"], "national")
    assert cell("signs") == ([], "")
    assert cell("signs", step=SIGNING) == (["role:provider_signatory"], "national")


def test_the_unit_goes_over_the_provider_and_the_provider_over_the_model():
    rows = Row("answers", "member:1"), Row("answers", "member:2", UNIT)
    assert cell("answers", *rows) == (["member:1"], "provider")
    assert cell("answers", *rows, unit=UNIT) == (["member:2"], "unit")
    assert cell("answers", *rows, unit=OTHER) == (["member:1"], "provider")
    assert cell("does", *rows, unit=UNIT) == (["role:teacher"], "national")


def test_an_own_name_in_the_instructions_says_who_does_it():
    step = StepRoles("call", "a", "teacher", (), ("provider", {"fi": "Alan  Opettaja"}), [{"fi": "Sihteeri"}])
    assert cell("does", step=step) == (["own:alan opettaja"], "provider")
    assert cell("answers", step=step) == (["role:teacher"], "national")
    assert cell("consulted", step=step) == (["own:sihteeri"], "provider")
    assert own_role({"sv": "Lärare", "fi": "ALAN opettaja "}) == own_role({"fi": "Alan opettaja"})


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [(None, None, True), (DAY, DAY, True), (date(2026, 11, 25), None, False), (None, date(2026, 11, 23), False)],
)
def test_an_entry_counts_on_its_days(first, last, holds):
    row = Row("answers", "member:1", starts_on=first, ends_on=last)
    assert in_force(row, DAY) is holds
    assert (cell("answers", row)[1] == "provider") is holds


def test_who_has_a_last_day_stands_in_but_comes_beside_those_who_take_part():
    deputy = Row("answers", "member:2", ends_on=DAY)
    assert cell("answers", Row("answers", "member:1"), deputy)[0] == ["member:2"]
    rows = Row("informed", "member:1"), Row("informed", "member:2", ends_on=DAY)
    assert cell("informed", *rows)[0] == ["member:1", "member:2"]


def test_gaps_and_double_responsibility_are_found():
    assert amiss() == []
    assert amiss(Row("answers", NOBODY)) == [("no_answer", "answers")]
    assert amiss(Row("does", NOBODY)) == [("no_doer", "does")]
    assert amiss(Row("signs", NOBODY, step_key="sign"), step=SIGNING) == [("no_signer", "signs")]
    assert amiss(Row("answers", "member:1"), Row("answers", "member:2")) == [("two_answer", "answers")]
    assert amiss(Row("does", "member:1"), Row("does", "member:2")) == []
    assert amiss(step=StepRoles("own-x", "a")) == [("no_answer", "answers"), ("no_doer", "does")]


def test_who_has_left_or_may_not_sign_is_found():
    assert amiss(Row("informed", "member:9")) == [("left", "informed")]
    assert amiss(Row("signs", "member:1", step_key="sign"), step=SIGNING) == [("may_not_sign", "signs")]
    assert amiss(Row("signs", "member:2", step_key="sign"), step=SIGNING) == []


def test_a_role_that_nobody_holds_here_is_told_once_with_all_its_steps():
    steps = [STEP, StepRoles("visit", "b", "teacher"), StepRoles("log", "b", "student")]
    empty = People(PEOPLE.roles, frozenset(), ALL)
    found = findings(table(steps, [], unit=None, on=DAY), empty)
    assert [(f.kind, f.holder.key, f.steps) for f in found] == [("vacant", "role:teacher", ("call", "visit"))]


def test_phases_are_counted_step_by_step():
    steps = [STEP, SIGNING, StepRoles("visit", "b", "teacher")]
    rows = [
        Row("answers", NOBODY), Row("does", NOBODY), Row("answers", "member:1", step_key="sign"),
        Row("answers", "member:2", step_key="sign"), Row("informed", "member:9", step_key="visit"),
    ]  # fmt: skip
    duties = table(steps, rows, unit=None, on=DAY)
    assert counts(duties, findings(duties, PEOPLE)) == {
        "a": PhaseCount(steps=2, gaps=1, doubles=1, own=2), "b": PhaseCount(steps=1, others=1, own=1),
    }  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+358", "-1", "@SUM(A1)", "\t=1", " =cmd", "|x", "%x"])
def test_nothing_in_a_table_is_taken_for_a_formula(text):
    assert safe_cell(text).startswith("'")
    assert safe_cell("Opettaja\r\nja muut") == "Opettaja  ja muut"
