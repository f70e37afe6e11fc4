"""National updates offered to the acting provider, and its shelf of sentences left out."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ..models import Instruction, NationalUpdate, ShelvedText, UpdateItem
from ..offers import Proposal, proposal


@dataclass(frozen=True)
class ItemState:
    """An item as it stands against the provider's guidance of this moment."""

    item: UpdateItem
    instruction: Instruction | None
    proposal: Proposal

    @property
    def kind(self) -> str:
        return self.proposal.kind

    @property
    def answered(self) -> bool:
        """Decided, and the provider's words are still those that were decided about."""
        return self.item.decision is not None and self.item.local == self.local

    @property
    def open(self) -> bool:
        return self.kind == "conflict" and not self.answered

    @property
    def local(self) -> dict[str, str]:
        return dict(self.instruction.guidance) if self.instruction else {}

    @property
    def result(self) -> dict[str, str]:
        """The guidance that will be in force."""
        return dict(self.item.merged) if self.kind == "conflict" and self.answered else self.proposal.texts


def updates_of(actor: Actor) -> list[NationalUpdate]:
    """Every update of the acting provider, the newest first."""
    _at_provider(actor)
    found = select(NationalUpdate).where(NationalUpdate.tenant_id == actor.organisation_id)
    return list(db.session.scalars(found.order_by(NationalUpdate.created_at.desc())))


def pending_update(actor: Actor) -> NationalUpdate | None:
    """The update that waits for the acting provider; there is at most one."""
    found = select(NationalUpdate).where(
        NationalUpdate.tenant_id == actor.organisation_id, NationalUpdate.finished_at.is_(None)
    )
    return db.session.scalar(found.order_by(NationalUpdate.created_at).limit(1))


def update_to(actor: Actor, release_id: UUID) -> NationalUpdate | None:
    """The update to one release, if it was offered."""
    found = select(NationalUpdate).where(
        NationalUpdate.tenant_id == actor.organisation_id, NationalUpdate.release_id == release_id
    )
    return db.session.scalar(found)


def update_for(actor: Actor, update_id: UUID, *, lock: bool = False) -> NationalUpdate:
    """One update of the acting provider; NotFound for anybody else's."""
    _at_provider(actor)
    found = select(NationalUpdate).where(
        NationalUpdate.tenant_id == actor.organisation_id, NationalUpdate.id == update_id
    )
    row = db.session.scalar(found.with_for_update() if lock else found)
    if row is None:
        raise NotFound()
    return row


def items_of(actor: Actor, update: NationalUpdate) -> list[ItemState]:
    """Every item of an update in the order of the process, with how it stands now."""
    found = (
        select(UpdateItem, Instruction)
        .outerjoin(
            Instruction,
            (Instruction.tenant_id == UpdateItem.tenant_id) & (Instruction.step_key == UpdateItem.step_key),
        )
        .where(UpdateItem.tenant_id == actor.organisation_id, UpdateItem.update_id == update.id)
        .order_by(UpdateItem.order)
    )
    return [_state(item, instruction) for item, instruction in db.session.execute(found)]


def item_for(actor: Actor, update: NationalUpdate, item_id: UUID) -> ItemState:
    """One item of an update, locked because it is about to be answered; NotFound where there is none."""
    found = select(UpdateItem).where(
        UpdateItem.tenant_id == actor.organisation_id, UpdateItem.update_id == update.id, UpdateItem.id == item_id
    )
    item = db.session.scalar(found.with_for_update())
    if item is None:
        raise NotFound()
    instruction = db.session.scalar(
        select(Instruction).where(Instruction.tenant_id == actor.organisation_id, Instruction.step_key == item.step_key)
    )
    return _state(item, instruction)


def instructions_of(actor: Actor) -> list[Instruction]:
    """Every instruction of the provider, locked: the update moves all of them to the new release."""
    found = select(Instruction).where(Instruction.tenant_id == actor.organisation_id).order_by(Instruction.id)
    return list(db.session.scalars(found.with_for_update()))


def shelf_of(actor: Actor, step_key: str | None = None) -> list[ShelvedText]:
    """Sentences that answers left out, the newest first."""
    _at_provider(actor)
    found = select(ShelvedText).where(ShelvedText.tenant_id == actor.organisation_id)
    if step_key:
        found = found.where(ShelvedText.step_key == step_key)
    return list(db.session.scalars(found.order_by(ShelvedText.created_at.desc()).limit(200)))


def shelved_by(actor: Actor, item: UpdateItem) -> list[ShelvedText]:
    """What the answer to one item put on the shelf."""
    found = select(ShelvedText).where(
        ShelvedText.tenant_id == actor.organisation_id, ShelvedText.reason == f"update:{item.id}"
    )
    return list(db.session.scalars(found))


def _state(item: UpdateItem, instruction: Instruction | None) -> ItemState:
    local = instruction.guidance if instruction else {}
    base = instruction.base_guidance if instruction else item.base
    return ItemState(item, instruction, proposal(base, item.national, local))


def _at_provider(actor: Actor) -> None:
    if not (actor.is_provider("system", "provider_admin", "quality_manager")):
        raise NotFound()
