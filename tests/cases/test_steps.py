"""Facts complete steps: once each, in the provider's scope, with the day on which they happened."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from parasta_saas.cases import handlers, queries, services
from parasta_saas.cases.overview import overview
from parasta_saas.cli.demo.acting import acting_as, system_at
from parasta_saas.core import clock
from parasta_saas.core.errors import Forbidden
from parasta_saas.placements import queries as placements
from parasta_saas.planning import services as planning


def placement_of(actor, name):
    return next(p for p in placements.placements_of(actor, state="all").items if p.student_name == name)


def done_for(name, slug="lumo"):
    with system_at(slug) as actor:
        placement = placement_of(actor, name)
        return {row.step_key: row for row in queries.completed_of([placement])[placement.id]}


def test_planning_a_placement_completes_what_led_to_it(fresh):
    done = done_for("Ville Virta")
    assert {"partner-registration", "matching"} <= set(done)
    assert done["matching"].because == "placements.placement_planned"


def test_a_closed_session_completes_what_was_agreed_and_decided(fresh):
    done = done_for("Otso Onnela")
    assert {"planning-invite", "goals-and-tasks", "form-choice", "guidance-plan", "demo-plan"} <= set(done)
    assert "hoks-update" not in done


def test_a_step_is_done_on_the_day_of_its_fact_and_not_when_a_worker_came_by(fresh):
    row = done_for("Otso Onnela")["goals-and-tasks"]
    assert clock.local(row.done_at).date() == clock.today() - timedelta(days=7)


def test_calling_a_session_makes_the_session_the_thing_of_now(fresh):
    when = clock.now() + timedelta(days=9)
    with acting_as("eero") as eero:
        planning.call_session(eero, placement_of(eero, "Ville Virta"), starts_at=when, place="Kahvila")
    fresh.work()
    with acting_as("eero") as eero:
        seen = overview(eero, placement_of(eero, "Ville Virta"))
        assert seen.now.key == "goals-and-tasks" and seen.now.mine
        assert seen.talk.session.place == "Kahvila"


def test_the_first_fact_counts_and_a_second_changes_nothing(fresh):
    with system_at("lumo") as actor:
        placement = placement_of(actor, "Ville Virta")
        assert services.complete_step(actor, placement, step_key="arrival-prep", because="tests.once")
        assert not services.complete_step(actor, placement, step_key="arrival-prep", because="tests.twice")
    assert done_for("Ville Virta")["arrival-prep"].because == "tests.once"


def test_a_handler_that_runs_twice_leaves_one_row(fresh):
    with system_at("lumo") as actor:
        placement = placement_of(actor, "Ville Virta")
        for _ in range(2):
            handlers.placement_planned(actor, {"placement_id": str(placement.id)})
    keys = [r.step_key for r in done_for("Ville Virta").values()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("who", ["eero", "kerttu", "aino", "matti"])
def test_nobody_notes_a_step_by_hand(fresh, who):
    with acting_as(who) as actor, pytest.raises(Forbidden):
        placement = placements.placements_of(actor).items[0]
        services.complete_step(actor, placement, step_key="assessment", because="tests.by_hand")


@pytest.mark.parametrize(("told", "done"), [({"student"}, False), ({"student", "guardian"}, True)])
def test_a_minors_agreement_is_given_for_information_when_the_guardian_knows_too(fresh, monkeypatch, told, done):
    monkeypatch.setattr(queries, "parts_informed", lambda tenant_id, agreement_id: frozenset(told))
    with system_at("lumo") as actor:
        placement = placement_of(actor, "Ville Virta")
        body = {"placement_id": str(placement.id), "agreement_id": str(UUID(int=1)), "part": "student"}
        handlers.person_informed(actor, body)
    assert ("agreement-notify" in done_for("Ville Virta")) is done


def test_a_reply_completes_own_feedback_at_the_moment_it_was_given(fresh):
    row = done_for("Otso Onnela")["own-feedback"]
    assert row.because == "feedback.pulse_replied"
    assert isinstance(row.done_at, datetime) and clock.local(row.done_at).date() < clock.today()
