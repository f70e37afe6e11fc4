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
    answered_at: Mapped[datetime | None]
    named: Mapped[str] = mapped_column(default="")  # who of the provider replies
    due_at: Mapped[datetime | None]
    reply: Mapped[str] = mapped_column(default="")
    replied_by: Mapped[str] = mapped_column(default="")
    replied_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]

    placement = link("Pulse", "placement_id", "Placement")

    def answer(self, score: int, words: str, *, by: str, named: str, due_at: datetime) -> None:
        if self.answered_at:
            raise Conflict(_("This question has already been answered."))
        self.score, self.words, self.answered_by, self.answered_at = score, words, by, now()
        self.named, self.due_at = named, due_at

    def give_reply(self, reply: str, *, by: str) -> None:
        if self.replied_at:
            raise Conflict(_("%(name)s has already replied.", name=self.replied_by))
        self.reply, self.replied_by, self.replied_at = reply, by, now()
