"""Which of our keys a drawn node means (overlay: "never automatic by similarity"). Pure.

In this order: an alias (this id of a file was said to be this key), declared lineage (the key has been renamed,
moved or merged since), else suggestions that a person confirms, else it is new.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from . import names
from .model import Document, Node, Process
from .walking import holders, lane_of, nodes_within

How = Literal["alias", "lineage", "suggested", "new"]
CARRIES_ON = frozenset(("rename", "retype", "move", "merge", "restore"))  # the kinds with one heir; split asks
MOST_CANDIDATES, LEAST_SCORE = 5, 0.5
_FAMILIES = (names.TASKS | {"callActivity"}, names.EVENTS, names.GATEWAYS, names.SUBPROCESSES, names.DATA)
_NAME, _TYPE, _LANE, _NEIGHBOURS = 0.55, 0.15, 0.1, 0.2  # what each likeness weighs


@dataclass(frozen=True, slots=True)
class Place:
    """A node as a reader recognises it: kind, name, lane and the names before and after. `id` is the id in a file
    or, for what we know already, our key."""

    id: str
    tag: str
    name: str = ""
    lane: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What a node means. A suggestion has no key, only candidates (key, likeness 0…1), the likeliest first."""

    node_id: str
    key: str | None
    how: How
    candidates: tuple[tuple[str, float], ...] = ()


def match(
    nodes: Iterable[Place],
    known: Iterable[Place],
    aliases: Mapping[str, str],
    lineage: Sequence[Mapping[str, Any]] = (),
) -> list[Match]:
    """One match per node, in the nodes' order.

    aliases: id in a file → our key (several ids may mean one key). lineage: {"kind", "from": [key], "to": [key]} in
    the order it was declared. A key found by alias or lineage is not suggested again for another node.
    """
    wanted = list(nodes)
    here = {place.id: place for place in known}
    certain = {place.id: _certain(aliases.get(place.id), here, lineage) for place in wanted}
    claimed = {found.key for found in certain.values() if found}
    free = [place for key, place in here.items() if key not in claimed]
    return [
        Match(place.id, found.key, found.how)
        if (found := certain[place.id])
        else _suggested(place, free, aliases, lineage)
        for place in wanted
    ]


@dataclass(frozen=True, slots=True)
class _Certain:
    key: str
    how: How


def _certain(key: str | None, known: Mapping[str, Place], lineage: Sequence[Mapping[str, Any]]) -> _Certain | None:
    if key is None:
        return None
    if key in known:
        return _Certain(key, "alias")
    heirs = _heirs(key, lineage)
    return _Certain(heirs[0], "lineage") if len(heirs) == 1 and heirs[0] in known else None


def _heirs(key: str, lineage: Sequence[Mapping[str, Any]]) -> list[str]:
    """What became of a key: itself if nothing did, [] if it was removed, several if it was split."""
    heirs = [key]
    for change in lineage:
        before, after = list(change["from"]), list(change["to"])
        if set(heirs) & set(before) and (change["kind"] in CARRIES_ON or change["kind"] in ("split", "remove")):
            heirs = list(dict.fromkeys(h for heir in heirs for h in (after if heir in before else [heir])))
    return heirs


def _suggested(
    place: Place, free: Sequence[Place], aliases: Mapping[str, str], lineage: Sequence[Mapping[str, Any]]
) -> Match:
    parts = _heirs(aliases[place.id], lineage) if place.id in aliases else []
    scored = [(known.id, 1.0 if known.id in parts else likeness(place, known)) for known in free]
    best = sorted((s for s in scored if s[1] >= LEAST_SCORE), key=lambda s: (-s[1], s[0]))[:MOST_CANDIDATES]
    return Match(place.id, None, "suggested" if best else "new", tuple(best))


def likeness(one: Place, other: Place) -> float:
    """0…1: how much two places look alike, rounded to hundredths. Without a family in common or a name: 0."""
    kind = 1.0 if one.tag == other.tag else 0.6 if _family(one.tag) == _family(other.tag) else 0.0
    name, other_name = plain_name(one.name), plain_name(other.name)
    around = _share((*one.before, *one.after), (*other.before, *other.after))
    if not kind or not (name and other_name):
        return 0.0
    names_alike = 1.0 if name == other_name else SequenceMatcher(None, name, other_name, autojunk=False).ratio()
    lane = 1.0 if one.lane and plain_name(one.lane) == plain_name(other.lane) else 0.0
    return round(_NAME * names_alike + _TYPE * kind + _LANE * lane + _NEIGHBOURS * around, 2)


def plain_name(name: str) -> str:
    """A name without case, soft hyphens and odd spaces."""
    return " ".join(unicodedata.normalize("NFC", name).replace("\u00ad", "").casefold().split())


def _family(tag: str) -> int:
    return next((place for place, family in enumerate(_FAMILIES) if tag in family), -1)


def _share(some: Iterable[str], others: Iterable[str]) -> float:
    ours, theirs = {plain_name(name) for name in some}, {plain_name(name) for name in others}
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0


def places(document: Document) -> list[Place]:
    """The tasks, events, gateways and sub-processes of a document as places, in its order."""
    return [place for process in document.processes for place in _places(process)]


def _places(process: Process) -> list[Place]:
    lanes = lane_of(process)
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    nodes = list(nodes_within(process))
    named = {node.id: node.name or "" for node in nodes}
    for holder in holders(process):
        for flow in holder.flows:
            if flow.tag == "sequenceFlow":
                after.setdefault(flow.source, []).append(named.get(flow.target, ""))
                before.setdefault(flow.target, []).append(named.get(flow.source, ""))
    return [_place(node, lanes[node.id].name if node.id in lanes else None, before, after) for node in nodes
            if node.tag in names.FLOW_NODES]  # fmt: skip


def _place(node: Node, lane: str | None, before: dict[str, list[str]], after: dict[str, list[str]]) -> Place:
    around = (tuple(filter(None, found.get(node.id, ()))) for found in (before, after))
    return Place(node.id, node.tag, node.name or "", lane or "", *around)
