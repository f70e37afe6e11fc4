"""Who answers for what: entries of the provider and of its units over the national model, and what changed them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from ...core.clock import now
from ...core.db import TenantOwned, db, member_fk, tenant_fk
from ...core.errors import Conflict
from ...core.i18n import _
from ..raci import Holder


class ResponsibilityChange(TenantOwned, db.Model):
    """One command that set or removed duties, so that all of it can be undone at once."""

    __tablename__ = "responsibility_change"
    __table_args__ = (tenant_fk("unit_id", "organisation_unit"),)

    kind: Mapped[str]  # add, remove, many, copy
    unit_id: Mapped[UUID | None]
    step_key: Mapped[str] = mapped_column(default="")  # of a change to one step
    made_by: Mapped[str]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(default="")

    def undo(self, *, by: str) -> None:
        """Once."""
        if self.undone_at is not None:
            raise Conflict(_("This has been undone already."))
        self.undone_at, self.undone_by = now(), by


class Responsibility(TenantOwned, db.Model):
    """Somebody has a duty at a step; without a unit at the whole provider. `removed_in_id` where no longer."""

    __tablename__ = "responsibility"
    __table_args__ = (
        Index("uq_responsibility_now", "tenant_id", "step_key", "unit_id", "duty", "holder", "starts_on", unique=True,
              postgresql_where=text("removed_in_id is null"), postgresql_nulls_not_distinct=True),
        tenant_fk("unit_id", "organisation_unit"),
        tenant_fk("change_id", "responsibility_change"),
        tenant_fk("removed_in_id", "responsibility_change"),
        member_fk("member_id"),
    )  # fmt: skip

    step_key: Mapped[str]
    unit_id: Mapped[UUID | None]
    duty: Mapped[str]  # raci.DUTIES
    holder: Mapped[str]  # the key of a raci.Holder
    own_role: Mapped[dict[str, str]] = mapped_column(default=dict)
    member_id: Mapped[UUID | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    set_by: Mapped[str]
    change_id: Mapped[UUID]
    removed_in_id: Mapped[UUID | None]

    @property
    def held(self) -> Holder:
        return Holder(self.holder, self.own_role)
