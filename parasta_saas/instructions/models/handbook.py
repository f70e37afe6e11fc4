"""A provider's local operating instructions on top of one national release."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from ...core.clock import now
from ...core.db import Published, TenantOwned, Versioned, db, member_fk, tenant_fk
from ..extras import extras_in

# What a provider may switch on; until then nothing of it is to be seen.
FEATURES = ("units", "deviations")


class Handbook(TenantOwned, Versioned, db.Model):
    """Which national release a provider follows: one row per provider."""

    __tablename__ = "handbook"
    __table_args__ = (UniqueConstraint("tenant_id"),)

    release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    edition: Mapped[int] = mapped_column(default=0)  # grows with each publication: the number of its version
    reviewed: Mapped[bool] = mapped_column(default=False)  # a second person approves before anything is in force
    features: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)  # switched on: words of FEATURES

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
    extras: Mapped[dict[str, Any]] = mapped_column(default=dict)  # extras.EXTRAS: lists, a deviation, parameters
    edited_by_id: Mapped[UUID | None]
    edited_by: Mapped[str] = mapped_column(default="")
    edited_at: Mapped[datetime] = mapped_column(default=now)
    published_at: Mapped[datetime | None]
    edition: Mapped[int] = mapped_column(default=0)

    def overlay(self) -> dict[str, Any]:
        """The sparse overlay that `resolved` takes."""
        full = {
            "guidance": self.guidance, "note": self.note,
            "time_limit_value": self.time_limit_value, "local_role": self.local_role, **self.extras,
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
        self.extras = extras_in(overlay)
        self.base_release_id, self.base_guidance = release_id, dict(national)
        self.edited_by_id, self.edited_by = by_id, by
        self.edited_at = self.published_at = now()
        self.edition += 1

    def clear(self) -> None:
        """Nothing of the provider's own stands here any more: the step is gone, its words are elsewhere."""
        self.guidance, self.note, self.local_role, self.time_limit_value, self.extras = {}, {}, {}, None, {}


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
    reason: Mapped[str] = mapped_column(default="")  # edited, update, withdrawn, returned, undone, shelf
