"""A provider's own guides, forms and links beside the national ones."""

from datetime import datetime
from typing import Any

from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import TenantOwned, Versioned, db


class LocalGuide(TenantOwned, Versioned, db.Model):
    """A guide of the provider's own, shown at its steps beside the national ones."""

    __tablename__ = "local_guide"

    kind: Mapped[str]  # as of a national guide
    title: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]] = mapped_column(default=dict)
    body: Mapped[dict[str, str]] = mapped_column(default=dict)
    url: Mapped[dict[str, Any]] = mapped_column(default=dict)
    steps: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    written_by: Mapped[str]
    removed_at: Mapped[datetime | None]  # taken away, and to be had back
