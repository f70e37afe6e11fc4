"""What of the register, of partnerships and of first contacts an actor may see.

Staff of the provider see all of it; students and guardians none; the workplace sees none of these rows.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_

from ..core import keyset
from ..core.access import Actor
from ..core.business_id import InvalidBusinessId, normalise
from ..core.collate import sort_name
from ..core.db import db
from ..core.errors import NotFound
from ..tenants.models import Organisation
from .models import STAGES, Enquiry, Partnership, TimelineEntry, WorkplaceContact, WorkplaceRegister

STAFF = (
    "system", "provider_admin", "quality_manager", "wl_coordinator", "agreement_coordinator", "teacher",
    "provider_signatory",
)  # fmt: skip
KINDS_OF_FILTER = {"contact": ("call", "visit"), "notes": ("note",)}


def _need_staff(actor: Actor) -> None:
    if not actor.is_provider(*STAFF):
        raise NotFound()


def hold(name: str) -> None:
    """Let one transaction at a time decide about this name; released by commit or rollback."""
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


# --- the register, which all read


def workplace_numbered(business_id: str) -> WorkplaceRegister | None:
    """The workplace of a normalised business ID."""
    return db.session.scalar(select(WorkplaceRegister).where(WorkplaceRegister.business_id == business_id))


def workplace_with(workplace_id: UUID) -> WorkplaceRegister:
    row = db.session.get(WorkplaceRegister, workplace_id)
    if row is None:
        raise NotFound()
    return row


def taken_slugs(stem: str) -> set[str]:
    """Which addresses that begin with the stem are in use."""
    found = select(Organisation.slug).where(Organisation.slug.startswith(stem, autoescape=True))
    return set(db.session.scalars(found))


# --- partnerships


def partnership_for(actor: Actor, partnership_id: UUID, *, lock: bool = False) -> Partnership:
    """One partnership of the acting provider; NotFound for anybody else's."""
    _need_staff(actor)
    found = select(Partnership).where(Partnership.tenant_id == actor.organisation_id, Partnership.id == partnership_id)
    row = db.session.scalar(found.with_for_update() if lock else found)
    if row is None:
        raise NotFound()
    return row


def partnership_with(actor: Actor, workplace_id: UUID) -> Partnership | None:
    """The acting provider's partnership with one workplace."""
    _need_staff(actor)
    found = select(Partnership).where(
        Partnership.tenant_id == actor.organisation_id, Partnership.workplace_id == workplace_id
    )
    return db.session.scalar(found)


def partnerships_of(
    actor: Actor, *, words: str = "", stage: str = "", cursor: str = "", size: int = 25
) -> keyset.Page[Partnership]:
    """One page of the acting provider's partnerships in the order of names, narrowed by words and stage."""
    _need_staff(actor)
    place = keyset.decode(cursor, str, UUID) if cursor else None
    found = select(Partnership).where(Partnership.tenant_id == actor.organisation_id)
    if stage in STAGES:
        found = found.where(Partnership.stage == stage)
    if words.strip():
        found = found.where(_meant(words))
    found = _from(found, place, Partnership.sort_name, Partnership.id).limit(size + 1)
    rows = list(db.session.scalars(found))
    return keyset.page_of(rows, size, lambda p: (p.sort_name, p.id), place)


def partnership_choices(actor: Actor, limit: int = 500) -> list[Partnership]:
    """Partnerships to choose a workplace from, by name; for the rooms above."""
    _need_staff(actor)
    found = select(Partnership).where(Partnership.tenant_id == actor.organisation_id)
    return list(db.session.scalars(found.order_by(Partnership.sort_name, Partnership.id).limit(limit)))


def has_partnerships(actor: Actor) -> bool:
    found = select(Partnership.id).where(Partnership.tenant_id == actor.organisation_id).limit(1)
    return db.session.scalar(found) is not None


def _meant(words: str) -> ColumnElement[bool]:
    """A business ID, the beginning of one, or part of a name."""
    try:
        return Partnership.business_id == normalise(words)
    except InvalidBusinessId:
        pass  # not a whole one, so it is a name or a beginning
    named = Partnership.sort_name.contains(sort_name(words), autoescape=True)
    typed = words.strip()
    if typed.replace("-", "").isdigit():
        return or_(named, Partnership.business_id.startswith(typed, autoescape=True))
    return named


def _from(found: Select[Any], place: keyset.Cursor | None, *columns: Any, down: bool = False) -> Select[Any]:
    """Rows from a place on in the order of the columns; the last column is unique."""
    backward = place is not None and place.backward
    if place is not None:
        here = tuple_(*columns)
        there = tuple_(*place.key)
        found = found.where(here < there if backward != down else here > there)
    ordered = [c.desc() if backward != down else c.asc() for c in columns]
    return found.order_by(*ordered)


# --- people and timeline of a partnership


def contacts_of(actor: Actor, partnership: Partnership) -> list[WorkplaceContact]:
    """People of the workplace, in the order in which they became known."""
    found = select(WorkplaceContact).where(
        WorkplaceContact.tenant_id == actor.organisation_id, WorkplaceContact.partnership_id == partnership.id
    )
    return list(db.session.scalars(found.order_by(WorkplaceContact.id)))


def contact_for(actor: Actor, partnership: Partnership, contact_id: UUID) -> WorkplaceContact:
    """One contact of this partnership, locked; NotFound for anybody else's."""
    found = select(WorkplaceContact).where(
        WorkplaceContact.tenant_id == actor.organisation_id, WorkplaceContact.id == contact_id,
        WorkplaceContact.partnership_id == partnership.id,
    )  # fmt: skip
    row = db.session.scalar(found.with_for_update())
    if row is None:
        raise NotFound()
    return row


def contact_at(actor: Actor, partnership: Partnership, email: str) -> WorkplaceContact | None:
    found = select(WorkplaceContact).where(
        WorkplaceContact.tenant_id == actor.organisation_id, WorkplaceContact.email == email,
        WorkplaceContact.partnership_id == partnership.id,
    )  # fmt: skip
    return db.session.scalar(found)


def contact_invited_by(actor: Actor, invitation_id: UUID) -> WorkplaceContact | None:
    found = select(WorkplaceContact).where(
        WorkplaceContact.tenant_id == actor.organisation_id, WorkplaceContact.invitation_id == invitation_id
    )
    return db.session.scalar(found.with_for_update())


def timeline_of(
    actor: Actor, partnership: Partnership, *, only: str = "", cursor: str = "", size: int = 12
) -> keyset.Page[TimelineEntry]:
    """What happened, newest first. A private note is only its writer's. `only`: contact, notes or everything."""
    place = keyset.decode(cursor, datetime, UUID) if cursor else None
    found = select(TimelineEntry).where(
        TimelineEntry.tenant_id == actor.organisation_id, TimelineEntry.partnership_id == partnership.id,
        or_(TimelineEntry.only_for_id.is_(None), TimelineEntry.only_for_id == actor.membership_id),
    )  # fmt: skip
    if only in KINDS_OF_FILTER:
        found = found.where(TimelineEntry.kind.in_(KINDS_OF_FILTER[only]))
    found = _from(found, place, TimelineEntry.at, TimelineEntry.id, down=True).limit(size + 1)
    return keyset.page_of(list(db.session.scalars(found)), size, lambda e: (e.at, e.id), place)


# --- first contacts


def enquiry_for(actor: Actor, enquiry_id: UUID, *, lock: bool = False) -> Enquiry:
    """One first contact of the acting provider; NotFound for anybody else's."""
    _need_staff(actor)
    found = select(Enquiry).where(Enquiry.tenant_id == actor.organisation_id, Enquiry.id == enquiry_id)
    row = db.session.scalar(found.with_for_update() if lock else found)
    if row is None:
        raise NotFound()
    return row


def waiting_enquiries(actor: Actor, limit: int = 100) -> list[Enquiry]:
    """Those without an answer, the most urgent first."""
    _need_staff(actor)
    found = select(Enquiry).where(Enquiry.tenant_id == actor.organisation_id, Enquiry.answered_at.is_(None))
    return list(db.session.scalars(found.order_by(Enquiry.due_at, Enquiry.id).limit(limit)))


def answered_enquiries(actor: Actor, *, cursor: str = "", size: int = 20) -> keyset.Page[Enquiry]:
    """Those with an answer, the latest first."""
    _need_staff(actor)
    place = keyset.decode(cursor, datetime, UUID) if cursor else None
    found = select(Enquiry).where(Enquiry.tenant_id == actor.organisation_id, Enquiry.answered_at.is_not(None))
    found = _from(found, place, Enquiry.answered_at, Enquiry.id, down=True).limit(size + 1)
    return keyset.page_of(list(db.session.scalars(found)), size, lambda e: (e.answered_at, e.id), place)


def punctuality(actor: Actor, since: datetime) -> tuple[int, int]:
    """How many answers since a moment were on time, of how many."""
    found = select(func.count().filter(Enquiry.answered_at <= Enquiry.due_at), func.count()).where(
        Enquiry.tenant_id == actor.organisation_id, Enquiry.answered_at >= since
    )
    on_time, answered = db.session.execute(found).one()
    return on_time, answered


def waiting_summary(actor: Actor) -> tuple[int, datetime | None]:
    """How many first contacts wait, and since when the oldest."""
    found = select(func.count(), func.min(Enquiry.created_at)).where(
        Enquiry.tenant_id == actor.organisation_id, Enquiry.answered_at.is_(None)
    )
    count, oldest = db.session.execute(found).one()
    return count, oldest


def open_by_person(actor: Actor) -> dict[UUID | None, int]:
    """How many waiting first contacts each named person has."""
    found = select(Enquiry.named_id, func.count()).where(
        Enquiry.tenant_id == actor.organisation_id, Enquiry.answered_at.is_(None)
    )
    return {row[0]: row[1] for row in db.session.execute(found.group_by(Enquiry.named_id))}


def sent_since(actor: Actor, since: datetime, *, email: str, sender: str) -> tuple[int, int]:
    """How many first contacts came since a moment from an e-mail address, and from a network address."""
    found = select(func.count().filter(Enquiry.email == email), func.count().filter(Enquiry.sender == sender)).where(
        Enquiry.tenant_id == actor.organisation_id, Enquiry.created_at >= since
    )
    by_email, by_sender = db.session.execute(found).one()
    return by_email, by_sender
