"""A deviation stands beside the minimum for a time, with its reason and who approved it; never instead of it. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any


def has_ended(deviation: Mapping[str, Any], today: date) -> bool:
    """Whether its last day is behind us; on the last day it still holds."""
    return date.fromisoformat(deviation["expires"]) < today


def ended(overlays: Iterable[Mapping[str, Any]], today: date) -> int:
    """How many deviations have ended and are still written."""
    return sum(has_ended(each["deviation"], today) for each in overlays if each.get("deviation"))
