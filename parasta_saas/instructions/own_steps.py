"""Own steps between the national ones: in what order, under what number, where one may stand. Pure.

An own step that stands behind step 12 is step 12a, the next one 12b; before the first step of all it is 0a.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .layers import own_content
from .overlay_steps import in_order

Placed = Mapping[str, Any]  # as OwnStep.placed()


class Ordinal(float):
    """The number of an own step: sorts behind its national neighbour, reads as 12a."""

    words: str

    def __new__(cls, after: int, nth: int) -> "Ordinal":
        """`nth` own step, from 1, behind national step number `after`."""
        made = super().__new__(cls, after + nth / 10_000)
        made.words = f"{after}{_letters(nth)}"
        return made

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class LocalStep:
    """An own step with everything that maps and pages ask of a national one."""

    key: str
    order: Ordinal
    phase_key: str
    name: Mapping[str, str]
    view: str
    applies_to: tuple[str, ...]
    after_key: str | None
    local_role: Mapping[str, str]
    unit: str = ""  # id of the unit whose own it is
    name_soft: Mapping[str, str] | None = None
    critical: bool = False
    responsible: str = ""
    participants: tuple[str, ...] = ()
    basis: str = ""
    time_limit: None = None
    own: bool = True

    @property
    def is_local(self) -> bool:
        return True


def in_places(steps: Sequence[Any], placed: Iterable[Placed]) -> list[Any]:
    """National steps (models.Step) and own ones as LocalStep, as they stand on the map."""
    national, own = {step.key: step for step in steps}, {str(each["key"]): each for each in placed}
    found: list[Any] = []
    after = nth = 0
    for key in in_order([{"key": step.key, "phase": step.phase_key} for step in steps], list(own.values())):
        if key in national:
            after, nth = national[key].order, 0
            found.append(national[key])
        elif key in own:
            nth += 1
            found.append(_local(own[key], Ordinal(after, nth)))
    return found


def followers(key: str, placed: Iterable[Placed]) -> list[str]:
    """Own steps that stand right behind this one."""
    return [str(each["key"]) for each in placed if each.get("after") == key]


def makes_ring(key: str, after: str | None, placed: Iterable[Placed]) -> bool:
    """Whether `key` would stand behind itself if it stood behind `after`."""
    behind = {str(each["key"]): each.get("after") for each in placed}
    seen: set[str] = set()
    while after is not None and after not in seen:
        if after == key:
            return True
        seen.add(after)
        after = behind.get(after)
    return False


def _local(placed: Placed, order: Ordinal) -> LocalStep:
    step, overlay = own_content(placed)
    return LocalStep(
        key=step["key"], order=order, phase_key=step["phase"], name=step["name"], view=step["view"],
        applies_to=tuple(step["applies_to"]), after_key=step["after"], local_role=overlay.get("local_role", {}),
        unit=str(placed.get("unit") or ""),
    )  # fmt: skip


def _letters(number: int) -> str:
    """1 a, 26 z, 27 aa."""
    words = ""
    while number:
        number, rest = divmod(number - 1, 26)
        words = chr(97 + rest) + words
    return words
