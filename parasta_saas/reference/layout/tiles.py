"""How a drawing goes on paper: one page, or tiles cut where nothing stands, with letters where links go on. Pure.

Lengths in px of the drawing; the paper in px at full size (96 to the inch).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from .model import Box, Point
from .shapes import Circle, Path, Rect, Shape, Words
from .sizes import TEXT

SMALLEST, LARGEST = 0.6, 1.25
FRAMES = frozenset({"pool", "lane", "poolhead", "lanehead", "ground"})  # may be cut: they go on beside
LEAST_PX = 8.0  # 6 pt
EDGE = 40  # px of paper around a tile, for the letters
CUT, NEAR, OFF_BORDER = 1000, 60, 150
EVENNESS = 5  # how many smaller rooms are tried to make tiles alike
CLEAR = 12  # px of the drawing that a cut keeps from what stands there, if it can
APART = 20  # px of paper between two letters


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing to print. `strip`: the width at its left that stands on every tile; `heads`: what stands there
    between two heights; `ways`: the corners of its links; `borders`: heights where a cut is natural.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    strip: float = 0
    ways: tuple[tuple[Point, ...], ...] = ()
    heads: Callable[[float, float], Sequence[Shape]] | None = None
    borders: tuple[float, ...] = ()


class Axis(NamedTuple):
    """Where tiles may be cut in one direction, from start to end: what a cut costs at each px."""

    start: float
    end: float
    costs: list[float]


@dataclass(frozen=True, slots=True)
class Sign:
    """A connector at the edge of a tile: side, place along the edge in px of paper, and text (A→, →A)."""

    side: str
    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One page: its column and row, and the part of the drawing that it shows."""

    column: int
    row: int
    area: Box
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True)
class Paging:
    """The scale, and the pages row by row."""

    scale: float
    tiles: tuple[Tile, ...] = field(default=())

    @property
    def single(self) -> bool:
        """Whether all is on one page."""
        return len(self.tiles) == 1


def paginate(sheet: Sheet, paper: tuple[float, float]) -> Paging:
    """One page if the scale is at least 60 %; else as few tiles as possible, as large as those allow."""
    scale = min(paper[0] / sheet.width, paper[1] / sheet.height, LARGEST)
    least = _smallest(sheet)
    if scale >= least:
        return Paging(scale, (Tile(0, 0, Box(0, 0, sheet.width, sheet.height)),))
    room = (paper[0] - 2 * EDGE, paper[1] - 2 * EDGE)
    axes = _axes(sheet)
    fewest = _cuts(axes, room, least)
    scale, cuts = least, fewest
    for percent in range(5 * int(least * 20) + 5, 101, 5):
        found = _cuts(axes, room, percent / 100)
        if len(found[0]) * len(found[1]) > len(fewest[0]) * len(fewest[1]):
            break
        scale, cuts = percent / 100, found
    return Paging(scale, tuple(_tiles(sheet, cuts, scale)))


def window(sheet: Sheet, area: Box) -> list[Shape]:
    """The shapes of which at least a part lies in the area."""
    return [shape for shape in sheet.shapes if shape.extent().meets(area, 2)]


def _smallest(sheet: Sheet) -> float:
    """60 %, or more where the letters would get smaller than 6 pt (8 px)."""
    letters = min((shape.size for shape in sheet.shapes if isinstance(shape, Words)), default=TEXT)
    return max(SMALLEST, LEAST_PX / letters)


def _cuts(axes: tuple[Axis, Axis], room: tuple[float, float], scale: float) -> tuple[list[float], list[float]]:
    """Where the columns and rows of tiles begin and end."""
    across, down = axes
    return _even(across, room[0] / scale - across.start), _even(down, room[1] / scale)


def _axes(sheet: Sheet) -> tuple[Axis, Axis]:
    boxes = [shape.extent() for shape in sheet.shapes if _solid(shape)]
    across = [(box.x, box.right) for box in boxes if box.right > sheet.strip]
    down = [(box.y, box.bottom) for box in boxes]
    return (
        Axis(sheet.strip, sheet.width, _costs(sheet.width, across, ())),
        Axis(0, sheet.height, _costs(sheet.height, down, sheet.borders)),
    )


def _costs(long: float, spans: Sequence[tuple[float, float]], borders: Sequence[float]) -> list[float]:
    """What a cut costs at each px: 1000 for everything cut, 60 for what it comes near, 150 off the borders."""
    change = [0.0] * (int(long) + 3)
    for first, last in spans:
        for low, high, cost in ((first, last, CUT), (first - CLEAR, last + CLEAR, NEAR)):
            change[max(0, int(low) + 1)] += cost
            change[max(0, min(ceil(high), len(change) - 1))] -= cost
    free = {int(at) for at in borders}
    return [cost + (0 if at in free else OFF_BORDER) for at, cost in enumerate(accumulate(change))]


def _solid(shape: Shape) -> bool:
    if isinstance(shape, Rect):
        return shape.look not in FRAMES
    return isinstance(shape, Words | Circle) or (isinstance(shape, Path) and shape.look not in _WAYS)


_WAYS = frozenset({"sequence", "message", "association"})


def _even(axis: Axis, room: float) -> list[float]:
    """As few parts as the room needs, and none much smaller than the others."""
    fewest = len(_cut(axis, room)) - 1
    least = (axis.end - axis.start) / fewest
    for part in range(EVENNESS):
        cuts = _cut(axis, least + (room - least) * part / EVENNESS)
        if len(cuts) - 1 == fewest:
            return cuts
    return _cut(axis, room)


def _cut(axis: Axis, room: float) -> list[float]:
    """Cuts from start to end, no part over the room, each at the last place where (almost) nothing is cut."""
    cuts = [axis.start]
    while axis.end - cuts[-1] > room:
        last = int(cuts[-1] + room)
        places = range(last, max(int(cuts[-1]) + 1, last - int(room * 0.6)), -1)
        cuts.append(float(min(places, key=lambda at: axis.costs[at] + last - at)))
    return [*cuts, axis.end]


def _tiles(sheet: Sheet, cuts: tuple[list[float], list[float]], scale: float) -> Iterable[Tile]:
    across, down = cuts
    signs = _signs(sheet, across, down, scale)
    for row, (top, bottom) in enumerate(zip(down[:-1], down[1:], strict=True)):
        for column, (left, right) in enumerate(zip(across[:-1], across[1:], strict=True)):
            area = Box(left, top, right - left, bottom - top)
            size = ((sheet.strip + area.w) * scale, area.h * scale)
            yield Tile(column, row, area, tuple(_apart(signs.get((column, row), []), size)))


def _signs(sheet: Sheet, across: list[float], down: list[float], scale: float) -> dict[tuple[int, int], list[Sign]]:
    """Letters for every link at every cut, or for every cut where there are no links."""
    found: dict[tuple[int, int], list[Sign]] = {}
    number = 0
    for upright, cut, at, forward in _crossings(sheet, across, down):
        letter, number = _letter(number), number + 1
        lines, other = (across, down) if upright else (down, across)
        beside = _between(other, at)
        before = lines.index(cut) - 1
        near, far = ((before, beside), (before + 1, beside)) if upright else ((beside, before), (beside, before + 1))
        along = (at - other[beside]) * scale + (0 if upright else sheet.strip * scale)
        arrow = ("→" if forward else "←") if upright else ("↓" if forward else "↑")
        out, into = f"{letter}{arrow}", f"{arrow}{letter}"
        texts = (out, into) if forward else (into, out)
        found.setdefault(near, []).append(Sign("right" if upright else "bottom", along, texts[0]))
        found.setdefault(far, []).append(Sign("left" if upright else "top", along, texts[1]))
    return found


def _crossings(sheet: Sheet, across: list[float], down: list[float]) -> Iterable[tuple[bool, float, float, bool]]:
    """(upright cut?, its place, where along it, forward?) in the order of the cuts."""
    if not sheet.ways:
        for cut in across[1:-1]:
            yield from ((True, cut, (a + b) / 2, True) for a, b in zip(down[:-1], down[1:], strict=True))
        for cut in down[1:-1]:
            yield from ((False, cut, (a + b) / 2, True) for a, b in zip(across[:-1], across[1:], strict=True))
        return
    for axis, cuts in ((0, across), (1, down)):
        for cut in cuts[1:-1]:
            met = [
                (a[1 - axis], a[axis] < b[axis])
                for way in sheet.ways
                for a, b in zip(way[:-1], way[1:], strict=True)
                if min(a[axis], b[axis]) < cut <= max(a[axis], b[axis])
            ]
            yield from ((axis == 0, cut, at, forward) for at, forward in sorted(met))


def _between(cuts: list[float], at: float) -> int:
    return max(0, min(sum(cut <= at for cut in cuts[1:-1]), len(cuts) - 2))


def _letter(number: int) -> str:
    """A, B … Z, AA, AB …"""
    high, low = divmod(number, 26)
    return (_letter(high - 1) if high else "") + chr(ord("A") + low)


def _apart(signs: list[Sign], size: tuple[float, float]) -> Iterable[Sign]:
    """The letters of each edge so far from each other that they can be read, and none beyond its end."""
    for side in ("left", "right", "top", "bottom"):
        mine = sorted((s for s in signs if s.side == side), key=lambda s: (s.at, s.text))
        level = side in ("top", "bottom")
        end = size[0] if level else size[1]
        step = min(2 * APART if level else APART, end / max(len(mine), 1))
        places, last = list[float](), -step
        for sign in mine:
            last = max(sign.at, last + step)
            places.append(last)
        for n in reversed(range(len(places))):
            places[n] = min(places[n], end - step * (len(places) - 1 - n))
        yield from (Sign(side, at, sign.text) for at, sign in zip(places, mine, strict=True))
