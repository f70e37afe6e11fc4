"""Comments on the acting provider's handbook: its staff reads all, others what they said themselves."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, String, cast, func, select

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ..models import HandbookComment, SharedTemplate
from ..policies import EDITORS

MOST = 200
STAFF = (*EDITORS, "wl_coordinator", "agreement_coordinator", "teacher", "provider_signatory")


def comments_at(actor: Actor, step_key: str) -> list[HandbookComment]:
    """What may be seen of one step's conversation, the oldest first. One statement."""
    found = _seen(actor).where(HandbookComment.step_key == step_key, HandbookComment.update_id.is_(None))
    return list(db.session.scalars(found.order_by(HandbookComment.id)))


def questions_on(actor: Actor, update_id: UUID) -> list[HandbookComment]:
    """Questions to colleagues about one update, the oldest first."""
    found = _seen(actor).where(HandbookComment.update_id == update_id)
    return list(db.session.scalars(found.order_by(HandbookComment.id)))


def comments_of(actor: Actor, *, open: bool | None = None, side: str = "") -> list[HandbookComment]:
    """The inbox: those to answer first, the newest first, at most MOST; `open` and `side` narrow it."""
    found = _seen(actor)
    if open is not None:
        found = found.where(HandbookComment.outcome.is_(None) if open else HandbookComment.outcome.is_not(None))
    if side:
        found = found.where(HandbookComment.side == side)
    order = HandbookComment.outcome.is_not(None), HandbookComment.created_at.desc()
    return list(db.session.scalars(found.order_by(*order).limit(MOST)))


def open_comments(actor: Actor) -> int:
    """How many wait for an answer."""
    waiting = _seen(actor).where(HandbookComment.outcome.is_(None)).subquery()
    return db.session.scalar(select(func.count()).select_from(waiting)) or 0


def comment_for(actor: Actor, comment_id: UUID) -> HandbookComment:
    """One comment that the actor may see, locked because something is decided about it; else NotFound."""
    found = _seen(actor).where(HandbookComment.id == comment_id)
    row = db.session.scalar(found.with_for_update().execution_options(populate_existing=True))
    if row is None:
        raise NotFound()
    return row


def said_since(actor: Actor, since: datetime, *, sender: str) -> int:
    """How many comments from outside came from one network address."""
    found = select(func.count()).select_from(HandbookComment).where(
        HandbookComment.tenant_id == actor.organisation_id, HandbookComment.sender == sender,
        HandbookComment.created_at >= since,
    )  # fmt: skip
    return db.session.scalar(found) or 0


def templates_at(actor: Actor, step_key: str) -> list[SharedTemplate]:
    """Texts shared on a step, one's own, too; the newest first. One statement."""
    found = _shared(actor).where(SharedTemplate.step_key == step_key)
    return list(db.session.scalars(found.order_by(SharedTemplate.id.desc()).limit(MOST)))


def templates_of(actor: Actor, *, words: str = "") -> list[SharedTemplate]:
    """Everything shared, one's own, too; by step."""
    found = _shared(actor)
    if words:
        found = found.where(cast(SharedTemplate.words, String).icontains(words, autoescape=True))
    return list(db.session.scalars(found.order_by(SharedTemplate.step_key, SharedTemplate.id.desc()).limit(MOST)))


def template_for(actor: Actor, template_id: UUID, *, own: bool = False) -> SharedTemplate:
    """One shared text, `own` one's own, locked; NotFound where it is not shared."""
    found = _shared(actor).where(SharedTemplate.id == template_id)
    if own:
        found = found.where(SharedTemplate.tenant_id == actor.organisation_id).with_for_update()
    row = db.session.scalar(found)
    if row is None:
        raise NotFound()
    return row


def own_template(actor: Actor, step_key: str) -> SharedTemplate | None:
    """What the acting provider shares on a step."""
    found = _shared(actor).where(
        SharedTemplate.tenant_id == actor.organisation_id, SharedTemplate.step_key == step_key
    )  # fmt: skip
    return db.session.scalar(found.limit(1))


def _seen(actor: Actor) -> Select[HandbookComment]:
    if not actor.is_provider():
        raise NotFound()
    found = select(HandbookComment).where(HandbookComment.tenant_id == actor.organisation_id)
    return found if actor.has("system", *STAFF) else found.where(HandbookComment.author_id == actor.membership_id)


def _shared(actor: Actor) -> Select[SharedTemplate]:
    if not actor.is_provider("system", *STAFF):
        raise NotFound()
    return select(SharedTemplate).where(SharedTemplate.withdrawn_at.is_(None))
