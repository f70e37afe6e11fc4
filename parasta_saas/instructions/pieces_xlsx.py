"""A workbook as blocks: a sheet is a heading, its rows are pieces where they are long, else a list. Pure."""

import datetime as dt
import re
import warnings
from collections.abc import Iterator
from io import BytesIO
from itertools import zip_longest
from typing import Any
from zipfile import ZipFile

from lxml import etree
from openpyxl import load_workbook

from .pieces import Block, Refused, Told
from .pieces_tables import blocks_of

MOST_ROWS, MOST_COLUMNS = 20_000, 200


def xlsx_blocks(data: bytes) -> tuple[list[Block], list[Told]]:
    """The words of every sheet in order, and what was left out. The file has been looked through (pieces_files).

    Raises Refused: too_wide, too_much.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says which decorations it does not know
        values = load_workbook(BytesIO(data), read_only=True, data_only=True)
        try:
            written = load_workbook(BytesIO(data), read_only=True)
            try:
                blocks, told = _read(values, written)
                return blocks, [*told, *_beside(data)]
            finally:
                written.close()
        finally:
            values.close()


def _read(values: Any, written: Any) -> tuple[list[Block], list[Told]]:
    blocks: list[Block] = []
    told: list[Told] = []
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            told.append(Told("hidden_sheet", sheet.title))
        rows = list(_rows(sheet, written[sheet.title], told))
        blocks.append(Block(sheet.title, level=1))
        for part in _tables(rows):
            if len(part) == 1 and len(part[0]) == 1:
                blocks.append(Block(part[0][0]))
            else:
                blocks += blocks_of(part, name=sheet.title)
    return blocks, told


def _beside(data: bytes) -> Iterator[Told]:
    """Comments with their words; pictures and charts."""
    with ZipFile(BytesIO(data)) as box:
        for name in box.namelist():
            folder, _slash, file = name.rpartition("/")
            if re.match(r"xl/(?:comments|threadedComments/)", name):
                root = etree.fromstring(box.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
                if words := " ".join(t.strip() for t in root.itertext() if t.strip()):
                    yield Told("comment", words)
            elif folder == "xl/media":
                yield Told("image", file)
            elif folder in ("xl/charts", "xl/embeddings"):
                yield Told("object", file)


def _rows(sheet: Any, written: Any, told: list[Told]) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a file says of its size may be anything
    written.reset_dimensions()
    pairs = zip_longest(sheet.iter_rows(values_only=True), written.iter_rows(values_only=True), fillvalue=())
    for number, (row, formulas) in enumerate(pairs, 1):
        if number > MOST_ROWS:
            raise Refused("too_wide", rows=MOST_ROWS, columns=MOST_COLUMNS)
        cells = [_words(value) for value in row]
        for at, formula in enumerate(formulas):
            if isinstance(formula, str) and formula.startswith("=") and not (cells[at : at + 1] or [""])[0]:
                told.append(Told("formula", f"{sheet.title} {formula}"))
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise Refused("too_wide", rows=MOST_ROWS, columns=MOST_COLUMNS)
        yield cells


def _tables(rows: list[list[str]]) -> Iterator[list[list[str]]]:
    """Runs of rows without an empty one between; a lonely cell above a table stands alone."""
    run: list[list[str]] = []
    for row in [*rows, []]:
        if row and not (len(run) == 1 and sum(map(bool, run[0])) == 1 and len(row) > 1):
            run.append(row)
            continue
        if run:
            yield _narrowed(run)
        run = [row] if row else []


def _narrowed(run: list[list[str]]) -> list[list[str]]:
    """Without columns that are empty in front."""
    skip = min(next(i for i, cell in enumerate(row) if cell) for row in run)
    return [row[skip:] for row in run]


def _words(value: Any) -> str:
    """A cell as a reader sees it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, dt.datetime):
        day = f"{value.day}.{value.month}.{value.year}"
        return day if value.time() == dt.time() else f"{day} {value.hour}.{value.minute:02}"
    if isinstance(value, dt.date):
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:g}".replace(".", ",")
    return str(value).strip()
