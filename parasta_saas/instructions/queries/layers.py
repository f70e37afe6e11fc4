"""What a provider has of its own beside words on national steps: own steps, units and their words, files."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import undefer

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ...core.files import StoredFile
from ...tenants import queries_units as tenants
from ...tenants.models import OrganisationUnit
from ..layers import own_content
from ..models import (
    HandbookVersion,
    Instruction,
    InstructionEdition,
    NationalUpdate,
    OwnStep,
    ShelvedText,
    UnitInstruction,
)
from ..resolved import resolve
from ..stacking import Stacked, stack
from .handbook import Book


@dataclass(frozen=True)
class Layers:
    """Own steps in force here, the units to choose from, and at a unit its words by step."""

    own_steps: dict[str, OwnStep] = field(default_factory=dict)
    units: list[OrganisationUnit] = field(default_factory=list)
    unit: OrganisationUnit | None = None
    words: dict[str, UnitInstruction] = field(default_factory=dict)

    @property
    def placed(self) -> list[dict[str, Any]]:
        """The own steps as `overlay_steps.in_order` takes them."""
        return [step.placed() | {"unit": str(step.unit_id or "")} for step in self.own_steps.values()]


def layers_of(actor: Actor, book: Book, unit_id: UUID | None = None) -> Layers:
    """One statement, and one more at a unit. NotFound for a unit that is not there."""
    known, units = _own_steps_and_units(actor)
    units = tenants.by_name(actor, units) if "units" in book.features else []
    unit = next((each for each in units if each.id == unit_id), None)
    if unit_id and unit is None:
        raise NotFound()
    here = {None, unit.id} if unit else {None}
    own = {step.key: step for step in known if step.unit_id in here}
    return Layers(own, units, unit, {row.step_key: row for row in words_of(actor, unit)} if unit else {})


def _own_steps_and_units(actor: Actor) -> tuple[list[OwnStep], list[OrganisationUnit]]:
    """Own steps that stand, and units that are open. Their ids are never equal, so that no row has both."""
    mine = actor.organisation_id
    if not actor.is_provider():
        raise NotFound()
    found = (
        select(OwnStep, OrganisationUnit)
        .join(OrganisationUnit, OwnStep.id == OrganisationUnit.id, full=True)
        .where(or_(OwnStep.tenant_id == mine, OrganisationUnit.tenant_id == mine))
        .where(OwnStep.removed_at.is_(None), OrganisationUnit.closed_at.is_(None))
        .order_by(OwnStep.key)
    )
    rows = db.session.execute(found).all()
    return [step for step, _unit in rows if step], [unit for _step, unit in rows if unit]


def own_steps_of(actor: Actor, *, lock: bool = False) -> list[OwnStep]:
    """Every own step of the provider, the removed ones, too."""
    found = _own_steps(actor).order_by(OwnStep.key)
    return list(
        db.session.scalars(found.with_for_update().execution_options(populate_existing=True) if lock else found)
    )


def own_step_for(actor: Actor, key: str, *, lock: bool = False) -> OwnStep:
    """One own step, removed or not; NotFound for anybody else's."""
    found = _own_steps(actor).where(OwnStep.key == key)
    row = db.session.scalar(_locked(found) if lock else found)
    if row is None:
        raise NotFound()
    return row


def words_of(actor: Actor, unit: OrganisationUnit) -> list[UnitInstruction]:
    """What one unit says of its own, by step."""
    return list(db.session.scalars(_words(actor).where(UnitInstruction.unit_id == unit.id)))


def all_words_of(actor: Actor, *, lock: bool = False) -> list[UnitInstruction]:
    """What all units say of their own, locked where an update moves it."""
    found = _words(actor).order_by(UnitInstruction.id)
    return list(
        db.session.scalars(found.with_for_update().execution_options(populate_existing=True) if lock else found)
    )


def words_on(actor: Actor, unit: OrganisationUnit, step_key: str) -> UnitInstruction | None:
    """What one unit says on one step, locked because it is about to change."""
    found = _words(actor).where(UnitInstruction.unit_id == unit.id, UnitInstruction.step_key == step_key)
    return db.session.scalar(_locked(found))


def last_words(actor: Actor, unit: OrganisationUnit, step_key: str) -> dict[str, Any] | None:
    """What the unit said on a step in the newest version of the handbook that had it; None where it never did."""
    held = HandbookVersion.contents["units"][str(unit.id)]["steps"][step_key]
    found = (
        select(HandbookVersion)
        .where(HandbookVersion.tenant_id == actor.organisation_id, held.astext.is_not(None))
        .order_by(HandbookVersion.number.desc())
        .limit(1)
        .options(undefer(HandbookVersion.contents))
    )
    version = db.session.scalar(found)
    return version.contents["units"][str(unit.id)]["steps"][step_key] if version else None


def attached_file_for(actor: Actor, file_id: UUID) -> StoredFile:
    """A file that hangs on a step now or did in an edition, with its content; NotFound for any other.

    What was stored for another reason, as a handbook brought in, is not to be had this way.
    """
    hangs = {"attachments": [{"file_id": str(file_id)}]}
    columns = (
        (InstructionEdition, InstructionEdition.overlay), (OwnStep, OwnStep.content),
        (UnitInstruction, UnitInstruction.overlay),
    )  # fmt: skip
    attached = or_(
        *(
            select(table.id).where(table.tenant_id == actor.organisation_id, column.contains(hangs)).exists()
            for table, column in columns
        )
    )
    found = select(StoredFile).where(StoredFile.tenant_id == actor.organisation_id, StoredFile.id == file_id)
    row = db.session.scalar(found.where(attached).options(undefer(StoredFile.content)))
    if row is None:
        raise NotFound()
    return row


def shelved_with(actor: Actor, update: NationalUpdate) -> list[ShelvedText]:
    """What of own steps and of units an update put on the shelf, whatever became of it."""
    found = select(ShelvedText).where(
        ShelvedText.tenant_id == actor.organisation_id, ShelvedText.reason == f"layers:{update.id}"
    )
    return list(db.session.scalars(found))


def _locked(found: Select[Any]) -> Select[Any]:
    return found.with_for_update().execution_options(populate_existing=True)


def _own_steps(actor: Actor) -> Select[OwnStep]:
    if not actor.is_provider():
        raise NotFound()
    return select(OwnStep).where(OwnStep.tenant_id == actor.organisation_id)


def _words(actor: Actor) -> Select[UnitInstruction]:
    return select(UnitInstruction).where(UnitInstruction.tenant_id == actor.organisation_id)


@dataclass(frozen=True)
class Here:
    """One step as it stands here: national or own, with the provider's words on it, and at a unit the unit's."""

    key: str
    step: Any  # reference Step or own_steps.LocalStep
    content: dict[str, Any]
    instruction: Instruction | None
    own_step: OwnStep | None
    unit: OrganisationUnit | None
    words: UnitInstruction | None

    @property
    def overlay(self) -> dict[str, Any]:
        """The provider's own."""
        if self.own_step:
            return own_content(self.own_step.placed())[1]
        return self.instruction.overlay() if self.instruction else {}

    @property
    def above(self) -> dict[str, Any]:
        """What a unit writes on."""
        return resolve(self.content, self.overlay)

    @property
    def stacked(self) -> Stacked:
        return stack(self.content, self.overlay, self.words.layer() if self.words and self.words.overlay else None)


def here_of(book: Book, layers: Layers, steps: list[Any], key: str) -> Here:
    """One of `steps` (own_steps.in_places). NotFound for a key that none of them has."""
    step = next((each for each in steps if each.key == key), None)
    if step is None:
        raise NotFound()
    own = layers.own_steps.get(key)
    content = own_content(own.placed())[0] if own else step.content()
    return Here(key, step, content, book.instructions.get(key), own, layers.unit, layers.words.get(key))
