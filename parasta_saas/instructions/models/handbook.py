"""A provider's local operating instructions on top of one national release."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.clock import now
from ...core.db import Published, TenantOwned, Versioned, db, link, member_fk, tenant_fk
from ...core.errors import Conflict
from ...core.i18n import _


class Handbook(TenantOwned, Versioned, db.Model):
    """Which national release a provider follows: one row per provider."""

    __tablename__ = "handbook"
    __table_args__ = (UniqueConstraint("tenant_id"),)

    release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    edition: Mapped[int] = mapped_column(default=0)  # grows with each publication

    def grow(self) -> None:
        """Something in the handbook was published."""
        self.edition += 1


class Instruction(TenantOwned, Versioned, db.Model):
    """*Näin meillä* on one step: what the provider wrote, on which national text it was written."""

    __tablename__ = "instruction"
    __table_args__ = (UniqueConstraint("tenant_id", "step_key"), member_fk("edited_by_id"))

    step_key: Mapped[str]
    base_release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    base_guidance: Mapped[dict[str, str]]  # the national guidance that `guidance` was written on
    guidance: Mapped[dict[str, str]]  # adapted guidance per language; a language not there runs as national
    note: Mapped[dict[str, str]] = mapped_column(default=dict)  # own text beside, Markdown
    time_limit_value: Mapped[int | None]
    local_role: Mapped[dict[str, str]] = mapped_column(default=dict)
    edited_by_id: Mapped[UUID | None]
    edited_by: Mapped[str] = mapped_column(default="")
    edited_at: Mapped[datetime] = mapped_column(default=now)
    published_at: Mapped[datetime | None]
    edition: Mapped[int] = mapped_column(default=0)

    def overlay(self) -> dict[str, Any]:
        """The sparse overlay that `resolved` takes."""
        full = {
            "guidance": self.guidance, "note": self.note,
            "time_limit_value": self.time_limit_value, "local_role": self.local_role,
        }  # fmt: skip
        return {k: v for k, v in full.items() if v}

    @property
    def is_local(self) -> bool:
        """Whether anything here is the provider's own."""
        return bool(self.overlay())

    def put_in_force(
        self, overlay: dict[str, Any], *, release_id: UUID, national: dict[str, str], by_id: UUID | None, by: str
    ) -> None:
        """Take these words into use at once, as a new edition written on this national guidance."""
        self.guidance, self.note = overlay.get("guidance", {}), overlay.get("note", {})
        self.time_limit_value, self.local_role = overlay.get("time_limit_value"), overlay.get("local_role", {})
        self.base_release_id, self.base_guidance = release_id, dict(national)
        self.edited_by_id, self.edited_by = by_id, by
        self.edited_at = self.published_at = now()
        self.edition += 1


class InstructionEdition(Published, db.Model):
    """One published edition of one step's instruction; never changed afterwards."""

    __tablename__ = "instruction_edition"
    __table_args__ = (
        UniqueConstraint("tenant_id", "instruction_id", "edition"),
        tenant_fk("instruction_id", "instruction"),
    )

    instruction_id: Mapped[UUID]
    step_key: Mapped[str]
    edition: Mapped[int]
    release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    overlay: Mapped[dict[str, Any]]
    resolved: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    published_by: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")  # edited, update, withdrawn, returned


class NationalUpdate(TenantOwned, Versioned, db.Model):
    """A newer national release offered to one provider, until everything in it is decided."""

    __tablename__ = "national_update"
    __table_args__ = (UniqueConstraint("tenant_id", "release_id"),)

    release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    from_release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    number: Mapped[str]
    from_number: Mapped[str]
    finished_at: Mapped[datetime | None]
    finished_by: Mapped[str] = mapped_column(default="")

    @property
    def pending(self) -> bool:
        return self.finished_at is None

    def finish(self, *, by: str) -> None:
        """Everything is decided: the handbook follows the new release."""
        if not self.pending:
            raise Conflict(_("This update has already been taken into use."))
        self.finished_at, self.finished_by = now(), by


class UpdateItem(TenantOwned, Versioned, db.Model):
    """What an update does to one step: fits as it is, asks a question, or is for information."""

    __tablename__ = "update_item"
    __table_args__ = (
        UniqueConstraint("tenant_id", "update_id", "step_key"),
        tenant_fk("update_id", "national_update"),
        member_fk("decided_by_id"),
    )

    update_id: Mapped[UUID]
    step_key: Mapped[str]
    order: Mapped[int] = mapped_column("position")
    kind: Mapped[str]  # clean, conflict, information
    base: Mapped[dict[str, str]]
    national: Mapped[dict[str, str]]
    local: Mapped[dict[str, str]]
    merged: Mapped[dict[str, str]]  # the result that will be in force, per language
    decision: Mapped[str | None]
    decided_by_id: Mapped[UUID | None]
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]

    update = link("UpdateItem", "update_id", "NationalUpdate")

    @property
    def open(self) -> bool:
        return self.kind == "conflict" and self.decision is None

    def decide(self, decision: str, merged: dict[str, str], *, by_id: UUID | None, by: str) -> None:
        if self.decision is not None:
            raise Conflict(_("This question has already been answered."))
        self.decision, self.merged = decision, merged
        self.decided_by_id, self.decided_by, self.decided_at = by_id, by, now()

    def reopen(self) -> None:
        """No answer counts any more."""
        self.decision, self.decided_by_id, self.decided_by, self.decided_at = None, None, "", None


class ShelvedText(TenantOwned, db.Model):
    """A local sentence that a decision left out: kept on the shelf, never lost."""

    __tablename__ = "shelved_text"
    __table_args__ = (tenant_fk("instruction_id", "instruction"),)

    instruction_id: Mapped[UUID]
    step_key: Mapped[str]
    language: Mapped[str]
    text: Mapped[str]
    reason: Mapped[str]
    shelved_by: Mapped[str]
