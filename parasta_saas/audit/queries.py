"""Lines of the acting organisation's log."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Text, cast, select

from ..core.access import Actor
from ..core.db import db
from ..core.outbox import AuditEntry
from .chain import Entry

BATCH = 1_000


def entries_of(actor: Actor, *, before: int | None = None, limit: int) -> list[Entry]:
    """The newest lines, or those before a number, in falling order."""
    found = _lines(actor).order_by(AuditEntry.seq.desc()).limit(limit)
    if before is not None:
        found = found.where(AuditEntry.seq < before)
    return [Entry(*row) for row in db.session.execute(found)]


def every_entry_of(actor: Actor) -> Iterator[Entry]:
    """All lines in rising order, a batch at a time."""
    seen = 0
    while True:
        found = _lines(actor).where(AuditEntry.seq > seen).order_by(AuditEntry.seq).limit(BATCH)
        rows = [Entry(*row) for row in db.session.execute(found)]
        yield from rows
        if len(rows) < BATCH:
            return
        seen = rows[-1].seq


def _lines(actor: Actor) -> Any:
    # The seal is over PostgreSQL's own text of the JSON, so it is fetched as text.
    e = AuditEntry
    return select(
        e.seq, e.at, e.name, e.actor_id, e.actor_name, cast(e.body, Text), e.request_id, e.before, e.hash
    ).where(e.tenant_id == actor.organisation_id)
