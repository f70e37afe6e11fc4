"""When those who have not read are reminded: four times at most, on working days. Pure."""

from datetime import date

from ..core.workdays import is_working_day, working_days_between

AHEAD = 3  # working days before the day
LATER = (5, 10)  # working days after it


def stage(due_on: date, today: date) -> int:
    """0 not yet, 1 soon, 2 on the day, 3 and 4 one and two weeks late; on a day without work nobody is reminded."""
    if not is_working_day(today):
        return 0
    left = working_days_between(today, due_on)
    if left > AHEAD:
        return 0
    if left > 0:
        return 1
    return 2 + sum(-left >= late for late in LATER)
