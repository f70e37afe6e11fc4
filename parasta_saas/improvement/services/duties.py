"""Who answers for what: set and remove a duty, one holder for many steps, copy from a unit, undo."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from ...core.access import Actor, require
from ...core.clock import now
from ...core.db import db
from ...core.errors import Invalid
from ...core.events import emit
from ...core.i18n import _
from ...core.ids import uuid7
from .. import policies, raci
from ..events import DutiesChanged, DutiesUndone
from ..models import Responsibility, ResponsibilityChange
from ..queries import responsibility as queries
from ..raci import BESIDE, Holder


@dataclass(frozen=True)
class Duty:
    """A duty, its holder and for how long."""

    duty: str
    holder: Holder
    starts_on: date | None = None
    ends_on: date | None = None
    member_id: UUID | None = field(default=None, compare=False)

    @classmethod
    def of(cls, entry: Responsibility) -> "Duty":
        return cls(entry.duty, entry.held, entry.starts_on, entry.ends_on, entry.member_id)


def add_duty(actor: Actor, step_key: str, duty: Duty, *, unit_id: UUID | None = None) -> ResponsibilityChange:
    """Give somebody a duty at one step, beside those that have it there. Who had it stays, nobody's entry goes.

    Raises Invalid for days the wrong way round, and where it is so already.
    """
    require(policies.can_edit_duties(actor))
    _check(duty)
    change = _begun(actor, "add", unit_id, step_key)
    there = [e for e in _layer(actor, unit_id, [step_key]) if e.duty == duty.duty]
    for entry in there:
        if raci.NOBODY in (entry.holder, duty.holder.key):
            entry.removed_in_id = change.id
    db.session.flush()  # what is removed leaves the index of what is in force before the new one enters
    if not _put(actor, change, step_key, duty):
        raise Invalid({"holder": [_("This is said already.")]})
    return _told(actor, change, 1)


def remove_duty(actor: Actor, entry: Responsibility) -> ResponsibilityChange:
    """Take one entry away; what the layer below says counts again."""
    require(policies.can_edit_duties(actor))
    change = _begun(actor, "remove", entry.unit_id, entry.step_key)
    entry.removed_in_id = change.id
    return _told(actor, change, 1)


def set_many(
    actor: Actor, step_keys: Sequence[str], duty: Duty, *, unit_id: UUID | None = None
) -> ResponsibilityChange:  # fmt: skip
    """The same holder at many steps, instead of those that this layer named; among those who take part, beside them.

    A holder with a last day replaces none but others with one: the lasting ones come back after it.
    """
    require(policies.can_edit_duties(actor))
    _check(duty)
    if not step_keys:
        raise Invalid({"steps": [_("Choose at least one step.")]})
    change, count = _begun(actor, "many", unit_id), 0
    for entry in _layer(actor, unit_id, step_keys):
        if replaces(duty, entry):
            entry.removed_in_id = change.id
            count += 1
    db.session.flush()  # what is removed leaves the index of what is in force before the new ones enter
    return _told(actor, change, count + sum(_put(actor, change, key, duty) for key in step_keys))


def replaces(duty: Duty, entry: Responsibility) -> bool:
    """Whether a holder for many steps takes this entry's place. Asks no policy: it only says."""
    same_sort = (duty.ends_on is None) == (entry.ends_on is None)
    beside = duty.duty in BESIDE and duty.holder.key != raci.NOBODY and entry.holder != raci.NOBODY
    return entry.duty == duty.duty and same_sort and not beside and Duty.of(entry) != duty


def copy_duties(
    actor: Actor, *, source: UUID | None, target: UUID | None, step_keys: Iterable[str], on: date
) -> ResponsibilityChange:  # fmt: skip
    """Say at the target what the source says of its own, duty by duty; what the source leaves open stays.

    Entries that have ended, and those on steps that the target has not, are not copied.
    """
    require(policies.can_edit_duties(actor))
    if source == target:
        raise Invalid({"source": [_("Choose another one to copy from.")]})
    keys = set(step_keys)
    copied = [e for e in _layer(actor, source, keys) if e.ends_on is None or e.ends_on >= on]
    if not copied:
        raise Invalid({"source": [_("Nothing has been set there that could be copied.")]})
    change, count = _begun(actor, "copy", target), 0
    said = {(entry.step_key, entry.duty) for entry in copied}
    for entry in _layer(actor, target, keys):
        if (entry.step_key, entry.duty) in said:
            entry.removed_in_id = change.id
            count += 1
    db.session.flush()  # what is removed leaves the index of what is in force before the copies enter
    return _told(actor, change, count + sum(_put(actor, change, e.step_key, Duty.of(e)) for e in copied))


def undo_change(actor: Actor, change: ResponsibilityChange) -> None:
    """Take back all that a change set and return all that it removed, unless somebody said the same meanwhile."""
    require(policies.can_edit_duties(actor))
    change.undo(by=actor.name)
    touched = queries.touched_by(actor, change)
    for entry in touched:
        if entry.change_id == change.id and entry.removed_in_id is None:
            entry.removed_in_id = change.id
    db.session.flush()  # what is taken back leaves the index of what is in force before the old ones return
    there = {(e.step_key, Duty.of(e)) for e in queries.entries_of(actor, change.unit_id) if e.unit_id == change.unit_id}
    for entry in touched:
        if entry.change_id != change.id and (entry.step_key, Duty.of(entry)) not in there:
            entry.removed_in_id = None
    emit(actor, DutiesUndone(change_id=change.id))


def _check(duty: Duty) -> None:
    if duty.starts_on and duty.ends_on and duty.ends_on < duty.starts_on:
        raise Invalid({"ends_on": [_("Set the last day after the first day.")]})


def _begun(actor: Actor, kind: str, unit_id: UUID | None, step_key: str = "") -> ResponsibilityChange:
    change = ResponsibilityChange(
        tenant_id=actor.organisation_id, id=uuid7(), kind=kind, unit_id=unit_id, step_key=step_key, made_by=actor.name
    )
    db.session.add(change)
    db.session.flush()  # entries point to it
    return change


def _layer(actor: Actor, unit_id: UUID | None, step_keys: Iterable[str]) -> list[Responsibility]:
    keys = set(step_keys)
    found = queries.entries_of(actor, unit_id, lock=True)
    return [entry for entry in found if entry.unit_id == unit_id and entry.step_key in keys]


def _put(actor: Actor, change: ResponsibilityChange, step_key: str, duty: Duty) -> int:
    """1, or 0 where the same is in force already."""
    row = insert(Responsibility).values(
        tenant_id=actor.organisation_id, id=uuid7(), created_at=now(), step_key=step_key, unit_id=change.unit_id,
        duty=duty.duty, holder=duty.holder.key, own_role=dict(duty.holder.texts), member_id=duty.member_id,
        starts_on=duty.starts_on, ends_on=duty.ends_on, set_by=actor.name, change_id=change.id,
    )  # fmt: skip
    return int(db.session.execute(row.on_conflict_do_nothing().returning(Responsibility.id)).scalar() is not None)


def _told(actor: Actor, change: ResponsibilityChange, count: int) -> ResponsibilityChange:
    emit(actor, DutiesChanged(change_id=change.id, kind=change.kind, step_key=change.step_key, count=count))
    return change
