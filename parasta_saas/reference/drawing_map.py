"""The process map as one sheet: phases beside each other, the line of visibility across them. Pure; px."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..core.i18n import _
from .layout import Box
from .layout.measure import width, wrap
from .layout.shapes import Circle, Rect, Shape, Words, diamond, line, lines_of
from .layout.tiles import Sheet

WHOLE = 1512  # the width of an A3 page inside its margins
LEAST = 130  # of a phase
GAP, PAD, STEP_GAP = 7, 6, 6
HEAD, NAME, BODY, BODY_LINE = 13.5, 16.0, 14.0, 18
BAND = 34  # the heads of both halves
HEADING, AREA = 24, 30
# A provider's own step, its own words, its words in the guidance, a waiting update, nothing of its own.
MARKS = ("own", "ours", "adapted", "waits", "national")

Phase = Mapping[str, Any]


def map_sheet(
    phases: Sequence[Phase], areas: Sequence[tuple[str, int, int]] = (), paper: tuple[float, float] = (WHOLE, 920)
) -> Sheet:
    """`phases` as from process_map.build_map; `areas`: (name, first phase, last phase) by position from 0.

    Phases are as wide as makes the whole largest on the paper.
    """
    widths = range(LEAST, LEAST + 241, 8)
    sheets = [_sheet(phases, areas, wide) for wide in widths]
    return max(sheets, key=lambda sheet: min(paper[0] / sheet.width, paper[1] / sheet.height))


def _sheet(phases: Sequence[Phase], areas: Sequence[tuple[str, int, int]], wide: float) -> Sheet:
    lefts = [n * (wide + GAP) for n in range(max(len(phases), 1))]
    whole = lefts[-1] + wide
    y = AREA if areas else 0
    shapes: list[Shape] = []
    for name, first, last in areas:
        box = Box(lefts[first], 0, lefts[last] + wide - lefts[first], 24)
        shapes += [Rect("areahead", box, 3), Words("areaname", box.x + 8, 17, name, BODY)]
    shapes += _band_head(y, _("Service process"), _("what the workplace and the student see and feel"))
    y += BAND
    heads = [wrap(phase["name"], NAME, wide - 22) for phase in phases]
    head_high = 34 + 20 * max((len(lines) for lines in heads), default=1)
    middle = y + head_high + max((_lane_high(p["steps_service"], wide) for p in phases), default=0) + 22
    end = middle + BAND + 16 + max((_lane_high(p["steps_operating"], wide) for p in phases), default=0)
    for n, phase in enumerate(phases):
        shapes += _ground(n, Box(lefts[n], y, wide, middle - y), Box(lefts[n], middle, wide, end - middle))
        shapes += lines_of(f"p{n % 9 + 1}number", [f"{_('Phase')} {phase['order']}"], lefts[n] + 11, y + 8, HEAD, 18)
        shapes += lines_of(f"p{n % 9 + 1}name", heads[n], lefts[n] + 11, y + 27, NAME, 20)
    shapes += [Rect("operating", Box(0, middle, whole, BAND))]
    shapes += _band_head(middle + 5, _("Operating process"), _("our own work that makes the service possible"))
    for n, phase in enumerate(phases):
        shapes += _steps(phase["steps_service"], lefts[n], y + head_high, wide)
        shapes += _steps(phase["steps_operating"], lefts[n], middle + BAND + 6, wide)
    shapes += _visibility(whole, middle)
    return Sheet(whole, end + 4, tuple(shapes))


def map_marks(phases: Sequence[Phase]) -> dict[str, int]:
    """How many steps bear each mark (own, ours, adapted, waits, national)."""
    marks = [step.get("mark") for p in phases for step in (*p["steps_service"], *p["steps_operating"])]
    return {mark: marks.count(mark) for mark in MARKS if mark in marks}


def mark_shapes(mark: str | None, x: float, y: float) -> list[Shape]:
    """The mark of a step by its middle: a plus, a full circle, a ring with a dot, a square with an arrow, a ring."""
    if mark == "own":
        return [Rect("ours", Box(x - 6, y - 6, 12, 12), 2), line("onwaits", [(x - 3.5, y), (x + 3.5, y)]),
                line("onwaits", [(x, y - 3.5), (x, y + 3.5)])]  # fmt: skip
    if mark == "adapted":
        return [Circle("national", x, y, 5.5), Circle("ours", x, y, 3)]
    if mark == "ours":
        return [Circle("ours", x, y, 5.5)]
    if mark == "waits":
        tip = [(x - 3, y + 0.5), (x, y + 3.5), (x + 3, y + 0.5)]
        return [
            Rect("waits", Box(x - 6, y - 6, 12, 12), 2),
            line("onwaits", [(x, y - 3.5), (x, y + 3)]),
            line("onwaits", tip),
        ]
    return [Circle("national", x, y, 5)] if mark == "national" else []


def _band_head(y: float, name: str, words: str) -> list[Shape]:
    start = 4 + width(name, NAME) + 3
    return [Words("bandname", 4, y + 21, name, NAME), Words("bandwords", start, y + 21, f"– {words}", NAME)]


def _ground(n: int, upper: Box, lower: Box) -> list[Shape]:
    phase = f"p{n % 9 + 1}"
    return [
        Rect(f"{phase}tint", upper),
        Rect(f"{phase}bar", upper._replace(h=4)),
        Rect("operating", lower),
        Rect(f"{phase}foot", Box(lower.x, lower.bottom - 3, lower.w, 3)),
    ]


def _lines(step: Mapping[str, Any], wide: float) -> list[str]:
    return wrap(step["name"], BODY, wide - 2 * PAD - 20)


def _step_high(step: Mapping[str, Any], wide: float) -> float:
    return 12 + 18 + BODY_LINE * len(_lines(step, wide))


def _lane_high(steps: Sequence[Mapping[str, Any]], wide: float) -> float:
    return sum(_step_high(step, wide) + STEP_GAP for step in steps)


def _steps(steps: Sequence[Mapping[str, Any]], x: float, y: float, wide: float) -> list[Shape]:
    shapes: list[Shape] = []
    for step in steps:
        box = Box(x + PAD, y, wide - 2 * PAD, _step_high(step, wide))
        critical = bool(step["critical"])
        shapes.append(Rect("critbox" if critical else "box", box, 4))
        left = box.x + 11
        if critical:
            shapes += [Rect("critedge", box._replace(w=4)), diamond("diamond", left + 5, y + 15, 5.5)]
            left += 15
        shapes += lines_of("critword" if critical else "number", [str(step["order"])], left, y + 6, HEAD, 18)
        shapes += mark_shapes(step.get("mark"), box.right - 13, y + 15)
        name = "critname" if critical else "name"
        shapes += lines_of(name, _lines(step, wide), box.x + 11, y + 24, BODY, BODY_LINE)
        y += box.h + STEP_GAP
    return shapes


def _visibility(whole: float, y: float) -> list[Shape]:
    text = _("Line of visibility")
    long = width(text, NAME) + 30
    pill = Box((whole - long) / 2, y - 14, long, 28)
    return [line("visibility", [(0, y), (whole, y)]), Rect("pill", pill, 14),
            Words("pillword", whole / 2, y + 5.5, text, NAME, middle=True)]  # fmt: skip
