"""The whole handbook as it is read: every step in its order with the provider's and a unit's words on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import undefer

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ...reference import queries as reference
from ...reference.models import Phase, Release, Step
from ...tenants.models import OrganisationUnit
from ..layers import contents, own_content
from ..models import Handbook, HandbookVersion, Instruction, InstructionDraft, OwnStep, UnitInstruction
from ..overlay_steps import in_order
from ..stacking import Stacked, stack


@dataclass(frozen=True)
class Entry:
    """One step of the handbook: `content` is national or the provider's own, `stacked.view` what is in force."""

    key: str
    phase_key: str
    national: Step | None
    content: Mapping[str, Any]
    overlay: Mapping[str, Any]
    stacked: Stacked

    @property
    def own(self) -> bool:
        return self.national is None

    @property
    def view(self) -> dict[str, Any]:
        """The step in force, as of `resolved.resolve`."""
        return self.stacked.view

    @property
    def is_local(self) -> bool:
        """Whether anything on it is the provider's or the unit's own."""
        return self.own or bool(self.overlay or self.stacked.overlay)


@dataclass(frozen=True)
class Manual:
    """A handbook on its release; `unit` where it is read at a unit, `version` where it is not the one in force."""

    number: int
    release: Release
    phases: list[Phase]
    entries: list[Entry]
    unit: OrganisationUnit | None = None
    version: HandbookVersion | None = None

    def entry(self, key: str) -> Entry:
        """One step; NotFound where the handbook has none with this key."""
        found = next((entry for entry in self.entries if entry.key == key), None)
        if found is None:
            raise NotFound()
        return found

    def of_phase(self, key: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.phase_key == key]


def manual_of(
    actor: Actor, *, unit: OrganisationUnit | None = None, version: HandbookVersion | None = None
) -> Manual:  # fmt: skip
    """The handbook in force, or as a version had it. Constant in rows. NotFound for whoever is not of the provider."""
    _at_provider(actor)
    if version is None:
        handbook = db.session.scalar(select(Handbook).where(Handbook.tenant_id == actor.organisation_id))
        release = reference.release_with(handbook.release_id) if handbook else reference.current_release()
        number, held = handbook.edition if handbook else 0, contents_of(actor, release)
    else:
        release, number, held = reference.release_with(version.release_id), version.number, version.contents
    steps = reference.steps_of(release.id)
    return Manual(number, release, reference.phases_of(release.id), entries_of(steps, held, unit), unit, version)


def contents_of(actor: Actor, release: Release) -> dict[str, Any]:
    """What the provider has of its own at this moment, as a version holds it. Four statements."""
    mine = actor.organisation_id
    own = db.session.scalars(select(Instruction).where(Instruction.tenant_id == mine))
    steps = {
        i.step_key: {"edition": i.edition, "overlay": i.overlay(), "base": i.base_guidance} for i in own if i.is_local
    }
    added = select(OwnStep).where(OwnStep.tenant_id == mine, OwnStep.removed_at.is_(None))
    placed = [step.placed() | {"unit": str(step.unit_id or "")} for step in db.session.scalars(added)]
    open_units = select(OrganisationUnit).where(
        OrganisationUnit.tenant_id == mine, OrganisationUnit.closed_at.is_(None)
    )
    units: dict[str, dict[str, Any]] = {
        str(unit.id): {"name": unit.name, "steps": {}} for unit in db.session.scalars(open_units)
    }
    written = select(UnitInstruction).where(UnitInstruction.tenant_id == mine)
    for row in db.session.scalars(written):
        if str(row.unit_id) in units and row.overlay:
            units[str(row.unit_id)]["steps"][row.step_key] = row.layer()
    return contents(release.number, steps, placed, units)


def versions_of(actor: Actor) -> list[HandbookVersion]:
    """Every version of the provider's handbook without what it holds, the newest first."""
    _at_provider(actor)
    found = select(HandbookVersion).where(HandbookVersion.tenant_id == actor.organisation_id)
    return list(db.session.scalars(found.order_by(HandbookVersion.number.desc())))


def version_for(actor: Actor, number: int) -> HandbookVersion:
    """One version with what it holds; NotFound where there is none."""
    _at_provider(actor)
    found = select(HandbookVersion).where(
        HandbookVersion.tenant_id == actor.organisation_id, HandbookVersion.number == number
    )
    row = db.session.scalar(found.options(undefer(HandbookVersion.contents)))
    if row is None:
        raise NotFound()
    return row


def drafts_of(actor: Actor) -> list[InstructionDraft]:
    """Everything that is being written and not in force yet, the oldest first."""
    _at_provider(actor)
    found = select(InstructionDraft).where(InstructionDraft.tenant_id == actor.organisation_id)
    return list(db.session.scalars(found.order_by(InstructionDraft.written_at, InstructionDraft.id)))


def draft_on(actor: Actor, step_key: str, unit_id: UUID | None = None) -> InstructionDraft | None:
    """The draft on one step, locked because it is about to change; None where nobody writes."""
    found = select(InstructionDraft).where(
        InstructionDraft.tenant_id == actor.organisation_id, InstructionDraft.step_key == step_key,
        InstructionDraft.unit_id.is_not_distinct_from(unit_id),
    )  # fmt: skip
    return db.session.scalar(found.with_for_update().execution_options(populate_existing=True))


def entries_of(steps: list[Step], held: Mapping[str, Any], unit: OrganisationUnit | None) -> list[Entry]:
    """National steps and own ones in their order, with what a version holds (`layers.contents`) on them."""
    here = str(unit.id) if unit else ""
    layers = held["units"].get(here, {}).get("steps", {}) if here else {}
    own = {placed["key"]: placed for placed in held["own_steps"] if placed.get("unit", "") in ("", here)}
    national = {step.key: step for step in steps}
    listed = [{"key": step.key, "phase": step.phase_key} for step in steps]
    found = []
    for key in in_order(listed, list(own.values())):
        step = national.get(key)
        if step is None:
            content, overlay = own_content(own[key])
        else:
            content, overlay = step.content(), held["steps"].get(key, {}).get("overlay", {})
        stacked = stack(content, overlay, layers.get(key))
        found.append(Entry(key, str(content["phase"]), step, content, overlay, stacked))
    return found


def _at_provider(actor: Actor) -> None:
    if not actor.is_provider():
        raise NotFound()
