"""Co-planning sessions: one table for student, workplace and teacher."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.clock import now
from ..core.db import Shared, Versioned, db, link, relation_fk, shared_fk
from ..core.errors import Conflict
from ..core.i18n import _


class PlanningSession(Shared, Versioned, db.Model):
    """A meeting on one placement, with an agenda from the process steps."""

    __tablename__ = "planning_session"
    __table_args__ = (
        relation_fk(),
        shared_fk("placement_id", "placement"),
        UniqueConstraint("tenant_id", "workplace_id", "id"),
        Index("ix_planning_session_placement", "tenant_id", "placement_id"),
    )

    placement_id: Mapped[UUID]
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    called_by: Mapped[str]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(default="")

    placement = link("PlanningSession", "placement_id", "Placement")

    @property
    def open(self) -> bool:
        return self.closed_at is None

    def close(self, *, by: str) -> None:
        if not self.open:
            raise Conflict(_("This session has already been closed."))
        self.closed_at, self.closed_by = now(), by

    def must_be_open(self) -> None:
        if not self.open:
            raise Conflict(_("This session is closed. Call a new one to change what was agreed."))


class Participant(Shared, db.Model):
    """Somebody at the table. `person_id` is a membership of either side; the name is a snapshot."""

    __tablename__ = "session_participant"
    __table_args__ = (
        relation_fk(),
        shared_fk("session_id", "planning_session"),
        UniqueConstraint("tenant_id", "session_id", "person_id"),
    )

    session_id: Mapped[UUID]
    person_id: Mapped[UUID | None]
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="fi")
    part: Mapped[str]  # teacher, student, instructor, guardian
    present_at: Mapped[datetime | None]


class AgendaItem(Shared, Versioned, db.Model):
    """One step of the process on the table, and what was said and decided about it."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        relation_fk(),
        shared_fk("session_id", "planning_session"),
        UniqueConstraint("tenant_id", "session_id", "step_key"),
    )

    session_id: Mapped[UUID]
    step_key: Mapped[str]
    order: Mapped[int] = mapped_column("position")
    title: Mapped[dict[str, str]]
    decision: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]


class Goal(Shared, Versioned, db.Model):
    """What the student learns, or a task through which it is learned."""

    __tablename__ = "session_goal"
    __table_args__ = (
        relation_fk(),
        shared_fk("session_id", "planning_session"),
        Index("ix_session_goal_session", "tenant_id", "session_id", "position"),
    )

    session_id: Mapped[UUID]
    kind: Mapped[str]  # goal or task
    order: Mapped[int] = mapped_column("position")
    words: Mapped[str]
    proposed_by: Mapped[str]
    agreed_by_teacher: Mapped[bool] = mapped_column(default=False)
    agreed_by_workplace: Mapped[bool] = mapped_column(default=False)
    agreed_by_student: Mapped[bool] = mapped_column(default=False)

    @property
    def agreed(self) -> bool:
        return self.agreed_by_teacher and self.agreed_by_workplace and self.agreed_by_student
