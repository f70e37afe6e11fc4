"""The handbook of the acting provider: which release, which own instructions, what waits for an update."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ...reference import queries as reference
from ...reference.models import Release
from ..models import (
    Handbook,
    HandbookReading,
    Instruction,
    InstructionEdition,
    NationalUpdate,
    ReadingRequest,
    ShelvedText,
    UpdateItem,
)


@dataclass(frozen=True)
class Waiting:
    """One step that an unfinished national update touches. `open`: it asks a question nobody has answered."""

    step_key: str
    update_id: UUID
    number: str
    kind: str
    open: bool


@dataclass(frozen=True)
class Book:
    """A provider's handbook as it stands: the release it follows and what is its own."""

    edition: int
    release: Release
    instructions: dict[str, Instruction]  # by step; a withdrawn one is there, too, without words
    waiting: dict[str, Waiting]  # by step, the oldest update first to be answered
    lying: int = 0  # own words on the shelf
    features: frozenset[str] = frozenset()  # switched on: words of models.FEATURES
    reviewed: bool = False  # a second person approves
    # Requests to read a version: {"number", "due_on": ISO day, "roles", "read": roles that read it or a later one}
    to_read: tuple[dict[str, Any], ...] = ()

    @property
    def local(self) -> frozenset[str]:
        """Steps on which the provider has words of its own."""
        return frozenset(key for key, instruction in self.instructions.items() if instruction.is_local)

    @property
    def in_force_from(self) -> datetime | None:
        """When something of it was last published."""
        return max((i.published_at for i in self.instructions.values() if i.published_at), default=None)


def book_of(actor: Actor) -> Book:
    """Three statements. A provider without a handbook follows the release in force; NotFound for anybody else."""
    _at_provider(actor)
    found = (
        select(Handbook, Release, _lying(actor), _to_read(actor))
        .join(Release, Release.id == Handbook.release_id)
        .where(Handbook.tenant_id == actor.organisation_id)
    )
    row = db.session.execute(found).one_or_none()
    edition, release, lying = (row[0].edition, row[1], row[2]) if row else (0, reference.current_release(), 0)
    waiting = {w.step_key: w for w in reversed(waiting_steps(actor))}
    features, reviewed = (frozenset(row[0].features), row[0].reviewed) if row else (frozenset[str](), False)
    to_read = tuple(row[3] or ()) if row else ()
    return Book(edition, release, _own(actor), waiting, lying, features, reviewed, to_read)


def handbook_of(actor: Actor) -> Handbook | None:
    """The acting provider's handbook, locked: whoever publishes goes through it one after the other."""
    found = select(Handbook).where(Handbook.tenant_id == actor.organisation_id)
    return db.session.scalar(found.with_for_update().execution_options(populate_existing=True))


def instruction_on(actor: Actor, step_key: str) -> Instruction | None:
    """The provider's instruction on a step, locked because it is about to change; None where it wrote none."""
    found = select(Instruction).where(Instruction.tenant_id == actor.organisation_id, Instruction.step_key == step_key)
    return db.session.scalar(found.with_for_update().execution_options(populate_existing=True))


def waiting_steps(actor: Actor) -> list[Waiting]:
    """Steps that an unfinished national update touches, in the order of the process; the oldest update first."""
    found = (
        select(UpdateItem.step_key, UpdateItem.update_id, UpdateItem.kind, UpdateItem.decision, NationalUpdate.number)
        .join(
            NationalUpdate,
            (NationalUpdate.tenant_id == UpdateItem.tenant_id) & (NationalUpdate.id == UpdateItem.update_id),
        )
        .where(
            UpdateItem.tenant_id == actor.organisation_id,
            NationalUpdate.finished_at.is_(None),
            NationalUpdate.superseded_by == "",
        )
        .order_by(NationalUpdate.created_at, UpdateItem.order)
    )
    return [
        Waiting(key, update_id, number, kind, open=kind in ("conflict", "meets") and decision is None)
        for key, update_id, kind, decision, number in db.session.execute(found)
    ]


def editions_of(actor: Actor, step_key: str) -> list[InstructionEdition]:
    """Every published edition of a step, the newest first."""
    _at_provider(actor)
    found = select(InstructionEdition).where(
        InstructionEdition.tenant_id == actor.organisation_id, InstructionEdition.step_key == step_key
    )
    return list(db.session.scalars(found.order_by(InstructionEdition.edition.desc())))


def edition_for(actor: Actor, step_key: str, number: int) -> InstructionEdition:
    """One published edition of a step; NotFound where there is none."""
    found = next((e for e in editions_of(actor, step_key) if e.edition == number), None)
    if found is None:
        raise NotFound()
    return found


def _lying(actor: Actor) -> Any:
    mine = ShelvedText.tenant_id == actor.organisation_id, ShelvedText.state == "lying"
    return select(func.count()).select_from(ShelvedText).where(*mine).scalar_subquery()


def _to_read(actor: Actor) -> Any:
    """What the acting person may be asked to read, as JSON."""
    read = select(func.array_agg(HandbookReading.role)).where(
        HandbookReading.tenant_id == ReadingRequest.tenant_id, HandbookReading.member_id == actor.membership_id,
        HandbookReading.number >= ReadingRequest.number,
    )  # fmt: skip
    each = func.jsonb_build_object(
        "number", ReadingRequest.number, "due_on", ReadingRequest.due_on, "roles", ReadingRequest.roles,
        "read", read.scalar_subquery(),
    )  # fmt: skip
    mine = ReadingRequest.tenant_id == actor.organisation_id, ReadingRequest.withdrawn_at.is_(None)
    return select(func.jsonb_agg(each)).where(*mine).scalar_subquery()


def _own(actor: Actor) -> dict[str, Instruction]:
    found = select(Instruction).where(Instruction.tenant_id == actor.organisation_id)
    return {i.step_key: i for i in db.session.scalars(found)}


def _at_provider(actor: Actor) -> None:
    if not actor.is_provider():
        raise NotFound()
