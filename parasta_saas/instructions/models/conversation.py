"""What people say about a provider's handbook, and texts that providers share with each other."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from ...core.clock import now
from ...core.db import Published, TenantOwned, Versioned, db, member_fk, tenant_fk
from ...core.errors import Conflict
from ...core.i18n import _

OUTCOMES = ("accepted", "partly", "rejected", "noted")


class HandbookComment(TenantOwned, Versioned, db.Model):
    """A comment, a proposed wording, or a question to a colleague; each gets an answer."""

    __tablename__ = "handbook_comment"
    __table_args__ = (
        Index("ix_handbook_comment_step", "tenant_id", "step_key"),
        tenant_fk("update_id", "national_update"),
        member_fk("author_id"),
        member_fk("asked_id"),
        member_fk("answered_by_id"),
    )

    kind: Mapped[str]  # comment, suggestion, question
    side: Mapped[str]  # staff, learner, workplace, public
    step_key: Mapped[str]  # "" for the handbook as a whole
    update_id: Mapped[UUID | None]  # of a question on the update desk
    language: Mapped[str]
    words: Mapped[str]
    # Of a suggestion: {"field": guidance or note, "language", "was": the text it was written on, "text"}
    proposed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    author_id: Mapped[UUID | None]
    author_name: Mapped[str]
    author_email: Mapped[str] = mapped_column(default="")  # of somebody from outside who wants to hear
    author_from: Mapped[str] = mapped_column(default="")  # workplace or other place, as they said it
    sender: Mapped[str] = mapped_column(default="")  # network address as a hash of the day
    asked_id: Mapped[UUID | None]
    asked_name: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str | None]
    answer: Mapped[str] = mapped_column(default="")
    answered_by_id: Mapped[UUID | None]
    answered_by: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]

    @property
    def open(self) -> bool:
        return self.outcome is None

    def settle(self, outcome: str, answer: str, *, by_id: UUID | None, by: str) -> None:
        """Answer it, once."""
        if not self.open:
            raise Conflict(_("%(name)s has already answered this.", name=self.answered_by))
        self.outcome, self.answer = outcome, answer
        self.answered_by_id, self.answered_by, self.answered_at = by_id, by, now()

    def reopen(self) -> None:
        """The answer no longer counts; a better one may be given."""
        if self.open:
            raise Conflict(_("This has no answer yet."))
        self.outcome, self.answer, self.answered_by_id, self.answered_by, self.answered_at = None, "", None, "", None


class SharedTemplate(Published, Versioned, db.Model):
    """What one provider shows of its own words on a step to all providers, until it takes it back."""

    __tablename__ = "shared_template"
    __table_args__ = (Index("ix_shared_template_step", "step_key"),)

    step_key: Mapped[str]
    release_number: Mapped[str]
    title: Mapped[dict[str, str]]
    words: Mapped[dict[str, str]]  # Markdown
    checklist: Mapped[dict[str, Any]]  # {"items": [{"key", "text": {fi…}}]}
    provider_name: Mapped[dict[str, str]]
    withdrawn_at: Mapped[datetime | None]

    def withdraw(self) -> None:
        """Nobody else sees it any more; copies that were made stay with their makers."""
        if self.withdrawn_at:
            raise Conflict(_("This text is not shared any more."))
        self.withdrawn_at = now()
