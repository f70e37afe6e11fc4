"""Where the content of an element goes when a release renames, moves, splits, joins or removes it. Pure.

Declared, never guessed: an element that is gone without a word is treated as removed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Entry = Mapping[str, Any]
_LEADING = ("remove", "merge", "split", "rename", "move", "retype")
_MOST_HOMES = 5


@dataclass(frozen=True, slots=True)
class Route:
    """`targets` are the keys after, none where it is gone; `declared` those the lineage names, there or not."""

    kind: str
    targets: tuple[str, ...]
    rule: str = "ask"
    reason: Any = ""
    declared: tuple[str, ...] = ()


class Routes:
    """The routes of one release."""

    def __init__(self, entries: Iterable[Entry], before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        self._after, self._by_key, self._meeting = after, {}, {}  # type: ignore[var-annotated]
        for entry in entries:
            if any(key in before for key in entry["from"]):
                self._take(entry)

    def _take(self, entry: Entry) -> None:
        for key in entry["from"]:
            held = self._by_key.get(key)
            if held is None or (held["kind"] not in _LEADING and entry["kind"] in _LEADING):
                self._by_key[key] = entry
        if entry["kind"] == "merge":
            for target in entry["to"]:
                self._meeting.setdefault(target, []).extend(entry["from"])

    def told(self, key: str) -> bool:
        """Whether the lineage says anything of this key."""
        return key in self._by_key

    def meeting(self, key: str) -> bool:
        """Whether other elements become this one."""
        return key in self._meeting

    def of(self, key: str) -> Route:
        """Where a key's content goes."""
        entry = self._by_key.get(key)
        stays = (key,) if key in self._after else ()
        if entry is None:
            return Route("", stays)
        declared = tuple(entry.get("to") or ())
        there = tuple(target for target in declared if target in self._after)
        if entry["kind"] == "remove":
            return Route("remove", (), reason=entry.get("reason", ""), declared=declared)
        kind = "rename" if entry["kind"] == "split" and len(there) == 1 else entry["kind"]
        return Route(kind, there or stays, entry.get("rule") or "ask", entry.get("reason", ""), declared)

    def in_order(self, target: str, sources: Sequence[str]) -> list[str]:
        """Several sources of one target: as the lineage names them, others before."""
        named = self._meeting.get(target, [])
        return sorted(sources, key=lambda key: named.index(key) if key in named else -1)


def homes(
    before: Mapping[str, Any], after: Mapping[str, Any], routes: Routes, key: str, route: Route
) -> tuple[str, ...]:
    """Suggested homes for orphaned content: what the lineage names, then steps of the same phase and others,
    nearest first."""
    found = [target for target in route.declared if target in after]
    order = list(before)
    at = order.index(key) if key in order else len(order)
    phase = before.get(key, {}).get("phase")
    near = sorted(order, key=lambda other: (abs(order.index(other) - at), order.index(other)))
    for other in sorted(near, key=lambda other: before[other].get("phase") != phase):
        if other != key:
            found += routes.of(other).targets[:1]
    return tuple(dict.fromkeys(found))[:_MOST_HOMES]
