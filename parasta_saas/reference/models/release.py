"""The national reference process: releases, their phases and steps. Keys are stable and never reused."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ...core.clock import now
from ...core.db import National, Versioned, db
from ...core.errors import Conflict
from ...core.i18n import _

STEP_FIELDS = (
    "key order view name name_soft responsible participants applies_to critical basis statute statute_confidence"
    " time_limit value minimum guidance inputs outputs pulse field_policy"
).split()
# They came with the second edition: in the content only where they say something.
LATER_FIELDS = ("documents", "indicators", "links")
PHASE_FIELDS = ("key", "order", "name", "name_soft", "short")
PARTS = ("areas", "actors", "documents", "handovers", "principles", "indicators", "links")


class Release(National, Versioned, db.Model):
    """One version of the reference process: a draft until `released_at`, then fixed for good.

    `state` is the draft's (reference/flow.py); a published release keeps `published`, and whether it is in
    force, superseded or withdrawn follows from the releases after it.
    """

    __tablename__ = "reference_release"

    number: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default="workshop")
    title: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]] = mapped_column(default=dict)
    notes: Mapped[dict[str, Any]] = mapped_column(default=dict)  # provider, learner, partner: {fi, sv, en}
    based_on_id: Mapped[UUID | None] = mapped_column(ForeignKey("reference_release.id"))
    withdraws_id: Mapped[UUID | None] = mapped_column(ForeignKey("reference_release.id"))
    frame: Mapped[dict[str, Any]]  # roles, anchors, forms, bases, content mark: names in three languages
    parts: Mapped[dict[str, Any]] = mapped_column(default=dict, deferred=True)  # PARTS: lists of {key, …}
    settled: Mapped[dict[str, Any]] = mapped_column(default=dict)  # texts right in one language (translation.py)
    lineage: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)  # reference/lineage.py
    used_keys: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, deferred=True)  # never used again
    amends: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    replaces: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    in_force_from: Mapped[date | None]
    transition_until: Mapped[date | None]
    sha256: Mapped[str] = mapped_column(default="")
    drafted_by: Mapped[str] = mapped_column(default="")
    authors: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)  # memberships that changed the content
    approved_by: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None]
    released_by: Mapped[str] = mapped_column(default="")

    @property
    def released(self) -> bool:
        return self.released_at is not None

    def content(self) -> dict[str, Any]:
        """The release's own facts as plain data. What came later is there only where it says something, so that
        the hash of an older release stays."""
        later = {name: getattr(self, name) for name in ("notes", "parts", "lineage") if getattr(self, name)}
        return {name: getattr(self, name) for name in ("number", "title", "summary", "frame")} | later

    def require_draft(self) -> None:
        """Stop with a conflict where the text is already fixed."""
        if self.released:
            raise Conflict(_("A published release stays as it is. Begin a new draft to change it."))

    def require_open(self) -> None:
        """Stop with a conflict where the text may not be changed now: published, or before its approvers."""
        self.require_draft()
        if self.state in ("review", "approved"):
            raise Conflict(_("This draft is being reviewed. Send it back for changes first."))

    def written_by(self, membership_id: UUID | None) -> None:
        """Remember who changed the content: whoever did can't approve it."""
        if membership_id and str(membership_id) not in self.authors:
            self.authors = [*self.authors, str(membership_id)]

    def put(self, kind: str, things: list[dict[str, Any]]) -> None:
        """These are now the parts of a kind (one of PARTS)."""
        self.require_open()
        self.parts = {**self.parts, kind: things}

    def move(self, state: str) -> None:
        """Go to another state of the draft; reference/flow.py says which may follow which."""
        self.require_draft()
        self.state = state

    def approve(self, *, by: str) -> None:
        """Somebody else than its writers stands behind this text."""
        self.move("approved")
        self.approved_by, self.approved_at = by, now()

    def send_back(self) -> None:
        """The text may be changed again; an approval no longer holds."""
        self.move("iteration")
        self.approved_by, self.approved_at = "", None

    def publish(self, *, by: str, sha256: str, transition_until: date | None, in_force_from: date | None) -> None:
        """Fix the text for good."""
        if self.released:
            raise Conflict(_("This release has already been published."))
        self.released_at, self.released_by, self.state = now(), by, "published"
        self.sha256, self.transition_until, self.in_force_from = sha256, transition_until, in_force_from


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
    documents: Mapped[dict[str, Any]] = mapped_column(default=dict)  # {"in": [key], "out": [key]}
    indicators: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    links: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)

    def content(self) -> dict[str, Any]:
        """The step as plain data, as in reference/data: what is hashed, merged and resolved."""
        later = {name: getattr(self, name) for name in LATER_FIELDS if getattr(self, name)}
        return {name: getattr(self, name) for name in STEP_FIELDS} | later | {"phase": self.phase_key}

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
