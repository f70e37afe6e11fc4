"""Texts kept while somebody writes, rounds of review, who writes where just now."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from ...core.clock import now
from ...core.db import TenantOwned, Versioned, db, member_fk, tenant_fk
from ...core.errors import Conflict
from ...core.i18n import _
from .. import version_flow

LOCK_SECONDS = 120  # without a sign of life somebody is no longer taken to be writing


class KeptText(TenantOwned, db.Model):
    """A text as somebody wrote it: each saved state of a draft, each text typed over a newer one. Never deleted."""

    __tablename__ = "kept_text"
    __table_args__ = (Index("ix_kept_text_tenant_id_step_key", "tenant_id", "step_key"), member_fk("written_by_id"))

    step_key: Mapped[str]
    kind: Mapped[str]  # draft, discarded, meeting
    overlay: Mapped[dict[str, Any]]
    base: Mapped[dict[str, Any]]  # the overlay that it was written on
    base_version: Mapped[int] = mapped_column(default=0)  # of the instruction; 0 for none
    release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))  # whose national text both are on
    draft_id: Mapped[UUID | None]
    against: Mapped[str] = mapped_column(default="")  # of a meeting: what it meets, force or draft
    wants: Mapped[str] = mapped_column(default="")  # of a meeting: what was pressed, publish or draft
    written_by_id: Mapped[UUID | None]
    written_by: Mapped[str]
    settled_at: Mapped[datetime | None]  # a meeting decided, a discarded draft had back

    def settle(self) -> None:
        """Once."""
        if self.settled_at:
            raise Conflict(_("This has been settled already. The text that stands now is on the step's page."))
        self.settled_at = now()


class HandbookRound(TenantOwned, Versioned, db.Model):
    """Drafts that go the way of version_flow together: into review, approved, in force as one version."""

    __tablename__ = "handbook_round"
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        member_fk("submitted_by_id"),
        member_fk("approved_by_id"),
    )

    number: Mapped[int]
    state: Mapped[str] = mapped_column(default="draft")  # version_flow.STATES
    note: Mapped[dict[str, str]] = mapped_column(default=dict)  # what is new, for readers
    valid_from: Mapped[date | None]  # none: as soon as it is approved
    submitted_by_id: Mapped[UUID | None]
    submitted_by: Mapped[str] = mapped_column(default="")
    submitted_at: Mapped[datetime | None]
    approved_by_id: Mapped[UUID | None]
    approved_by: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None]
    returned_by: Mapped[str] = mapped_column(default="")
    returned_because: Mapped[str] = mapped_column(default="")
    returned_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    published_as: Mapped[int | None]  # the number of the version

    @property
    def is_open(self) -> bool:
        return self.state in version_flow.OPEN

    @property
    def is_locked(self) -> bool:
        """Whether its drafts must not be changed."""
        return self.state in version_flow.LOCKED

    def go(self, command: str) -> None:
        """To where version_flow leads; Conflict where it leads nowhere."""
        target = version_flow.FLOW.get((self.state, command))
        if target is None:
            raise Conflict(_(version_flow.ELSEWHERE[self.state]))
        self.state = target.state


class RoundItem(TenantOwned, db.Model):
    """One step in a round: the words that were sent, what stood before, who wrote them."""

    __tablename__ = "round_item"
    __table_args__ = (UniqueConstraint("tenant_id", "round_id", "step_key"), tenant_fk("round_id", "handbook_round"))

    round_id: Mapped[UUID]
    step_key: Mapped[str]
    draft_id: Mapped[UUID]
    overlay: Mapped[dict[str, Any]]
    before: Mapped[dict[str, Any]]
    release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    writer_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    writers: Mapped[list[str]] = mapped_column(ARRAY(Text))
    outcome: Mapped[str] = mapped_column(default="")  # published, same, asks, gone; empty while it waits


class Editing(TenantOwned, db.Model):
    """Somebody has the form of a step open; a sign of life every half a minute."""

    __tablename__ = "editing"
    __table_args__ = (UniqueConstraint("tenant_id", "step_key", "member_id"), member_fk("member_id"))

    step_key: Mapped[str]
    member_id: Mapped[UUID]
    name: Mapped[str]
    seen_at: Mapped[datetime] = mapped_column(default=now)

    @staticmethod
    def oldest() -> datetime:
        """The last moment at which a sign of life still counts."""
        return now() - timedelta(seconds=LOCK_SECONDS)
