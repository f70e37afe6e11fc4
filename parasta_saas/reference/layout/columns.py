"""Which column each item stands in: the longest way from a beginning, with the links that go back left out. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from .model import Item, Link

Arc = tuple[str, str, int | None]  # from, to, least number of columns between; None: merely beside each other
ACROSS = 8  # items without any link stand side by side, this many


def columns(items: Sequence[Item], links: Sequence[Link]) -> dict[str, int]:
    """Column from 0 by key. `items` and `links` in their canonical order; ends that are pools don't count."""
    found = _longest(items, _acyclic(items, links))
    at = {item.key: item for item in items}
    for item in items:
        if item.host:
            found[item.key] = found[at[item.host].key]
    linked = {end for link in links for end in (link.source, link.target)}
    beside: dict[str, int] = defaultdict(int)
    for item in items:
        if item.key not in linked and not item.host and len(items) > 1:
            found[item.key] = beside[item.lane_key] % ACROSS
            beside[item.lane_key] += 1
    return found


def _acyclic(items: Sequence[Item], links: Sequence[Link]) -> list[Arc]:
    """Arcs without a way round: flow first, then what merely passes between lanes."""
    host = {item.key: item.host or item.key for item in items}
    lane = {item.key: item.lane_key for item in items}
    known = [
        (host[link.source], host[link.target], link.kind)
        for link in links
        if link.source in host and link.target in host and host[link.source] != host[link.target]
    ]
    arcs = _without_returns([item.key for item in items], [(a, b) for a, b, kind in known if kind == "sequence"])
    after: dict[str, set[str]] = defaultdict(set)
    for a, b, _ in arcs:
        after[a].add(b)
    for a, b, kind in known:
        if kind != "sequence" and not _reaches(after, b, a):
            arcs.append((a, b, int(lane[a] == lane[b]) if kind == "message" else None))
            after[a].add(b)
    return arcs


def _without_returns(keys: Iterable[str], pairs: Sequence[tuple[str, str]]) -> list[Arc]:
    """The pairs that don't close a circle when walked depth first from the beginnings, in declared order."""
    after: dict[str, list[str]] = defaultdict(list)
    for a, b in pairs:
        after[a].append(b)
    targets = {b for _, b in pairs}
    ordered = sorted(keys, key=lambda key: key in targets)  # stable: beginnings first
    done: set[str] = set()
    arcs: list[Arc] = []
    for root in ordered:
        open_path, stack = set[str](), [] if root in done else [(root, iter(after[root]))]
        open_path.update(key for key, _ in stack)
        while stack:
            here, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                open_path.discard(here)
                done.add(here)
            elif following not in open_path:
                arcs.append((here, following, 1))
                if following not in done:
                    open_path.add(following)
                    stack.append((following, iter(after[following])))
    return arcs


def _reaches(after: dict[str, set[str]], start: str, goal: str) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        fresh = after.get(here, set()) - seen
        seen |= fresh
        waiting.extend(fresh)
    return False


def _longest(items: Sequence[Item], arcs: Sequence[Arc]) -> dict[str, int]:
    """A message may go straight down, but what it leads to comes after everything earlier in its own lane."""
    lane = {item.key: item.lane_key for item in items}
    column = {item.key: 0 for item in items}
    reached: dict[str, dict[str, int]] = defaultdict(dict)  # item → lane → last column on the way to it
    before: dict[str, int] = defaultdict(int)
    after: dict[str, list[tuple[str, int | None]]] = defaultdict(list)
    for a, b, least in arcs:
        before[b] += 1
        after[a].append((b, least))
    beginnings = [item.key for item in items if not before[item.key]]
    waiting = list(beginnings)
    while waiting:
        here = waiting.pop(0)
        column[here] = max(column[here], reached[here].get(lane[here], -1) + 1)
        reached[here][lane[here]] = column[here]
        for b, least in after[here]:
            column[b] = max(column[b], column[here] + (least or 0))
            if least is not None:
                for key, last in reached[here].items():
                    reached[b][key] = max(reached[b].get(key, -1), last)
            before[b] -= 1
            if not before[b]:
                waiting.append(b)
    for key in beginnings:  # a beginning stands next to what it begins
        if after[key]:
            column[key] = max(0, min(column[b] - (least or 0) for b, least in after[key]))
    first = min(column.values(), default=0)
    return {key: value - first for key, value in column.items()}
