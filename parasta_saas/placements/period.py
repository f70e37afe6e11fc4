"""What a period at a workplace may look like. Pure."""

from datetime import date

from ..core.i18n import _

LONGEST_YEARS = 5
EARLIEST_DAYS = 366


def period_problems(starts_on: date, ends_on: date, today: date) -> dict[str, list[str]]:
    """Field → how to mend it; empty for a sound period. Both days belong to it.

    A period may be written down afterwards, up to a year; one longer than five years is a slip of the pen.
    """
    if ends_on < starts_on:
        return {"ends_on": [_("Set the last day after the first day.")]}
    if (ends_on - starts_on).days > LONGEST_YEARS * 366:
        return {"ends_on": [_("Check the year: a placement lasts five years at most.")]}
    if (today - starts_on).days > EARLIEST_DAYS or (starts_on - today).days > LONGEST_YEARS * 366:
        return {"starts_on": [_("Check the year of the first day.")]}
    return {}
