"""The workplace register, partnerships, contacts and first enquiries."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ..core.clock import now
from ..core.db import Global, TenantOwned, Versioned, db, member_fk, tenant_fk
from ..core.errors import Conflict
from ..core.i18n import _
from . import wording

STAGES = tuple(wording.STAGES)


class WorkplaceRegister(Global, db.Model):
    """Public facts about a workplace (organisation of kind workplace, same id). One row per business id."""

    __tablename__ = "workplace_register"

    business_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sort_name: Mapped[str]
    field: Mapped[str] = mapped_column(default="")
    town: Mapped[str] = mapped_column(default="")
    claimed_at: Mapped[datetime | None]  # somebody of the workplace has come in; from then on its owner lets people in

    @property
    def claimed(self) -> bool:
        return self.claimed_at is not None


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
    workplace_goal: Mapped[str] = mapped_column(default="")
    own_goal: Mapped[str] = mapped_column(default="")
    rhythm: Mapped[str] = mapped_column(default="")  # how often one keeps in touch, in words
    next_talk: Mapped[str] = mapped_column(default="")  # what the next talk is about
    next_talk_at: Mapped[datetime | None]

    @property
    def stage_name(self) -> str:
        return wording.stage_name(self.stage)

    def check_version(self, version: int) -> None:
        """Refuse an edit that was begun before somebody else's was saved."""
        if version != self.version:
            raise Conflict(_("Somebody changed this while you were writing. Open it again and add your change."))


class WorkplaceContact(TenantOwned, db.Model):
    """A person of a workplace as one provider knows them."""

    __tablename__ = "workplace_contact"
    __table_args__ = (
        tenant_fk("partnership_id", "partnership"),
        Index("ix_workplace_contact_partnership", "tenant_id", "partnership_id"),
        Index("ix_workplace_contact_invitation", "tenant_id", "invitation_id"),
    )

    partnership_id: Mapped[UUID]
    name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="fi")
    invitation_id: Mapped[UUID | None]  # the newest one
    invited_at: Mapped[datetime | None]
    joined_at: Mapped[datetime | None]

    def invite(self, invitation_id: UUID) -> None:
        if self.joined_at:
            raise Conflict(_("%(name)s has already come in. No invitation is needed.", name=self.name))
        self.invitation_id, self.invited_at = invitation_id, now()

    def come_in(self) -> bool:
        """Note that the person uses Parasta; False if that was known."""
        if self.joined_at:
            return False
        self.joined_at = now()
        return True


class Enquiry(TenantOwned, Versioned, db.Model):
    """A first contact through the public page; the clock of `contact-response` runs from here."""

    __tablename__ = "enquiry"
    __table_args__ = (
        tenant_fk("partnership_id", "partnership"),
        member_fk("named_id"),
        Index("ix_enquiry_waiting", "tenant_id", "due_at", postgresql_where=text("answered_at is null")),
        Index("ix_enquiry_answered", "tenant_id", "answered_at", "id"),
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
    sender: Mapped[str] = mapped_column(default="")  # keyed hash of the network address, only for counting

    @property
    def waiting(self) -> bool:
        return self.answered_at is None

    @property
    def on_time(self) -> bool:
        return self.answered_at is not None and self.answered_at <= self.due_at

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
        member_fk("only_for_id"),
        Index("ix_timeline_entry_order", "tenant_id", "partnership_id", "at", "id"),
    )

    partnership_id: Mapped[UUID]
    at: Mapped[datetime] = mapped_column(default=now)
    kind: Mapped[str]  # a key of wording.ENTRIES
    words: Mapped[str] = mapped_column(default="")
    by: Mapped[str] = mapped_column(default="")
    only_for_id: Mapped[UUID | None]  # a private note: only its writer reads it

    @property
    def told(self) -> str:
        return wording.told(self.kind, self.words)

    @property
    def icon(self) -> str:
        return wording.ENTRIES[self.kind].icon

    @property
    def seen_by(self) -> str:
        """both, inside or me: who knows of this."""
        if self.only_for_id:
            return "me"
        return "both" if wording.ENTRIES[self.kind].shared else "inside"
