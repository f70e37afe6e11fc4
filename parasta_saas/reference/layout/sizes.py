"""How big each thing is drawn, and how its words break. Pure; px."""

from __future__ import annotations

from .measure import width, wrap
from .model import DATA, EVENTS, GATEWAYS, NOTES, Box, Item

TEXT, LINE = 14.0, 18  # the smallest scale on paper, 60 %, still gives 6.3 pt
LABEL, LABEL_LINE = 13.5, 17
TASK_WIDTH, TASK_LEAST, TASK_MOST = 158, 56, 106
TASK_PAD = 11
LABEL_WIDTH = 120
LANE_HEAD, UPRIGHT_HEAD = 118, 30
BOUNDARY_STEP, EVENT = 44, 36


def outside_label(item: Item) -> bool:
    """Whether the name stands beside the shape instead of inside it."""
    return item.kind in EVENTS | GATEWAYS | DATA


def item_lines(item: Item, room: float = TASK_WIDTH) -> list[str]:
    """The name as lines inside a task of this width, or beside another shape."""
    if outside_label(item):
        return wrap(item.label, LABEL, LABEL_WIDTH)
    return wrap(item.label, TEXT, max(room - 2 * TASK_PAD, 20))


def fitting(item: Item, box: Box) -> tuple[list[str], float, float]:
    """Lines, size of the letters and step between lines with which the name fits a box that a file brought.

    At 10 px the letters stop getting smaller.
    """
    room = max(box.w - 2 * TASK_PAD, 20)
    for size in (TEXT, 13.0, 12.0, 11.0, 10.0):
        lines, step = wrap(item.label, size, room), LINE * size / TEXT
        if step * (len(lines) + has_head(item)) <= box.h - 4:
            break
    return lines, size, step


def has_head(item: Item) -> bool:
    """Whether a line with the number and the mark of a critical point stands above the name."""
    return bool(item.number or item.critical)


def item_size(item: Item, boundaries: int = 0) -> tuple[float, float]:
    """Width and height of the shape; `boundaries`: how many events sit on its border."""
    if item.kind in EVENTS:
        return EVENT, EVENT
    if item.kind in GATEWAYS:
        return 50, 50
    if item.kind in DATA:
        return 40, 50
    wide = max(TASK_WIDTH, BOUNDARY_STEP * boundaries + 40 if boundaries else 0)
    lines = len(item_lines(item, wide)) + has_head(item)
    if item.kind in NOTES:
        return wide, max(30, 12 + LINE * lines)
    return wide, max(TASK_LEAST, 16 + LINE * lines)


def event_shift(number: int) -> float:
    """How far the middle of the so many-th event on a border lies from the right side of its host."""
    return -12 - EVENT / 2 - BOUNDARY_STEP * number


def label_size(lines: list[str]) -> tuple[float, float]:
    """Width and height of a label beside a shape or link."""
    return round(max((width(line, LABEL) for line in lines), default=0) + 2), LABEL_LINE * len(lines)
