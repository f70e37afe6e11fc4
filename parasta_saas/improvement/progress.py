"""How far a change plan is, what is late, and where in the circle plan – do – check – act it stands. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

STATES = ("todo", "doing", "done", "dropped")
OPEN = ("todo", "doing")
CIRCLE = ("plan", "do", "check", "act")
A = TypeVar("A", bound="Action")


class Action(Protocol):
    """What is asked of an action."""

    @property
    def state(self) -> str: ...
    @property
    def due_on(self) -> date | None: ...


@dataclass(frozen=True)
class Progress:
    """Actions by state. What was dropped counts neither as work nor as done."""

    todo: int
    doing: int
    done: int
    dropped: int
    overdue: int

    @property
    def total(self) -> int:
        return self.todo + self.doing + self.done


def progress(actions: Iterable[Action], today: date) -> Progress:
    """Count the actions of a plan on a day."""
    actions = list(actions)
    found = Counter(action.state for action in actions)
    late = sum(is_overdue(action, today) for action in actions)
    return Progress(found["todo"], found["doing"], found["done"], found["dropped"], late)


def is_overdue(action: Action, today: date) -> bool:
    """Open, and its day is past; the day itself is still in time."""
    return action.state in OPEN and action.due_on is not None and action.due_on < today


def in_order(actions: Iterable[A]) -> list[A]:
    """Open ones by their day, those without a day after them; then what is done, then what was dropped."""
    place = {"todo": 0, "doing": 0, "done": 1, "dropped": 2}
    return sorted(actions, key=lambda a: (place[a.state], a.due_on or date.max))


def stage(*, written: bool, going: Progress, review_on: date | None, reviewed_on: date | None, today: date) -> str:
    """Where the plan stands: plan, do, check or act.

    plan until something is written and begun; check from the day of the review; act on the day of a review that was
    held, until the work goes on; otherwise do.
    """
    if not written or not going.total:
        return "plan"
    if review_on is not None and review_on <= today:
        return "check"
    if reviewed_on == today:
        return "act"
    return "do"
