"""Time limits, which a provider may tighten but never loosen, and named parameters.

A limit is `{value, unit, anchor, range}`. With an anchor `after:…` or `every` a smaller number is tighter,
with `before:…` a larger one. No value, the value 0 and other anchors (`at:…`) say a moment, not a length:
no number is tighter. `range` is the nationally permitted range `{"min", "max"}`, both ends included, either
may be null; without a range no number is permitted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

Limit = Mapping[str, Any]
Range = tuple[int | None, int | None]


class LimitOutcome(Enum):
    """What became of a provider's own time limit."""

    NATIONAL = "national"  # no own limit
    KEPT = "kept"  # the own limit is still the tighter one
    SAME = "same"  # the national limit is now what the own one was
    TIGHTENED = "tightened"  # the national limit became tighter than the own one and applies
    OUT_OF_RANGE = "out_of_range"  # tighter than the range now permits
    NOT_BY_NUMBER = "not_by_number"  # the national limit can no longer be tightened by a number
    OTHER_MEASURE = "other_measure"  # unit or anchor changed, so the own number says something else


@dataclass(frozen=True, slots=True)
class LimitMerge:
    """`value` is in force; `own` is what the provider had written, kept whatever happens to it."""

    outcome: LimitOutcome
    value: int | None
    own: int | None

    @property
    def asks(self) -> bool:
        """Whether the provider should be told: its own number is no longer in force."""
        return self.outcome not in (LimitOutcome.NATIONAL, LimitOutcome.KEPT, LimitOutcome.SAME)


def merge_limit(national: Limit | None, local: int | None, base: Limit | None = None) -> LimitMerge:
    """Put a provider's own number under a new national limit. `base` is the limit it was written under."""
    value = national.get("value") if national else None
    if local is None:
        return LimitMerge(LimitOutcome.NATIONAL, value, None)
    if _other_measure(base, national):
        return LimitMerge(LimitOutcome.OTHER_MEASURE, value, local)
    room = permitted_values(national)
    if room is None:
        return LimitMerge(LimitOutcome.NOT_BY_NUMBER, value, local)
    if local == value:
        return LimitMerge(LimitOutcome.SAME, value, local)
    if not is_tighter(national, local):
        return LimitMerge(LimitOutcome.TIGHTENED, value, local)
    if not within(room, local):
        return LimitMerge(LimitOutcome.OUT_OF_RANGE, value, local)
    return LimitMerge(LimitOutcome.KEPT, local, local)


def permitted_values(limit: Limit | None) -> Range | None:
    """The numbers a provider may set, both ends included (None is open); None if it may set none."""
    smaller = _smaller_is_tighter(limit)
    if limit is None or smaller is None or not limit.get("range"):
        return None
    return (limit["range"].get("min"), limit["value"]) if smaller else (limit["value"], limit["range"].get("max"))


def permitted(param: Mapping[str, Any], value: Any) -> bool:
    """Whether a named parameter `{"min", "max"}` or `{"one_of": […]}` lets a provider set this value."""
    if param.get("one_of") is not None:
        return value in param["one_of"]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return within((param.get("min"), param.get("max")), value)


def is_tighter(limit: Limit | None, value: int) -> bool:
    """Whether the number asks more than the national limit does."""
    smaller = _smaller_is_tighter(limit)
    if limit is None or smaller is None:
        return False
    return bool(value < limit["value"] if smaller else value > limit["value"])


def within(room: Range, value: float) -> bool:
    """Whether a number lies in a range whose ends may be open."""
    low, high = room
    return (low is None or low <= value) and (high is None or value <= high)


def _smaller_is_tighter(limit: Limit | None) -> bool | None:
    """None where a number can't tighten."""
    if not limit or not limit.get("value"):
        return None
    kind = str(limit.get("anchor") or "").partition(":")[0]
    return {"after": True, "every": True, "before": False}.get(kind)


def _other_measure(base: Limit | None, national: Limit | None) -> bool:
    if not base or not national:
        return False
    return any(base.get(name) != national.get(name) for name in ("unit", "anchor"))
