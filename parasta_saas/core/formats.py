"""Dates, times and numbers as people write them in Finnish, Swedish and English.

Every function takes the language last and otherwise uses the one spoken now. Moments are shown
in Finnish time. Spaces inside a figure don't break.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from babel.dates import format_date, format_timedelta
from babel.numbers import format_currency, format_decimal, format_percent

from . import i18n
from .clock import local

Day = dt.date | dt.datetime
Number = int | float | Decimal

# British rules for English: day before month, 24 hours.
LOCALES = {"fi": "fi", "sv": "sv_FI", "en": "en_GB"}
_AT = {"fi": "klo", "sv": "kl.", "en": "at"}


def date(day: Day, language: str | None = None) -> str:
    """24.11.2026, in English 24 Nov 2026."""
    return _written(_day(day), "d MMM y", "d.M.y", language)


def short_date(day: Day, language: str | None = None) -> str:
    """The date without its year: 24.11., in English 24 Nov."""
    return _written(_day(day), "d MMM", "d.M.", language)


def weekday(day: Day, language: str | None = None) -> str:
    """The short weekday: ti, tis, Tue."""
    return format_date(_day(day), "ccc", locale=_locale(language)).rstrip(".")


def date_range(first: Day, last: Day | None, language: str | None = None) -> str:
    """From day to day without repeating: 11.1.–26.3.2027, 11.–26.1.2027, 11 Jan – 26 Mar 2027.

    An open end is written 11.1.2027–.
    """
    start = _day(first)
    if last is None:
        return f"{date(start, language)}–"
    end = _day(last)
    if start == end:
        return date(end, language)
    if start.year != end.year:
        return _joined(date(start, language), date(end, language))
    if start.month != end.month:
        return _joined(short_date(start, language), date(end, language))
    return _joined(_written(start, "d", "d.", language), date(end, language))


def time(moment: dt.time | dt.datetime, language: str | None = None) -> str:
    """14.30, in English 14:30."""
    shown = local(moment) if isinstance(moment, dt.datetime) else moment
    return f"{shown.hour}.{shown.minute:02d}" if _is_dotted(language) else f"{shown:%H:%M}"


def time_range(first: dt.time | dt.datetime, last: dt.time | dt.datetime, language: str | None = None) -> str:
    """14.30–16.00."""
    return f"{time(first, language)}–{time(last, language)}"


def date_time(moment: dt.datetime, language: str | None = None) -> str:
    """24.11.2026 klo 14.30, 24.11.2026 kl. 14.30, 24 Nov 2026 at 14:30."""
    return f"{date(moment, language)} {_AT[_code(language)]} {time(moment, language)}"


def relative(moment: dt.datetime, now: dt.datetime, language: str | None = None) -> str:
    """How far from now, in the largest unit: 3 tuntia sitten, 2 päivän päästä."""
    return format_timedelta(moment - now, add_direction=True, locale=_locale(language))


def number(value: Number, decimals: int | None = None, language: str | None = None) -> str:
    """12 500,5; with `decimals` exactly so many of them."""
    pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=_locale(language))


def percent(share: Number, language: str | None = None) -> str:
    """A share between 0 and 1 in whole percents: 83 %."""
    return format_percent(share, locale=_locale(language))


def euros(amount: Number, language: str | None = None) -> str:
    """1 250,50 €."""
    return format_currency(amount, "EUR", locale=_locale(language))


def initials(name: str) -> str:
    """The first letters of the first and the last word, in capitals: Aino Koski is AK."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))


def age(birth: dt.date, on: dt.date) -> int:
    """Full years on a day. Who was born on 29.2. is a year older on 1.3. (a minor is protected longest)."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


FILTERS: dict[str, Callable[..., Any]] = {
    "date": date,
    "short_date": short_date,
    "weekday": weekday,
    "time": time,
    "date_time": date_time,
    "number": number,
    "percent": percent,
    "euros": euros,
    "initials": initials,
}


def _written(day: dt.date, english: str, other: str, language: str | None) -> str:
    return format_date(day, other if _is_dotted(language) else english, locale=_locale(language))


def _joined(first: str, last: str) -> str:
    # A dash between parts that have spaces themselves takes spaces.
    return f"{first} – {last}" if " " in first else f"{first}–{last}"


def _is_dotted(language: str | None) -> bool:
    return _code(language) != "en"


def _code(language: str | None) -> str:
    return language or i18n.language()


def _locale(language: str | None) -> str:
    return LOCALES[_code(language)]


def _day(day: Day) -> dt.date:
    return local(day).date() if isinstance(day, dt.datetime) else day
