"""The maps and diagrams of the reference process on A3 landscape, as PDF.

What stands where is decided here and in drawing*.py; templates/print/sheet.typ paints it. The same data gives
the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import typst

from ..core import formats, i18n
from ..core.errors import ParastaError
from ..core.i18n import _, pgettext, pick
from .drawing import figure, heads
from .drawing_actors import actor_sheet
from .drawing_map import map_marks, map_sheet
from .layout import Box, Laid
from .layout.tiles import EDGE, Paging, Sheet, Sign, Tile, paginate, window
from .legends import Entry, actor_legend, diagram_legend, laid_out, map_legend

PRINT = Path(__file__).resolve().parents[2] / "templates" / "print"
FONTS = Path(__file__).resolve().parents[1] / "static" / "vendor" / "fonts"
# A3 landscape inside margins of 10 mm, px at 96 to the inch.
WIDTH, HEIGHT = 1511.0, 1046.0
HEAD, FOOT, GAP = 62, 44, 12
STANDARDS: list[Any] = ["ua-1"]

Data = Mapping[str, Any]


class Unprintable(ParastaError):
    """A text that no font can show; the message names it."""

    status = 422


def print_actor_map(data: Data, language: str) -> bytes:
    """Groups, actors, roles and what each answers for.

    data: `release` number, `date`, `content_mark` and `title` (texts by language or text; title may be missing),
    `hash` (64 hexadecimal digits), `actors` [{key, group, name, task}], `roles` [{key, group, actor, name}] and
    `steps` [{order, name, critical, responsible, participants}] with texts by language.
    """
    with i18n.using(language):
        legend = actor_legend()
        sheet = actor_sheet(data["actors"], data["roles"], data["steps"], room(legend))
        return _printed(sheet, data, _("Actor map"), legend)


def print_process_map(data: Data, language: str) -> bytes:
    """The whole process at a glance.

    data: as for print_actor_map, but `phases` as from process_map.build_map in the same language, and maybe
    `areas` [{name, phases: [key]}]: areas whose phases stand beside each other get a bar above them.
    """
    with i18n.using(language):
        legend = map_legend(map_marks(data["phases"]))
        sheet = map_sheet(data["phases"], _spans(data.get("areas", ()), data["phases"]), room(legend))
        return _printed(sheet, data, _("Process map"), legend)


def print_diagram(data: Data, language: str) -> bytes:
    """A swimlane diagram. data: as for print_actor_map, but `laid` (layout.Laid) and `title`."""
    laid: Laid = data["laid"]
    with i18n.using(language):
        return _printed(diagram_sheet(laid, language), data, _("Diagram"), diagram_legend(laid))


def diagram_sheet(laid: Laid, language: str) -> Sheet:
    """A diagram as a sheet; the names of pools and lanes stand on every tile."""
    edges = [pool.box.x + pool.head for pool in laid.pools] + [lane.box.x + lane.head for lane in laid.lanes]
    gaps = [(a.box.bottom + b.box.y) / 2 for a, b in pairwise(laid.pools)]
    return Sheet(
        laid.width,
        laid.height,
        tuple(figure(laid, language).shapes()),
        strip=max(edges, default=0),
        ways=tuple(link.points for link in laid.links),
        heads=partial(heads, laid),
        borders=(*gaps, *(lane.box.bottom for lane in laid.lanes)),
    )


def room(legend: Sequence[Entry]) -> tuple[float, float]:
    """How much of a page a drawing may take, px at full size."""
    return WIDTH, HEIGHT - HEAD - FOOT - GAP - laid_out(legend, WIDTH)[1]


def _printed(sheet: Sheet, data: Data, title: str, legend: Sequence[Entry]) -> bytes:
    body = room(legend)
    paging = paginate(sheet, body)
    shapes, high = laid_out(legend, WIDTH)
    day: date = data["date"]
    view = {
        "lang": i18n.language(),
        "title": _text(data.get("title")) or title,
        "release": _("Reference model %(number)s", number=data["release"]),
        "subtitle": f"{_('Reference model %(number)s', number=data['release'])} · {formats.date(day)}",
        "made": formats.date(day),
        "mark": _text(data["content_mark"]),
        "hash_label": _("Content hash (SHA-256)"),
        "hash": data["hash"],
        "page": pgettext("agreement", "Page"),
        "scale": paging.scale,
        "head": HEAD,
        "body": body[1] + GAP,
        "legend": {"height": high, "shapes": [shape.plain() for shape in shapes]},
        "tiles": {"columns": max(t.column for t in paging.tiles) + 1, "pages": list(range(1, len(paging.tiles) + 1))},
        "pages": [_page(sheet, paging, tile, body) for tile in paging.tiles],
    }
    return _compiled(view, day)


def _page(sheet: Sheet, paging: Paging, tile: Tile, body: tuple[float, float]) -> dict[str, Any]:
    scale, area = paging.scale, tile.area
    if paging.single:
        return {"windows": [_window(sheet, area, (body[0] - area.w * scale) / 2, 0, scale, clip=False)], "signs": []}
    strip = sheet.strip * scale
    windows = [_window(sheet, area, EDGE + strip, EDGE, scale, clip=True)]
    if sheet.heads:
        side = Sheet(sheet.strip, sheet.height, tuple(sheet.heads(area.y, area.bottom)))
        windows.append(_window(side, Box(0, area.y, sheet.strip, area.h), EDGE, EDGE, scale, clip=True))
    size = (EDGE + strip + area.w * scale, EDGE + area.h * scale)
    return {"windows": windows, "signs": [_sign(sign, size) for sign in tile.signs]}


def _window(sheet: Sheet, area: Box, x: float, y: float, scale: float, *, clip: bool) -> dict[str, Any]:
    shapes = [shape.plain() for shape in window(sheet, area)]
    return {
        "x": x, "y": y, "w": area.w * scale, "h": area.h * scale, "left": area.x, "top": area.y,
        "clip": clip, "shapes": shapes,
    }  # fmt: skip


def _sign(sign: Sign, size: tuple[float, float]) -> dict[str, Any]:
    """Its upper left corner: 36 × 18 px, outside the tile at its edge."""
    along = {"left": 2.0, "right": size[0] + 2, "top": EDGE + sign.at - 18, "bottom": EDGE + sign.at - 18}
    down = {"left": EDGE + sign.at - 9, "right": EDGE + sign.at - 9, "top": EDGE - 20.0, "bottom": size[1] + 2}
    return {"x": along[sign.side], "y": down[sign.side], "text": sign.text}


def _compiled(view: Mapping[str, Any], day: date) -> bytes:
    compiler = typst.Compiler(PRINT / "sheet.typ", root=PRINT, font_paths=_fonts(FONTS))
    try:
        pdf = compiler.compile(
            format="pdf",
            sys_inputs={"view": json.dumps(view, ensure_ascii=False)},
            pdf_standards=STANDARDS,
            timestamp=datetime.combine(day, time(), UTC),
        )
    except typst.TypstError as error:
        missing = re.search(r'the text `"(.*?)"` could not be displayed', str(error))
        if missing is None:
            raise
        raise Unprintable(_("Write %(text)s in other letters: it can't be printed.", text=missing[1])) from error
    assert isinstance(pdf, bytes)  # a list only for images of several pages
    return pdf


@lru_cache(maxsize=2)
def _fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[folder] if folder.is_dir() else [])


def _spans(areas: Sequence[Data], phases: Sequence[Data]) -> list[tuple[str, int, int]]:
    """(name, first, last) of the areas whose phases follow one another."""
    place = {phase["key"]: n for n, phase in enumerate(phases)}
    found = []
    for area in areas:
        mine = sorted(place[key] for key in area["phases"] if key in place)
        if mine and mine == list(range(mine[0], mine[-1] + 1)):
            found.append((_text(area["name"]), mine[0], mine[-1]))
    return found


def _text(value: Any) -> str:
    return value if isinstance(value, str) else pick(value).text
