"""An existing handbook that a provider brought in, and its pieces until each has found a place."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ...core.clock import now
from ...core.db import TenantOwned, Versioned, db, link, tenant_fk
from ...core.errors import Conflict
from ...core.i18n import _


class HandbookImport(TenantOwned, Versioned, db.Model):
    """One file or pasted text. The file itself is not kept, only its words."""

    __tablename__ = "handbook_import"

    name: Mapped[str]  # of the file, or what the person called the text
    kind: Mapped[str]  # pieces.KINDS
    sha256: Mapped[str]  # of the file or the text, so that the same one is noticed
    told: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)  # pieces.Told: {what, words, count}
    brought_by: Mapped[str]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str] = mapped_column(default="")

    def remove(self, *, by: str) -> None:
        """It is no longer listed; pieces that found a place stay there."""
        if self.removed_at is not None:
            raise Conflict(_("This has already been removed from the list."))
        self.removed_at, self.removed_by = now(), by

    def put_back(self) -> None:
        """It is listed again, as it was."""
        if self.removed_at is None:
            raise Conflict(_("This is on the list already."))
        self.removed_at, self.removed_by = None, ""


class ImportedPiece(TenantOwned, Versioned, db.Model):
    """One piece under its headings: open, placed on a step, on the shelf, or left out. A person says which."""

    __tablename__ = "imported_piece"
    __table_args__ = (
        UniqueConstraint("tenant_id", "import_id", "position"),
        tenant_fk("import_id", "handbook_import"),
        tenant_fk("shelved_id", "shelved_text"),
    )

    import_id: Mapped[UUID]
    order: Mapped[int] = mapped_column("position")
    path: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    title: Mapped[str]
    text: Mapped[str]
    language: Mapped[str]
    suggestions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)  # {key, score, words}, best first
    state: Mapped[str] = mapped_column(default="open")  # open, placed, shelved, left_out
    placed_on: Mapped[str] = mapped_column(default="")
    put: Mapped[str] = mapped_column(default="")  # the words as they were put on the step, to be found there again
    shelved_id: Mapped[UUID | None]
    settled_by: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[datetime | None]

    source = link("ImportedPiece", "import_id", "HandbookImport")

    @property
    def name(self) -> str:
        """Its heading, else its first words."""
        first = self.text.strip().lstrip("-*#> ").split("\n")[0]
        return self.title or (first if len(first) <= 60 else first[:60].rsplit(" ", 1)[0] + "…")

    def require_open(self) -> None:
        """Stop with who was faster."""
        if self.state != "open":
            raise Conflict(_("%(name)s has already seen to this piece. Open the page again.", name=self.settled_by))

    def settle(
        self, state: str, *, by: str, placed_on: str = "", put: str = "", shelved_id: UUID | None = None
    ) -> None:
        """It found its place, or someone said that it is not needed."""
        self.require_open()
        self.state, self.settled_by, self.settled_at = state, by, now()
        self.placed_on, self.put, self.shelved_id = placed_on, put, shelved_id

    def reopen(self) -> None:
        """It waits again."""
        if self.state == "open":
            raise Conflict(_("This piece waits for its place already."))
        self.state, self.settled_by, self.settled_at = "open", "", None
        self.placed_on, self.put, self.shelved_id = "", "", None
