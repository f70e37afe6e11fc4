"""A table as CSV that a spreadsheet opens as it is, in which no cell is ever a formula. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence

# What spreadsheets take for the beginning of a formula (OWASP, CSV injection).
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def safe(cell: str) -> str:
    """The cell as text: one that would be a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.lstrip(" ").startswith(DANGEROUS) or cell.startswith(DANGEROUS) else cell


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """RFC 4180 with semicolons, as Finnish spreadsheets expect, and a mark that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([safe(str(cell)) for cell in row])
    return "\ufeff" + out.getvalue()
