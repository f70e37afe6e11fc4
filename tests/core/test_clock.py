import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parasta_saas.core import clock

NOON = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def test_now_is_aware_and_in_utc():
    assert clock.now().utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - clock.now()) < timedelta(seconds=5)


def test_a_frozen_clock_stands_and_then_runs_again():
    with clock.frozen(NOON):
        assert clock.now() == clock.now() == NOON
        with clock.frozen(NOON + timedelta(days=1)):
            assert clock.today() == date(2026, 11, 25)
        assert clock.now() == NOON
    assert abs(datetime.now(UTC) - clock.now()) < timedelta(seconds=5)


def test_another_thread_does_not_see_the_frozen_clock():
    seen: list[datetime] = []
    with clock.frozen(datetime(2001, 1, 1, tzinfo=UTC)):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0].year > 2001


def test_today_is_the_finnish_day():
    with clock.frozen(datetime(2026, 11, 24, 22, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 25)


@pytest.mark.parametrize("use", [clock.local, lambda at: clock.frozen(at).__enter__()])
def test_a_moment_without_time_zone_is_refused(use):
    with pytest.raises(ValueError, match="time zone"):
        use(datetime(2026, 11, 24, 12, 0))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_days_follow_each_other_without_a_gap_also_when_clocks_are_turned(day):
    assert clock.local(clock.start_of_day(day)).date() == day
    assert clock.local(clock.end_of_day(day)).strftime("%Y-%m-%d %H:%M:%S") == f"{day} 23:59:59"
    assert clock.end_of_day(day) + timedelta(seconds=1) == clock.start_of_day(day + timedelta(days=1))
