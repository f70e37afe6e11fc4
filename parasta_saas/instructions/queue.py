"""The queue of the update desk, in the order in which it should be looked at. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .leftovers import Piece, pieces
from .limits import merge_limit


@dataclass(frozen=True, slots=True)
class Resting:
    """An own time limit that the new release does not permit: it goes to the shelf."""

    step: Any
    own: int
    unit: str


def grouped(states: Sequence[Any], names: Mapping[str, Any]) -> dict[str, list[Any]]:
    """asked (open and critical ones first), look (split steps), duties, gone, fits, information."""
    groups: dict[str, list[Any]] = {
        name: [] for name in ("asked", "look", "duties", "gone", "fits", "information")
    }  # fmt: skip
    for state in states:
        if state.item.step_key in names:
            groups[_group(state)].append(state)
    groups["asked"].sort(key=lambda s: (not s.open, not names[s.item.step_key].critical, s.item.order))
    groups["gone"].sort(key=lambda s: (not s.own, s.item.order))
    return groups


def own_pieces(state: Any, names: Mapping[str, Any]) -> list[Piece]:
    """The own words that an item is about."""
    instruction = state.instruction
    if instruction is None:
        return []
    step = names.get(state.item.source_key)
    unit = ((step.time_limit or {}) if step else {}).get("unit", "")
    return pieces(instruction.overlay(), instruction.base_guidance, unit=unit)


def resting(states: Sequence[Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Resting]:
    """Own limits outside the new range, before anyone takes the update into use."""
    found = []
    for state in states:
        step, old = after.get(state.item.step_key), before.get(state.item.source_key)
        own = state.instruction.time_limit_value if state.instruction else None
        if step is None or own is None or state.item.fate in ("returns", "meets", "gone"):
            continue
        was = old.time_limit if old else None
        if merge_limit(step.time_limit, own, was).asks:
            found.append(Resting(step, own, (was or {}).get("unit", "")))
    return found


def aside(states: Sequence[Any]) -> list[Any]:
    """Items with own words of guidance where only the national ones can stand from now on."""
    return [state for state in states if state.proposal.aside and state.item.fate not in ("returns", "meets", "gone")]


def _group(state: Any) -> str:
    if state.asks:
        return "asked"
    if aside([state]):
        return "look"
    if state.kind == "gone":
        return "gone"
    if state.item.fate in ("split", "new"):
        return "look" if state.item.fate == "split" else "duties"
    return "fits" if state.kind == "clean" or state.own else "information"
