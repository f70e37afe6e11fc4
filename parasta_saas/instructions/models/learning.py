"""Who has read which version of the handbook in which role, and how far an induction has come."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ...core.clock import now
from ...core.db import TenantOwned, Versioned, db, member_fk, tenant_fk
from ...core.errors import Conflict
from ...core.i18n import _


class ReadingRequest(TenantOwned, Versioned, db.Model):
    """An editor asks people in these roles to read a version by a day; at most one per version."""

    __tablename__ = "reading_request"
    __table_args__ = (UniqueConstraint("tenant_id", "number"),)

    number: Mapped[int]  # of the version
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))  # of members
    due_on: Mapped[date]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(default=now)
    stage: Mapped[int] = mapped_column(default=0)  # the last reminder sent, as of learning_reminding.stage
    withdrawn_at: Mapped[datetime | None]

    def ask(self, roles: list[str], due_on: date, *, by: str) -> None:
        """From now on these roles, by this day; reminders begin anew."""
        self.roles, self.due_on, self.asked_by, self.asked_at = roles, due_on, by, now()
        self.stage, self.withdrawn_at = 0, None

    def withdraw(self) -> None:
        """Nobody is asked or reminded any more; who has read stays."""
        if self.withdrawn_at:
            raise Conflict(_("This request has been withdrawn already."))
        self.withdrawn_at = now()

    def renew(self) -> None:
        """It stands again as it was."""
        if not self.withdrawn_at:
            raise Conflict(_("This request stands already."))
        self.withdrawn_at = None


class ReadingHabit(TenantOwned, Versioned, db.Model):
    """Roles that are asked to read each version that changes their steps; no roles: nobody is."""

    __tablename__ = "reading_habit"
    __table_args__ = (UniqueConstraint("tenant_id"),)

    roles: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    days: Mapped[int] = mapped_column(default=10)  # working days to read
    since: Mapped[int] = mapped_column(default=0)  # versions up to this one have been looked at


class HandbookReading(TenantOwned, db.Model):
    """A person has read what a version says to a role."""

    __tablename__ = "handbook_reading"
    __table_args__ = (UniqueConstraint("tenant_id", "member_id", "role", "number"), member_fk("member_id"))

    member_id: Mapped[UUID]
    role: Mapped[str]
    number: Mapped[int]


class Induction(TenantOwned, Versioned, db.Model):
    """A person goes through the steps of a role, one at a time."""

    __tablename__ = "induction"
    __table_args__ = (
        UniqueConstraint("tenant_id", "member_id", "role"),
        tenant_fk("unit_id", "organisation_unit"),
        member_fk("member_id"),
    )

    member_id: Mapped[UUID]
    role: Mapped[str]  # a key of the frame, or of manual_roles.own_key
    unit_id: Mapped[UUID | None]  # whose words are read
    checked_at: Mapped[datetime | None]  # every question of the self-check answered right
    finished_at: Mapped[datetime | None]

    def finish(self) -> None:
        """Everything that there is now has been gone through."""
        self.finished_at = now()


class InductionStep(TenantOwned, db.Model):
    """One step that has been gone through in an induction, in the words it had then."""

    __tablename__ = "induction_step"
    __table_args__ = (
        UniqueConstraint("tenant_id", "induction_id", "step_key"),
        tenant_fk("induction_id", "induction"),
    )

    induction_id: Mapped[UUID]
    step_key: Mapped[str]
    number: Mapped[int]  # of the version that was read
    seal: Mapped[str]  # learning_course.seal_of the step
    done_at: Mapped[datetime] = mapped_column(default=now)


class InductionQuestion(TenantOwned, Versioned, db.Model):
    """A question of a role's self-check, written by an editor."""

    __tablename__ = "induction_question"
    __table_args__ = (Index("ix_induction_question_role", "tenant_id", "role"),)

    role: Mapped[str]
    text: Mapped[dict[str, str]]
    options: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
    right: Mapped[int] = mapped_column("right_option")  # its place among the options, from 0
    why: Mapped[dict[str, str]] = mapped_column(default=dict)
    written_by: Mapped[str]
    removed_at: Mapped[datetime | None]

    def shown(self) -> dict[str, Any]:
        """As learning_check.judge takes it."""
        return {"id": self.id, "text": self.text, "options": self.options, "right": self.right, "why": self.why}

    def remove(self) -> None:
        """It is asked no more; it can be had back."""
        if self.removed_at:
            raise Conflict(_("This question has been removed already."))
        self.removed_at = now()

    def bring_back(self) -> None:
        """It is asked again."""
        if not self.removed_at:
            raise Conflict(_("This question is asked already."))
        self.removed_at = None
