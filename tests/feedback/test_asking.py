"""One question at a time: when it is asked, by what mail, and what keeps the next one away."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from parasta_saas.cases import services as cases
from parasta_saas.cli.demo.acting import acting_as, system_at
from parasta_saas.core import clock
from parasta_saas.core.errors import Forbidden
from parasta_saas.feedback import handlers, queries, questions, services
from tests.feedback.asking import ask, path_in, placement_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def asked(step_key, days_ago, answered=False):
    at = NOW - timedelta(days=days_ago)
    return SimpleNamespace(step_key=step_key, created_at=at, answered_at=at if answered else None)


@pytest.mark.parametrize(
    ("before", "may"),
    [
        ([], True),
        ([asked("goals-and-tasks", 2)], False),  # still open and young
        ([asked("goals-and-tasks", 14)], True),
        ([asked("goals-and-tasks", 2, answered=True)], True),
        ([asked("agreement-sign", 90, answered=True)], False),  # never the same twice
    ],
)
def test_when_the_next_question_may_be_asked(before, may):
    assert questions.may_ask(before, "agreement-sign", NOW) is may


@pytest.mark.parametrize(
    ("score", "words", "reply"), [(5, "", False), (3, " ", False), (2, "", True), (5, "Hyvä", True)]
)
def test_a_low_score_or_any_words_ask_for_a_reply(score, words, reply):
    assert questions.wants_reply(score, words) is reply


def test_the_instructor_gets_one_mail_with_a_link_and_the_question(fresh, cast):
    pulse_id, _path = ask()
    fresh.work()
    letters = [m for m in fresh.letters("kaisa@kahvila-kanerva.example") if "/pulse/" in m.text]
    assert len(letters) == 1
    assert "Tiedän, mitä opiskelijan on tarkoitus oppia täällä." in letters[0].text
    assert str(pulse_id) not in letters[0].text
    page = cast.nobody.get(path_in(letters[0]))
    assert page.status_code == 200 and 'name="score"' in page.text


def test_the_same_question_is_not_asked_twice_and_two_are_not_open_at_once(fresh):
    ask()
    assert ask() == (None, None)
    assert ask(step_key="agreement-sign") == (None, None)


def test_an_open_question_gives_way_after_two_weeks(fresh):
    ask()
    with clock.frozen(clock.now() + timedelta(days=15)), system_at("lumo") as actor:
        assert services.ask_pulse(actor, placement_of(actor, "Ville Virta"), step_key="agreement-sign")


def test_the_question_that_had_to_wait_is_asked_when_the_first_is_answered(fresh):
    pulse_id, _path = ask()
    with system_at("lumo") as actor:
        placement = placement_of(actor, "Ville Virta")
        cases.complete_step(actor, placement, step_key="agreement-sign", because="agreements.agreement_sealed")
        handlers.ask_after_seal(actor, {"placement_id": str(placement.id)})
        assert len(queries.pulses_on(actor, placement)) == 1
    with acting_as("kaisa") as kaisa:
        services.answer_pulse(kaisa, queries.pulse_for(kaisa, pulse_id, locked=True), score=5)
    fresh.work()
    with system_at("lumo") as actor:
        steps = [p.step_key for p in queries.pulses_on(actor, placement_of(actor, "Ville Virta"))]
    assert steps == ["agreement-sign", "goals-and-tasks"]


@pytest.mark.parametrize("who", ["eero", "kerttu", "kaisa"])
def test_nobody_asks_by_hand(fresh, who):
    with acting_as(who) as actor, pytest.raises(Forbidden):
        services.ask_pulse(actor, placement_of(actor, "Ville Virta"), step_key="goals-and-tasks")


def test_a_swedish_workplace_is_asked_in_swedish(fresh):
    ask("Emil Ek", slug="fjarden")
    fresh.work()
    letter = next(m for m in fresh.letters("lotta@kaislaranta.example") if "/pulse/" in m.text)
    assert "Jag vet vad den studerande ska lära sig här." in letter.text and "Tiedän" not in letter.text
