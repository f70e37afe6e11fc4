"""When a session may be closed, and what happens to an answer when the words change."""

import pytest

from parasta_saas.core.errors import Conflict
from parasta_saas.planning.closing import agreed_words, missing
from parasta_saas.planning.models import AgendaItem, Goal


def made(kind: str = "goal", *sides: str, words: str = "Palvelee asiakkaita.") -> Goal:
    goal = Goal(kind=kind, words=words, wording=1, proposed_by="Eero Elo")
    for side in ("teacher", "workplace", "student"):
        setattr(goal, f"agreed_by_{side}", side in sides)
    return goal


ALL = ("teacher", "workplace", "student")


def test_a_session_needs_one_goal_and_one_task_that_all_three_agree_on():
    assert len(missing([])) == 2
    assert len(missing([made("goal", *ALL), made("task", "teacher", "student")])) == 1
    assert missing([made("goal", *ALL), made("task", *ALL), made("goal")]) == []


def test_only_what_all_three_agreed_is_told():
    assert agreed_words([made("goal", *ALL), made("goal", "teacher", words="X")], "goal") == ["Palvelee asiakkaita."]


def test_new_words_ask_the_other_sides_anew():
    goal = made("goal", *ALL)
    goal.reword("Palvelee asiakkaita ja käyttää kassaa.", "workplace", by="Kaisa Kanerva", wording=1)
    assert [goal.agreed_by(s) for s in ALL] == [False, True, False]
    assert goal.wording == 2


def test_the_same_words_change_nothing():
    goal = made("goal", *ALL)
    goal.reword(goal.words, "student", by="Ville Virta", wording=1)
    assert goal.agreed and goal.wording == 1


def test_an_answer_to_words_that_have_changed_is_a_conflict():
    goal = made()
    goal.reword("Muuta.", "teacher", by="Eero Elo", wording=1)
    with pytest.raises(Conflict, match="Muuta"):
        goal.agree("student", wording=1)


def test_a_decision_over_somebody_elses_is_a_conflict_that_shows_theirs():
    item = AgendaItem(version=2, decision="Joka tiistai.", decided_by="Kaisa Kanerva")
    with pytest.raises(Conflict, match="Joka tiistai"):
        item.decide("Joka torstai.", by="Eero Elo", version=1)
    assert item.decision == "Joka tiistai."
