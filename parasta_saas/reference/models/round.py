"""Comment rounds on a draft: what was asked, what was said, what was decided."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ...core.clock import now
from ...core.db import National, Submitted, Versioned, db


class Round(National, Versioned, db.Model):
    """A comment round. `content` is the draft as it stood when the round opened: what is commented on.

    An internal round is never released: the national body alone sees it. An open one is released when it opens.
    """

    __tablename__ = "reference_round"

    release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    base_id: Mapped[UUID | None] = mapped_column(ForeignKey("reference_release.id"))  # that the draft was copied from
    number: Mapped[str]  # of the draft, at opening
    kind: Mapped[str]  # internal or open
    title: Mapped[dict[str, str]]
    background: Mapped[dict[str, str]] = mapped_column(default=dict)
    opens_on: Mapped[date]
    closes_on: Mapped[date]  # the last day on which something may be said
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)  # {key, text: {fi, sv, en}}
    invited: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)  # organisations, asked by mail
    public: Mapped[bool] = mapped_column(default=True)  # also without an account
    content: Mapped[dict[str, Any]] = mapped_column(default=dict, deferred=True)
    opened_by: Mapped[str] = mapped_column(default="")
    finished_at: Mapped[datetime | None]
    finished_by: Mapped[str] = mapped_column(default="")
    summary: Mapped[dict[str, str]] = mapped_column(default=dict)  # a word of introduction to the decisions

    @property
    def internal(self) -> bool:
        return self.kind == "internal"

    @property
    def finished(self) -> bool:
        return self.finished_at is not None

    def accepts(self, day: date) -> bool:
        """Whether something may be said on this day: both ends are days of the round."""
        return not self.finished and self.opens_on <= day <= self.closes_on

    def question(self, key: str) -> dict[str, Any] | None:
        """One question by its key."""
        return next((question for question in self.questions if question["key"] == key), None)

    def finish(self, *, by: str, summary: dict[str, str]) -> None:
        """Every comment has its decision: the round is over and its summary public."""
        self.finished_at, self.finished_by, self.summary = now(), by, summary


class Comment(Submitted, Versioned, db.Model):
    """Something said in a round: on a sentence, a field, a step, a question or the whole.

    Said by a person for an organisation of the service (`organisation_id`), or by the public: then the
    national body's own row, unseen until somebody has looked at it.
    """

    __tablename__ = "reference_comment"
    __table_args__ = (Index("ix_reference_comment_round_id", "round_id", "id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("reference_round.id"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("reference_comment.id"))
    author_name: Mapped[str]
    author_organisation: Mapped[str] = mapped_column(default="")
    author_id: Mapped[UUID | None]  # membership, where there is one
    as_organisation: Mapped[bool] = mapped_column(default=False)  # a statement of the organisation
    by_public: Mapped[bool] = mapped_column(default=False)
    sender: Mapped[str] = mapped_column(default="")  # a day's hash of the network address, against floods
    language: Mapped[str]
    question_key: Mapped[str | None]
    step_key: Mapped[str | None]
    field: Mapped[str | None]
    text_language: Mapped[str | None]
    quote: Mapped[str] = mapped_column(default="")
    anchor: Mapped[dict[str, Any]] = mapped_column(default=dict)  # reference/anchors.py
    text: Mapped[str]
    suggestion: Mapped[str] = mapped_column(default="")  # words in the place of the quote
    hidden_because: Mapped[str] = mapped_column(default="")
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    @property
    def waits(self) -> bool:
        """Said by the public, and nobody has looked at it yet."""
        return self.by_public and self.published_at is None and not self.hidden_because and not self.withdrawn_at

    @property
    def stands(self) -> bool:
        """It counts: neither hidden nor taken back, and looked at where it came from the public."""
        return not (self.waits or self.hidden_because or self.withdrawn_at)

    @property
    def said_at(self) -> datetime:
        """When it last became what it is: said, edited, let through."""
        return max(moment for moment in (self.created_at, self.edited_at, self.published_at) if moment)

    def rewrite(self, *, text: str, suggestion: str) -> None:
        """Say it in other words; a decision on the former words lapses."""
        if (text, suggestion) != (self.text, self.suggestion):
            self.text, self.suggestion, self.edited_at = text, suggestion, now()

    def withdraw(self) -> None:
        """Taken back by who said it; the words stay there for them alone."""
        self.withdrawn_at, self.published_at = now(), None

    def say_again(self, *, shown: bool) -> None:
        """A comment that was taken back stands again, for all where the round is open to all."""
        self.withdrawn_at, self.published_at = None, now() if shown else None

    def let_through(self) -> None:
        """Everybody may read it."""
        self.published_at, self.hidden_because = now(), ""

    def hide(self, because: str) -> None:
        """Nobody but the national body reads it from now on."""
        self.published_at, self.hidden_because = None, because


class Decision(National, Versioned, db.Model):
    """What the national body answers to one comment; all read it once the round is finished."""

    __tablename__ = "reference_decision"
    __table_args__ = (UniqueConstraint("comment_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("reference_round.id"))
    comment_id: Mapped[UUID] = mapped_column(ForeignKey("reference_comment.id"))
    outcome: Mapped[str]  # accepted, partly, rejected, out_of_scope
    reason: Mapped[dict[str, str]]
    applied: Mapped[bool] = mapped_column(default=False)  # its suggestion was put into the draft
    step_key: Mapped[str | None]  # the step that changed because of it
    decided_by: Mapped[str]
    decided_at: Mapped[datetime] = mapped_column(default=now)

    def decide(self, *, outcome: str, reason: dict[str, str], step_key: str | None, by: str) -> None:
        """What is answered; an answer given before is replaced."""
        self.outcome, self.reason, self.step_key = outcome, reason, step_key
        self.decided_by, self.decided_at = by, now()


class Review(National, db.Model):
    """A review of a draft: who was there and what they remarked."""

    __tablename__ = "reference_review"

    release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    held_on: Mapped[date]
    participants: Mapped[str] = mapped_column(Text)
    remarks: Mapped[str] = mapped_column(Text, default="")
    content_sha256: Mapped[str]
    recorded_by: Mapped[str]
