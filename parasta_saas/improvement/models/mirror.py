"""The mirror: the provider's map held against today's practice, alone or in a workshop with phones."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ...core.clock import now
from ...core.db import TenantOwned, Versioned, db, member_fk, tenant_fk
from ...core.errors import Conflict
from ...core.i18n import _
from ..gaps import Answer


class Mirror(TenantOwned, Versioned, db.Model):
    """One round through the map of one release. `number` counts a provider's rounds from 1."""

    __tablename__ = "mirror"
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        Index("uq_mirror_open", "tenant_id", unique=True, postgresql_where=text("state = 'open'")),
        member_fk("begun_by_id"),
    )

    number: Mapped[int]
    release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    release_number: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")  # open, finished
    begun_by_id: Mapped[UUID | None]
    begun_by: Mapped[str]
    finished_at: Mapped[datetime | None]
    finished_by: Mapped[str] = mapped_column(default="")

    @property
    def open(self) -> bool:
        return self.state == "open"

    def require_open(self) -> None:
        """Stop where the round has been finished."""
        if not self.open:
            raise Conflict(_("This mirror is finished. Open it again to change it."))

    def finish(self, *, by: str) -> None:
        """The round is done; the gap list is its result."""
        self.require_open()
        self.state, self.finished_at, self.finished_by = "finished", now(), by

    def reopen(self) -> None:
        """Something was forgotten."""
        if self.open:
            raise Conflict(_("This mirror is open already."))
        self.state, self.finished_at, self.finished_by = "open", None, ""


class MirrorAnswer(TenantOwned, Versioned, db.Model):
    """What the provider says of one step: how it is today, and what is new for it."""

    __tablename__ = "mirror_answer"
    __table_args__ = (
        UniqueConstraint("tenant_id", "mirror_id", "step_key"),
        tenant_fk("mirror_id", "mirror"),
        member_fk("answered_by_id"),
    )

    mirror_id: Mapped[UUID]
    step_key: Mapped[str]
    outcome: Mapped[str]  # gaps.OUTCOMES
    note: Mapped[str] = mapped_column(default="")
    news: Mapped[str] = mapped_column(default="")  # what is new for us
    answered_by_id: Mapped[UUID | None]
    answered_by: Mapped[str]
    answered_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def said(self) -> Answer:
        return Answer(self.outcome, self.note, self.news)


class MirrorWorkshop(TenantOwned, Versioned, db.Model):
    """People in one room: a code for their phones, one step at a time. `version` counts every move of the leader."""

    __tablename__ = "mirror_workshop"
    __table_args__ = (
        Index("uq_mirror_workshop_going", "tenant_id", "mirror_id", unique=True,
              postgresql_where=text("closed_at is null")),
        tenant_fk("mirror_id", "mirror"),
        member_fk("opened_by_id"),
    )  # fmt: skip

    mirror_id: Mapped[UUID]
    code: Mapped[str]
    step_key: Mapped[str]
    shown: Mapped[bool] = mapped_column(default=False)  # the votes on the step; then they can't be changed
    opened_by_id: Mapped[UUID | None]
    opened_by: Mapped[str]
    expires_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    def going(self, at: datetime) -> bool:
        """Whether phones may join and vote."""
        return self.closed_at is None and at < self.expires_at

    def require_going(self) -> None:
        """Stop where it was closed, or its day is over."""
        if not self.going(now()):
            raise Conflict(_("This workshop is over."))

    def show_votes(self, shown: bool) -> None:
        """Show the votes and take no more, or let people vote again."""
        self.require_going()
        self.shown = shown

    def go_to(self, step_key: str) -> None:
        """The next step is voted on; a step that was shown before is opened anew."""
        self.require_going()
        self.step_key, self.shown = step_key, False

    def close(self) -> None:
        """The code opens nothing any more."""
        if self.closed_at is None:
            self.closed_at = now()


class MirrorParticipant(TenantOwned, db.Model):
    """One phone in a workshop. The first name is of its own choice and forgotten when the workshop closes."""

    __tablename__ = "mirror_participant"
    __table_args__ = (
        Index("ix_mirror_participant_workshop", "tenant_id", "workshop_id"),
        tenant_fk("workshop_id", "mirror_workshop"),
    )

    workshop_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(default="")


class MirrorVote(TenantOwned, db.Model):
    """What one phone thinks of one step."""

    __tablename__ = "mirror_vote"
    __table_args__ = (
        UniqueConstraint("tenant_id", "workshop_id", "step_key", "participant_id"),
        tenant_fk("workshop_id", "mirror_workshop"),
        tenant_fk("participant_id", "mirror_participant"),
    )

    workshop_id: Mapped[UUID]
    participant_id: Mapped[UUID]
    step_key: Mapped[str]
    choice: Mapped[str]  # gaps.OUTCOMES
    voted_at: Mapped[datetime] = mapped_column(default=now)
