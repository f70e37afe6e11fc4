"""Tables of the floor's own work: what happened and who has dealt with it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from .clock import now
from .db import System, TenantOwned, db


class Message(System, db.Model):
    """One fact that handlers will hear of; ids only."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_waiting", "created_at", postgresql_where=text("dispatched_at is null")),)

    organisation_id: Mapped[UUID | None]
    name: Mapped[str]
    body: Mapped[dict[str, Any]]
    dispatched_at: Mapped[datetime | None]


class Delivery(System, db.Model):
    """One handler's duty towards one message, for one organisation; exactly one effect."""

    __tablename__ = "delivery"
    __table_args__ = (
        ForeignKeyConstraint(["message_id"], ["outbox.id"]),
        UniqueConstraint("message_id", "handler", "organisation_id", postgresql_nulls_not_distinct=True),
        Index("ix_delivery_waiting", "leased_until", postgresql_where=text("done_at is null and failed_at is null")),
    )

    message_id: Mapped[UUID]
    organisation_id: Mapped[UUID | None]
    handler: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


class AuditEntry(db.Model):
    """One link of an organisation's hash chain; written only by the function audit_append."""

    __tablename__ = "audit_entry"
    table_class = TenantOwned.table_class

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    name: Mapped[str]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    body: Mapped[dict[str, Any]]
    request_id: Mapped[str]
    before: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class AuditHead(db.Model):
    """Where an organisation's chain ends; locked for one append at a time."""

    __tablename__ = "audit_head"
    table_class = TenantOwned.table_class

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int]
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class FormKey(db.Model):
    """A form that has been sent once; sending it again changes nothing."""

    __tablename__ = "form_key"
    table_class = TenantOwned.table_class

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
