"""What lies on a provider's shelf, and what became of what lay there."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, cast, func, or_, select

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ..models import NationalUpdate, ShelvedText, UpdateItem

MOST = 200
LYING = ("lying", "expected")
SETTLED = ("placed", "discarded", "returned")


def shelf_of(actor: Actor, *, states: Collection[str] = LYING, words: str = "") -> list[ShelvedText]:
    """Texts in these states, the newest first, at most MOST; `words`: only those with them in text or origin."""
    found = _own(actor).where(ShelvedText.state.in_(states))
    if words:
        found = found.where(or_(*(part.icontains(words, autoescape=True) for part in _searched())))
    order = ShelvedText.settled_at.desc().nulls_last(), ShelvedText.created_at.desc(), ShelvedText.id
    return list(db.session.scalars(found.order_by(*order).limit(MOST)))


def shelved_for(actor: Actor, shelved_id: UUID) -> ShelvedText:
    """One text, locked because something is decided about it; NotFound for anybody else's."""
    found = _own(actor).where(ShelvedText.id == shelved_id)
    row = db.session.scalar(found.with_for_update().execution_options(populate_existing=True))
    if row is None:
        raise NotFound()
    return row


def shelved_by(actor: Actor, item: UpdateItem) -> list[ShelvedText]:
    """What the answer to one item put on the shelf."""
    return list(db.session.scalars(_own(actor).where(ShelvedText.reason == f"update:{item.id}")))


def shelved_by_update(actor: Actor, update: NationalUpdate) -> list[ShelvedText]:
    """Everything that an update put on the shelf, whatever became of it."""
    items = select(func.concat("update:", cast(UpdateItem.id, String))).where(
        UpdateItem.tenant_id == actor.organisation_id, UpdateItem.update_id == update.id
    )
    return list(db.session.scalars(_own(actor).where(ShelvedText.reason.in_(items))))


def _searched() -> tuple[Any, ...]:
    return ShelvedText.text, cast(ShelvedText.origin, String), ShelvedText.step_key


def _own(actor: Actor) -> Select[ShelvedText]:
    if not actor.is_provider("system", "provider_admin", "quality_manager"):
        raise NotFound()
    return select(ShelvedText).where(ShelvedText.tenant_id == actor.organisation_id)
