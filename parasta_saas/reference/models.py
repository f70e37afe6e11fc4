"""The national reference process: releases, their phases and steps. Keys are stable and never reused."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ..core.clock import now
from ..core.db import National, Versioned, db
from ..core.errors import Conflict
from ..core.i18n import _

STEP_FIELDS = (
    "key order view name name_soft responsible participants applies_to critical basis statute statute_confidence"
    " time_limit value minimum guidance inputs outputs pulse field_policy"
).split()
PHASE_FIELDS = ("key", "order", "name", "name_soft", "short")


class Release(National, Versioned, db.Model):
    """One version of the reference process: a draft until `released_at`, then fixed for good."""

    __tablename__ = "reference_release"

    number: Mapped[str] = mapped_column(unique=True)
    title: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]] = mapped_column(default=dict)
    based_on_id: Mapped[UUID | None] = mapped_column(ForeignKey("reference_release.id"))
    frame: Mapped[dict[str, Any]]  # roles, anchors, forms, bases, content mark: names in three languages
    transition_until: Mapped[date | None]
    sha256: Mapped[str] = mapped_column(default="")
    drafted_by: Mapped[str] = mapped_column(default="")
    released_by: Mapped[str] = mapped_column(default="")

    @property
    def released(self) -> bool:
        return self.released_at is not None

    def content(self) -> dict[str, Any]:
        """The release's own facts as plain data."""
        return {"number": self.number, "title": self.title, "summary": self.summary, "frame": self.frame}

    def require_draft(self) -> None:
        """Stop with a conflict where the text is already fixed."""
        if self.released:
            raise Conflict(_("A published release stays as it is. Begin a new draft to change it."))

    def publish(self, *, by: str, sha256: str, transition_until: date | None) -> None:
        """Fix the text for good."""
        if self.released:
            raise Conflict(_("This release has already been published."))
        self.released_at, self.released_by = now(), by
        self.sha256, self.transition_until = sha256, transition_until


class Phase(National, db.Model):
    """One of the phases of a release, in order."""

    __tablename__ = "reference_phase"
    __table_args__ = (UniqueConstraint("release_id", "key"),)

    release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    key: Mapped[str]
    order: Mapped[int] = mapped_column("position")
    name: Mapped[dict[str, str]]
    name_soft: Mapped[dict[str, str]]
    short: Mapped[dict[str, str]]

    def content(self) -> dict[str, Any]:
        """The phase as plain data, as in reference/data."""
        return {name: getattr(self, name) for name in PHASE_FIELDS}


class Step(National, Versioned, db.Model):
    """One step of a release. Texts are {fi, sv, en}; `field_policy` says what a provider may do with each field."""

    __tablename__ = "reference_step"
    __table_args__ = (UniqueConstraint("release_id", "key"),)

    release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    key: Mapped[str]
    order: Mapped[int] = mapped_column("position")
    phase_key: Mapped[str]
    view: Mapped[str]  # service or operating
    name: Mapped[dict[str, str]]
    name_soft: Mapped[dict[str, str]]
    responsible: Mapped[str]
    participants: Mapped[list[str]] = mapped_column(ARRAY(Text))
    applies_to: Mapped[list[str]] = mapped_column(ARRAY(Text))
    critical: Mapped[bool]
    basis: Mapped[str]
    statute: Mapped[str | None]
    statute_confidence: Mapped[str | None]
    time_limit: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    value: Mapped[dict[str, str]]
    minimum: Mapped[dict[str, str]]
    guidance: Mapped[dict[str, str]]
    inputs: Mapped[dict[str, str]]
    outputs: Mapped[dict[str, str]]
    pulse: Mapped[dict[str, str] | None] = mapped_column(JSONB(none_as_null=True))
    field_policy: Mapped[dict[str, str]]

    def content(self) -> dict[str, Any]:
        """The step as plain data, as in reference/data: what is hashed, merged and resolved."""
        return {name: getattr(self, name) for name in STEP_FIELDS} | {"phase": self.phase_key}

    def require_draft(self) -> None:
        """Stop with a conflict where the text is already fixed."""
        if self.released_at is not None:
            raise Conflict(_("A published release stays as it is. Begin a new draft to change it."))

    def rewrite(self, field: str, texts: Mapping[str, str]) -> bool:
        """Put these languages of one text in place; True if anything changed. Only while it is a draft."""
        self.require_draft()
        was: dict[str, str] = getattr(self, field) or {}
        new = was | dict(texts)
        if new == was:
            return False
        setattr(self, field, new)
        if field == "name":
            # The seams of compounds belong to the old name.
            self.name_soft = {**self.name_soft, **{code: text for code, text in texts.items() if text != was.get(code)}}
        return True
