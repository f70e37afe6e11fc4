"""Is the log as it was written? Pure: what the database function `audit_append` sealed is sealed again and compared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

FIRST = b""  # what the first line stands on


@dataclass(frozen=True)
class Entry:
    """One line as it is stored. `body` is PostgreSQL's own text of the JSON; `before` the seal of the line before."""

    seq: int
    at: datetime
    name: str
    actor_id: UUID | None
    actor_name: str
    body: str
    request_id: str
    before: bytes
    hash: bytes


def seal_of(entry: Entry) -> bytes:
    """SHA-256 (32 bytes) over the seal before and the line's fields, parted by U+001F; `at` must be aware."""
    fields = (
        str(entry.seq),
        entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f"),
        entry.name,
        str(entry.actor_id or ""),
        entry.actor_name,
        entry.body,
        entry.request_id,
    )
    return sha256(entry.before + "\x1f".join(fields).encode()).digest()


def intact(entry: Entry, earlier: Entry | None) -> bool:
    """Whether a line carries its own seal and stands on the line before it (None: it is the first one)."""
    stands = (earlier.seq + 1, earlier.hash) if earlier else (1, FIRST)
    return (entry.seq, entry.before) == stands and entry.hash == seal_of(entry)


def newest_first(entries: Sequence[Entry]) -> list[bool]:
    """Whether each line is intact, in falling order. The last one counts only if it is the first of the chain."""
    return [intact(entry, earlier) for entry, earlier in zip(entries, [*entries[1:], None], strict=True)]


@dataclass(frozen=True)
class Whole:
    """The whole log: its length, and the first line that does not hold (None: all do)."""

    length: int
    broken: int | None


def whole(entries: Iterable[Entry]) -> Whole:
    """Check every line, oldest first, without keeping them in memory."""
    earlier, length, broken = None, 0, None
    for entry in entries:
        length += 1
        if broken is None and not intact(entry, earlier):
            broken = entry.seq
        earlier = entry
    return Whole(length, broken)
