"""Steps of the provider's own between the national ones: add, change, move, remove, return."""

from collections.abc import Mapping
from typing import Any

from ...core.access import Actor, require
from ...core.clock import now
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.events import Event, emit
from ...core.i18n import _
from ...core.ids import uuid7
from ...reference import queries as reference
from ...tenants.models import OrganisationUnit
from .. import policies
from ..events_layers import OwnStepRemoved, OwnStepReturned, OwnStepWritten
from ..layers import KEY_PREFIX
from ..models import Handbook, OwnStep
from ..own_steps import makes_ring
from ..queries import layers as found
from .instruction import EditedMeanwhile, open_handbook
from .versions import seal_version

PHASE, AFTER = "phase:", "after:"


def write_own_step(
    actor: Actor,
    *,
    place: str,
    content: Mapping[str, Any],
    step: OwnStep | None = None,
    unit: OrganisationUnit | None = None,
    version: int = 0,
) -> OwnStep:
    """Add an own step, or change and move one; on the map at once.

    `place`: "after:<key>" of a national or own step, or "phase:<key>" to open a phase. `content`: as of OwnStep, each
    text and list whole. Raises EditedMeanwhile, Invalid, Conflict for one that has been removed.
    """
    require(policies.can_edit_instruction(actor))
    handbook = open_handbook(actor)
    rows = found.own_steps_of(actor, lock=True)
    if step and step.removed_at:
        raise Conflict(_("This step has been removed. Return it first."))
    if step and step.version != version:
        raise EditedMeanwhile(None)
    if not any((content.get("name") or {}).values()):
        raise Invalid({f"name_{actor.languages[0]}": [_("Give the step a name.")]})
    unit_id = step.unit_id if step else unit.id if unit else None
    near = [row for row in rows if row.removed_at is None and row.unit_id in (None, unit_id)]
    if step and step.unit_id is None:
        near = [row for row in near if row.unit_id is None]
    phase, after = _place(handbook, near, place, step.key if step else None)
    if step is None:
        key = f"{KEY_PREFIX}{uuid7().hex[-12:]}"
        step = OwnStep(tenant_id=actor.organisation_id, id=uuid7(), key=key, unit_id=unit_id)
        db.session.add(step)
    step.phase_key, step.after_key, step.content = phase, after, dict(content)
    _sign(actor, step)
    _in_force(actor, handbook, step, OwnStepWritten(own_step_id=step.id, step_key=step.key))
    return step


def remove_own_step(actor: Actor, step: OwnStep) -> None:
    """Take an own step from the map; those behind it close up. Nothing is lost: `return_own_step`."""
    require(policies.can_edit_instruction(actor))
    handbook = open_handbook(actor)
    rows = found.own_steps_of(actor, lock=True)
    step.remove()
    for row in rows:
        if row.after_key == step.key and row.removed_at is None:
            row.phase_key, row.after_key = step.phase_key, step.after_key
    _in_force(actor, handbook, step, OwnStepRemoved(own_step_id=step.id, step_key=step.key))


def return_own_step(actor: Actor, step: OwnStep) -> None:
    """Have a removed own step back at its place; where that is gone, at the beginning of the nearest phase."""
    require(policies.can_edit_instruction(actor))
    handbook = open_handbook(actor)
    rows = [row for row in found.own_steps_of(actor, lock=True) if row.removed_at is None]
    step.bring_back()
    here = [row for row in rows if row.unit_id in (None, step.unit_id)]
    step.phase_key, step.after_key = _still(handbook, here, step)
    _in_force(actor, handbook, step, OwnStepReturned(own_step_id=step.id, step_key=step.key))


def _place(handbook: Handbook, near: list[OwnStep], place: str, key: str | None) -> tuple[str, str | None]:
    """(phase, neighbour). A phase or a step of another handbook, and a place behind itself, are refused."""
    kind, name = place[: len(AFTER)], place[len(AFTER) :]
    if kind == PHASE and name in {phase.key for phase in reference.phases_of(handbook.release_id)}:
        return name, None
    phases = {step.key: step.phase_key for step in reference.steps_of(handbook.release_id)}
    phases |= {row.key: row.phase_key for row in near}
    if kind != AFTER or name not in phases:
        raise Invalid({"place": [_("Choose one of the places shown.")]})
    if key and makes_ring(key, name, [row.placed() for row in near]):
        raise Invalid({"place": [_("A step can't stand behind itself. Choose another place.")]})
    return phases[name], name


def _still(handbook: Handbook, near: list[OwnStep], step: OwnStep) -> tuple[str, str | None]:
    """Its place as far as it is still there."""
    phases = [phase.key for phase in reference.phases_of(handbook.release_id)]
    known = {each.key: each.phase_key for each in reference.steps_of(handbook.release_id)}
    known |= {row.key: row.phase_key for row in near}
    placed = [row.placed() for row in near] + [step.placed()]
    if step.after_key in known and not makes_ring(step.key, step.after_key, placed):
        return known[step.after_key], step.after_key
    return (step.phase_key if step.phase_key in phases else phases[0]), None


def _sign(actor: Actor, step: OwnStep) -> None:
    step.edited_by_id, step.edited_by, step.edited_at = actor.membership_id, actor.name, now()


def _in_force(actor: Actor, handbook: Handbook, step: OwnStep, fact: Event) -> None:
    handbook.grow()
    seal_version(actor, handbook, reason="own_step", changed=[step.key])
    emit(actor, fact)
