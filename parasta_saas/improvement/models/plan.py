"""The change plan of a provider: why and where to, who does what by when, what went well, and the reviews."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.clock import now
from ...core.db import TenantOwned, Versioned, db, member_fk, tenant_fk
from ...core.errors import Conflict
from ...core.i18n import _, pick

TEXTS = ("why", "goals", "timetable", "measures", "structures", "first")


class ChangePlan(TenantOwned, Versioned, db.Model):
    """A provider has one, which lives on from review to review. Texts are {fi, sv, en} in Markdown."""

    __tablename__ = "change_plan"
    __table_args__ = (UniqueConstraint("tenant_id"),)

    why: Mapped[dict[str, str]] = mapped_column(default=dict)
    goals: Mapped[dict[str, str]] = mapped_column(default=dict)
    timetable: Mapped[dict[str, str]] = mapped_column(default=dict)
    measures: Mapped[dict[str, str]] = mapped_column(default=dict)
    structures: Mapped[dict[str, str]] = mapped_column(default=dict)
    first: Mapped[dict[str, str]] = mapped_column(default=dict)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    review_on: Mapped[date | None]  # the next one
    reminded_for: Mapped[date | None]  # the review that the leaders were reminded of
    written_by: Mapped[str] = mapped_column(default="")
    written_at: Mapped[datetime | None]

    @property
    def written(self) -> bool:
        return any(getattr(self, name) for name in TEXTS)


class PlanAction(TenantOwned, Versioned, db.Model):
    """Something that somebody does by a day; born from a gap of a mirror, or free."""

    __tablename__ = "plan_action"
    __table_args__ = (
        tenant_fk("plan_id", "change_plan"),
        tenant_fk("mirror_id", "mirror"),
        member_fk("owner_id"),
    )

    plan_id: Mapped[UUID]
    title: Mapped[str]
    details: Mapped[str] = mapped_column(default="")
    mirror_id: Mapped[UUID | None]
    step_key: Mapped[str] = mapped_column(default="")
    step_name: Mapped[dict[str, str]] = mapped_column(default=dict)
    owner_id: Mapped[UUID | None]
    owner: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    reminded_for: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="todo")  # progress.STATES
    because: Mapped[str] = mapped_column(default="")  # why it was dropped
    moved_at: Mapped[datetime | None]
    moved_by: Mapped[str] = mapped_column(default="")
    made_by: Mapped[str]

    @property
    def called(self) -> str:
        """Its title; the name of its step in the reader's language, as long as nobody named it otherwise."""
        return pick(self.step_name).text if self.title in self.step_name.values() else self.title

    def move(self, state: str, *, by: str, because: str = "") -> None:
        """Begin, finish, drop or take up again."""
        if state == self.state:
            raise Conflict(_("Somebody has marked this already. Look at the plan again."))
        self.state, self.because = state, because
        self.moved_at, self.moved_by = now(), by


class PlanSuccess(TenantOwned, db.Model):
    """Something that went well; shown first."""

    __tablename__ = "plan_success"
    __table_args__ = (
        tenant_fk("plan_id", "change_plan"),
        tenant_fk("action_id", "plan_action"),
        member_fk("told_by_id"),
    )

    plan_id: Mapped[UUID]
    action_id: Mapped[UUID | None]
    words: Mapped[str]
    told_by_id: Mapped[UUID | None]
    told_by: Mapped[str]
    told_on: Mapped[date]
    removed_at: Mapped[datetime | None]


class PlanReview(TenantOwned, db.Model):
    """Check and act: what was seen on a day and what follows, with how far the actions were."""

    __tablename__ = "plan_review"
    __table_args__ = (tenant_fk("plan_id", "change_plan"), member_fk("held_by_id"))

    plan_id: Mapped[UUID]
    held_on: Mapped[date]
    seen: Mapped[str]
    next: Mapped[str]
    done: Mapped[int]
    total: Mapped[int]
    overdue: Mapped[int]
    held_by_id: Mapped[UUID | None]
    held_by: Mapped[str]
