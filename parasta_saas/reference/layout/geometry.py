"""From columns, rows and tracks to px. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from .channels import STEP
from .grid import Band, Grid
from .measure import wrap
from .model import EVENTS, Box, Lane, PlacedItem, PlacedLane, PlacedPool, Point
from .routes import Port, Route, Track
from .sizes import (
    EVENT,
    LABEL,
    LABEL_LINE,
    LABEL_WIDTH,
    LANE_HEAD,
    LINE,
    TASK_MOST,
    TEXT,
    UPRIGHT_HEAD,
    event_shift,
    item_lines,
    item_size,
    label_size,
    outside_label,
)

MARGIN = 12
PAD = 16  # from a box to the first track beside it: room for the head of an arrow
GUTTER, EDGE_GUTTER = 40, 18
LEVEL_GUTTER = 14
POOL_GAP = 30
UPRIGHT_LINES = 3  # a name written upright runs over this many lines at most


@dataclass(slots=True)
class Plan:
    """Everything in px. `extra`: more room in every gutter, when a label found none."""

    grid: Grid
    routes: list[Route]
    tracks: dict[tuple[bool, int], int]
    extra: float = 0
    sizes: dict[str, tuple[float, float]] = field(default_factory=dict)
    label_side: dict[str, str] = field(default_factory=dict)
    middle: dict[int, float] = field(default_factory=dict)  # of columns (x) …
    row_middle: dict[int, float] = field(default_factory=dict)
    gutter: dict[tuple[bool, int], tuple[float, float]] = field(default_factory=dict)  # start, size
    border: dict[int, float] = field(default_factory=dict)  # of pools, by line
    left: float = 0
    right: float = 0

    def item_box(self, key: str) -> Box:
        """Where an item lies."""
        item, (column, row) = self.grid.items[key], self.grid.cell[key]
        wide, high = self.sizes[key]
        if item.host:
            host, beside = self.item_box(item.host), self.grid.boundaries[item.host]
            x = host.right + event_shift(beside.index(key)) - wide / 2
            return Box(x, host.bottom - high / 2, wide, high)
        return Box(self.middle[column] - wide / 2, self.row_middle[row] - high / 2, wide, high)

    def label_box(self, key: str) -> Box | None:
        """Where the name of an event, gateway or data object stands: beside the sides that links use."""
        item = self.grid.items[key]
        if not outside_label(item) or not item.label:
            return None
        box, (wide, high) = self.item_box(key), label_size(item_lines(item))
        if item.host:
            return Box(box.right + 3, box.y + box.h / 2 + 4, wide, high)
        side = self.label_side[key]
        x = box.x + box.w / 2 + 6 if side.endswith("right") else box.x + (box.w - wide) / 2
        return Box(x, box.y - 3 - high if side.startswith("above") else box.bottom + 3, wide, high)

    def points(self, route: Route) -> tuple[Point, ...]:
        """The corners of a link, without those that lie on a straight stretch."""
        lines = [self._across(line) for line in (route.start, *route.tracks, route.end)]
        near: list[Port | Track] = [*route.tracks] or [end for end in (route.start, route.end) if isinstance(end, Port)]
        met = [self._edge(route.start, near[0]), self._edge(route.end, near[-1])]
        if not route.tracks:
            return _clean([met[0], met[1]])
        points = [met[0]]
        for (one, upright), (other, _) in zip(lines[:-1], lines[1:], strict=True):
            if one is not None and other is not None:
                points.append((one, other) if upright else (other, one))
        return _clean([*points, met[1]])

    def _across(self, line: Port | Track | int) -> tuple[float | None, bool]:
        """The fixed coordinate of a stretch and whether it goes up and down."""
        if isinstance(line, int):
            return None, False
        if isinstance(line, Track):
            start, size = self.gutter[line.upright, line.gutter]
            count = self.tracks[line.upright, line.gutter]
            return start + size / 2 + (line.index - (count - 1) / 2) * STEP, line.upright
        box = self.item_box(line.key)
        return (box.y + box.h / 2 if line.level else box.x + box.w / 2) + line.offset, not line.level

    def _edge(self, end: Port | int, near: Port | Track) -> Point:
        """Where a link touches: the side of its item, or the border of a pool below or above what is near."""
        if isinstance(end, int):
            return (self._across(near)[0] or 0.0, self.border[end])
        box, at = self.item_box(end.key), self._across(end)[0] or 0.0
        if end.level:
            return (box.right if end.side == "right" else box.x, at)
        return (at, box.bottom if end.side == "bottom" else box.y)


def _clean(points: list[Point]) -> tuple[Point, ...]:
    kept: list[Point] = []
    for x, y in ((round(x, 1), round(y, 1)) for x, y in points):
        if kept and kept[-1] == (x, y):
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == x or kept[-2][1] == kept[-1][1] == y):
            kept.pop()
        kept.append((x, y))
    return tuple(kept if len(kept) > 1 else kept * 2)


def plan(grid: Grid, routes: list[Route], tracks: dict[tuple[bool, int], int], extra: float = 0) -> Plan:
    """Give every column, row, gutter and border its place."""
    made = Plan(grid, routes, tracks, extra)
    _sizes(made)
    _label_sides(made)
    _across(made)
    _down(made)
    return made


def _sizes(made: Plan) -> None:
    grid = made.grid
    made.sizes = {key: item_size(item, len(grid.boundaries.get(key, ()))) for key, item in grid.items.items()}
    tasks = [k for k, item in grid.items.items() if not outside_label(item) and item.kind != "note"]
    same = max((made.sizes[key][1] for key in tasks if made.sizes[key][1] <= TASK_MOST), default=0)
    made.sizes |= {key: (made.sizes[key][0], max(made.sizes[key][1], same)) for key in tasks}


def _label_sides(made: Plan) -> None:
    used = {(end.key, end.side) for r in made.routes for end in (r.start, r.end) if isinstance(end, Port)}
    for key, item in made.grid.items.items():
        upper, lower = (key, "top") in used, (key, "bottom") in used
        wish = "below" if item.kind in EVENTS or item.kind in ("data", "store") else "above"
        if upper and lower:
            wish += " right"
        elif upper or lower:
            wish = "below" if upper else "above"
        made.label_side[key] = wish


def _across(made: Plan) -> None:
    """Set what lies left to right, the heads of pools and lanes first."""
    grid = made.grid
    depth = max((len(band.path) for band in grid.bands), default=0)
    heads = UPRIGHT_HEAD * max(depth - 1, 0) + (LANE_HEAD if depth else 0)
    x = MARGIN + max((pool_head(made, n) for n in range(len(grid.pools))), default=0) + heads
    made.left = x
    half = [0.0] * grid.width
    for key, (column, _) in grid.cell.items():
        wide, side = made.sizes[key][0], made.label_side[key]
        label = label_size(item_lines(grid.items[key]))[0] if outside_label(grid.items[key]) else 0
        if grid.items[key].host:
            half[column] = max(half[column], made.sizes[grid.items[key].host][0] / 2 - 12 + label)
            continue
        half[column] = max(half[column], wide / 2, label + 6 if side.endswith("right") else label / 2)
    for g in range(grid.width + 1):
        size = _gutter_size(made, g)
        made.gutter[True, 2 * g] = (x, size)
        x += size
        if g < grid.width:
            made.middle[g] = x + half[g]
            x += 2 * half[g]
    made.right = x


def _gutter_size(made: Plan, g: int) -> float:
    grid, count = made.grid, made.tracks.get((True, 2 * g), 0)
    labels = [0.0]
    for route in made.routes:
        link = route.link
        if link.label and link.kind == "sequence" and link.source in grid.items and link.target in grid.items:
            near = grid.cell[link.source][0] + 1 if not route.tracks else grid.cell[link.target][0]
            if near == g:
                labels.append(label_size(wrap(link.label, LABEL, LABEL_WIDTH))[0] + 22)
    least = EDGE_GUTTER if g in (0, grid.width) and not count else GUTTER
    return max(least, 2 * PAD + STEP * (count - 1) + 4 if count else 0, *labels) + (made.extra if count else 0)


def _down(made: Plan) -> None:
    grid, y, gap = made.grid, float(MARGIN), _pool_gap(made)
    for number, pool in enumerate(grid.pools):
        upper, lower = grid.pool_lines[pool.key]
        y += gap + made.extra if number else 0
        made.border[upper] = y
        bands = [band for band in grid.bands if band.pool == number]
        heights = [_band_height(made, band) for band in bands]
        missing = _pool_least(made, number) - sum(heights)
        for band, high in zip(bands, heights, strict=True):
            y = _band(made, band, y, high + max(missing, 0) / len(bands))
        made.border[lower] = y


def _pool_gap(made: Plan) -> float:
    """Between two pools: room for the names of the messages."""
    labels = [_label_height(route) + 24 for route in made.routes if route.link.label and route.link.kind == "message"]
    return max(POOL_GAP, *labels, 0)


def is_flat(made: Plan, number: int) -> bool:
    """Whether a pool is shown from outside only, its name written level: nothing is in it."""
    rows = [row for row, band in made.grid.band_of.items() if band.pool == number]
    empty = not made.grid.pools[number].lanes and not any(r in rows for _, r in made.grid.cell.values())
    return empty and made.left - MARGIN >= LANE_HEAD


def _row(made: Plan, row: int) -> tuple[float, float]:
    """How far a row reaches above and below its middle."""
    number = made.grid.band_of[row].pool
    if is_flat(made, number):
        half = LINE * len(wrap(made.grid.pools[number].name, TEXT, LANE_HEAD)) / 2
        return half, half
    rise = fall = 24.0
    for key in (key for key, (_, r) in made.grid.cell.items() if r == row):
        item, high = made.grid.items[key], made.sizes[key][1]
        label = label_size(item_lines(item))[1] + 3 if outside_label(item) and item.label else 0
        if item.host:
            host = made.sizes[item.host][1] / 2
            fall = max(fall, host + EVENT / 2, host + 4 + label)
            continue
        up = made.label_side[key].startswith("above")
        rise, fall = max(rise, high / 2 + label * up), max(fall, high / 2 + label * (not up))
    return rise, fall


def _level_size(made: Plan, line: int) -> float:
    count = made.tracks.get((False, line), 0)
    if not count:
        return LEVEL_GUTTER
    labels = {
        route.link.key or f"{route.link.source}>{route.link.target}": _label_height(route)
        for route in made.routes
        if route.link.label and route.tracks and (False, line) in [(t.upright, t.gutter) for t in route.tracks[:1]]
    }
    return max(LEVEL_GUTTER, 24 + STEP * (count - 1)) + max(labels.values(), default=0) + made.extra


def _label_height(route: Route) -> float:
    return LABEL_LINE * len(wrap(route.link.label, LABEL, LABEL_WIDTH)) + 4


def _band_height(made: Plan, band: Band) -> float:
    lines = {made.grid.above[band.rows[0]], *(made.grid.below[row] for row in band.rows)}
    high = sum(sum(_row(made, row)) for row in band.rows) + sum(_level_size(made, line) for line in lines)
    name = _lane_names(made).get(band.path[-1], "") if band.path else ""
    return max(high, LINE * len(wrap(name, TEXT, LANE_HEAD - 18)) + 16)


def _band(made: Plan, band: Band, y: float, high: float) -> float:
    grid = made.grid
    spare = (high - _band_plain(made, band)) / 2
    for row in band.rows:
        if row == band.rows[0]:
            size = _level_size(made, grid.above[row]) + spare
            made.gutter[False, grid.above[row]] = (y, size)
            y += size
        rise, fall = _row(made, row)
        made.row_middle[row] = y + rise
        y += rise + fall
        size = _level_size(made, grid.below[row]) + (spare if row == band.rows[-1] else 0)
        made.gutter[False, grid.below[row]] = (y, size)
        y += size
    return y


def _band_plain(made: Plan, band: Band) -> float:
    lines = {made.grid.above[band.rows[0]], *(made.grid.below[row] for row in band.rows)}
    return sum(sum(_row(made, row)) for row in band.rows) + sum(_level_size(made, line) for line in lines)


def _lane_names(made: Plan) -> dict[str, str]:
    names: dict[str, str] = {}

    def collect(lanes: tuple[Lane, ...]) -> None:
        for lane in lanes:
            names[lane.key] = lane.name
            collect(lane.lanes)

    for pool in made.grid.pools:
        collect(pool.lanes)
    return names


def _pool_least(made: Plan, number: int) -> float:
    """A pool is at least so high that its name, written upright, fits its head."""
    name = made.grid.pools[number].name
    words = [wrap(name, TEXT, room) for room in range(90, 900, 30)]
    fitting = (90 + 30 * n for n, lines in enumerate(words) if len(lines) <= 2)
    return next(fitting, 900) + 16 if name and not is_flat(made, number) else 0


def pool_head(made: Plan, number: int) -> float:
    """The width of the strip with a pool's name."""
    return 2 * LINE + 12 if made.grid.pools[number].name else 0


def frames(made: Plan) -> tuple[list[PlacedPool], list[PlacedLane]]:
    """The frames of pools and of lanes, outer ones first."""
    grid = made.grid
    pools, lanes = list[PlacedPool](), list[PlacedLane]()
    for number, pool in enumerate(grid.pools):
        if not pool.key:
            continue
        upper, lower = (made.border[line] for line in grid.pool_lines[pool.key])
        head = made.left - MARGIN if is_flat(made, number) else pool_head(made, number)
        box = Box(MARGIN, upper, made.right - MARGIN, lower - upper)
        pools.append(PlacedPool(pool.key, pool.name, box, head))
        lanes += _lane_frames(made, number, pool.lanes, MARGIN + head, 0)
    return pools, lanes


def _lane_frames(made: Plan, number: int, lanes: tuple[Lane, ...], x: float, depth: int) -> list[PlacedLane]:
    found = []
    for lane in lanes:
        bands = [band for band in made.grid.bands if band.pool == number and lane.key in band.path]
        upper = made.gutter[False, made.grid.above[bands[0].rows[0]]][0]
        start, size = made.gutter[False, made.grid.below[bands[-1].rows[-1]]]
        head = UPRIGHT_HEAD if lane.lanes else min(LANE_HEAD, made.left - x)
        box = Box(x, upper, made.right - x, start + size - upper)
        found.append(PlacedLane(lane.key, lane.name, made.grid.pools[number].key, box, head, depth))
        found += _lane_frames(made, number, lane.lanes, x + head, depth + 1)
    return found


def items(made: Plan) -> list[PlacedItem]:
    """Items with their boxes, in reading order: pool and lane downward, in a lane along the flow."""
    grid = made.grid
    band_at = {row: n for n, band in enumerate(grid.bands) for row in band.rows}
    order = sorted(
        grid.items,
        key=lambda key: (band_at[grid.cell[key][1]], *grid.cell[key], bool(grid.items[key].host)),
    )
    return [
        PlacedItem(grid.items[key], made.item_box(key), grid.pool_of(key), *grid.cell[key], made.label_box(key))
        for key in order
    ]
