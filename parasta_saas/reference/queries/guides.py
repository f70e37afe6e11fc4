"""Which guides of the knowledge bank an actor may read. A draft is there for the national body only."""

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.orm import aliased, defer

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ..models import Guide


def library() -> list[Guide]:
    """The newest published edition of every guide that is not withdrawn. One statement."""
    return list(db.session.scalars(_newest().where(Guide.withdrawn.is_(False)).order_by(Guide.key)))


def guides_at(step_key: str) -> list[Guide]:
    """The guides that a step's page shows, without their texts. One statement."""
    here = Guide.steps.contains([step_key])
    found = _newest().where(Guide.withdrawn.is_(False), here).order_by(Guide.kind, Guide.key)
    return list(db.session.scalars(found.options(defer(Guide.body))))


def editions_of(key: str) -> list[Guide]:
    """The published editions of a guide, the newest first, each without its text until that is read; NotFound."""
    found = select(Guide).where(Guide.key == _plain(key), Guide.released_at.is_not(None))
    editions = list(db.session.scalars(found.order_by(Guide.edition.desc()).options(defer(Guide.body))))
    if not editions:
        raise NotFound()
    return editions


def guides_of(actor: Actor) -> list[tuple[Guide | None, Guide | None]]:
    """Each guide of the knowledge bank as (in the library, being written); for the national body only."""
    _at_national(actor)
    later = aliased(Guide)
    no_later = ~exists().where(later.key == Guide.key, later.edition > Guide.edition, _same_state(later))
    found = select(Guide).where(no_later).order_by(Guide.key, Guide.edition).options(defer(Guide.body))
    pairs: dict[str, list[Guide | None]] = {}
    for guide in db.session.scalars(found):
        pairs.setdefault(guide.key, [None, None])[0 if guide.released_at else 1] = guide
    return [(current, draft) for current, draft in pairs.values()]


def guide_for(actor: Actor, key: str) -> tuple[Guide | None, Guide | None]:
    """(in the library, being written) of one guide, locked: its next edition gets decided. NotFound without either."""
    _at_national(actor)
    found = select(Guide).where(Guide.key == _plain(key)).order_by(Guide.edition.desc()).limit(2)
    rows = list(db.session.scalars(found.with_for_update().execution_options(populate_existing=True)))
    current = next((guide for guide in rows if guide.released_at), None)
    draft = next((guide for guide in rows if not guide.released_at), None)
    if current is None and draft is None:
        raise NotFound()
    return current, draft


def used_guide_keys() -> set[str]:
    """Every key that a guide has or had; asked by the national body."""
    return set(db.session.scalars(select(Guide.key).distinct()))


def _newest() -> Select[Guide]:
    """The newest published edition of each key."""
    later = aliased(Guide)
    no_later = ~exists().where(later.key == Guide.key, later.edition > Guide.edition, later.released_at.is_not(None))
    return select(Guide).where(and_(Guide.released_at.is_not(None), no_later))


def _same_state(later: type[Guide]) -> ColumnElement[bool]:
    return later.released_at.is_(None) == Guide.released_at.is_(None)


def _at_national(actor: Actor) -> None:
    if not actor.is_national():
        raise NotFound()


def _plain(words: str) -> str:
    """Words from an address: PostgreSQL can't even compare a text with a NUL in it."""
    if "\x00" in words:
        raise NotFound()
    return words
