"""Done, now, next and by when, by table. The steps are those of the first release; today is 24.11.2026."""

import json
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from parasta_saas.cases import flow
from parasta_saas.cases.facts import steps_of

DATA = Path(__file__).resolve().parents[2] / "parasta_saas/reference/data"
TODAY = date(2026, 11, 24)
STEPS = [
    SimpleNamespace(**{**step, "phase_key": step["phase"]})
    for part in ("01-26", "27-51")
    for step in json.loads((DATA / f"steps-{part}.json").read_text())
]
AT_PLANNING = {"partner-registration": TODAY, "matching": TODAY}
CALLED = {**AT_PLANNING, "planning-invite": TODAY}
CLOSED = {**CALLED, "goals-and-tasks": TODAY, "form-choice": TODAY, "guidance-plan": TODAY}
OFFERED = {**CLOSED, "agreement-draft": TODAY, "agreement-review": TODAY}
SIGNED = {**OFFERED, "agreement-sign": TODAY}
TOLD = {**SIGNED, "agreement-notify": TODAY}


def standing(done=(), *, begins=47, lasts=74, **kw):
    """A placement that begins so many days from today."""
    starts_on = TODAY + timedelta(days=begins)
    facts = dict(form="training_agreement", session_on=TODAY if "planning-invite" in done else None)
    return flow.Standing(
        starts_on=starts_on, ends_on=starts_on + timedelta(days=lasts), today=TODAY, done=dict(done), **{**facts, **kw}
    )


def read(*args, **kw):
    return flow.read(STEPS, standing(*args, **kw))


def keys(stops):
    return [stop.step.key for stop in stops]


@pytest.mark.parametrize(
    ("done", "now", "then"),
    [
        ((), "planning-invite", "goals-and-tasks"),
        (AT_PLANNING, "planning-invite", "goals-and-tasks"),
        (CALLED, "goals-and-tasks", "agreement-draft"),
        (CLOSED, "agreement-draft", "agreement-review"),
        (OFFERED, "agreement-sign", "agreement-notify"),
        (SIGNED, "agreement-notify", "arrival-prep"),
        (TOLD, "arrival-prep", "safety-check"),
    ],
)
def test_each_fact_brings_the_next_step(done, now, then):
    seen = read(done, agreed="agreement-sign" in done)
    assert (seen.now.step.key, seen.upcoming[0].step.key) == (now, then)
    assert seen.states[now] == "now" and seen.states[then] == "next"
    assert all(seen.states[key] == "done" for key in done)


def test_now_does_not_go_back_when_a_fact_comes_late():
    assert read({**CLOSED, "agreement-sign": TODAY}, agreed=True).now.step.key == "agreement-notify"


@pytest.mark.parametrize(
    ("begins", "now"),
    [
        (47, "arrival-prep"),  # five working days before the first day still lie ahead
        (3, "safety-check"),  # they are over; the first day itself comes
        (-4, "orientation-work"),
        (-20, "instructor-training-offer"),
        (-34, "demo-plan"),
        (-45, "regular-guidance"),  # nothing is due within two weeks
        (-72, "instructor-survey"),
        (-76, "recruitment-bridge"),  # over since two days
        (-200, None),
    ],
)
def test_after_the_agreement_the_calendar_says_what_is_now(begins, now):
    seen = read(TOLD, begins=begins, agreed=True)
    assert (seen.now.step.key if seen.now else None) == now


@pytest.mark.parametrize(
    ("key", "done", "state"),
    [
        ("contact-response", AT_PLANNING, "past"),
        ("workplace-suitability", AT_PLANNING, "todo"),  # before the agreement is written, which is not yet
        ("workplace-suitability", SIGNED, "past"),
        ("instructor-training-offer", SIGNED, "todo"),  # thirty days after the first day
        ("demo-plan", SIGNED, "todo"),  # until the midpoint
        ("form-choice", SIGNED, "done"),
        ("employment-contract", SIGNED, "na"),
        ("problem-handling", SIGNED, "ifneeded"),
        ("own-feedback", SIGNED, "todo"),
        ("quality-monitoring", SIGNED, None),  # the provider's own phase
    ],
)
def test_states_of_single_steps(key, done, state):
    assert read(done, agreed="agreement-sign" in done).states.get(key) == state


def test_an_apprenticeship_has_its_own_steps():
    seen = read(CLOSED, form="apprenticeship")
    assert seen.states["employment-contract"] in ("todo", "next")
    assert "na" not in seen.states.values()


def test_an_agreement_made_on_paper_leaves_no_facts_and_claims_none():
    seen = read(AT_PLANNING, begins=-84, lasts=640, agreed=True)
    assert seen.now.step.key == "regular-guidance"
    assert {seen.states[key] for key in flow.MILESTONES} == {"past"}


@pytest.mark.parametrize(
    ("limit", "due"),
    [
        (None, None),
        ({"value": 12, "unit": "month", "anchor": "every"}, None),
        ({"value": 2, "unit": "working_day", "anchor": "after:enquiry"}, None),
        ({"value": 0, "unit": "day", "anchor": "before:placement_start"}, date(2027, 1, 11)),
        ({"value": 5, "unit": "working_day", "anchor": "before:placement_start"}, date(2026, 12, 31)),
        ({"value": 10, "unit": "working_day", "anchor": "after:placement_start"}, date(2027, 1, 25)),
        ({"value": 0, "unit": "day", "anchor": "at:placement_midpoint"}, date(2027, 2, 17)),
        ({"value": 30, "unit": "day", "anchor": "after:placement_end"}, date(2027, 4, 26)),
    ],
)
def test_last_days_of_limits(limit, due):
    placement = standing(begins=48, lasts=74)
    assert placement.starts_on == date(2027, 1, 11)
    assert flow.due_day(limit, flow.moments_of(placement)) == due


def test_a_providers_stricter_number_moves_the_last_day():
    strict = flow.read(STEPS, standing(TOLD, agreed=True, limits={"arrival-prep": 15}))
    assert strict.now.due < read(TOLD, agreed=True).now.due


def test_a_signature_that_is_late_stays_now_and_says_so():
    seen = read(OFFERED, begins=-2)
    assert seen.now.step.key == "agreement-sign" and seen.now.late


def test_at_most_three_steps_are_next():
    assert keys(read().upcoming) == ["goals-and-tasks", "agreement-draft", "agreement-review"]
    assert list(read().states.values()).count("next") == 3


def test_a_decision_completes_its_step_and_silence_does_not():
    assert steps_of("planning.session_closed") == ["goals-and-tasks"]
    decided = frozenset({"form-choice", "hoks-update"})
    assert steps_of("planning.session_closed", decided=decided) == ["goals-and-tasks", "form-choice"]


def test_every_completed_step_is_a_step_of_the_release():
    from parasta_saas.cases import facts

    tables = (facts.COMPLETES, facts.COMPLETES_IF_DECIDED, facts.COMPLETES_IF_KNOWN)
    named = [key for table in tables for keys_done in table.values() for key in keys_done]
    assert set(named) <= {step.key for step in STEPS}
    assert len(named) == len(set(named))
