"""The database: one declarative base, table classes, links between tenant tables."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, ForeignKeyConstraint, MetaData, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry, relationship

from .clock import now
from .ids import uuid7

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every model. `table_class` says who sees and who writes (foundations.md)."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: DateTime(timezone=True), dict[str, Any]: JSONB, dict[str, str]: JSONB},
    )
    table_class: ClassVar[str] = ""


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


class Identified:
    """A time-ordered id, made here."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    created_at: Mapped[datetime] = mapped_column(default=now)


class TenantOwned(Identified):
    """The provider sees it and writes it."""

    table_class = "TenantOwned"
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-10)


class Shared(Identified):
    """Either side of one relation sees it and writes it; both ids never change."""

    table_class = "Shared"
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-10)
    workplace_id: Mapped[UUID] = mapped_column(sort_order=-9)


class WorkplaceOwned(Identified):
    """The workplace sees it and writes it."""

    table_class = "WorkplaceOwned"
    workplace_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-10)


class National(Identified):
    """The national body writes it; everyone reads it once it is released."""

    table_class = "National"
    released_at: Mapped[datetime | None]


class Reported(Identified):
    """Counts that a tenant reports; the tenant and the national body read them."""

    table_class = "Reported"
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-10)


class Submitted(Identified):
    """Said by any organisation to the national body; all read it once published."""

    table_class = "Submitted"
    organisation_id: Mapped[UUID | None]
    published_at: Mapped[datetime | None]


class Published(Identified):
    """The tenant writes it; workplaces with a relation read it."""

    table_class = "Published"
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-10)


class Global(Identified):
    """Facts with a rule of their own, listed by name in core/rls.py."""

    table_class = "Global"


class System(Identified):
    """The floor's own work: ids only."""

    table_class = "System"


class Versioned:
    """Editable rows: two people's edits can't overwrite each other."""

    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


def tenant_fk(column: str, target: str, **kw: Any) -> ForeignKeyConstraint:
    """A reference between tenant tables: (tenant_id, column) → target(tenant_id, id)."""
    return ForeignKeyConstraint(["tenant_id", column], [f"{target}.tenant_id", f"{target}.id"], **kw)


def shared_fk(column: str, target: str, **kw: Any) -> ForeignKeyConstraint:
    """A reference between Shared tables; the workplace is repeated so that it can't differ."""
    names = ["tenant_id", "workplace_id"]
    return ForeignKeyConstraint([*names, column], [f"{target}.{n}" for n in (*names, "id")], **kw)


def relation_fk() -> ForeignKeyConstraint:
    """Every Shared table hangs on the relation that only the provider can make."""
    return ForeignKeyConstraint(["tenant_id", "workplace_id"], ["relation.tenant_id", "relation.workplace_id"])


def member_fk(column: str) -> ForeignKeyConstraint:
    """A person of the tenant: (tenant_id, column) → membership(organisation_id, id)."""
    return ForeignKeyConstraint(["tenant_id", column], ["membership.organisation_id", "membership.id"])


def link(here: str, column: str, there: str, **kw: Any) -> Any:
    """A downward, read-only relationship over a composite key: link("Placement", "student_id", "Student")."""
    join = f"and_({here}.tenant_id == {there}.tenant_id, foreign({here}.{column}) == {there}.id)"
    return relationship(there, primaryjoin=join, viewonly=True, uselist=False, **kw)
