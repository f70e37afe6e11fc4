"""Files are rows: what a provider attaches, at most 10 MB each, told apart by their SHA-256."""

from hashlib import sha256
from typing import Any

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from .db import TenantOwned, db

LIMIT = 10 * 1024 * 1024  # bytes


class StoredFile(TenantOwned, db.Model):
    """One file as it was given, never changed."""

    __tablename__ = "stored_file"

    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]  # bytes
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    stored_by: Mapped[str]


def stored(tenant_id: Any, *, name: str, media_type: str, content: bytes, by: str) -> StoredFile:
    """A row for these bytes; ValueError for more than LIMIT of them."""
    if len(content) > LIMIT:
        raise ValueError(f"{len(content)} bytes are more than {LIMIT}")
    return StoredFile(
        tenant_id=tenant_id, name=name, media_type=media_type, size=len(content),
        sha256=sha256(content).hexdigest(), content=content, stored_by=by,
    )  # fmt: skip
