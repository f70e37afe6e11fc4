"""Co-planning sessions: one table for student, workplace and teacher."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core.clock import now
from ..core.db import Shared, Versioned, db, link, relation_fk, shared_fk
from ..core.errors import Conflict
from ..core.i18n import _

SIDES = ("teacher", "workplace", "student")
KINDS = ("goal", "task")


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
    participants = relationship(
        "Participant",
        primaryjoin="and_(PlanningSession.tenant_id == Participant.tenant_id,"
        " PlanningSession.id == foreign(Participant.session_id))",
        order_by="Participant.created_at, Participant.id",
        viewonly=True,
    )

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

    def mark(self, present: bool) -> None:
        """Present from the moment this was first said."""
        self.present_at = (self.present_at or now()) if present else None


class AgendaItem(Shared, Versioned, db.Model):
    """One step of the process on the table, and what was decided about it.

    The words of the step are those of the provider's release and own instruction on the day of the invitation:
    the workplace reads them here, and later changes of the process don't change what was talked about.
    """

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
    critical: Mapped[bool] = mapped_column(default=False)
    minimum: Mapped[dict[str, str]] = mapped_column(default=dict)
    guidance: Mapped[dict[str, str]] = mapped_column(default=dict)
    ours: Mapped[bool] = mapped_column(default=False)  # the guidance has the provider's own words
    decision: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]

    def decide(self, words: str, *, by: str, version: int) -> None:
        """Write the decision down; refused when somebody wrote one after `version` was read."""
        if version != self.version:
            raise Conflict(
                _("%(name)s has just written here: “%(words)s”. Add your words to theirs.", name=self.decided_by,
                  words=self.decision)
            )  # fmt: skip
        self.decision, self.decided_by, self.decided_at = words, by, now()


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
    wording: Mapped[int] = mapped_column(default=1)  # grows when the words change, and all agree anew
    proposed_by: Mapped[str]
    agreed_by_teacher: Mapped[bool] = mapped_column(default=False)
    agreed_by_workplace: Mapped[bool] = mapped_column(default=False)
    agreed_by_student: Mapped[bool] = mapped_column(default=False)

    @property
    def agreed(self) -> bool:
        return all(self.agreed_by(side) for side in SIDES)

    def agreed_by(self, side: str) -> bool:
        return bool(getattr(self, f"agreed_by_{side}"))

    def agree(self, side: str, *, wording: int, agreed: bool = True) -> None:
        """Say yes for one side, or take it back; only to the words that were read."""
        self._must_be(wording)
        setattr(self, f"agreed_by_{side}", agreed)

    def reword(self, words: str, side: str, *, by: str, wording: int) -> None:
        """Other words for the same thing: the side that says them agrees, the others are asked anew."""
        self._must_be(wording)
        if words == self.words:
            return
        self.words, self.proposed_by, self.wording = words, by, self.wording + 1
        for each in SIDES:
            setattr(self, f"agreed_by_{each}", each == side)

    def must_be_droppable(self) -> None:
        if self.agreed:
            raise Conflict(_("All three have agreed to this. Take your agreement back before you leave it out."))

    def _must_be(self, wording: int) -> None:
        if wording != self.wording:
            said = _("The words have changed meanwhile: “%(words)s”. Read them and answer again.", words=self.words)
            raise Conflict(said)
