from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parasta_saas.core.clock import HELSINKI, end_of_day, local
from parasta_saas.core.workdays import add_working_days, deadline, is_working_day, working_days_between

moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
counts = st.integers(-60, 60)


def at(day: int, month: int, year: int = 2026, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=HELSINKI)


def limit(value: int, unit: str, anchor: str) -> dict[str, object]:
    return {"value": value, "unit": unit, "anchor": anchor}


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 1, 6),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 6, 19),  # Midsummer Eve
        date(2026, 12, 24),  # Christmas Eve
        date(2026, 12, 25),
        date(2027, 12, 6),
        date(2026, 11, 28),  # Saturday
        date(2026, 11, 29),  # Sunday
    ],
)
def test_nobody_works_on_weekends_holidays_and_the_two_eves(day):
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2026, 12, 31), date(2026, 4, 2), date(2026, 4, 30)])
def test_new_years_eve_and_the_days_before_easter_and_may_day_are_working_days(day):
    assert is_working_day(day)


def test_the_day_of_the_event_is_not_counted():
    assert add_working_days(at(24, 11), 2) == end_of_day(date(2026, 11, 26))


def test_counting_steps_over_the_weekend_and_christmas():
    assert add_working_days(at(23, 12), 1) == end_of_day(date(2026, 12, 28))


def test_what_comes_late_in_the_evening_belongs_to_its_finnish_day():
    late = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)  # already 25.11. in Finland
    assert add_working_days(late, 1) == end_of_day(date(2026, 11, 26))


def test_counting_back_leaves_whole_working_days_before():
    assert add_working_days(at(30, 11), -5) == end_of_day(date(2026, 11, 23))


def test_zero_is_the_same_day_or_the_next_one_with_work():
    assert add_working_days(at(24, 11), 0) == end_of_day(date(2026, 11, 24))
    assert add_working_days(at(28, 11), 0) == end_of_day(date(2026, 11, 30))


@given(moments, counts.filter(bool))
def test_counting_there_and_counting_between_agree(moment, n):
    assert working_days_between(moment, add_working_days(moment, n)) == n


@given(moments, counts)
def test_a_deadline_in_working_days_ends_on_a_working_day_at_its_last_second(moment, n):
    end = local(add_working_days(moment, n))
    assert is_working_day(end.date())
    assert (end.hour, end.minute, end.second) == (23, 59, 59)


@given(moments, counts, counts)
def test_more_working_days_never_end_earlier(moment, a, b):
    low, high = sorted((a, b))
    if low != 0:  # from a Saturday, 0 is Monday and so is 1
        assert add_working_days(moment, low) <= add_working_days(moment, high)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_days_between_split_at_any_day(a, b):
    first, last = sorted((a, b))
    middle = first + (last - first) // 2
    assert working_days_between(first, last) == working_days_between(first, middle) + working_days_between(middle, last)


@pytest.mark.parametrize(
    ("given_limit", "anchor", "ends"),
    [
        (limit(2, "working_day", "after:enquiry"), at(27, 11), date(2026, 12, 1)),
        (limit(5, "working_day", "before:co_planning_session"), at(30, 11), date(2026, 11, 23)),
        (limit(30, "day", "after:placement_end"), at(6, 11), date(2026, 12, 7)),  # 6.12. is Independence Day
        (limit(1, "day", "before:placement_end"), at(30, 11), date(2026, 11, 29)),  # not moved
        (limit(12, "month", "every"), at(24, 11), date(2027, 11, 24)),
        (limit(1, "month", "after:release"), at(31, 3), date(2026, 4, 30)),  # no 31.4.
        (limit(1, "month", "before:release"), at(31, 3), date(2026, 2, 28)),
        (limit(0, "day", "after:release"), at(28, 11), date(2026, 11, 30)),
    ],
)
def test_limits_of_the_process_end_on_the_right_day(given_limit, anchor, ends):
    assert deadline(given_limit, anchor) == end_of_day(ends)


@pytest.mark.parametrize("anchor", ["before:signing", "at:co_planning_session"])
def test_at_and_zero_before_mean_the_very_moment(anchor):
    assert deadline(limit(0, "day", anchor), at(24, 11)) == at(24, 11)


def test_no_limit_has_no_deadline():
    assert deadline(None, at(24, 11)) is None


@pytest.mark.parametrize(
    "wrong",
    [limit(1, "week", "after:enquiry"), limit(1, "day", "around:enquiry"), limit(-1, "day", "after:enquiry")],
)
def test_an_unknown_unit_or_anchor_is_refused(wrong):
    with pytest.raises(ValueError, match="no time limit"):
        deadline(wrong, at(24, 11))


@pytest.mark.parametrize("anchor", ["after:x", "before:x", "at:x"])
def test_a_moment_without_time_zone_has_no_deadline(anchor):
    with pytest.raises(ValueError, match="time zone"):
        deadline(limit(0, "day", anchor), datetime(2026, 11, 24))


@given(moments, st.integers(1, 400), st.sampled_from(["working_day", "day"]))
def test_after_comes_after_and_before_comes_before(moment, value, unit):
    after, before = (
        deadline(limit(value, unit, "after:x"), moment),
        deadline(limit(value, unit, "before:x"), moment),
    )
    assert after is not None
    assert before is not None
    assert before < moment < after
    assert after - moment >= timedelta(days=value - 1)
