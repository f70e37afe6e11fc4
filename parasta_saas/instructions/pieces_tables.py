"""Rows of a table as Markdown that reads well on a phone: a list, with the column's name before each value. Pure."""

from collections.abc import Sequence
from statistics import fmean

from .pieces import LONGEST_TITLE, Block, emphasised, escaped

Row = Sequence[str]
LONGEST_NAME = 60
LONG_ROW = 90  # characters: a table with rows as long as these on average is a handbook of its own
LEAST_ROWS = 3


def blocks_of(rows: Sequence[Row], *, header: bool = False, name: str = "") -> list[Block]:
    """A table as blocks: a piece per row where the rows are long, else a list.

    rows: plain words, "" for an empty cell; header: the file says that the first row names the columns;
    name: what a row without a short first cell is called after.
    """
    tidy = [row for row in map(_tidy, rows) if any(row)]
    if not tidy:
        return []
    width = max(map(len, tidy))
    rows = [row + [""] * (width - len(row)) for row in tidy]
    if width == 1:
        return [Block(escaped(row[0])) for row in rows]
    if not (header or has_header(rows)) or len(rows) < 2:
        return [Block(_joined(row), tight=i > 0) for i, row in enumerate(rows)]
    names, below = rows[0], rows[1:]
    if len(below) >= LEAST_ROWS and fmean(sum(map(len, row)) for row in below) >= LONG_ROW:
        return _pieces(names, below, name)
    listed = [Block(f"- {_named(names, row)}", tight=i > 0) for i, row in enumerate(below)]
    return listed + [Block(f"- {words}", tight=True) for words in _unfilled(names, below)]


def has_header(rows: Sequence[Row]) -> bool:
    """Whether the first row looks like the names of columns: short, all there, different, shorter than what follows."""
    first, below = rows[0], rows[1:]
    if not below or len(first) < 2 or not all(first) or len(set(first)) < len(first):
        return False
    if any(len(name) > LONGEST_NAME or name[:1].isdigit() for name in first):
        return False
    if len(first) > 2:
        return True
    longest = max(fmean(len(row[i]) for row in below) for i in range(len(first)))
    return longest > 2 * max(map(len, first)) + 10


def _pieces(names: Row, rows: Sequence[Row], name: str) -> list[Block]:
    found = []
    for number, row in enumerate(rows, 1):
        at = next((i for i, cell in enumerate(row) if cell and not cell.replace(".", "").isdigit()), 0)
        title = row[at] if len(row[at]) <= LONGEST_TITLE else f"{name} {number}".strip()
        rest = [f"- {_labelled(names[i], cell)}" for i, cell in enumerate(row) if cell]
        found.append(Block("\n".join(rest), title=title))
    more = _unfilled(names, rows)
    return found + [Block("\n".join(f"- {words}" for words in more))] if more else found


def _named(names: Row, row: Row) -> str:
    return " · ".join(_labelled(name, cell) for name, cell in zip(names, row, strict=True) if cell)


def _labelled(name: str, cell: str) -> str:
    return f"**{emphasised(name)}:** {escaped(cell)}" if name else escaped(cell)


def _unfilled(names: Row, rows: Sequence[Row]) -> list[str]:
    """Names of columns in which nothing stands; they are words, too."""
    return [f"**{emphasised(name)}:** –" for i, name in enumerate(names) if name and not any(r[i] for r in rows)]


def _joined(row: Row) -> str:
    cells = [cell for cell in row if cell]
    return "- " + escaped(f"{cells[0]}: {' · '.join(cells[1:])}" if len(cells) > 1 else cells[0])


def _tidy(row: Row) -> list[str]:
    return [" ".join(cell.split()) for cell in row]
