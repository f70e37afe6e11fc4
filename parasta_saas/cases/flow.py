"""Where one placement stands in the process: what is done, what is now, what comes next and by when. Pure.

Facts come from the table of completed steps and from the days of the placement; nothing is guessed. A step that
leaves no fact behind is `past` once its moment is over: nobody has noted it, and the map says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol

from ..core.workdays import deadline

PROVIDERS_OWN = "steering-quality"  # this phase belongs to the provider as a whole, not to one placement
IF_NEEDED = frozenset(
    {"dangerous-work-notice", "problem-handling", "agreement-change", "form-transition", "interruption", "termination"}
)
# The steps that lead to an agreement, in order. Each leaves a fact, so that the next one begins when it is done.
MILESTONES = (
    "planning-invite", "goals-and-tasks", "agreement-draft", "agreement-review", "agreement-sign", "agreement-notify",
)  # fmt: skip
SIGNED = "agreement-sign"
EVERYDAY = "regular-guidance"  # what goes on while nothing else is due soon
SOON = timedelta(days=14)
UPCOMING = 3
STATES = ("done", "now", "next", "todo", "past", "ifneeded", "na")

_NOON = time(12, tzinfo=UTC)
_BEFORE_AGREEING = frozenset({"co_planning_session", "agreement_draft", "signing"})
_OF_THE_CALENDAR = frozenset({"placement_start", "first_task", "placement_midpoint", "mid_review", "placement_end"})

Limit = Mapping[str, Any]


class StepText(Protocol):
    """What must be known of a step of the release."""

    key: Any
    order: Any
    phase_key: Any
    applies_to: Any
    time_limit: Any


@dataclass(frozen=True, slots=True)
class Standing:
    """The facts of one placement. `agreed`: an agreement is in force, made here or on paper before."""

    form: str
    starts_on: date
    ends_on: date
    today: date
    done: Mapping[str, date]  # step key → the day it was done
    agreed: bool = False
    session_on: date | None = None
    limits: Mapping[str, int] | None = None  # the provider's own, stricter numbers


@dataclass(frozen=True, slots=True)
class Stop:
    """One step on the way. `due`: its last day where that is known; `late`: that day is over."""

    step: Any
    limit: Limit | None
    due: date | None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """`states`: step key → one of STATES, for the steps of a placement. `now` is None when all is over."""

    states: dict[str, str]
    now: Stop | None
    upcoming: tuple[Stop, ...]


def read(steps: Iterable[StepText], standing: Standing) -> Flow:
    """Done, now, next for a placement, from the steps of the provider's release and the facts."""
    mine = [step for step in steps if step.phase_key != PROVIDERS_OWN]
    stops = {step.key: _stop(step, standing) for step in mine if _is_run(step, standing)}
    ahead = [*_milestones(stops, standing), *_dated(stops, standing)]
    now = _now(stops, ahead, standing)
    upcoming = tuple([stop for stop in ahead if stop is not now][:UPCOMING])
    return Flow({step.key: _state(step, stops, now, upcoming, standing) for step in mine}, now, upcoming)


def shown_steps(steps: Iterable[StepText]) -> list[Any]:
    """The steps of a release that belong to a placement at all."""
    return [step for step in steps if step.phase_key != PROVIDERS_OWN]


def due_day(limit: Limit | None, moments: Mapping[str, date]) -> date | None:
    """The last day of a time limit; None without a limit, without its anchor's day, and for "every".

    moments: anchor without its direction (`placement_start`) → day. A limit `before` with the value 0 ends on
    the day of the anchor itself.
    """
    anchor = str(limit["anchor"]) if limit else ""
    day = moments.get(anchor.partition(":")[2])
    if limit is None or day is None:
        return None
    ends = deadline(limit, datetime.combine(day, _NOON))
    return ends.date() if ends else None


def moments_of(standing: Standing) -> dict[str, date]:
    """The days that time limits are counted from, as far as they are known."""
    middle = standing.starts_on + (standing.ends_on - standing.starts_on) // 2
    known = {
        "co_planning_session": standing.session_on,
        "agreement_draft": standing.done.get("agreement-draft"),
        "signing": standing.done.get(SIGNED),
        "placement_start": standing.starts_on,
        "first_task": standing.starts_on,
        "placement_midpoint": middle,
        "mid_review": middle,
        "placement_end": standing.ends_on,
    }
    return {anchor: day for anchor, day in known.items() if day}


def _is_run(step: StepText, standing: Standing) -> bool:
    return standing.form in step.applies_to and step.key not in IF_NEEDED


def _stop(step: StepText, standing: Standing) -> Stop:
    limit = step.time_limit
    if limit and standing.limits and step.key in standing.limits:
        limit = {**limit, "value": standing.limits[step.key]}
    due = due_day(limit, moments_of(standing))
    return Stop(step, limit, due, late=due is not None and due < standing.today)


def _milestones(stops: Mapping[str, Stop], standing: Standing) -> list[Stop]:
    """What is left on the way to the agreement, after the furthest fact; nothing where it was made elsewhere."""
    if standing.agreed and SIGNED not in standing.done:
        return []
    furthest = max((i for i, key in enumerate(MILESTONES) if key in standing.done), default=-1)
    return [stops[key] for key in MILESTONES[furthest + 1 :] if key in stops]


def _dated(stops: Mapping[str, Stop], standing: Standing) -> list[Stop]:
    """Steps that the calendar of the placement calls for, the nearest first."""
    called = [
        stop
        for key, stop in stops.items()
        if key not in standing.done and key not in MILESTONES and stop.due and not stop.late
        and stop.limit and str(stop.limit["anchor"]).partition(":")[2] in _OF_THE_CALENDAR
    ]  # fmt: skip
    return sorted(called, key=lambda stop: (stop.due, stop.step.order))


def _now(stops: Mapping[str, Stop], ahead: list[Stop], standing: Standing) -> Stop | None:
    first = ahead[0] if ahead else None
    running = standing.starts_on <= standing.today <= standing.ends_on
    if first is not None and first.step.key in MILESTONES:
        return first
    if running and (first is None or first.due is None or first.due - standing.today > SOON):
        return stops.get(EVERYDAY, first)
    return first


def _state(
    step: StepText, stops: Mapping[str, Stop], now: Stop | None, upcoming: tuple[Stop, ...], standing: Standing
) -> str:
    if step.key in standing.done:
        return "done"
    if standing.form not in step.applies_to:
        return "na"
    if step.key in IF_NEEDED:
        return "ifneeded"
    stop = stops[step.key]
    if stop is now:
        return "now"
    if stop in upcoming:
        return "next"
    return "past" if _is_over(stop, now, standing) else "todo"


def _is_over(stop: Stop, now: Stop | None, standing: Standing) -> bool:
    """Whether the moment of a step that left no fact has gone by."""
    anchor = str(stop.limit["anchor"]).partition(":")[2] if stop.limit else ""
    if stop.due is not None:  # what was to be done before a thing that has happened is over on that very day
        return stop.late or (anchor in _BEFORE_AGREEING and stop.due <= standing.today)
    if anchor in _BEFORE_AGREEING and not standing.agreed:
        return stop.step.key in MILESTONES and now is not None and stop.step.order < now.step.order
    return now is None or stop.step.order < now.step.order
