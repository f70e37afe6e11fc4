"""The signs inside events and gateways: which kind of choice, what an event waits for. Pure."""

from __future__ import annotations

from collections.abc import Callable

from .model import Box, Item
from .shapes import Circle, Rect, Shape, line, polygon


def glyph(item: Item, x: float, y: float) -> list[Shape]:
    """The sign for a node with its middle at x, y; none where BPMN 2.0 draws none."""
    draw = GATEWAY_GLYPHS.get(item.kind) or EVENT_GLYPHS.get(item.mark)
    return draw(x, y) if draw else []


def _cross(x: float, y: float) -> list[Shape]:
    return [line("thick", [(x - 8, y - 8), (x + 8, y + 8)]), line("thick", [(x - 8, y + 8), (x + 8, y - 8)])]


def _plus(x: float, y: float) -> list[Shape]:
    return [line("thick", [(x - 11, y), (x + 11, y)]), line("thick", [(x, y - 11), (x, y + 11)])]


def _ring(x: float, y: float) -> list[Shape]:
    return [Circle("thickring", x, y, 10)]


def _double_ring(x: float, y: float) -> list[Shape]:
    five = [(x, y - 7), (x + 6.7, y - 2.2), (x + 4.1, y + 5.7), (x - 4.1, y + 5.7), (x - 6.7, y - 2.2)]
    return [Circle("ring", x, y, 13), polygon("ringed", five)]


def _letter(x: float, y: float) -> list[Shape]:
    return [Rect("ringed", Box(x - 9, y - 6, 18, 12)), line("glyph", [(x - 9, y - 6), (x, y + 1), (x + 9, y - 6)])]


def _clock(x: float, y: float) -> list[Shape]:
    return [Circle("ring", x, y, 10), line("glyph", [(x, y - 6), (x, y), (x + 4, y + 2)])]


def _full(x: float, y: float) -> list[Shape]:
    return [Circle("full", x, y, 10)]


def _peak(x: float, y: float) -> list[Shape]:
    return [polygon("ringed", [(x, y - 9), (x + 8, y + 7), (x - 8, y + 7)])]


def _lines(x: float, y: float) -> list[Shape]:
    rows: list[Shape] = [line("glyph", [(x - 4, y + d), (x + 4, y + d)]) for d in (-4, 0, 4)]
    return [Rect("ringed", Box(x - 7, y - 9, 14, 18)), *rows]


def _bolt(x: float, y: float) -> list[Shape]:
    return [
        polygon(
            "ringed", [(x - 8, y + 8), (x - 3, y - 7), (x + 2, y + 2), (x + 8, y - 8), (x + 3, y + 7), (x - 2, y - 2)]
        )
    ]


def _onward(x: float, y: float) -> list[Shape]:
    corners = [(x - 8, y - 3), (x + 2, y - 3), (x + 2, y - 7), (x + 9, y)]
    return [polygon("ringed", [*corners, (x + 2, y + 7), (x + 2, y + 3), (x - 8, y + 3)])]


Draw = Callable[[float, float], list[Shape]]
GATEWAY_GLYPHS: dict[str, Draw] = {
    "exclusive": _cross,
    "parallel": _plus,
    "inclusive": _ring,
    "event_based": _double_ring,
    "complex": _plus,
}
EVENT_GLYPHS: dict[str, Draw] = {
    "message": _letter,
    "timer": _clock,
    "terminate": _full,
    "signal": _peak,
    "conditional": _lines,
    "error": _bolt,
    "link": _onward,
}
