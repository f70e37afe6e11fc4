"""The one place that knows what time it is; moments are aware and in UTC, days are Finnish."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")

_stopped: ContextVar[datetime | None] = ContextVar("parasta_clock", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _stopped.get() or datetime.now(UTC)


def today() -> date:
    """The calendar day in Finland."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The moment as clocks in Finland show it; raises ValueError for a moment without time zone."""
    return _aware(moment).astimezone(HELSINKI)


def start_of_day(day: date) -> datetime:
    """The first moment of a Finnish day, in UTC."""
    return datetime.combine(day, time.min, HELSINKI).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The last second (23.59.59) of a Finnish day, in UTC."""
    return start_of_day(day + timedelta(days=1)) - timedelta(seconds=1)


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Stop the clock inside the block, in this thread or task only; for tests and the demo."""
    token = _stopped.set(_aware(at).astimezone(UTC))
    try:
        yield
    finally:
        _stopped.reset(token)


def _aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("A moment needs its time zone; days are dates.")
    return moment
