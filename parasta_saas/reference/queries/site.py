"""What readers outside see: published releases only, whoever asks."""

from sqlalchemy import select

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ..models import Release


def published_releases() -> list[Release]:
    """Every published release, the newest first; never a draft, not even for the national body."""
    found = select(Release).where(Release.released_at.is_not(None)).order_by(Release.released_at.desc())
    return list(db.session.scalars(found))


def published_before(release: Release) -> Release | None:
    """The release that this one was made from; None for the first."""
    if release.based_on_id is None:
        return None
    before = db.session.get(Release, release.based_on_id)
    return before if before and before.released else None


def any_numbered(actor: Actor, number: str) -> Release:
    """A release or draft by its number, for the national body; NotFound for everyone else."""
    found = None
    if actor.is_national() and "\x00" not in number:
        found = db.session.scalar(select(Release).where(Release.number == number))
    if found is None:
        raise NotFound()
    return found
