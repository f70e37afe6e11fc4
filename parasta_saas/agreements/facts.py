"""What the rules look at in an agreement, and the dates and numbers they count with."""

from __future__ import annotations

from calendar import isleap, monthrange
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal

from parasta_saas.agreements.rulebook import limit

ADULT_AGE = 18  # years; 442/1999 2 §


@dataclass(frozen=True, slots=True)
class Suitability:
    """The three preconditions of a workplace, each confirmed or not."""

    production: bool = False
    tools: bool = False
    staff: bool = False


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """Everything the rules look at. Hours are hours, money is euros, percent 1-100 (100 = full time)."""

    form: str
    signed_on: date  # day of signing; today while the agreement is a draft
    starts_on: date | None = None
    ends_on: date | None = None
    student_birth_date: date | None = None
    basic_education_finished: bool | None = None
    demanding_special_support: bool = False
    guardian_named: bool = False
    units: tuple[tuple[str, str], ...] = ()  # (code, name)
    goals: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    hoks_extract: bool = False
    instructor_name: str = ""
    instructor_email: str = ""
    instructor_phone: str = ""
    workplace_name: str = ""
    business_id: str = ""
    suitability: Suitability = field(default_factory=Suitability)
    part_time_percent: int | None = None
    weekly_hours: Decimal | None = None
    daily_hours: Decimal | None = None
    works_from: time | None = None
    works_until: time | None = None
    workplace_weekly_hours: Decimal | None = None
    compensation_eur: Decimal | None = None
    pay: str = ""
    trial_ends_on: date | None = None
    dangerous_work: bool = False
    dangerous_work_notice_on: date | None = None

    @property
    def student_is_minor(self) -> bool:
        """Under 18 on the first day; an unknown birth date says no."""
        return self.student_birth_date is not None and is_minor(
            self.student_birth_date, self.starts_on or self.signed_on
        )


def birthday(birth_date: date, years: int) -> date:
    """The day on which a person turns that many years."""
    return _same_day(birth_date, birth_date.year + years)


def adulthood_date(birth_date: date) -> date:
    """The 18th birthday."""
    return birthday(birth_date, ADULT_AGE)


def is_minor(birth_date: date, on: date) -> bool:
    """Under 18 on that day."""
    return on < adulthood_date(birth_date)


def years_after(day: date, years: int) -> date:
    """The last day of a period that starts on `day` and lasts that many years."""
    return _same_day(day, day.year + years) - timedelta(days=1)


def latest_trial_end(starts_on: date, ends_on: date) -> date:
    """Last day of the longest trial period: half of the fixed term, at most six months (55/2001 1:4 §)."""
    half_of_days = ((ends_on - starts_on).days + 1) // 2
    half = starts_on + timedelta(days=half_of_days - 1)
    years, month = divmod(starts_on.month - 1 + limit("trial_max_months"), 12)
    year = starts_on.year + years
    months_later = date(year, month + 1, min(starts_on.day, monthrange(year, month + 1)[1]))
    return min(half, months_later - timedelta(days=1))


def _same_day(day: date, year: int) -> date:
    # 29 February falls on 1 March in other years: the longer reading protects a minor.
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 3, 1)
    return day.replace(year=year)
