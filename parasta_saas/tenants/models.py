"""Organisations, who belongs to them, and which provider works with which workplace."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from ..core.clock import now
from ..core.db import Global, TenantOwned, Versioned, db, member_fk, tenant_fk
from ..core.errors import Conflict
from ..core.i18n import _

PROVIDER_ROLES = (
    "provider_admin", "quality_manager", "wl_coordinator", "agreement_coordinator", "teacher",
    "provider_signatory", "student", "guardian",
)  # fmt: skip
WORKPLACE_ROLES = ("owner", "signatory", "instructor", "contact", "viewer")
NATIONAL_ROLES = ("national_editor", "national_admin")


class Organisation(Global, db.Model):
    """A provider (the tenant), a workplace, or the national body."""

    __tablename__ = "organisation"

    kind: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    names: Mapped[dict[str, str]] = mapped_column(default=dict)
    sort_name: Mapped[str]
    languages: Mapped[list[str]] = mapped_column(ARRAY(Text))

    def called(self, language: str) -> str:
        """Its name in a language, else the one it goes by."""
        return self.names.get(language) or self.name


class Membership(Global, db.Model):
    """One person's place in one organisation, with roles and the name and address used there."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        UniqueConstraint("organisation_id", "person_id"),
        Index("ix_membership_person", "person_id"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[UUID]
    name: Mapped[str]
    sort_name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="fi")
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))

    def take_on(self, roles: list[str]) -> None:
        """Hold these roles, too."""
        self.roles = [*self.roles, *(role for role in roles if role not in self.roles)]


class Relation(db.Model):
    """A provider works with a workplace. Only the provider makes it; every Shared row hangs on it."""

    __tablename__ = "relation"
    table_class = "Global"

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    workplace_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class Invitation(TenantOwned, db.Model):
    """A provider asks a person to come in for an organisation, in named roles."""

    __tablename__ = "invitation"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str]
    email: Mapped[str]
    language: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    invited_by: Mapped[str]
    accepted_at: Mapped[datetime | None]

    def accept(self) -> None:
        if self.accepted_at:
            raise Conflict(_("This invitation has been used. Sign in with your e-mail address."))
        self.accepted_at = now()


class OrganisationUnit(TenantOwned, Versioned, db.Model):
    """A campus or a field of a provider, with own words on top of the provider's and people of its own."""

    __tablename__ = "organisation_unit"

    kind: Mapped[str]  # campus or field
    name: Mapped[dict[str, str]]
    closed_at: Mapped[datetime | None]

    def close(self) -> None:
        """It takes no part any more; what it wrote is kept."""
        self.closed_at = now()

    def open_again(self) -> None:
        """It takes part again, with what it wrote."""
        self.closed_at = None


class UnitMember(TenantOwned, db.Model):
    """Who works at a unit; a person may belong to several, or to none."""

    __tablename__ = "unit_member"
    __table_args__ = (
        UniqueConstraint("tenant_id", "unit_id", "member_id"),
        tenant_fk("unit_id", "organisation_unit"),
        member_fk("member_id"),
    )

    unit_id: Mapped[UUID]
    member_id: Mapped[UUID]
