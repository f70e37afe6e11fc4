"""Which questions and answers an actor may see."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import contains_eager

from ..core.access import Actor
from ..core.clock import now
from ..core.db import db
from ..core.errors import NotFound
from ..core.keyset import Page, decode, page_of
from ..placements import queries as placements
from ..placements.models import Placement
from ..placements.policies import STAFF
from ..tenants import queries as tenants
from ..tenants.models import Membership
from .models import Pulse
from .questions import ASKED_FOR


def pulse_for(actor: Actor, pulse_id: UUID, *, locked: bool = False) -> Pulse:
    """The only door to a question, with its placement; NotFound for one that is not this actor's to see."""
    found = _with_placement().where(Pulse.id == pulse_id, _visible(actor))
    if locked:
        found = found.with_for_update(of=Pulse).execution_options(populate_existing=True)
    row = db.session.scalar(found)
    if row is None:
        raise NotFound()
    return row


def pulse_at_work(actor: Actor, pulse_id: UUID, *, locked: bool = False) -> Pulse:
    """The same for people of the workplace alone; the provider's people have a page of their own."""
    if not actor.is_workplace():
        raise NotFound()
    return pulse_for(actor, pulse_id, locked=locked)


def pulses_on(actor: Actor, placement: Placement) -> list[Pulse]:
    """Every question about a placement, the newest first."""
    found = _with_placement().where(Pulse.placement_id == placement.id, _visible(actor))
    return list(db.session.scalars(found.order_by(Pulse.created_at.desc(), Pulse.id.desc())))


def answers_from(actor: Actor, workplace_id: UUID, limit: int = 5) -> list[Pulse]:
    """What one workplace has answered to the acting provider, the newest first."""
    found = _with_placement().where(_visible(actor), Pulse.workplace_id == workplace_id, Pulse.answered_at.is_not(None))
    return list(db.session.scalars(found.order_by(Pulse.answered_at.desc(), Pulse.id.desc()).limit(limit)))


def waiting_of(actor: Actor, limit: int = 100) -> list[Pulse]:
    """Answers that wait for a reply, the most urgent first."""
    found = _with_placement().where(_visible(actor), Pulse.due_at.is_not(None), Pulse.replied_at.is_(None))
    return list(db.session.scalars(found.order_by(Pulse.due_at, Pulse.id).limit(limit)))


def answered_of(actor: Actor, *, cursor: str = "", size: int = 20) -> Page[Pulse]:
    """Answers that wait for nothing any more, the latest first."""
    place = decode(cursor, datetime, UUID) if cursor else None
    found = _with_placement().where(
        _visible(actor), Pulse.answered_at.is_not(None), or_(Pulse.due_at.is_(None), Pulse.replied_at.is_not(None))
    )
    backward = place is not None and place.backward
    columns: Sequence[Any] = (Pulse.answered_at, Pulse.id)
    if place is not None:
        here, there = tuple_(*columns), tuple_(*place.key)
        found = found.where(here > there if backward else here < there)
    found = found.order_by(*(c.asc() if backward else c.desc() for c in columns)).limit(size + 1)
    return page_of(list(db.session.scalars(found)), size, lambda p: (p.answered_at, p.id), place)


def unanswered_count(actor: Actor) -> int:
    """How many questions lie with workplaces just now."""
    found = select(func.count()).select_from(Pulse).join(Placement, _joined()).where(_visible(actor), _is_open())
    return int(db.session.scalar(found) or 0)


def for_workplace(actor: Actor) -> list[Pulse]:
    """What waits for the workplace: questions of the last weeks and replies nobody has read, the oldest first."""
    if actor.kind != "workplace":
        raise NotFound()
    unread = and_(Pulse.replied_at.is_not(None), Pulse.seen_at.is_(None))
    found = _with_placement().where(_visible(actor), or_(_is_open(), unread))
    return list(db.session.scalars(found.order_by(Pulse.created_at, Pulse.id)))


def replier_of(actor: Actor, placement: Placement) -> Membership:
    """Who of the provider replies: the placement's teacher; a working-life coordinator where that is nobody's job."""
    teacher = tenants.member_for(actor, placement.teacher_id)
    if "teacher" in teacher.roles:
        return teacher
    return next(iter(tenants.members_of(actor, "wl_coordinator")), teacher)


def _is_open() -> ColumnElement[bool]:
    return and_(Pulse.answered_at.is_(None), Pulse.created_at > now() - ASKED_FOR)


def _joined() -> ColumnElement[bool]:
    return and_(Pulse.tenant_id == Placement.tenant_id, Pulse.placement_id == Placement.id)


def _with_placement() -> Select[Any]:
    return select(Pulse).join(Placement, _joined()).options(contains_eager(Pulse.placement))


def _visible(actor: Actor) -> ColumnElement[bool]:
    """A guest: the question of the link. The workplace and the provider's staff: those of placements they see."""
    if actor.link is not None:
        subject = actor.link.subject_id if actor.link.kind == "pulse" else None
        return and_(Pulse.workplace_id == actor.organisation_id, Pulse.id == subject)
    if actor.kind == "workplace" or actor.is_provider("system", *STAFF):
        return placements.visible(actor)
    raise NotFound()
