"""How far a plan is. Pure."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from parasta_saas.improvement.progress import in_order, is_overdue, progress, stage

TODAY = date(2026, 11, 24)


def action(state: str, days: int | None = None):
    return SimpleNamespace(state=state, due_on=None if days is None else TODAY + timedelta(days=days))


def test_what_was_dropped_is_neither_work_nor_done():
    found = progress([action("todo", -1), action("doing", 0), action("done", -9), action("dropped", -9)], TODAY)
    assert (found.total, found.done, found.dropped, found.overdue) == (3, 1, 1, 1)


def test_the_day_itself_is_in_time():
    assert not is_overdue(action("todo", 0), TODAY)
    assert is_overdue(action("todo", -1), TODAY)
    assert not is_overdue(action("todo"), TODAY)


def test_open_actions_come_first_by_their_day():
    late, none, done, dropped = action("doing", -1), action("todo"), action("done", -5), action("dropped", -9)
    assert in_order([dropped, done, none, late]) == [late, none, done, dropped]


@pytest.mark.parametrize(
    ("written", "states", "review", "reviewed", "expected"),
    [(False, ["todo"], 5, None, "plan"), (True, [], 5, None, "plan"), (True, ["todo"], 5, None, "do"),
     (True, ["todo"], 0, None, "check"), (True, ["todo"], 30, 0, "act"), (True, ["todo"], None, -1, "do")],
)  # fmt: skip
def test_the_plan_goes_round_in_a_circle(written, states, review, reviewed, expected):
    def day(days):
        return None if days is None else TODAY + timedelta(days=days)

    going = progress(map(action, states), TODAY)
    found = stage(written=written, going=going, review_on=day(review), reviewed_on=day(reviewed), today=TODAY)
    assert found == expected
