"""Rounds of review: which are open, what goes in them, which steps they lock."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ..models.rounds import HandbookRound, RoundItem
from ..policies import can_see_rounds
from ..version_flow import LOCKED, OPEN


def rounds_of(actor: Actor) -> list[HandbookRound]:
    """The provider's rounds, the newest first; fifty at most."""
    found = select(HandbookRound).where(HandbookRound.tenant_id == actor.organisation_id)
    return list(db.session.scalars(found.order_by(HandbookRound.number.desc()).limit(50)))


def round_for(actor: Actor, round_id: UUID, *, lock: bool = False) -> HandbookRound:
    """One round, for those who write or approve; NotFound for anybody else."""
    found = select(HandbookRound).where(HandbookRound.tenant_id == actor.organisation_id, HandbookRound.id == round_id)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    row = db.session.scalar(found) if can_see_rounds(actor) else None
    if row is None:
        raise NotFound()
    return row


def items_of(actor: Actor, round_ids: Collection[UUID]) -> list[RoundItem]:
    """What goes in these rounds."""
    found = select(RoundItem).where(RoundItem.tenant_id == actor.organisation_id, RoundItem.round_id.in_(round_ids))
    return list(db.session.scalars(found.order_by(RoundItem.created_at, RoundItem.step_key)))


def open_items(actor: Actor) -> dict[str, tuple[RoundItem, HandbookRound]]:
    """Steps that are in an open round: step → (item, round)."""
    found = (
        select(RoundItem, HandbookRound)
        .join(
            HandbookRound,
            (HandbookRound.tenant_id == RoundItem.tenant_id) & (HandbookRound.id == RoundItem.round_id),
        )
        .where(RoundItem.tenant_id == actor.organisation_id, HandbookRound.state.in_(sorted(OPEN)))
    )
    return {item.step_key: (item, round_) for item, round_ in db.session.execute(found)}


def locked_by(actor: Actor, step_key: str) -> HandbookRound | None:
    """The round that is judging the draft on a step, so that nobody changes it meanwhile."""
    found = open_items(actor).get(step_key)
    return found[1] if found and found[1].state in LOCKED else None


def next_number(actor: Actor) -> int:
    """The number of a new round; the caller holds the handbook's lock."""
    found = select(func.coalesce(func.max(HandbookRound.number), 0))
    return int(db.session.scalar(found.where(HandbookRound.tenant_id == actor.organisation_id)) or 0) + 1


def due_rounds(actor: Actor, day: date) -> list[HandbookRound]:
    """Approved, and their day has come; locked."""
    found = select(HandbookRound).where(
        HandbookRound.tenant_id == actor.organisation_id, HandbookRound.state == "approved",
        HandbookRound.valid_from <= day,
    )  # fmt: skip
    return list(db.session.scalars(found.order_by(HandbookRound.number).with_for_update()))


def waiting_for(actor: Actor) -> int:
    """How many rounds wait to be approved."""
    found = select(func.count()).select_from(HandbookRound)
    mine = HandbookRound.tenant_id == actor.organisation_id, HandbookRound.state == "review"
    return int(db.session.scalar(found.where(*mine)) or 0)
