"""Mailed links: a random token becomes a guest of one organisation, for one thing, for a while."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from .access import Actor
from .clock import now
from .db import Global, db
from .errors import NotFound
from .i18n import _
from .tokens import hash_token, new_token


class Link(Global, db.Model):
    """A hash of a token; the token itself is only in the mail."""

    __tablename__ = "link"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    kind: Mapped[str]
    organisation_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    person_name: Mapped[str]
    email: Mapped[str]
    language: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


def issue(
    kind: str, *, organisation_id: UUID, subject_id: UUID, person_name: str, email: str, language: str, days: int = 14
) -> str:
    """Make a link in the acting organisation's scope and return its token, which is kept nowhere.

    It is kept at once, in a transaction of its own: a worker that dies after the server took the mail
    would otherwise leave a letter whose link never was.
    """
    token = new_token()
    link = Link(
        token_hash=hash_token(token), kind=kind, organisation_id=organisation_id, subject_id=subject_id,
        person_name=person_name, email=email, language=language, expires_at=now() + timedelta(days=days),
    )  # fmt: skip
    with Session(db.engine, info={"scope": db.session().info["scope"]}) as own:
        own.add(link)
        own.commit()
    return token


def open_link(kind: str, token: str) -> tuple[Any, Actor]:
    """The link's row and its guest actor; NotFound for a token that never was, whatever its state."""
    found = text("select * from link_open(:hash, :kind)")
    row = db.session.execute(found, {"hash": hash_token(token), "kind": kind}).one_or_none()
    if row is None:
        raise NotFound(_("This link does not open anything. Check that the whole address was copied from the mail."))
    organisation = db.session.execute(
        text("select id, kind, slug, name, languages from organisation where id = :id"), {"id": row.organisation_id}
    ).one()
    return row, Actor.guest(row, organisation)


def expired(link: Any) -> bool:
    return link.expires_at <= now()


def use(link: Any) -> None:
    """Mark a link as used, in its organisation's scope."""
    db.session.execute(text("update link set used_at = :at where id = :id and used_at is null"),
                       {"at": now(), "id": link.id})  # fmt: skip
