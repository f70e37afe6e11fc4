"""Finnish working days and the deadlines counted in them.

A working day is no Saturday, no Sunday, no public holiday, no Christmas Eve and no Midsummer Eve:
the days on which, by the Act on the Calculation of Statutory Time Limits (150/1930) 5 §, a limit
doesn't end. The same act says that the day of the event is not counted (2 §) and how months are
counted (3 §); Parasta follows it for its own limits too, so that there is one rule to explain.
A deadline is the last second of its Finnish day: 23.59.59.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

import holidays

from .clock import end_of_day, local

Day = date | datetime
UNITS = ("working_day", "day", "month")
DIRECTIONS = ("before", "after", "at", "every")


def is_working_day(day: date) -> bool:
    """Whether offices are open on this Finnish calendar day."""
    return day.weekday() < 5 and day not in _holidays(day.year)


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("FI", years=year))


def add_working_days(moment: datetime, n: int) -> datetime:
    """The end of the nth working day after the day of the moment, in UTC.

    n < 0 counts back, to the nth working day before. n = 0 is the day itself or, if nobody works
    then, the next working day. The moment must be aware; its Finnish day counts.
    """
    return end_of_day(_shifted(_day(moment), n))


def _shifted(day: date, n: int) -> date:
    if n == 0:
        return next_working_day(day)
    step = timedelta(days=1 if n > 0 else -1)
    for _ in range(abs(n)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def next_working_day(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_days_between(start: Day, end: Day) -> int:
    """Working days after the first day up to and including the last; negative when end is earlier.

    `working_days_between(m, add_working_days(m, n)) == n` for every n but 0.
    """
    first, last = _day(start), _day(end)
    if last < first:
        return -_count(last, first - timedelta(days=1))
    return _count(first + timedelta(days=1), last)


def _count(first: date, last: date) -> int:
    return sum(is_working_day(first + timedelta(days=i)) for i in range((last - first).days + 1))


def deadline(limit: Mapping[str, Any] | None, at: datetime) -> datetime | None:
    """When a limit of the process runs out, in UTC; None when there is no limit.

    limit: `{"value": 5, "unit": "working_day" | "day" | "month", "anchor": "after:enquiry"}`;
    the anchor begins with before, after, at or every. `at`: when the anchor happens, aware
    (for a day without a time: its start). Value 0 means the anchor's own moment, except after:
    then the end of that day. A limit after the anchor that would end on a day without work ends
    on the next working day; one before the anchor is not moved.
    Raises ValueError for an unknown unit or anchor and for a negative value.
    """
    if limit is None:
        return None
    value, unit, direction = int(limit["value"]), str(limit["unit"]), str(limit["anchor"]).partition(":")[0]
    if value < 0 or unit not in UNITS or direction not in DIRECTIONS:
        raise ValueError(f"This is no time limit: {dict(limit)}")
    if direction == "at" or (direction == "before" and value == 0):
        return local(at).astimezone(UTC)
    return end_of_day(_last_day(_day(at), unit, -value if direction == "before" else value))


def _last_day(day: date, unit: str, n: int) -> date:
    if unit == "working_day":
        return _shifted(day, n)
    moved = day + timedelta(days=n) if unit == "day" else _months_later(day, n)
    return moved if n < 0 else next_working_day(moved)


def _months_later(day: date, n: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _day(moment: Day) -> date:
    return local(moment).date() if isinstance(moment, datetime) else moment
