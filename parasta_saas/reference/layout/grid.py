"""Bands, rows and columns: which cell each item stands in, and which cells are free to pass. Pure.

Across the page stand gutter 0, column 0, gutter 1, column 1 … ; down each band (a lane without lanes inside)
gutter, row, gutter, row … gutter. A *line* is a place in that order, so that places can be compared
before anything has a size.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .columns import columns
from .model import Item, LayoutError, Link, Pool

OUTSIDE = ""  # the key of the band of items outside pools


@dataclass(slots=True)
class Band:
    """A lane that holds items itself: `pool` its index, `path` the keys of the frames around it and its own."""

    key: str
    pool: int
    path: tuple[str, ...] = ()
    rows: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """Where everything stands, in columns and rows."""

    pools: tuple[Pool, ...]
    bands: list[Band]
    items: dict[str, Item]
    links: list[Link]
    cell: dict[str, tuple[int, int]]  # column, row
    width: int = 1
    taken: dict[tuple[int, int], str] = field(default_factory=dict)
    along: set[tuple[int, int]] = field(default_factory=set)  # cells that a link passes from left to right
    through: set[tuple[int, int]] = field(default_factory=set)  # columns and lines passed from above to below
    crossed: dict[tuple[int, int], set[str]] = field(default_factory=dict)  # column, border of a band
    band_of: dict[int, Band] = field(default_factory=dict)  # by row
    row_line: dict[int, int] = field(default_factory=dict)
    above: dict[int, int] = field(default_factory=dict)  # line of the gutter above a row
    below: dict[int, int] = field(default_factory=dict)
    pool_lines: dict[str, tuple[int, int]] = field(default_factory=dict)  # upper and lower border
    boundaries: dict[str, list[str]] = field(default_factory=dict)  # host → its events

    def free_along(self, row: int, first: int, last: int) -> bool:
        """Whether a link may pass columns first…last of a row."""
        return all((c, row) not in self.taken and (c, row) not in self.along for c in range(first, last + 1))

    def free_through(self, column: int, lines: Iterable[int]) -> bool:
        """Whether a link may pass these lines of rows and of gaps between pools in a column."""
        row_at = {line: row for row, line in self.row_line.items()}
        return all(
            (column, row_at.get(line, -1)) not in self.taken and (column, line) not in self.through for line in lines
        )

    def lines_between(self, upper: int, lower: int) -> list[int]:
        """Lines of rows between two lines, and of the gaps between pools from the one to the other."""
        rows = [line for line in self.row_line.values() if upper < line < lower]
        return rows + [low for _, low in self.pool_lines.values() if upper <= low < lower]

    def gutters_between(self, upper: int, lower: int) -> list[int]:
        """Lines of gutters between two lines."""
        lines = {*self.above.values(), *self.below.values()}
        return sorted(line for line in lines if upper < line < lower)

    def borders_between(self, upper: int, lower: int) -> list[int]:
        """Lower borders of bands between two lines; each by the line of the last gutter above it."""
        lines = (self.below[band.rows[-1]] for band in self.bands)
        return [line for line in lines if upper <= line < lower]

    def free_across(self, column: int, borders: Iterable[int], key: str) -> bool:
        """Whether a link may come from this item across these borders: no other item's link does so."""
        return all(self.crossed.get((column, line), {key}) == {key} for line in borders)

    def cross(self, column: int, borders: Iterable[int], key: str) -> None:
        """A link comes from this item across these borders."""
        for line in borders:
            self.crossed.setdefault((column, line), set()).add(key)

    def pool_of(self, key: str) -> str:
        """The pool that an item, or the pool itself, belongs to."""
        if key in self.items:
            return self.pools[self.band_of[self.cell[key][1]].pool].key
        return key


def build_grid(pools: Sequence[Pool], items: Iterable[Item], links: Iterable[Link]) -> Grid:
    """Order, check and place in cells. Raises LayoutError."""
    ordered = sorted(items, key=lambda item: (item.rank, item.key))
    ordered.sort(key=lambda item: bool(item.host))  # hosts have their cells first
    rank = {item.key: n for n, item in enumerate(ordered)}
    in_order = sorted(
        links,
        key=lambda link: (rank.get(link.source, -1), rank.get(link.target, -1), *_words(link)),
    )
    pools, bands, home = _bands(tuple(pools), ordered)
    grid = Grid(pools, bands, {item.key: item for item in ordered}, in_order, {})
    _check(grid, ordered, home)
    for item in ordered:
        if item.host:
            grid.boundaries.setdefault(item.host, []).append(item.key)
    column = columns(ordered, in_order)
    grid.width = max(column.values(), default=0) + 1
    _rows(grid, ordered, column, home)
    _lines(grid)
    return grid


def _words(link: Link) -> tuple[str, ...]:
    return link.source, link.target, link.kind, link.label, link.key


def _bands(pools: tuple[Pool, ...], items: Sequence[Item]) -> tuple[tuple[Pool, ...], list[Band], dict[str, Band]]:
    """Every leaf lane a band; a frame that holds items itself gets a band of its own before its lanes."""
    direct = {item.lane_key for item in items if not item.host}
    bands: list[Band] = []
    home: dict[str, Band] = {}

    def add(key: str, lanes: tuple, path: tuple[str, ...], pool: int) -> None:
        if key in home:
            raise LayoutError(f"two lanes or pools have the key {key!r}")
        home[key] = band = Band(key, pool, path)
        if key in direct or not lanes:
            bands.append(band)
        for lane in lanes:
            add(lane.key, lane.lanes, (*path, lane.key), pool)

    for number, pool in enumerate(pools):
        add(pool.key, pool.lanes, (), number)
    if OUTSIDE in direct and OUTSIDE not in home:
        pools = (*pools, Pool(OUTSIDE))
        add(OUTSIDE, (), (), len(pools) - 1)
    return pools, bands, home


def _check(grid: Grid, items: Sequence[Item], home: dict[str, Band]) -> None:
    if len(grid.items) != len(items):
        raise LayoutError("two items have the same key")
    if both := grid.items.keys() & (home.keys() - {OUTSIDE}):
        raise LayoutError(f"an item and a lane have the same key: {', '.join(sorted(both))}")
    for item in items:
        if item.host and (item.host not in grid.items or grid.items[item.host].host):
            raise LayoutError(f"{item.key}: there is no {item.host!r} to sit on")
        if not item.host and item.lane_key not in home:
            raise LayoutError(f"{item.key}: there is no lane {item.lane_key!r}")
    ends = grid.items.keys() | {pool.key for pool in grid.pools if pool.key}
    for link in grid.links:
        for end in (link.source, link.target):
            if end not in ends:
                raise LayoutError(f"{link.key or link.source}: there is no {end!r} to link to")


def _rows(grid: Grid, items: Sequence[Item], column: dict[str, int], home: dict[str, Band]) -> None:
    """In each column an item takes the row of what leads to it, if that is free; others stack below."""
    before: dict[str, list[str]] = defaultdict(list)
    for link in grid.links:
        if link.kind == "sequence":
            before[link.target].append(link.source)
    slot: dict[str, int] = {}
    used: dict[tuple[str, int], set[int]] = defaultdict(set)
    place = {item.key: n for n, item in enumerate(items)}
    hosted = [item for item in items if not item.host]
    for here in range(grid.width):
        wishes = []
        for item in (item for item in hosted if column[item.key] == here):
            mine = [slot[k] for k in before[item.key] if k in slot and grid.items[k].lane_key == item.lane_key]
            wishes.append((min(mine, default=0), place[item.key], item))
        for wish, _, item in sorted(wishes, key=lambda w: w[:2]):
            full = used[item.lane_key, here]
            slot[item.key] = next(n for n in _nearest(wish) if n not in full)
            full.add(slot[item.key])
    row = 0
    for band in grid.bands:
        count = max((slot[item.key] + 1 for item in hosted if home[item.lane_key] is band), default=1)
        band.rows = list(range(row, row + count))
        grid.band_of.update(dict.fromkeys(band.rows, band))
        row += count
    for item in items:
        near = item.host or item.key
        band = home[grid.items[near].lane_key]
        grid.cell[item.key] = (column[near], band.rows[slot[near]])
        if not item.host:
            grid.taken[grid.cell[item.key]] = item.key


def _nearest(wish: int) -> Iterable[int]:
    """The wished slot, then those below it, one by one."""
    return range(wish, wish + 10_000)


def _lines(grid: Grid) -> None:
    line = 0
    for number, pool in enumerate(grid.pools):
        upper = line
        for band in (band for band in grid.bands if band.pool == number):
            line += 1
            for row in band.rows:
                grid.above[row], grid.row_line[row], grid.below[row] = line, line + 1, line + 2
                line += 2
        line += 1
        grid.pool_lines[pool.key] = (upper, line)
        line += 1
