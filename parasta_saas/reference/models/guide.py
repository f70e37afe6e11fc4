"""The national knowledge bank: guides, forms, videos and links, shown at the steps they serve."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import National, Versioned, db

GUIDE_KINDS = ("guide", "form", "video", "link")


class Guide(National, Versioned, db.Model):
    """One edition of a guide. A published edition stays; a change is the next edition under the same key."""

    __tablename__ = "reference_guide"
    __table_args__ = (UniqueConstraint("key", "edition"),)

    key: Mapped[str]
    edition: Mapped[int]
    kind: Mapped[str]
    title: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]]
    body: Mapped[dict[str, str]] = mapped_column(default=dict)
    url: Mapped[dict[str, Any]] = mapped_column(default=dict)
    steps: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    after_id: Mapped[UUID | None] = mapped_column(ForeignKey("reference_guide.id"))
    withdrawn: Mapped[bool] = mapped_column(default=False)
    written_by: Mapped[str]
