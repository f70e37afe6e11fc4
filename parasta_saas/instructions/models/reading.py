"""How a handbook is read by others: plain words for workplaces and students, and a public address."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.clock import now
from ...core.db import Published, TenantOwned, Versioned, db, member_fk
from ...core.errors import Conflict
from ...core.i18n import _


class PlainText(Published, Versioned, db.Model):
    """What one step means for a workplace or a student, in plain words, per language; a language may be missing."""

    __tablename__ = "plain_text"
    __table_args__ = (UniqueConstraint("tenant_id", "step_key"), member_fk("edited_by_id"))

    step_key: Mapped[str]  # national, or the provider's own step
    text: Mapped[dict[str, str]]
    edited_by_id: Mapped[UUID | None]
    edited_by: Mapped[str] = mapped_column(default="")
    edited_at: Mapped[datetime] = mapped_column(default=now)

    def rewrite(self, text: dict[str, str], *, by_id: UUID | None, by: str) -> None:
        """These words from now on; none at all is allowed."""
        self.text, self.edited_by_id, self.edited_by, self.edited_at = text, by_id, by, now()


class Publicity(TenantOwned, Versioned, db.Model):
    """Whether a provider's handbook has a public address; one row per provider, none until it is first opened."""

    __tablename__ = "handbook_publicity"
    __table_args__ = (UniqueConstraint("tenant_id"),)

    indexed: Mapped[bool] = mapped_column(default=False)  # search engines may list it
    whole: Mapped[bool] = mapped_column(default=True)  # the whole handbook too, not only the plain words
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None

    def open(self, *, indexed: bool, whole: bool) -> None:
        """Anybody may read it from now on."""
        self.indexed, self.whole = indexed, whole
        if not self.is_open:
            self.opened_at, self.closed_at = now(), None

    def close(self) -> None:
        """Nobody outside reads it any more."""
        if not self.is_open:
            raise Conflict(_("The public address is closed already."))
        self.closed_at = now()
