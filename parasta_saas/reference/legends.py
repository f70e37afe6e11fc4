"""What the signs of the maps and diagrams mean, in rows under them. Pure; px."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from ..core.i18n import _
from .drawing_map import mark_shapes
from .layout import EVENTS, GATEWAYS, Box, Item, Laid
from .layout.marks import glyph
from .layout.measure import width
from .layout.shapes import Circle, Rect, Shape, Words, arrow_head, diamond, line

SIZE, ROW, SAMPLE, APART = 13.0, 24, 34, 24

Draw = Callable[[float, float], list[Shape]]


class Entry(NamedTuple):
    """How a sample is drawn around its middle, and what it means."""

    draw: Draw
    words: str


def laid_out(entries: Sequence[Entry], wide: float) -> tuple[list[Shape], float]:
    """The entries side by side, and the height of their rows."""
    shapes, x, y = list[Shape](), 0.0, 0.0
    for entry in entries:
        long = SAMPLE + width(entry.words, SIZE)
        if x and x + long > wide:
            x, y = 0.0, y + ROW
        shapes += entry.draw(x + 14, y + ROW / 2)
        shapes.append(Words("legend", x + SAMPLE, y + ROW / 2 + 4.5, entry.words, SIZE))
        x += long + APART
    return shapes, y + ROW if entries else 0


def map_legend(marks: Mapping[str, int]) -> list[Entry]:
    """Of the process map; `marks`: how many steps bear each."""
    words = {
        "own": _("Our own step"), "ours": _("How we do it"), "adapted": _("Guidance that we have adapted"),
        "waits": _("Waits for a national update"), "national": _("As national"),
    }  # fmt: skip
    critical = f"{_('Critical point')}: {_('decides how the customer feels served')}"
    own = [Entry(partial(mark_shapes, mark), f"{words[mark]} · {count}") for mark, count in marks.items()]
    return [Entry(_critical, critical), Entry(_step, _("Step")), Entry(_sight, _("Line of visibility")), *own]


def actor_legend() -> list[Entry]:
    """Of the actor map."""
    critical = f"{_('Critical point')}: {_('decides how the customer feels served')}"
    return [
        Entry(_role, _("Role and the steps that it answers for")),
        Entry(lambda x, y: [diamond("diamond", x, y, 6)], critical),
    ]


def diagram_legend(laid: Laid) -> list[Entry]:
    """Of a swimlane diagram: only what stands in it."""
    kinds = {placed.item.kind for placed in laid.items}
    links = {placed.link.kind for placed in laid.links}
    entries = []
    if any(placed.item.critical for placed in laid.items):
        entries.append(Entry(_critical, _("Critical point")))
    if kinds - EVENTS - GATEWAYS - {"data", "store", "note"}:
        entries.append(Entry(_step, _("Step")))
    entries += [
        Entry(partial(_flow, kind), words)
        for kind, words in (
            ("sequence", _("What comes next")),
            ("message", _("A message or document to another party")),
            ("association", _("Belongs together")),
        )
        if kind in links
    ]
    if kinds & EVENTS:
        entries.append(Entry(lambda x, y: [Circle("event", x, y, 8)], _("Beginning or event")))
    if "end" in kinds:
        entries.append(Entry(lambda x, y: [Circle("endevent", x, y, 8)], _("Ending")))
    for kind, words in (
        ("exclusive", _("One of the ways is chosen")),
        ("parallel", _("All ways at the same time")),
        ("inclusive", _("One way or several")),
        ("event_based", _("What comes first decides")),
    ):
        if kind in kinds:
            entries.append(Entry(partial(_gateway, kind), words))
    return entries


def _step(x: float, y: float) -> list[Shape]:
    return [Rect("box", Box(x - 13, y - 8, 26, 16), 3)]


def _critical(x: float, y: float) -> list[Shape]:
    box = Box(x - 13, y - 8, 26, 16)
    return [Rect("critbox", box, 3), Rect("critedge", box._replace(w=3)), diamond("diamond", x + 1, y, 5)]


def _sight(x: float, y: float) -> list[Shape]:
    return [line("visibility", [(x - 14, y), (x + 14, y)])]


def _role(x: float, y: float) -> list[Shape]:
    return [Rect("rolebar", Box(x - 2, y - 8, 2.5, 16))]


def _flow(kind: str, x: float, y: float) -> list[Shape]:
    points = [(x - 14, y), (x + 14, y)]
    shapes: list[Shape] = [line(kind, points)]
    if kind == "message":
        return [*shapes, Circle("origin", x - 12, y, 3), arrow_head("openhead", points)]
    return [*shapes, arrow_head("head", points)] if kind == "sequence" else shapes


def _gateway(kind: str, x: float, y: float) -> list[Shape]:
    large = glyph(Item("legend", kind=kind), x, y)
    return [diamond("gateway", x, y, 12), *(large if kind != "event_based" else [Circle("ring", x, y, 5)])]
