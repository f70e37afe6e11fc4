"""From a sketch to a release: who may do what, what must be so first, what lapses."""

from datetime import timedelta

import pytest

from parasta_saas.cli.demo import studio
from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core.clock import today
from parasta_saas.core.errors import Conflict, Forbidden, Invalid
from parasta_saas.reference import flow, queries, services
from tests.reference import road

FINE = flow.Facts(changes=1, noted=True, reviewed=True, impact_known=True)


def moved(slug, draft, command):
    with acting_as(slug) as who:
        services.move_release(who, queries.draft_for(who, draft), command=command)


def test_every_state_is_left_by_some_command_but_the_last():
    assert {state for state in flow.STATES if not flow.moves_from(state)} == {"published"}
    assert {row.target for row in flow.MOVES} == set(flow.STATES) - {"workshop"}
    assert set(flow.STATES) <= set(flow.LABELS)


@pytest.mark.parametrize(
    ("command", "state", "wrong"),
    [
        ("send_to_review", "modelling", {"changes": 0}),
        ("send_to_review", "modelling", {"major": True}),
        ("send_to_review", "iteration", {"round_running": True}),
        ("send_to_review", "iteration", {"missing": 1}),
        ("send_to_review", "iteration", {"unreasoned": 1}),
        ("send_to_review", "iteration", {"noted": False}),
        ("send_to_review", "iteration", {"base_in_force": False}),
        ("open_round", "modelling", {"round_running": True}),
        ("approve", "review", {"author": True}),
        ("approve", "review", {"reviewed": False}),
        ("approve", "review", {"stale": 2}),
        ("approve", "review", {"impact_known": False}),
        ("publish", "approved", {"base_in_force": False}),
    ],
)
def test_each_guard_says_why(command, state, wrong):
    from dataclasses import replace

    row = flow.move(command)
    assert list(flow.refusals(row, state, FINE)) == []
    (reason,) = flow.refusals(row, state, replace(FINE, **wrong))
    assert len(reason) > 20
    assert len(list(flow.refusals(row, "published", FINE))) == 1


def test_a_changed_minimum_needs_a_finished_comment_round(fresh):
    draft = road.write("3.0", minimum={"fi": "Pidetään aina.", "sv": "Hålls alltid."})
    with pytest.raises(Conflict):
        moved("nelli", draft, "send_to_review")


def test_a_change_of_guidance_goes_straight_to_review_and_is_approved_by_another(fresh):
    draft = road.write()
    moved("nelli", draft, "send_to_review")
    with acting_as("nelli") as nelli:
        with pytest.raises(Conflict):
            services.change_step(nelli, queries.step_for(nelli, draft, "mid-review"), guidance={"fi": "Nyt."})
    with pytest.raises(Forbidden):
        moved("nelli", draft, "approve")
    with pytest.raises(Conflict):  # neither reviewed nor weighed
        moved("tapio", draft, "approve")
    studio.approve(draft)
    with acting_as("tapio") as tapio:
        services.publish_release(tapio, queries.draft_for(tapio, draft), transition_until=today() + timedelta(days=9))
        assert queries.current_release().approved_by == "Tapio Tervas"


def test_who_wrote_in_a_draft_does_not_approve_it(fresh):
    draft = road.write()
    with acting_as("tapio") as tapio:
        step = queries.step_for(tapio, draft, "mid-review")
        services.change_step(tapio, step, guidance={"fi": "Kutsu kaikki neljä.", "sv": "Kalla alla fyra."})
    moved("nelli", draft, "send_to_review")
    with pytest.raises(Conflict):
        studio.approve(draft)


def test_a_review_and_a_weighing_hold_for_their_content_only(fresh):
    draft = road.write()
    road.approve(draft)
    moved("nelli", draft, "send_back")
    with acting_as("nelli") as nelli:
        assert queries.draft_for(nelli, draft).approved_by == ""
        step = queries.step_for(nelli, draft, "mid-review")
        services.change_step(nelli, step, guidance={"fi": "Kutsu vain yksi.", "sv": "Kalla bara en."})
        facts = queries.facts_of(nelli, queries.draft_for(nelli, draft))
        assert (facts.reviewed, facts.impact_known) == (False, False)


def test_one_language_alone_stops_the_approval_until_it_is_settled(fresh):
    draft = road.write(guidance={"fi": "Kutsu kaikki kolme."})
    with acting_as("nelli") as nelli:
        assert queries.facts_of(nelli, queries.draft_for(nelli, draft)).stale == 1
        services.settle_text(nelli, queries.draft_for(nelli, draft), place="steps.mid-review.guidance")
        assert queries.facts_of(nelli, queries.draft_for(nelli, draft)).stale == 0


def test_a_review_is_recorded_of_a_draft_in_review_only(fresh):
    draft = road.write()
    with acting_as("tapio") as tapio:
        with pytest.raises(Conflict):
            services.record_review(tapio, queries.draft_for(tapio, draft), held_on=today(), participants="Tapio")
    moved("nelli", draft, "send_to_review")
    with acting_as("tapio") as tapio:
        with pytest.raises(Invalid):
            services.record_review(
                tapio, queries.draft_for(tapio, draft), held_on=today() + timedelta(days=1), participants="Tapio"
            )


def test_withdrawal_brings_the_former_content_back_as_a_new_release(fresh):
    with acting_as("tapio") as tapio:
        until = today() + timedelta(days=90)
        services.publish_release(tapio, queries.draft_for(tapio, road.draft_id()), transition_until=until)
    with acting_as("tapio") as tapio:
        release = queries.current_release()
        with pytest.raises(Invalid):
            services.withdraw_release(tapio, release, number="1.2", reason={"fi": "Virhe.", "sv": ""})
        new = services.withdraw_release(tapio, release, number="1.2", reason={"fi": "Virhe.", "sv": "Fel."})
        assert (new.withdraws_id, new.based_on_id) == (release.id, release.id)
    with acting_as("aino"):
        now, first = queries.current_release(), queries.release_numbered("1.0")
        assert now.number == "1.2"
        for listed in (queries.phases_of, queries.steps_of):
            assert [p.content() for p in listed(now.id)] == [p.content() for p in listed(first.id)]
    with acting_as("nelli") as nelli, pytest.raises(Forbidden):
        services.withdraw_release(nelli, queries.current_release(), number="1.3", reason={"fi": "x", "sv": "x"})
