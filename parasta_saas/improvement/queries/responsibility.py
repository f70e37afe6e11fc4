"""What an actor may see of who answers for what."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ...instructions.models import Handbook
from ...instructions.queries.manual import Entry as ManualEntry
from ...instructions.queries.manual import Manual, manual_of
from ...reference.models import Release, Step
from ...tenants import queries as tenants
from ...tenants import queries_units
from ...tenants.models import Membership, OrganisationUnit
from .. import raci
from ..models import Responsibility, ResponsibilityChange
from ..policies import STAFF


@dataclass(frozen=True)
class Board:
    """The handbook of a provider, or as it is at a unit, with every entry of who answers for what."""

    manual: Manual
    units: list[OrganisationUnit]
    unit: OrganisationUnit | None
    entries: list[Responsibility]
    people: raci.People
    names: dict[str, str]  # of members by id, also of those who work here no more

    @property
    def unit_id(self) -> UUID | None:
        return self.unit.id if self.unit else None

    @property
    def steps(self) -> list[raci.StepRoles]:
        return [_roles_of(entry) for entry in self.manual.entries]

    def own_at(self, step_key: str) -> list[Responsibility]:
        """Entries of the layer that is looked at, on one step, whatever their days."""
        return [e for e in self.entries if e.step_key == step_key and e.unit_id == self.unit_id]


def board_of(actor: Actor, unit_id: UUID | None = None) -> Board:
    """Constant in rows. NotFound for whoever is not of the staff, and for a unit that is not open here."""
    _at_staff(actor)
    units = open_units(actor)
    unit = next((each for each in units if each.id == unit_id), None)
    if unit_id and unit is None:
        raise NotFound()
    members = tenants.members_of(actor)
    return Board(
        manual_of(actor, unit=unit), units, unit, entries_of(actor, unit_id), _people(actor, members, unit),
        {str(member.id): member.name for member in members},
    )  # fmt: skip


def open_units(actor: Actor) -> list[OrganisationUnit]:
    """The provider's units, where it uses them."""
    _at_staff(actor)
    features = db.session.scalar(select(Handbook.features).where(Handbook.tenant_id == actor.organisation_id))
    return queries_units.units_of(actor) if "units" in (features or ()) else []


def entries_of(actor: Actor, unit_id: UUID | None = None, *, lock: bool = False) -> list[Responsibility]:
    """Entries of the whole provider and of one unit, in the order in which they were made."""
    found = _entries(actor).where(or_(Responsibility.unit_id.is_(None), Responsibility.unit_id == unit_id))
    return list(db.session.scalars(_locked(found) if lock else found))


def entry_for(actor: Actor, responsibility_id: UUID) -> Responsibility:
    """One entry that has not been removed, locked; NotFound for anybody else's."""
    row = db.session.scalar(_locked(_entries(actor).where(Responsibility.id == responsibility_id)))
    if row is None:
        raise NotFound()
    return row


def change_for(actor: Actor, change_id: UUID, *, lock: bool = False) -> ResponsibilityChange:
    """One change; NotFound for anybody else's."""
    _at_staff(actor)
    found = select(ResponsibilityChange).where(
        ResponsibilityChange.tenant_id == actor.organisation_id, ResponsibilityChange.id == change_id
    )
    row = db.session.scalar(_locked(found) if lock else found)
    if row is None:
        raise NotFound()
    return row


def touched_by(actor: Actor, change: ResponsibilityChange) -> list[Responsibility]:
    """What a change set and what it removed, locked."""
    _at_staff(actor)
    found = select(Responsibility).where(
        Responsibility.tenant_id == actor.organisation_id,
        or_(Responsibility.change_id == change.id, Responsibility.removed_in_id == change.id),
    )
    return list(db.session.scalars(_locked(found).order_by(Responsibility.id)))


def at_step(actor: Actor, step: Step, unit_id: UUID | None) -> list[tuple[Responsibility, str, Any]]:
    """Entries on one step with the name of their member and the roles of the release: one statement."""
    _at_staff(actor)
    same = and_(Membership.organisation_id == Responsibility.tenant_id, Membership.id == Responsibility.member_id)
    roles = select(Release.frame["roles"]).where(Release.id == step.release_id).scalar_subquery()
    found = (
        select(Responsibility, Membership.name, roles)
        .outerjoin(Membership, same)
        .where(
            Responsibility.tenant_id == actor.organisation_id, Responsibility.removed_in_id.is_(None),
            Responsibility.step_key == step.key,
            or_(Responsibility.unit_id.is_(None), Responsibility.unit_id == unit_id),
        )
        .order_by(Responsibility.created_at, Responsibility.id)
    )  # fmt: skip
    return [(row, name or "", known) for row, name, known in db.session.execute(found)]


def _people(actor: Actor, members: list[Membership], unit: OrganisationUnit | None) -> raci.People:
    """Who belongs to no unit works at all of them."""
    roles = {str(m.id): frozenset(m.roles) & frozenset(STAFF) for m in members}
    here = {m.id for m in members}
    if unit:
        placed = queries_units.people_at(actor)
        elsewhere = {m.id for people in placed.values() for m in people}
        here = (here - elsewhere) | {m.id for m in placed.get(unit.id, ())}
    held = frozenset(role for m in members if m.id in here for role in roles[str(m.id)])
    return raci.People({key: held for key, held in roles.items() if held}, held, frozenset(STAFF))


def _roles_of(entry: ManualEntry) -> raci.StepRoles:
    layers: tuple[tuple[str, Any], ...] = (("unit", entry.stacked.overlay), ("provider", entry.overlay))
    local = next(((layer, overlay["local_role"]) for layer, overlay in layers if overlay.get("local_role")), None)
    added = [role["name"] for role in entry.view.get("own_roles") or () if role.get("name")]
    return raci.StepRoles(
        entry.key, entry.phase_key, str(entry.content.get("responsible") or ""),
        list(entry.content.get("participants") or ()), local, added,
    )  # fmt: skip


def _entries(actor: Actor) -> Select[Responsibility]:
    _at_staff(actor)
    return (
        select(Responsibility)
        .where(Responsibility.tenant_id == actor.organisation_id, Responsibility.removed_in_id.is_(None))
        .order_by(Responsibility.created_at, Responsibility.id)
    )


def _locked(found: Select[Any]) -> Select[Any]:
    return found.with_for_update().execution_options(populate_existing=True)


def _at_staff(actor: Actor) -> None:
    if not actor.is_provider(*STAFF):
        raise NotFound()
