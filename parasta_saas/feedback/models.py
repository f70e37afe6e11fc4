"""One question at a critical point, and the answer that comes back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.clock import now
from ..core.db import Shared, Versioned, db, link, relation_fk, shared_fk
from ..core.errors import Conflict
from ..core.i18n import _


class Pulse(Shared, Versioned, db.Model):
    """One question to the workplace about one critical point; answered once, replied to by a named person."""

    __tablename__ = "pulse"
    __table_args__ = (
        relation_fk(),
        shared_fk("placement_id", "placement"),
        UniqueConstraint("tenant_id", "placement_id", "step_key"),
    )

    placement_id: Mapped[UUID]
    step_key: Mapped[str]
    question: Mapped[dict[str, Any]]
    score: Mapped[int | None]
    words: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[str] = mapped_column(default="")
    answered_email: Mapped[str] = mapped_column(default="")  # the reply is mailed there
    answered_language: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    named: Mapped[str]  # who of the provider reads the answer and replies
    due_at: Mapped[datetime | None]  # until when; None where no reply is asked for
    reply: Mapped[str] = mapped_column(default="")
    replied_by: Mapped[str] = mapped_column(default="")
    replied_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]

    placement = link("Pulse", "placement_id", "Placement")

    @property
    def open(self) -> bool:
        return self.answered_at is None

    @property
    def waits_for_reply(self) -> bool:
        return self.due_at is not None and self.replied_at is None

    def must_be_open(self) -> None:
        if self.answered_at:
            raise Conflict(
                _("%(name)s has already answered this question. The first answer counts.", name=self.answered_by)
            )

    def answer(self, score: int, words: str, *, by: str, email: str, language: str, due_at: datetime | None) -> None:
        """Once; `due_at` is None where the answer asks for no reply."""
        self.must_be_open()
        self.score, self.words, self.answered_at, self.due_at = score, words, now(), due_at
        self.answered_by, self.answered_email, self.answered_language = by, email, language

    def give_reply(self, reply: str, *, by: str) -> None:
        if self.answered_at is None:
            raise Conflict(_("The workplace has not answered yet."))
        if self.replied_at:
            raise Conflict(_("%(name)s has already replied: “%(reply)s”", name=self.replied_by, reply=self.reply))
        self.reply, self.replied_by, self.replied_at = reply, by, now()

    def see_reply(self) -> bool:
        """The workplace has read the reply; False where it had before."""
        if self.replied_at is None:
            raise Conflict(_("There is no reply yet."))
        first, self.seen_at = self.seen_at is None, self.seen_at or now()
        return first
