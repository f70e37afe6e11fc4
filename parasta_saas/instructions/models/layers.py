"""What a provider adds to the national process: steps of its own, the words of its units, drafts, versions."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from ...core.clock import now
from ...core.db import Published, TenantOwned, Versioned, db, member_fk, tenant_fk
from ...core.errors import Conflict
from ...core.i18n import _


class OwnStep(TenantOwned, Versioned, db.Model):
    """A step of the provider's own, or of one unit, between the national ones: behind its neighbour in its phase."""

    __tablename__ = "own_step"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        tenant_fk("unit_id", "organisation_unit"),
        member_fk("edited_by_id"),
    )

    key: Mapped[str]  # begins with "own-"
    unit_id: Mapped[UUID | None]
    phase_key: Mapped[str]
    after_key: Mapped[str | None]  # national or own; none opens the phase
    # {"name": {fi…}, "note": {…}, "local_role": {…}, "view", "applies_to": [], …extras}
    content: Mapped[dict[str, Any]]
    edited_by_id: Mapped[UUID | None]
    edited_by: Mapped[str] = mapped_column(default="")
    edited_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None]

    def placed(self) -> dict[str, Any]:
        """As `resolved.resolve_release` takes it."""
        return {**self.content, "key": self.key, "phase": self.phase_key, "after": self.after_key}

    def remove(self) -> None:
        """Take it out of the map; it can be had back."""
        if self.removed_at:
            raise Conflict(_("This step has been removed already."))
        self.removed_at = now()

    def bring_back(self) -> None:
        """It stands on the map again."""
        if not self.removed_at:
            raise Conflict(_("This step is on the map already."))
        self.removed_at = None


class UnitInstruction(TenantOwned, Versioned, db.Model):
    """What one unit says of its own on one step, on top of its provider's words (stacking)."""

    __tablename__ = "unit_instruction"
    __table_args__ = (
        UniqueConstraint("tenant_id", "unit_id", "step_key"),
        tenant_fk("unit_id", "organisation_unit"),
        member_fk("edited_by_id"),
    )

    unit_id: Mapped[UUID]
    step_key: Mapped[str]
    overlay: Mapped[dict[str, Any]]
    above: Mapped[dict[str, str]]  # the guidance above that `overlay` was written on
    edited_by_id: Mapped[UUID | None]
    edited_by: Mapped[str] = mapped_column(default="")
    edited_at: Mapped[datetime] = mapped_column(default=now)

    def layer(self) -> dict[str, Any]:
        """As `stacking.stack` takes it."""
        return {"overlay": self.overlay, "above": self.above}


class InstructionDraft(TenantOwned, Versioned, db.Model):
    """Words on a step that are being written and not yet in force: one draft per step and unit, of all editors."""

    __tablename__ = "instruction_draft"
    __table_args__ = (
        UniqueConstraint("tenant_id", "unit_id", "step_key", postgresql_nulls_not_distinct=True),
        tenant_fk("unit_id", "organisation_unit"),
        member_fk("written_by_id"),
    )

    unit_id: Mapped[UUID | None]
    step_key: Mapped[str]  # of a national step, or of an own one
    overlay: Mapped[dict[str, Any]]  # as Instruction.overlay(); of an own step its content with phase and after
    based_on: Mapped[dict[str, Any]]  # what was in force when it was begun
    based_on_version: Mapped[int] = mapped_column(default=0)  # of the instruction; 0 for none
    release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    written_by_id: Mapped[UUID | None]
    written_by: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(default=now)


class HandbookVersion(Published, db.Model):
    """The whole handbook as it was put in force at one moment; never changed afterwards."""

    __tablename__ = "handbook_version"
    __table_args__ = (UniqueConstraint("tenant_id", "number"),)

    number: Mapped[int]  # Handbook.edition
    release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    release_number: Mapped[str]
    valid_from: Mapped[date]
    reason: Mapped[str]  # edited, update, withdrawn, returned, undone, shelf, own_step, unit, approved
    changed: Mapped[list[str]] = mapped_column(ARRAY(Text))  # keys of steps
    note: Mapped[dict[str, str]] = mapped_column(default=dict)  # what is new, for readers
    # {"release": number, "steps": {key: {"edition", "overlay", "base"}}, "own_steps": [placed], "units": {id: …}}
    contents: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    sha256: Mapped[str]  # of the canonical JSON of `contents`
    published_by: Mapped[str]
    approved_by: Mapped[str] = mapped_column(default="")
