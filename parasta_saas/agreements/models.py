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

STATES = ("draft", "offered", "signed", "sealed")


class Agreement(Shared, Versioned, db.Model):
    """A training agreement or an apprenticeship, written from a planning session.

    `content` is what is signed; `details` is what it was written from and what only the provider needs.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        relation_fk(),
        shared_fk("placement_id", "placement"),
        UniqueConstraint("tenant_id", "workplace_id", "id"),
        UniqueConstraint("tenant_id", "number"),
        UniqueConstraint("tenant_id", "session_id"),
        Index("ix_agreement_placement", "tenant_id", "placement_id"),
    )

    placement_id: Mapped[UUID]
    session_id: Mapped[UUID]
    number: Mapped[str]
    form: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")  # one of STATES
    edition: Mapped[int] = mapped_column(default=1)  # grows when a sent agreement is taken back
    language: Mapped[str] = mapped_column(default="fi")
    details: Mapped[dict[str, Any]]
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(default="")
    pages: Mapped[int] = mapped_column(default=0)
    reminders: Mapped[int] = mapped_column(default=0)
    offered_by_id: Mapped[UUID | None]
    offered_by: Mapped[str] = mapped_column(default="")
    offered_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    sealed_at: Mapped[datetime | None]
    remark: Mapped[str] = mapped_column(default="")  # "Jokin ei täsmää": what the workplace says is wrong
    remark_by: Mapped[str] = mapped_column(default="")
    remark_at: Mapped[datetime | None]
    right_name: Mapped[str] = mapped_column(default="")  # "En ole oikea henkilö": who is
    right_email: Mapped[str] = mapped_column(default="")

    placement = link("Agreement", "placement_id", "Placement")

    @property
    def sides(self) -> tuple[str, ...]:
        """Who signs, in the order of the document."""
        return tuple(party["side"] for party in self.content["signatories"])

    @property
    def remarked(self) -> bool:
        """The workplace has stopped it: something is wrong, or somebody else signs."""
        return self.state == "draft" and bool(self.remark or self.right_email)

    def write(self, details: dict[str, Any], content: dict[str, Any], language: str) -> None:
        """Other words, while nobody has been asked to sign them."""
        if self.state != "draft":
            raise Conflict(_("This has been sent to be signed. Take it back before you change it."))
        self.details, self.content, self.language = details, content, language

    def offer(self, sha256: str, *, pages: int, by_id: UUID | None, by: str) -> None:
        """From here on the content is fixed."""
        if self.state != "draft":
            raise Conflict(_("This agreement has already been sent to be signed."))
        self.sha256, self.pages, self.state, self.offered_at = sha256, pages, "offered", now()
        self.offered_by_id, self.offered_by = by_id, by
        self.remark, self.remark_by, self.remark_at, self.right_name, self.right_email = "", "", None, "", ""

    def take_back(self) -> None:
        """A draft again; signatures given on the earlier content don't count for the next."""
        if self.state != "offered":
            raise Conflict(_("Only an agreement that waits for signatures can be taken back."))
        self.state, self.edition, self.sha256 = "draft", self.edition + 1, ""

    def remind(self) -> int:
        """Count one more mail to those who have not signed yet."""
        if self.state != "offered":
            raise Conflict(_("Nobody is waited for: this agreement is not to be signed now."))
        self.reminders += 1
        return self.reminders

    def must_be_the_one_read(self, sha256: str) -> None:
        """Refuse a signature on anything but the content that was read."""
        if self.state == "draft":
            raise Conflict(_("This agreement is being corrected. You get a new mail when it can be signed."))
        if self.state != "offered":
            raise Conflict(_("Everybody has signed this agreement already."))
        if sha256 != self.sha256:
            raise Conflict(_("The agreement has changed since you opened it. Read it again and sign then."))

    def complete(self) -> None:
        """All have signed."""
        self.state, self.signed_at = "signed", now()

    def close(self, at: datetime) -> None:
        """The document has been sealed."""
        self.state, self.sealed_at = "sealed", at


class Signature(Shared, db.Model):
    """One side's signature on one content; each side signs one content once."""

    __tablename__ = "agreement_signature"
    __table_args__ = (
        relation_fk(),
        shared_fk("agreement_id", "agreement"),
        UniqueConstraint("tenant_id", "agreement_id", "side", "sha256"),
    )

    agreement_id: Mapped[UUID]
    side: Mapped[str]  # workplace, provider or, in an apprenticeship, student
    name: Mapped[str]
    email: Mapped[str]
    method: Mapped[str]  # link or sign_in, as in document_view.Method
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
    language: Mapped[str] = mapped_column(default="fi")
    member_id: Mapped[UUID | None]
    read_at: Mapped[datetime | None]

    def read(self) -> bool:
        """Note that the person says they have read it; False if that was known."""
        if self.read_at:
            return False
        self.read_at = now()
        return True


class Seal(Global, db.Model):
    """Validity of a sealed document, never names: public by its code's hash."""

    __tablename__ = "seal"

    code_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    sha256: Mapped[str]
    sealed_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="in_force")
