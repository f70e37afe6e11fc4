"""National updates offered to the acting provider, and the answers it gave."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import undefer

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ...reference import queries as reference
from ...reference.models import Release
from ..memory import meeting_key
from ..models import Instruction, NationalUpdate, RememberedAnswer, UpdateItem
from ..offers import Proposal, proposal


@dataclass(frozen=True)
class ItemState:
    """An item as it stands against the provider's own words of this moment."""

    item: UpdateItem
    instruction: Instruction | None  # whose words come: of the step itself, or of the one before it
    heir: Instruction | None  # only where words meet those of another step
    proposal: Proposal

    @property
    def kind(self) -> str:
        if self.item.fate in ("meets", "gone"):
            return self.item.fate
        return "clean" if self.item.fate == "returns" else self.proposal.kind

    @property
    def asks(self) -> bool:
        """Whether a person has to say something, or had."""
        return self.kind in ("conflict", "meets")

    @property
    def answered(self) -> bool:
        """Decided, and the provider's words are still those that were decided about."""
        if self.item.decision is None:
            return False
        return self.item.overlay.get("key") == self.key if self.kind == "meets" else self.item.local == self.local

    @property
    def open(self) -> bool:
        return self.asks and not self.answered

    @property
    def key(self) -> str:
        """Fingerprint of the words that meet."""
        return meeting_key(self.own, self.heir.overlay() if self.heir else {})

    @property
    def own(self) -> dict[str, Any]:
        """The provider's own overlay that is at stake."""
        return self.instruction.overlay() if self.instruction else {}

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


def pending_update(actor: Actor, *, lock: bool = False) -> NationalUpdate | None:
    """The update that waits for the acting provider; there is at most one. Locked before the handbook, always."""
    found = select(NationalUpdate).where(
        NationalUpdate.tenant_id == actor.organisation_id, NationalUpdate.finished_at.is_(None),
        NationalUpdate.superseded_by == "",
    )  # fmt: skip
    found = found.order_by(NationalUpdate.created_at).limit(1)
    return db.session.scalar(found.with_for_update().execution_options(populate_existing=True) if lock else found)


def updates_pending_or_to(actor: Actor, release_id: UUID) -> list[NationalUpdate]:
    """The update that waits and the one to a release, if there are any, the oldest first."""
    waits = NationalUpdate.finished_at.is_(None) & (NationalUpdate.superseded_by == "")
    found = select(NationalUpdate).where(
        NationalUpdate.tenant_id == actor.organisation_id, waits | (NationalUpdate.release_id == release_id)
    )
    return list(db.session.scalars(found.order_by(NationalUpdate.created_at)))


def update_for(actor: Actor, update_id: UUID, *, lock: bool = False, whole: bool = False) -> NationalUpdate:
    """One update of the acting provider, `whole` with what it kept; NotFound for anybody else's."""
    _at_provider(actor)
    found = select(NationalUpdate).where(
        NationalUpdate.tenant_id == actor.organisation_id, NationalUpdate.id == update_id
    )
    found = found.options(undefer(NationalUpdate.kept)) if whole else found
    row = db.session.scalar(found.with_for_update().execution_options(populate_existing=True) if lock else found)
    if row is None:
        raise NotFound()
    return row


def items_of(actor: Actor, update: NationalUpdate) -> list[ItemState]:
    """Every item of an update in the order of the process, with how it stands now. Two statements."""
    found = select(UpdateItem).where(UpdateItem.tenant_id == actor.organisation_id, UpdateItem.update_id == update.id)
    items = list(db.session.scalars(found.order_by(UpdateItem.order, UpdateItem.id)))
    own = select(Instruction).where(Instruction.tenant_id == actor.organisation_id)
    known = {i.step_key: i for i in db.session.scalars(own)}
    return [_state(item, known) for item in items]


def item_for(actor: Actor, update: NationalUpdate, item_id: UUID) -> ItemState:
    """One item of an update, locked because it is about to be answered; NotFound where there is none."""
    found = select(UpdateItem).where(
        UpdateItem.tenant_id == actor.organisation_id, UpdateItem.update_id == update.id, UpdateItem.id == item_id
    )
    item = db.session.scalar(found.with_for_update().execution_options(populate_existing=True))
    if item is None:
        raise NotFound()
    keys = [item.source_key, *item.homes]
    own = select(Instruction).where(Instruction.tenant_id == actor.organisation_id, Instruction.step_key.in_(keys))
    return _state(item, {i.step_key: i for i in db.session.scalars(own)})


def instructions_of(actor: Actor) -> list[Instruction]:
    """Every instruction of the provider, locked: the update moves all of them to the new release."""
    found = select(Instruction).where(Instruction.tenant_id == actor.organisation_id).order_by(Instruction.id)
    return list(db.session.scalars(found.with_for_update()))


def update_before(actor: Actor, release_id: UUID) -> NationalUpdate | None:
    """The finished update by which the handbook came to follow a release, with what it kept."""
    found = select(NationalUpdate).where(
        NationalUpdate.tenant_id == actor.organisation_id, NationalUpdate.release_id == release_id,
        NationalUpdate.finished_at.is_not(None),
    )  # fmt: skip
    return db.session.scalar(found.options(undefer(NationalUpdate.kept)))


def answers_to(actor: Actor, keys: Collection[str]) -> dict[str, RememberedAnswer]:
    """Answers given before, by the fingerprint of the question."""
    if not keys:
        return {}
    found = select(RememberedAnswer).where(
        RememberedAnswer.tenant_id == actor.organisation_id, RememberedAnswer.key.in_(keys)
    )
    return {answer.key: answer for answer in db.session.scalars(found)}


def releases_between(actor: Actor, old: Release, new: Release) -> list[Release]:
    """Every release after `old` up to `new`, oldest first: by what each was based on, else by publication."""
    if new.based_on_id == old.id:
        return [new]
    known = {release.id: release for release in reference.releases_of(actor)}
    chain, at = [new], new
    while at.id != old.id and at.based_on_id in known:
        at = known[at.based_on_id]
        chain.append(at)
    if at.id == old.id:
        return list(reversed(chain[:-1]))
    assert old.released_at and new.released_at
    later = [r for r in known.values() if r.released_at and old.released_at < r.released_at <= new.released_at]
    return sorted(later, key=lambda release: (release.released_at, release.id))


def _state(item: UpdateItem, known: Mapping[str, Instruction]) -> ItemState:
    instruction = known.get(item.source_key)
    heir = known.get(item.homes[0]) if item.fate == "meets" and item.homes else None
    local = instruction.guidance if instruction else {}
    base = instruction.base_guidance if instruction else item.base
    return ItemState(item, instruction, heir, proposal(base, item.national, local, item.policy))


def _at_provider(actor: Actor) -> None:
    if not (actor.is_provider("system", "provider_admin", "quality_manager")):
        raise NotFound()
