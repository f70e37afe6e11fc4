"""Which way each link goes: along rows and through columns that are free, else in the gutters between. Pure.

A link never passes a cell that holds an item, and two links never pass the same cell in the same direction,
so that lines cross but don't hide each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from .grid import Grid
from .model import Link

Side = Literal["left", "right", "top", "bottom"]


@dataclass(eq=False, slots=True)
class Port:
    """Where a link leaves or reaches an item; `offset` px from the middle of the side."""

    key: str
    side: Side
    offset: float = 0
    reach: tuple[float, float] = (-12, 12)  # the least and the greatest offset it may have
    middle: float = 0  # of the side, px from the middle of the column or row
    straight: bool = False
    far: tuple[int, int] = (0, 0)

    @property
    def place(self) -> float:
        """Px from the middle of the column or row, so that ports of different items compare."""
        return self.middle + self.offset

    @property
    def level(self) -> bool:
        """Whether the link meets the item from the left or right."""
        return self.side in ("left", "right")


class End(NamedTuple):
    """A corner of a track: its line on the way along, the port there if it is one, whether it comes from before."""

    line: int
    port: Port | None
    low: bool | None


@dataclass(eq=False, slots=True)
class Track:
    """A stretch in a gutter. `upright`: gutter is 2 × its number across; else its line down the page."""

    upright: bool
    gutter: int
    ends: list[End] = field(default_factory=list)
    index: int = 0

    @property
    def span(self) -> tuple[int, int]:
        """The lines it lies between."""
        lines = [end.line for end in self.ends]
        return min(lines), max(lines)


@dataclass(eq=False, slots=True)
class Route:
    """A link's way: a port or the border of a pool (its line), tracks in turn upright and level, and the end."""

    link: Link
    start: Port | int
    tracks: list[Track]
    end: Port | int


class Router:
    """Chooses ways one after the other and remembers what is taken."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.load: dict[tuple[bool, int], int] = {}
        self.straight: set[tuple[str, Side]] = set()

    def run(self) -> list[Route]:
        """Short links first, so that they get the straight ways; the result in the order of the grid's links."""
        order = sorted(enumerate(self.grid.links), key=lambda pair: (self._reach(pair[1]), pair[0]))
        found = {number: self._route(link) for number, link in order}
        routes = [found[number] for number in range(len(found))]
        for route in routes:
            _join(self.grid, route)
        return routes

    def _reach(self, link: Link) -> int:
        here, there = (self.grid.cell.get(key) for key in (link.source, link.target))
        return abs(here[0] - there[0]) * 4 + abs(here[1] - there[1]) if here and there else 0

    def _route(self, link: Link) -> Route:
        grid = self.grid
        if link.source not in grid.items or link.target not in grid.items:
            route = self._to_pool(link)
        elif grid.items[link.source].host or grid.items[link.target].host:
            route = self._boundary(link)
        elif link.kind != "sequence" and grid.cell[link.source][1] != grid.cell[link.target][1]:
            route = self._upright(link)
        else:
            route = self._level(link)
        for track in route.tracks:
            slot = (track.upright, track.gutter)
            self.load[slot] = self.load.get(slot, 0) + 1
        return route

    def _level(self, link: Link) -> Route:
        """From the right side to the left side."""
        grid = self.grid
        (c1, r1), (c2, r2) = grid.cell[link.source], grid.cell[link.target]
        start, end = Port(link.source, "right"), Port(link.target, "left")
        ends: set[tuple[str, Side]] = {(link.source, "right"), (link.target, "left")}
        if r1 == r2 and c1 < c2 and not ends & self.straight and grid.free_along(r1, c1 + 1, c2 - 1):
            self.straight |= ends
            start.straight = end.straight = True
            grid.along |= {(c, r1) for c in range(c1 + 1, c2)}
            return Route(link, start, [], end)
        for gutter in self._bends(link, c1, c2) if r1 != r2 or c2 == c1 + 1 else ():
            if grid.free_along(r1, c1 + 1, gutter - 1) and grid.free_along(r2, gutter, c2 - 1):
                grid.along |= {(c, r1) for c in range(c1 + 1, gutter)} | {(c, r2) for c in range(gutter, c2)}
                return Route(link, start, [Track(True, 2 * gutter)], end)
        level = self._level_gutter(r1, r2)
        return Route(link, start, [Track(True, 2 * c1 + 2), Track(False, level), Track(True, 2 * c2)], end)

    def _bends(self, link: Link, c1: int, c2: int) -> list[int]:
        """Gutters to turn in: a fork turns at once, what comes together turns late."""
        out = sum(other.source == link.source and other.kind == "sequence" for other in self.grid.links)
        options = list(range(c1 + 1, c2 + 1))
        return options if out > 1 else options[::-1]

    def _level_gutter(self, r1: int, r2: int) -> int:
        grid = self.grid
        if r1 == r2:
            options = [grid.below[r1], grid.above[r1]]
        elif r1 < r2:
            options = grid.gutters_between(grid.row_line[r1], grid.row_line[r2])
        else:
            options = grid.gutters_between(grid.row_line[r2], grid.row_line[r1])[::-1]
        near = grid.row_line[r2]
        return min(options, key=lambda line: (3 * self.load.get((False, line), 0) + abs(line - near), line))

    def _upright(self, link: Link) -> Route:
        """From the lower side to the upper side, or the other way up."""
        grid = self.grid
        (c1, r1), (c2, r2) = grid.cell[link.source], grid.cell[link.target]
        down = r1 < r2
        start, end = Port(link.source, "bottom" if down else "top"), Port(link.target, "top" if down else "bottom")
        upper, lower = sorted((grid.row_line[r1], grid.row_line[r2]))
        between = grid.lines_between(upper, lower)
        ends = {(link.source, start.side), (link.target, end.side)}
        plain = not (link.source in grid.boundaries or link.target in grid.boundaries)
        if c1 == c2 and plain and not ends & self.straight and grid.free_through(c1, between):
            self.straight |= ends
            start.straight = end.straight = True
            grid.through |= {(c1, line) for line in between}
            return Route(link, start, [], end)
        if c1 != c2 and (line := self._turn(link, upper, lower)) is not None:
            return Route(link, start, [Track(False, line)], end)
        first, last = (grid.below[r1], grid.above[r2]) if down else (grid.above[r1], grid.below[r2])
        if first == last:
            return Route(link, start, [Track(False, first)], end)
        gutter = 2 * c1 if c2 < c1 else 2 * c1 + 2
        return Route(link, start, [Track(False, first), Track(True, gutter), Track(False, last)], end)

    def _turn(self, link: Link, upper: int, lower: int) -> int | None:
        """The gutter in which a link goes from its source's column to its target's, now taken; None if none is free."""
        grid = self.grid
        (c1, r1), (c2, r2) = grid.cell[link.source], grid.cell[link.target]
        between, borders = grid.lines_between(upper, lower), grid.borders_between(upper, lower)
        options = []
        for line in grid.gutters_between(upper, lower):
            near, rest = _parted(between, line, r1 < r2)
            here, there = _parted(borders, line, r1 < r2)
            free = grid.free_through(c1, near) and grid.free_through(c2, rest)
            if free and grid.free_across(c1, here, link.source) and grid.free_across(c2, there, link.target):
                cost = self.load.get((False, line), 0) * 3 + abs(line - grid.row_line[r2])
                options.append((cost, line, {(c1, n) for n in near} | {(c2, n) for n in rest}, here, there))
        if not options:
            return None
        _, line, cells, here, there = min(options, key=lambda option: option[:2])
        grid.through |= cells
        grid.cross(c1, here, link.source)
        grid.cross(c2, there, link.target)
        return line

    def _boundary(self, link: Link) -> Route:
        """An event on a border is left and reached from below."""
        grid = self.grid
        (c1, r1), (c2, r2) = grid.cell[link.source], grid.cell[link.target]
        out, into = bool(grid.items[link.source].host), bool(grid.items[link.target].host)
        first, last = Track(False, grid.below[r1]), Track(False, grid.below[r2])
        if out and into and first.gutter == last.gutter:
            return Route(link, Port(link.source, "bottom"), [first], Port(link.target, "bottom"))
        if out and into:
            middle = Track(True, 2 * c2)
            return Route(link, Port(link.source, "bottom"), [first, middle, last], Port(link.target, "bottom"))
        if out:
            return Route(link, Port(link.source, "bottom"), [first, Track(True, 2 * c2)], Port(link.target, "left"))
        way = [Track(True, 2 * c1 + 2), last]
        return Route(link, Port(link.source, "right"), way, Port(link.target, "bottom"))

    def _to_pool(self, link: Link) -> Route:
        """To or from the border of a whole pool."""
        grid = self.grid
        if link.source not in grid.items and link.target not in grid.items:
            (top1, low1), (top2, low2) = grid.pool_lines[link.source], grid.pool_lines[link.target]
            near, far = (low1, top2) if top1 < top2 else (top1, low2)
            return Route(link, near, [Track(True, 2 * min(1, grid.width))], far)
        outward = link.source in grid.items
        key, pool = (link.source, link.target) if outward else (link.target, link.source)
        column, row = grid.cell[key]
        top, low = grid.pool_lines[pool]
        down = grid.row_line[row] < low  # to its own pool: out by the lower border
        border = (low if grid.row_line[row] > top else top) if down else low
        port = Port(key, "bottom" if down or grid.items[key].host else "top")
        upper, lower = sorted((grid.row_line[row], border))
        between, borders = grid.lines_between(upper, lower), grid.borders_between(upper, lower)
        hosts = key in grid.boundaries or bool(grid.items[key].host)
        if not hosts and grid.free_through(column, between) and grid.free_across(column, borders, key):
            grid.through |= {(column, line) for line in between}
            grid.cross(column, borders, key)
            tracks: list[Track] = []
        else:
            gutter = grid.below[row] if port.side == "bottom" else grid.above[row]
            tracks = [Track(False, gutter), Track(True, 2 * column + 2)]
        return Route(link, port, tracks, border) if outward else Route(link, border, tracks[::-1], port)


def _parted(lines: list[int], turn: int, down: bool) -> tuple[list[int], list[int]]:
    """The lines on the source's side of a turn, and those on the target's."""
    return [n for n in lines if (n < turn) == down], [n for n in lines if (n < turn) != down]


def _join(grid: Grid, route: Route) -> None:
    """Tell every track and port what it meets at its ends."""
    chain: list[Port | Track | int] = [route.start, *route.tracks, route.end]
    if not route.tracks:
        chain = [route.start, route.end]
    for i, here in enumerate(chain):
        if isinstance(here, Track):
            here.ends = [_end(grid, chain, i, -1), _end(grid, chain, i, 1)]
    for port, track, step in ((route.start, 1, 2), (route.end, -2, -3)):
        if not isinstance(port, Port):
            continue
        beyond: Port | Track | int | None = chain[step] if -len(chain) <= step < len(chain) else None
        line = _line(grid, beyond, port.level) if beyond is not None else _own(grid, port)
        meets = chain[track]
        port.far = (line, meets.gutter if isinstance(meets, Track) else 0)


def _end(grid: Grid, chain: list[Port | Track | int], i: int, step: int) -> End:
    here, near = chain[i], chain[i + step]
    assert isinstance(here, Track)
    if isinstance(near, int):
        return End(near, None, None)
    if isinstance(near, Port):
        column, row = grid.cell[near.key]
        line, across = (grid.row_line[row], 2 * column + 1) if near.level else (2 * column + 1, grid.row_line[row])
        return End(line, near, across < here.gutter)
    beyond = chain[i + 2 * step]
    return End(near.gutter, None, _line(grid, beyond, not here.upright) < here.gutter)


def _line(grid: Grid, thing: Port | Track | int, down: bool) -> int:
    """The place of a port's item, a track or a border, down the page or across it."""
    if isinstance(thing, int):
        return thing
    if isinstance(thing, Track):
        return thing.gutter
    column, row = grid.cell[thing.key]
    return grid.row_line[row] if down else 2 * column + 1


def _own(grid: Grid, port: Port) -> int:
    return _line(grid, port, port.level)
