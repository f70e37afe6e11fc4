"""Which releases, phases and steps an actor may read. A draft is there for the national body only."""

from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, or_, select

from ...core.access import Actor
from ...core.clock import now, today
from ...core.db import db
from ...core.errors import NotFound
from ..models import Phase, Release, Step

T = TypeVar("T")
Row = TypeVar("Row", Phase, Step)
SETTLED = timedelta(minutes=5)  # whatever published it has been committed by then
MOST_KEPT = 16  # phases and steps of eight releases
KEPT: dict[tuple[type, UUID], tuple[Any, ...]] = {}


def current_release() -> Release:
    """The newest published release whose day has come; NotFound before the first."""
    begun = or_(Release.in_force_from.is_(None), Release.in_force_from <= today())
    return _there(db.session.scalar(_published().where(begun).order_by(Release.released_at.desc()).limit(1)))


def release_with(release_id: UUID) -> Release:
    """A published release by its id."""
    return _there(db.session.scalar(_published().where(Release.id == release_id)))


def release_numbered(number: str) -> Release:
    """A published release by its number, "1.0"."""
    return _there(db.session.scalar(_published().where(Release.number == _plain(number))))


def releases_of(actor: Actor) -> list[Release]:
    """What an actor may see, drafts first, then the newest. Drafts are for the national body alone."""
    found = select(Release) if actor.is_national() else _published()
    return list(db.session.scalars(found.order_by(Release.released_at.desc().nulls_first(), Release.id.desc())))


def release_for(actor: Actor, release_id: UUID) -> Release:
    """A release the national body works on, published or not; NotFound for everyone else."""
    return _there(db.session.scalar(_worked_on(actor, release_id)))


def draft_for(actor: Actor, release_id: UUID) -> Release:
    """The same, locked, because something gets decided. Published meanwhile: the service says so (409)."""
    return _there(db.session.scalar(_worked_on(actor, release_id).with_for_update()))


def base_of(release: Release) -> Release | None:
    """The release that a draft was copied from; None for the first one."""
    return db.session.get(Release, release.based_on_id) if release.based_on_id else None


def is_taken(number: str) -> bool:
    """Whether a release, published or not, already has this number (asked by the national body)."""
    return db.session.scalar(select(Release.id).where(Release.number == number)) is not None


def phases_of(release_id: UUID) -> list[Phase]:
    """The phases of a release in order."""
    return _texts(Phase, release_id)


def steps_of(release_id: UUID) -> list[Step]:
    """The steps of a release in order."""
    return _texts(Step, release_id)


def _texts(kind: type[Row], release_id: UUID) -> list[Row]:
    """Read once in each process where the release is published: nobody can change it then, and all may read it.

    The rows are let go from the session, so that they outlive it; a draft's rows are read anew each time.
    """
    known = KEPT.get((kind, release_id))
    if known is None:
        found = select(kind).where(kind.release_id == release_id).order_by(kind.order)
        known = tuple(db.session.scalars(found))
        if known and all(row.released_at and row.released_at < now() - SETTLED for row in known):
            for row in known:
                db.session.expunge(row)
            while len(KEPT) >= MOST_KEPT:
                KEPT.pop(next(iter(KEPT)), None)
            KEPT[kind, release_id] = known
    return list(known)


def step_of(release_id: UUID, key: str) -> Step:
    """One step of a release by its key; NotFound where the release has none."""
    return _there(db.session.scalar(_step(release_id, key)))


def step_for(actor: Actor, release_id: UUID, key: str) -> Step:
    """One step that the national body is about to change, locked; NotFound for everyone else."""
    draft_for(actor, release_id)
    return _there(db.session.scalar(_step(release_id, key).with_for_update()))


def _step(release_id: UUID, key: str) -> Select[Step]:
    return select(Step).where(Step.release_id == release_id, Step.key == _plain(key))


def _plain(words: str) -> str:
    """Words from an address: PostgreSQL can't even compare a text with a NUL in it."""
    if "\x00" in words:
        raise NotFound()
    return words


def _published() -> Select[Release]:
    return select(Release).where(Release.released_at.is_not(None))


def _worked_on(actor: Actor, release_id: UUID) -> Select[Release]:
    if not actor.is_national():
        raise NotFound()
    return select(Release).where(Release.id == release_id)


def _there(row: T | None) -> T:
    if row is None:
        raise NotFound()
    return row
