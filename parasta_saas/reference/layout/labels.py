"""Where the word of a link stands: beside its own line, never on a box or another word. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .measure import wrap
from .model import Box, PlacedLink, Point
from .sizes import LABEL, LABEL_WIDTH, label_size

CROSSED, OWN, BORDER = 7, 14, 8  # what it costs to stand on another line, on its own, on a border
BESIDE, HEAD = 7, 12  # px between a line and its word; of an arrow that words leave free
Stretch = tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What labels keep clear of: boxes wholly, borders of frames (their y) if they can; gaps between pools invite."""

    boxes: Sequence[Box]
    borders: Sequence[float]
    gaps: Sequence[tuple[float, float]]
    paper: Box


def place_labels(links: Sequence[PlacedLink], around: Surroundings) -> tuple[list[PlacedLink], int]:
    """The links with their labels placed, and how many found no free place (they stand on their line)."""
    heads = [_head(link.points) for link in links if link.link.kind != "association"]
    boxes, homeless, placed = [*around.boxes, *heads], 0, list[PlacedLink]()
    stretches = [_stretches(link.points) for link in links]
    for number, link in enumerate(links):
        if not link.link.label.strip():
            placed.append(link)
            continue
        size = label_size(wrap(link.link.label, LABEL, LABEL_WIDTH))
        others = [s for n, mine in enumerate(stretches) if n != number for s in mine]
        box = _best(stretches[number], size, boxes, others, around)
        if box is None:
            homeless += 1
            (x1, y1), (x2, y2) = max(stretches[number], key=_length)
            box = Box((x1 + x2 - size[0]) / 2, (y1 + y2 - size[1]) / 2, *size)
        boxes.append(box)
        placed.append(PlacedLink(link.link, link.points, box))
    return placed, homeless


def _best(
    own: list[Stretch], size: tuple[float, float], boxes: list[Box], others: list[Stretch], around: Surroundings
) -> Box | None:
    best, least = None, float("inf")
    for order, box in enumerate(_places(own, size, around.gaps)):
        if order >= least:
            break
        if not around.paper.holds(box) or any(box.meets(other, 1) for other in boxes):
            continue
        cost = order + CROSSED * sum(_on(box, s) for s in others) + OWN * sum(_on(box, s) for s in own)
        cost += BORDER * sum(box.y < y < box.bottom for y in around.borders)
        if cost < least:
            best, least = box, cost
    return best


def _places(own: list[Stretch], size: tuple[float, float], gaps: Sequence[tuple[float, float]]) -> Iterator[Box]:
    """In a gap between pools, above the last level stretch, then beside the others; near the ends first."""
    wide, high = size
    for (x, y1), (x2, y2) in own:
        for top, low in gaps if x == x2 else ():
            if min(y1, y2) <= top and low <= max(y1, y2) and high <= low - top:
                yield Box(x + BESIDE, (top + low - high) / 2, wide, high)
                yield Box(x - wide - BESIDE, (top + low - high) / 2, wide, high)
    level = [s for s in own if s[0][1] == s[1][1]]
    upright = [s for s in own if s[0][0] == s[1][0]]
    for (x1, y), (x2, _) in sorted(level, key=lambda s: (_length(s) < wide, -level.index(s))):
        low, high_x = min(x1, x2), max(x1, x2)
        for x in (high_x - wide - 10, (x1 + x2 - wide) / 2, low + 5):
            yield Box(x, y - high - 1, wide, high)
            yield Box(x, y + 2, wide, high)
    for (x, y1), (_, y2) in sorted(upright, key=_length, reverse=True):
        top, low_y = min(y1, y2), max(y1, y2)
        steps = [(top + low_y - high) / 2, top + 3, low_y - high - 9]
        steps += [top + (low_y - top) * part / 8 - high / 2 for part in (2, 6, 3, 5, 1, 7)]
        for y in steps:
            yield Box(x + BESIDE, y, wide, high)
            yield Box(x - wide - BESIDE, y, wide, high)


def _head(points: Sequence[Point]) -> Box:
    (x, y), (before_x, before_y) = points[-1], points[-2]
    left, top = min(x, x + max(-HEAD, min(HEAD, before_x - x))), min(y, y + max(-HEAD, min(HEAD, before_y - y)))
    return Box(left - 5, top, 10, HEAD) if before_x == x else Box(left, top - 5, HEAD, 10)


def _stretches(points: Sequence[Point]) -> list[Stretch]:
    return list(zip(points[:-1], points[1:], strict=True))


def _length(stretch: Stretch) -> float:
    (x1, y1), (x2, y2) = stretch
    return abs(x1 - x2) + abs(y1 - y2)


def _on(box: Box, stretch: Stretch) -> bool:
    (x1, y1), (x2, y2) = stretch
    return (
        min(x1, x2) < box.right and max(x1, x2) > box.x and min(y1, y2) < box.bottom and max(y1, y2) > box.y
    )  # fmt: skip
