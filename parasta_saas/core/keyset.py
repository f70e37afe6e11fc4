"""Pages of a long list by the last key seen: the tenth page costs what the first does.

A cursor says after (or before) which key the wanted page lies. It is only a place in a list the
reader may see anyway, so it isn't signed; whoever makes one up sees nothing new.
"""

import base64
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from .errors import ParastaError
from .i18n import _

T = TypeVar("T")
Value = str | int | float | bool | None | UUID | datetime | date
MAX_CURSOR = 2_000
MAX_INT = 2**63 - 1
# How a value that JSON doesn't know travels: its mark and how it is read back.
_READERS: dict[str, Callable[[str], Value]] = {
    "u": UUID,
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
}


class BadCursor(ParastaError):
    """The place in the list can't be read; the list is to be opened from its beginning."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("This place in the list is no longer known. Open the list from its beginning."))


@dataclass(frozen=True)
class Cursor:
    """A key of the list's order, and whether the wanted rows lie before it instead of after."""

    key: tuple[Value, ...]
    backward: bool = False


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows in reading order, with the cursors of the neighbouring pages where there are such."""

    items: list[T]
    next: str | None = None
    previous: str | None = None


def encode(cursor: Cursor) -> str:
    """The cursor as text for an address."""
    text = json.dumps([cursor.backward, *map(_marked, cursor.key)], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def decode(text: str, *kinds: type) -> Cursor:
    """The cursor of the text; raises BadCursor if it is malformed.

    kinds: the types of the key's values, such as `str, UUID`, checked exactly (None may stand for
    any); without them only the shape is checked, and a made-up cursor can upset the database.
    """
    if len(text) > MAX_CURSOR:
        raise BadCursor
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        backward, *key = json.loads(raw)
        cursor = Cursor(tuple(map(_read, key)), _flag(backward))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadCursor from error
    if not cursor.key or not _fits(cursor.key, kinds):
        raise BadCursor
    return cursor


def _fits(key: tuple[Value, ...], kinds: tuple[type, ...]) -> bool:
    if not kinds:
        return True
    if len(key) != len(kinds):
        return False
    return all(value is None or type(value) is kind for value, kind in zip(key, kinds, strict=True))


def page_of(rows: Sequence[T], size: int, key: Callable[[T], Sequence[Value]], cursor: Cursor | None = None) -> Page[T]:
    """The page of rows that were fetched from a cursor on, `size + 1` of them to see if more follow.

    rows: in the order of fetching, so the nearest to the cursor first (backward: last in the list
    first). key: the order's key of a row, unique. size ≥ 1.
    """
    if not rows:
        return Page([])
    backward = cursor is not None and cursor.backward
    items, more = list(rows[:size]), len(rows) > size
    if backward:
        items.reverse()
    after = encode(Cursor(tuple(key(items[-1])))) if more or backward else None
    before = encode(Cursor(tuple(key(items[0])), backward=True)) if (more if backward else cursor) else None
    return Page(items, next=after, previous=before)


def _marked(value: Value) -> Any:
    match value:
        case UUID():
            return {"u": value.hex}
        case datetime():
            return {"t": value.isoformat()}
        case date():
            return {"d": value.isoformat()}
    return value


def _read(value: Any) -> Value:
    match value:
        case dict():
            ((mark, text),) = value.items()
            return _READERS[mark](_storable(text))
        case str():
            return _storable(value)
        case float() if not math.isfinite(value):
            raise ValueError("An endless number has no place in an order.")
        case int() if abs(value) > MAX_INT:
            raise ValueError("The database has no such number.")
        case list():
            raise TypeError("A key is flat.")
    found: Value = value
    return found


def _storable(text: Any) -> str:
    # PostgreSQL takes neither NUL nor half a surrogate pair; encode() refuses the latter.
    if not isinstance(text, str) or b"\0" in text.encode():
        raise TypeError("This is no text.")
    return text


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("The direction is true or false.")
    return value
