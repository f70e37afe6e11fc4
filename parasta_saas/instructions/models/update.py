"""A newer national release before one provider: what it does to each step, the answers, the shelf."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from ...core.clock import now
from ...core.db import TenantOwned, Versioned, db, link, member_fk, tenant_fk
from ...core.errors import Conflict
from ...core.i18n import _


class NationalUpdate(TenantOwned, Versioned, db.Model):
    """A newer national release offered to one provider, until everything in it is decided."""

    __tablename__ = "national_update"
    __table_args__ = (UniqueConstraint("tenant_id", "release_id"), member_fk("assigned_to_id"))

    release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    from_release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    number: Mapped[str]
    from_number: Mapped[str]
    finished_at: Mapped[datetime | None]
    finished_by: Mapped[str] = mapped_column(default="")
    superseded_by: Mapped[str] = mapped_column(default="")  # number of the newer release offered instead
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(default="")
    assigned_to_id: Mapped[UUID | None]
    assigned_to: Mapped[str] = mapped_column(default="")
    assigned_by: Mapped[str] = mapped_column(default="")
    # What stood before and after it was taken into use (succession.Kept): to go back, and to tell where words are.
    kept: Mapped[dict[str, Any]] = mapped_column(default=dict, deferred=True)

    @property
    def pending(self) -> bool:
        return self.finished_at is None and not self.superseded_by

    def finish(self, *, by: str, kept: dict[str, Any]) -> None:
        """Everything is decided: the handbook follows the new release."""
        if not self.pending:
            raise Conflict(_("This update has already been taken into use."))
        self.finished_at, self.finished_by, self.kept = now(), by, kept
        self.undone_at, self.undone_by = None, ""

    def supersede(self, number: str) -> None:
        """A newer release is offered instead."""
        self.superseded_by = number

    def offer_again(self, *, from_release_id: UUID, from_number: str) -> None:
        """It waits again, for the release that the handbook follows now."""
        self.from_release_id, self.from_number = from_release_id, from_number
        self.finished_at, self.finished_by, self.superseded_by, self.kept = None, "", "", {}

    def go_back(self, *, by: str) -> None:
        """The handbook no longer follows its release."""
        self.undone_at, self.undone_by = now(), by

    def assign(self, member_id: UUID | None, name: str, *, by: str) -> None:
        """Who sees to it; None and no name for nobody."""
        self.assigned_to_id, self.assigned_to, self.assigned_by = member_id, name, by


class UpdateItem(TenantOwned, Versioned, db.Model):
    """What an update does to one step: fits as it is, asks a question, or is for information."""

    __tablename__ = "update_item"
    __table_args__ = (
        UniqueConstraint("tenant_id", "update_id", "step_key"),
        tenant_fk("update_id", "national_update"),
        member_fk("decided_by_id"),
    )

    update_id: Mapped[UUID]
    step_key: Mapped[str]  # of the new release; for meets and gone of the old one
    source_key: Mapped[str]  # the step before, whose own words come here
    fate: Mapped[str] = mapped_column(default="")  # succession.FATES
    homes: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)  # steps where the words may go
    order: Mapped[int] = mapped_column("position")
    kind: Mapped[str]  # clean, conflict, information, meets, gone
    base: Mapped[dict[str, str]]
    national: Mapped[dict[str, str]]
    local: Mapped[dict[str, str]]
    merged: Mapped[dict[str, str]]  # the result that will be in force, per language
    # For returns: what will stand here again; for meets: {"key"}; else {"policy"} where the guidance is not open now.
    overlay: Mapped[dict[str, Any]] = mapped_column(default=dict)
    decision: Mapped[str | None]
    decided_by_id: Mapped[UUID | None]
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    replayed: Mapped[bool] = mapped_column(default=False)  # answered before, when the same texts met

    update = link("UpdateItem", "update_id", "NationalUpdate")

    @property
    def open(self) -> bool:
        return self.kind in ("conflict", "meets") and self.decision is None

    @property
    def policy(self) -> str:
        """What may be done with the national guidance of the new release (resolved.mode)."""
        return "open" if self.fate in ("returns", "meets") else str(self.overlay.get("policy", "open"))

    def decide(
        self, decision: str, merged: dict[str, str], *, by_id: UUID | None, by: str, at: datetime | None = None
    ) -> None:
        """`at`: the moment of an answer given before, to the same texts."""
        if self.decision is not None:
            raise Conflict(_("This question has already been answered."))
        self.decision, self.merged, self.replayed = decision, merged, at is not None
        self.decided_by_id, self.decided_by, self.decided_at = by_id, by, at or now()

    def reopen(self) -> None:
        """No answer counts any more."""
        self.decision, self.decided_by_id, self.decided_by, self.decided_at = None, None, "", None
        self.replayed = False


class RememberedAnswer(TenantOwned, db.Model):
    """An answer by the fingerprint of its three texts (memory.py), so that a question is never asked twice."""

    __tablename__ = "remembered_answer"
    __table_args__ = (UniqueConstraint("tenant_id", "key"), member_fk("decided_by_id"))

    key: Mapped[str]  # SHA-256 over base, ours, theirs
    way: Mapped[str]  # combine, keep, take, beside, shelf
    words: Mapped[str] = mapped_column(default="")  # of a combined sentence
    step_key: Mapped[str]
    decided_by_id: Mapped[UUID | None]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime] = mapped_column(default=now)


class ShelvedText(TenantOwned, Versioned, db.Model):
    """Local words that lost their place: kept on the shelf with their origin until someone of the tenant says."""

    __tablename__ = "shelved_text"
    __table_args__ = (tenant_fk("instruction_id", "instruction"),)

    instruction_id: Mapped[UUID | None]  # none where it never stood on a national step
    step_key: Mapped[str]
    field: Mapped[str] = mapped_column(default="guidance")  # guidance, note, local_role, time_limit, extras.EXTRAS
    language: Mapped[str]  # "" for a number
    text: Mapped[str]
    reason: Mapped[str]  # update:<item>, undo:<update>, import:<import>
    shelved_by: Mapped[str]
    # Where it stood: {"name": {fi, sv, en}, "release": number, "why": words of leftovers.WHY, "unit": of a limit}
    origin: Mapped[dict[str, Any]] = mapped_column(default=dict)
    homes: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    state: Mapped[str] = mapped_column(default="lying")  # expected, lying, placed, discarded, returned
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str] = mapped_column(default="")
    settled_because: Mapped[str] = mapped_column(default="")
    placed_on: Mapped[str] = mapped_column(default="")

    def settle(self, state: str, *, by: str, because: str = "", placed_on: str = "") -> None:
        """It found a place, or someone said that it is not needed; it is kept all the same."""
        self.require_lying()
        self.state, self.settled_at, self.settled_by = state, now(), by
        self.settled_because, self.placed_on = because, placed_on

    def require_lying(self) -> None:
        """Stop with who was faster."""
        if self.state == "expected":
            raise Conflict(_("These words are still in force. They come to the shelf with the update."))
        if self.state != "lying":
            raise Conflict(_("%(name)s has already seen to these words. Open the shelf again.", name=self.settled_by))

    def put_back(self) -> None:
        """It lies on the shelf again."""
        if self.state not in ("placed", "discarded"):
            raise Conflict(_("These words are on the shelf already."))
        self.state, self.settled_at, self.settled_by = "lying", None, ""
        self.settled_because, self.placed_on = "", ""
