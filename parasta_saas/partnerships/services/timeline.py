"""What happened in a partnership, written down."""

from datetime import datetime
from uuid import UUID

from ...core.access import Actor, require
from ...core.clock import now
from ...core.db import db
from ...core.events import emit
from .. import policies, queries
from ..events import EntryWritten
from ..models import Partnership, TimelineEntry


def write_entry(
    actor: Actor, partnership: Partnership, *, kind: str, words: str, private: bool = False
) -> TimelineEntry:
    """Write down a call, a visit or a note; a private one only its writer reads."""
    require(policies.can_write_entry(actor, partnership))
    entry = note_down(actor, partnership, kind, words)
    entry.only_for_id = actor.membership_id if private else None
    emit(actor, EntryWritten(partnership_id=partnership.id, kind=kind))
    return entry


def record_entry(
    actor: Actor, *, workplace_id: UUID, kind: str, words: str, at: datetime | None = None
) -> TimelineEntry | None:
    """Note what happened in a room above (placement, agreement, pulse); None where there is no partnership.

    `words` names no student: every teacher of the provider reads the timeline.
    """
    require(policies.can_record_entry(actor))
    partnership = queries.partnership_with(actor, workplace_id)
    return note_down(actor, partnership, kind, words, at=at) if partnership else None


def note_down(
    actor: Actor, partnership: Partnership, kind: str, words: str = "", *, at: datetime | None = None
) -> TimelineEntry:
    """One line of the timeline. Asks no policy: it is part of the service that calls it, which did."""
    entry = TimelineEntry(
        tenant_id=partnership.tenant_id, partnership_id=partnership.id, at=at or now(), kind=kind, words=words,
        by="" if actor.is_system else actor.name,
    )  # fmt: skip
    db.session.add(entry)
    return entry
