"""Where own steps and the words of units go with a national update, and home again when it is undone. Pure.

A release is `{"phases": [{"key"}], "steps": [{"key", "phase"}]}`; an own step is as OwnStep.placed() gives it; the
words of a unit are `{step: {"overlay", "above"}}`, as stacking takes them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import succession
from .conflicts import Findings
from .overlay_steps import carry_steps

Content = Mapping[str, Any]
Layer = Mapping[str, Any]
Entries = Sequence[Mapping[str, Any]]
Place = tuple[str, str | None]  # phase, neighbour


@dataclass(frozen=True, slots=True)
class Carried:
    """`places`: own step → where it stands; `gone`: own step whose phase is gone → phases it might fit in."""

    places: Mapping[str, Place]
    gone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moved:
    """Words of one unit: what stands where, what came from where, and what lost its step: step → (why, homes)."""

    words: Mapping[str, Layer]
    came: Mapping[str, str] = field(default_factory=dict)
    lost: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)


def carried(base: Content, way: Iterable[tuple[Content, Entries]], placed: Iterable[Mapping[str, Any]]) -> Carried:
    """Own steps through one release after the other; `way`: (release, its lineage), oldest first."""
    added = [dict(each) for each in placed]
    gone: dict[str, tuple[str, ...]] = {}
    for content, entries in way:
        found = Findings()
        added = carry_steps(base, content, added, entries, found)
        gone |= {entry.element: entry.homes for entry in found.shelf}
        base = content
    return Carried({step["key"]: (step["phase"], step.get("after")) for step in added}, gone)


def moved(
    before: Mapping[str, Any], after: Mapping[str, Any], ways: Sequence[Entries], words: Mapping[str, Layer]
) -> Moved:
    """Words of a unit on national steps; `before`, `after`: key → content of the two releases."""
    local = {key for key in words if key in before or key in after}
    stand = dict(words)
    came: dict[str, str] = {}
    lost: dict[str, tuple[str, tuple[str, ...]]] = {}
    places = succession.plan(before, after, local, ways)
    for place in places:
        if place.source in local and place.fate in ("follows", "split") and place.source != place.key:
            came[place.key] = place.source
    for new, old in came.items():
        stand[new] = words[old]
    for old in set(came.values()) - set(came) - _stays(places):
        stand.pop(old, None)
    for place in places:
        if place.fate in ("meets", "gone") and place.key in local:
            lost[place.key] = ("beside" if place.fate == "meets" else "gone", place.homes)
            if place.key not in came:
                stand.pop(place.key, None)
    return Moved(stand, came, lost)


def home(
    before: Mapping[str, Layer], after: Mapping[str, Layer], came: Mapping[str, str], now: Mapping[str, Layer]
) -> dict[str, Layer]:
    """Words of a unit when the update is undone: as they stood, and with what was written since where it was."""
    heirs = {old: new for new, old in came.items()}
    back: dict[str, Layer] = {}
    for key, layer in before.items():
        heir = heirs.get(key, key)
        since = now.get(heir)
        back[key] = layer if since is None or since == after.get(heir) else since
    taken = {heirs.get(key, key) for key in before}
    return back | {key: layer for key, layer in now.items() if key not in taken and key not in back}


def _stays(places: Iterable[succession.Place]) -> set[str]:
    """Steps on which their own words stay although something else happens to them."""
    return {place.key for place in places if place.fate in ("", "split") and place.source == place.key}
