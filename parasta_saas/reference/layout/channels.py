"""In which order the tracks of one gutter lie, and where on a side each link meets its item. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from .grid import Grid
from .model import EVENTS, GATEWAYS
from .routes import Port, Route, Track
from .sizes import event_shift, item_size

STEP = 12  # between two tracks
PORT_STEP = 12
NEARS = 5, 2.5, 1  # two links so near each other are one line to the eye; less where there is no room for more
NUDGE = 9


def arrange(grid: Grid, routes: Sequence[Route]) -> dict[tuple[bool, int], int]:
    """Set every port's offset and every track's index; gives the number of tracks of each gutter."""
    _spread_ports(grid, routes)
    gutters: dict[tuple[bool, int], list[Track]] = defaultdict(list)
    for track in (track for route in routes for track in route.tracks):
        gutters[track.upright, track.gutter].append(track)
    return {gutter: _order(tracks) for gutter, tracks in gutters.items()}


def _spread_ports(grid: Grid, routes: Sequence[Route]) -> None:
    sides: dict[tuple[str, str], list[Port]] = defaultdict(list)
    for port in (end for route in routes for end in (route.start, route.end) if isinstance(end, Port)):
        sides[port.key, port.side].append(port)
    for (key, side), ports in sides.items():
        item = grid.items[key]
        if item.host:
            for port in ports:
                port.middle = _on_host(grid, key)
        if item.kind in EVENTS | GATEWAYS:
            continue  # a circle or a diamond is met at its tip
        wide, high = item_size(item, len(grid.boundaries.get(key, ())))
        long = wide if side in ("top", "bottom") else high
        if key in grid.boundaries and side == "bottom":
            for n, port in enumerate(sorted(ports, key=lambda port: port.far)):
                port.offset = -long / 2 + 8 + min(8, 16 / len(ports)) * n
                port.reach = (4 - long / 2, 32 - long / 2)  # left of the events on its border
            continue
        for port in ports:
            port.reach = (4 - long / 2, long / 2 - 4)
        _spread(ports, long / 2 - 9, _own_line(grid, ports[0]))


def _on_host(grid: Grid, key: str) -> float:
    """How far an event on a border stands from the middle of its host."""
    host = grid.items[key].host
    beside = grid.boundaries[host]
    return item_size(grid.items[host], len(beside))[0] / 2 + event_shift(beside.index(key))


def _own_line(grid: Grid, port: Port) -> int:
    column, row = grid.cell[port.key]
    return grid.row_line[row] if port.level else 2 * column + 1


def _spread(ports: list[Port], reach: float, own: int) -> None:
    """Those that go up meet the side above those that go straight, and those above the ones that go down."""
    bent = sorted((port for port in ports if not port.straight), key=lambda port: port.far)
    if len(bent) == len(ports):
        step = min(PORT_STEP, 2 * reach / max(len(bent) - 1, 1))
        for n, port in enumerate(bent):
            port.offset = round((n - (len(bent) - 1) / 2) * step, 1)
        return
    up = [port for port in bent if port.far[0] < own]
    for group, sign in ((up[::-1], -1), ([port for port in bent if port not in up], 1)):
        step = min(PORT_STEP, reach / max(len(group), 1))
        for n, port in enumerate(group, 1):
            port.offset = round(sign * n * step, 1)


def _order(tracks: list[Track]) -> int:
    """Give each track its index in the gutter; tracks that don't lie side by side may share one."""
    first = _settle(tracks)
    score = {n: sum(_crossings(a, b) - _crossings(b, a) for b in tracks if b is not a) for n, a in enumerate(tracks)}
    before: dict[int, set[int]] = defaultdict(set)
    for a, b in first:
        before[b].add(a)
    left, used = set(range(len(tracks))), list[list[tuple[int, int]]]()
    while left:
        ready = [n for n in left if not before[n] & left] or list(left)
        here = min(ready, key=lambda n: (score[n], tracks[n].span, n))
        left.discard(here)
        low, high = tracks[here].span
        at = max((tracks[n].index + 1 for n in before[here] if n not in left), default=0)
        while at < len(used) and any(a <= high and low <= b for a, b in used[at]):
            at += 1
        used.extend([] for _ in range(at + 1 - len(used)))
        used[at].append((low, high))
        tracks[here].index = at
    return len(used)


def _crossings(a: Track, b: Track) -> int:
    """How often the two cross when a lies before b (further left, or higher)."""
    (a1, a2), (b1, b2) = a.span, b.span
    return sum(b1 < end.line < b2 for end in a.ends if end.low is False) + sum(
        a1 < end.line < a2 for end in b.ends if end.low is True
    )


def _settle(tracks: list[Track]) -> list[tuple[int, int]]:
    """Which track must lie before which; ports are moved aside until an order exists that keeps to it."""
    first: list[tuple[int, int]] = []
    for near in NEARS:
        first = _must(tracks, near)
        while circle := _circle(len(tracks), first):
            if not _nudge(tracks, circle, near):
                break
            first = _must(tracks, near)
        else:
            return first
    return first


def _must(tracks: list[Track], near: float) -> list[tuple[int, int]]:
    """(a, b): a lies before b, because a is met from before and b from behind at the same height."""
    found = []
    for i, a in enumerate(tracks):
        for j, b in enumerate(tracks):
            if i != j and any(abs(one.place - other.place) < near for one, other in _facing(a, b)):
                found.append((i, j))
    return found


def _facing(a: Track, b: Track) -> Iterable[tuple[Port, Port]]:
    return (
        (one.port, other.port)
        for one in a.ends
        for other in b.ends
        if one.port and other.port and one.low is True and other.low is False and one.line == other.line
    )


def _circle(count: int, first: list[tuple[int, int]]) -> set[int]:
    """The tracks that each have to lie before one another; empty if an order exists."""
    left = set(range(count))
    while True:
        free = {n for n in left if not any(b == n and a in left for a, b in first)}
        if not free:
            return left
        left -= free


def _nudge(tracks: list[Track], circle: set[int], near: float) -> bool:
    """Let the first link that is in the way meet its item where none comes from the other side, if there is room.

    Nothing gets nearer than `near` to what it faces by that, so this can't go on for ever.
    """
    for j in sorted(circle):
        for i in sorted(circle - {j}):
            for one, other in _facing(tracks[i], tracks[j]):
                if abs(one.place - other.place) < near:
                    for port, away in ((other, one), (one, other)):
                        place = _free_place(tracks, port, away.place, near)
                        if place is not None:
                            port.offset = place - port.middle
                            return True
    return False


def _free_place(tracks: list[Track], port: Port, away: float, near: float) -> float | None:
    """A place for a port clear of all that faces it, if possible of its neighbours too, about NUDGE from `away`."""
    ends = [end for track in tracks for end in track.ends if end.port]
    mine = next(end for end in ends if end.port is port)
    level = [end for end in ends if end.line == mine.line and end.port is not port]
    facing = [end.port.place for end in level if end.port and end.low is not mine.low]
    beside = [end.port.place for end in level if end.port and end.low is mine.low]
    least, most = (port.middle + end for end in port.reach)
    steps = sorted(range(1, int(most - least) + 1), key=lambda step: abs(step - NUDGE))
    room = [p for step in steps for p in (away + step, away - step) if least <= p <= most and _clear(p, facing, near)]
    return next((p for p in room if _clear(p, beside, near)), room[0] if room else None)


def _clear(place: float, others: list[float], near: float) -> bool:
    return all(abs(place - other) >= near for other in others)
