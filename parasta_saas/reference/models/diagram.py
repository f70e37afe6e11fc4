"""Diagrams of a release: drawn from its steps, or kept as a modeller drew them."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import National, Versioned, db


class Diagram(National, Versioned, db.Model):
    """One interaction diagram. `xml` None: it is drawn from the steps each time; else BPMN 2.0 as modelled."""

    __tablename__ = "reference_diagram"
    __table_args__ = (UniqueConstraint("release_id", "key"),)

    release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    key: Mapped[str]
    order: Mapped[int] = mapped_column("position")
    name: Mapped[dict[str, str]]
    phase_key: Mapped[str | None]
    xml: Mapped[str | None] = mapped_column(Text, deferred=True)
    drawn: Mapped[bool] = mapped_column(default=False)  # whether xml is there, without loading it
    aliases: Mapped[dict[str, Any]] = mapped_column(default=dict)  # BPMN id → key of a step or hand-over

    def content(self) -> dict[str, Any]:
        """The diagram as plain data: what is hashed and copied into the next draft."""
        return {
            "key": self.key, "order": self.order, "name": self.name, "phase_key": self.phase_key, "xml": self.xml,
            "drawn": self.drawn, "aliases": self.aliases,
        }  # fmt: skip

    def keep(self, xml: str, aliases: dict[str, Any]) -> None:
        """Keep a modeller's own drawing."""
        self.xml, self.aliases, self.drawn = xml, aliases, True

    def let_go(self) -> None:
        """Draw it from the steps again."""
        self.xml, self.drawn = None, False
