"""Two readings of a handbook side by side: step by step, field by field, word by word. Pure.

A reading is {step key: view}, a view as of `resolved.resolve`, in the order of the process.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..core import wording
from ..core.wording import Segment
from .extras import EXTRAS

View = Mapping[str, Any]
TEXTS = ("name", "minimum", "guidance", "note", "local_role")
LISTS = tuple(name for name in EXTRAS if name not in ("deviation", "params"))


@dataclass(frozen=True, slots=True)
class Row:
    """One changed place; no segments before for what is new, none after for what is gone."""

    field: str
    language: str
    before: list[Segment]
    after: list[Segment]


@dataclass(frozen=True, slots=True)
class StepChange:
    """One step that differs. kind: added, removed, changed."""

    key: str
    kind: str
    view: View
    rows: tuple[Row, ...]


def between(before: Mapping[str, View], after: Mapping[str, View], languages: Sequence[str]) -> list[StepChange]:
    """Every step that reads differently, in the order of `after`, then what is gone."""
    found = []
    for key, view in after.items():
        old = before.get(key)
        rows = tuple(rows_between(old or {}, view, languages))
        if old is None or rows:
            found.append(StepChange(key, "changed" if old is not None else "added", view, rows))
    gone = [key for key in before if key not in after]
    return found + [
        StepChange(key, "removed", before[key], tuple(rows_between(before[key], {}, languages))) for key in gone
    ]


def rows_between(old: View, new: View, languages: Sequence[str]) -> Iterator[Row]:
    """The places of one step that differ, texts first."""
    for field in TEXTS:
        for code in languages:
            was, now = (_text(view, field, code) for view in (old, new))
            if was != now:
                yield _row(field, code, was, now)
    was, now = (_number((view.get("time_limit") or {}).get("value")) for view in (old, new))
    if was != now:
        yield _row("time_limit", "", was, now)
    for field in LISTS:
        for code in languages:
            was, now = (_lines(view.get(field) or (), code) for view in (old, new))
            if was != now:
                yield _row(field, code, was, now)
    for field in ("deviation", "params"):
        was, now = (_values(view.get(field)) for view in (old, new))
        if was != now:
            yield _row(field, "", was, now)


def _row(field: str, language: str, was: str, now: str) -> Row:
    segments = wording.diff(was, now)
    return Row(
        field, language, [s for s in segments if s.kind != "added"] if was else [],
        [s for s in segments if s.kind != "gone"] if now else [],
    )  # fmt: skip


def _text(view: View, field: str, code: str) -> str:
    said: str = (view.get(field) or {}).get(code, "")
    return said.replace("\r\n", "\n").strip()


def _number(value: Any) -> str:
    return "" if value is None else str(value)


def _lines(items: Sequence[Mapping[str, Any]], code: str) -> str:
    """A list as text, one item a line."""
    lines = []
    for item in items:
        words = (item.get("text") or item.get("title") or item.get("name") or {}).get(code, "")
        duty = (item.get("duty") or {}).get(code, "")
        lines.append(" ".join(part for part in (words, duty, item.get("url") or "") if part))
    return "\n".join(line for line in lines if line)


def _values(value: Any) -> str:
    """A deviation in its words, or parameters with what is set."""
    if not value:
        return ""
    if "reason" in value:
        return "\n".join(str(value.get(name) or "") for name in ("reason", "approver", "expires"))
    said = ((key, part.get("value") if isinstance(part, Mapping) else part) for key, part in sorted(value.items()))
    return "\n".join(f"{key}: {part}" for key, part in said if part not in (None, ""))
