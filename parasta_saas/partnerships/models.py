"""The workplace register, partnerships, contacts and first enquiries."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.clock import now
from ..core.db import Global, TenantOwned, Versioned, db, member_fk, tenant_fk
from ..core.errors import Conflict
from ..core.i18n import _


class WorkplaceRegister(Global, db.Model):
    """Public facts about a workplace (organisation of kind workplace, same id). One row per business id."""

    __tablename__ = "workplace_register"

    business_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sort_name: Mapped[str]
    field: Mapped[str] = mapped_column(default="")
    town: Mapped[str] = mapped_column(default="")


class Site(Global, db.Model):
    """One place of a workplace."""

    __tablename__ = "site"

    workplace_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    town: Mapped[str] = mapped_column(default="")


class Partnership(TenantOwned, Versioned, db.Model):
    """What one provider knows of its cooperation with one workplace; the workplace does not see this row."""

    __tablename__ = "partnership"
    __table_args__ = (
        UniqueConstraint("tenant_id", "workplace_id"),
        Index("ix_partnership_name", "tenant_id", "sort_name", "id"),
        member_fk("coordinator_id"),
    )

    workplace_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    workplace_name: Mapped[str]
    sort_name: Mapped[str]
    business_id: Mapped[str]
    town: Mapped[str] = mapped_column(default="")
    field: Mapped[str] = mapped_column(default="")
    stage: Mapped[str] = mapped_column(default="started")  # started, active, paused
    coordinator_id: Mapped[UUID | None]
    coordinator: Mapped[str] = mapped_column(default="")
    goals: Mapped[str] = mapped_column(default="")
    next_talk_on: Mapped[datetime | None]


class WorkplaceContact(TenantOwned, db.Model):
    """A person of a workplace as one provider knows them."""

    __tablename__ = "workplace_contact"
    __table_args__ = (tenant_fk("partnership_id", "partnership"),)

    partnership_id: Mapped[UUID]
    name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="fi")
    invitation_id: Mapped[UUID | None]


class Enquiry(TenantOwned, Versioned, db.Model):
    """A first contact through the public page; the clock of `contact-response` runs from here."""

    __tablename__ = "enquiry"
    __table_args__ = (
        tenant_fk("partnership_id", "partnership"),
        member_fk("named_id"),
        Index("ix_enquiry_open", "tenant_id", "created_at"),
    )

    workplace_name: Mapped[str]
    person_name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    words: Mapped[str]
    language: Mapped[str]
    due_at: Mapped[datetime]
    named_id: Mapped[UUID | None]
    named: Mapped[str]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[str] = mapped_column(default="")
    partnership_id: Mapped[UUID | None]

    @property
    def waiting(self) -> bool:
        return self.answered_at is None

    def respond(self, answer: str, *, by: str) -> None:
        if not self.waiting:
            raise Conflict(_("%(name)s has already answered this.", name=self.answered_by))
        self.answer, self.answered_by, self.answered_at = answer, by, now()

    def become(self, partnership_id: UUID) -> None:
        if self.partnership_id:
            raise Conflict(_("A partnership has already been opened from this contact."))
        self.partnership_id = partnership_id


class TimelineEntry(TenantOwned, db.Model):
    """What has happened in a partnership, in the provider's words."""

    __tablename__ = "timeline_entry"
    __table_args__ = (
        tenant_fk("partnership_id", "partnership"),
        Index("ix_timeline_entry_order", "tenant_id", "partnership_id", "at"),
    )

    partnership_id: Mapped[UUID]
    at: Mapped[datetime] = mapped_column(default=now)
    kind: Mapped[str]  # opened, note, call, visit, enquiry, invited, joined, placement, agreement, pulse
    words: Mapped[str] = mapped_column(default="")
    by: Mapped[str] = mapped_column(default="")
