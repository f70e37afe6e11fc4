"""Agreements: one fixed content, its signatures, its notices, its sealed document."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from ..core.clock import now
from ..core.db import Global, Shared, TenantOwned, Versioned, db, link, relation_fk, shared_fk, tenant_fk
from ..core.errors import Conflict
from ..core.i18n import _


class Agreement(Shared, Versioned, db.Model):
    """A training agreement or an apprenticeship, written from a planning session."""

    __tablename__ = "agreement"
    __table_args__ = (
        relation_fk(),
        shared_fk("placement_id", "placement"),
        UniqueConstraint("tenant_id", "workplace_id", "id"),
        UniqueConstraint("tenant_id", "number"),
        Index("ix_agreement_placement", "tenant_id", "placement_id"),
    )

    placement_id: Mapped[UUID]
    session_id: Mapped[UUID | None]
    number: Mapped[str]
    form: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")  # draft, offered, signed, sealed, withdrawn
    language: Mapped[str] = mapped_column(default="fi")
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(default="")
    offered_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    sealed_at: Mapped[datetime | None]
    remark: Mapped[str] = mapped_column(default="")  # "Jokin ei täsmää": what the workplace says is wrong
    remark_by: Mapped[str] = mapped_column(default="")

    placement = link("Agreement", "placement_id", "Placement")

    def offer(self, content: dict[str, Any], sha256: str) -> None:
        if self.state != "draft":
            raise Conflict(_("This agreement has already been sent to be signed."))
        self.content, self.sha256, self.state, self.offered_at = content, sha256, "offered", now()

    def may_be_signed(self) -> bool:
        return self.state == "offered"


class Signature(Shared, db.Model):
    """One side's signature on one content; each side signs once."""

    __tablename__ = "agreement_signature"
    __table_args__ = (
        relation_fk(),
        shared_fk("agreement_id", "agreement"),
        UniqueConstraint("tenant_id", "agreement_id", "side"),
    )

    agreement_id: Mapped[UUID]
    side: Mapped[str]  # workplace or provider
    name: Mapped[str]
    email: Mapped[str]
    method: Mapped[str]  # mailed_link or signed_in
    sha256: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)


class SealedDocument(Shared, db.Model):
    """The sealed PDF of an agreement."""

    __tablename__ = "sealed_document"
    __table_args__ = (
        relation_fk(),
        shared_fk("agreement_id", "agreement"),
        UniqueConstraint("tenant_id", "agreement_id"),
    )

    agreement_id: Mapped[UUID]
    sha256: Mapped[str]
    size: Mapped[int]
    code: Mapped[str]
    pdf: Mapped[bytes] = deferred(mapped_column(LargeBinary))


class Notice(TenantOwned, db.Model):
    """The student, or the guardian of a minor, was informed; the moments are recorded."""

    __tablename__ = "agreement_notice"
    __table_args__ = (
        UniqueConstraint("tenant_id", "agreement_id", "email"),
        tenant_fk("agreement_id", "agreement"),
    )

    agreement_id: Mapped[UUID]
    part: Mapped[str]  # student or guardian
    name: Mapped[str]
    email: Mapped[str]
    informed_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]


class Seal(Global, db.Model):
    """Validity of a sealed document, never names: public by its code's hash."""

    __tablename__ = "seal"

    code_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    sha256: Mapped[str]
    sealed_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="in_force")


