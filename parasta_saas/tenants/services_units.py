"""Add, rename, close and open the units of a provider, and say who works there."""

from collections.abc import Collection, Mapping
from uuid import UUID

from ..core.access import Actor, require
from ..core.db import db
from ..core.errors import Conflict, Invalid
from ..core.events import emit
from ..core.i18n import _
from ..core.ids import uuid7
from . import policies
from . import queries_units as queries
from .events_units import UnitClosed, UnitOpened, UnitPeopleChosen, UnitWritten
from .models import Membership, OrganisationUnit, UnitMember


def add_unit(actor: Actor, *, kind: str, name: Mapping[str, str]) -> OrganisationUnit:
    """Add a campus or a field. Raises Invalid without a name or with one that is there already."""
    require(policies.can_keep_units(actor))
    _must_be_named(actor, name, None)
    unit = OrganisationUnit(tenant_id=actor.organisation_id, id=uuid7(), kind=kind, name=dict(name))
    db.session.add(unit)
    db.session.flush()  # who works there refers to it
    emit(actor, UnitWritten(unit_id=unit.id))
    return unit


def rename_unit(actor: Actor, unit: OrganisationUnit, *, kind: str, name: Mapping[str, str]) -> None:
    """Another name, or another kind; what it wrote stays with it."""
    require(policies.can_keep_units(actor))
    _must_be_named(actor, name, unit)
    kept = {code: text for code, text in unit.name.items() if code not in actor.languages}
    unit.kind, unit.name = kind, kept | dict(name)
    emit(actor, UnitWritten(unit_id=unit.id))


def close_unit(actor: Actor, unit: OrganisationUnit) -> None:
    """It takes no part any more; what it wrote is kept. `open_unit` undoes it."""
    require(policies.can_keep_units(actor))
    if unit.closed_at:
        raise Conflict(_("This unit is closed already."))
    unit.close()
    emit(actor, UnitClosed(unit_id=unit.id))


def open_unit(actor: Actor, unit: OrganisationUnit) -> None:
    """It takes part again, with what it wrote."""
    require(policies.can_keep_units(actor))
    if not unit.closed_at:
        raise Conflict(_("This unit is open already."))
    unit.open_again()
    emit(actor, UnitOpened(unit_id=unit.id))


def choose_people(actor: Actor, unit: OrganisationUnit, members: Collection[Membership]) -> None:
    """Say who works at a unit: they may write its own words."""
    require(policies.can_keep_units(actor))
    wanted: dict[UUID, Membership] = {member.id: member for member in members}
    for place in queries.places_at(actor, unit):
        if wanted.pop(place.member_id, None) is None:
            db.session.delete(place)
    db.session.add_all(
        UnitMember(tenant_id=actor.organisation_id, unit_id=unit.id, member_id=member_id) for member_id in wanted
    )
    emit(actor, UnitPeopleChosen(unit_id=unit.id, people=len(members)))


def _must_be_named(actor: Actor, name: Mapping[str, str], unit: OrganisationUnit | None) -> None:
    first = actor.languages[0]
    if not name:
        raise Invalid({f"name_{first}": [_("Give the unit a name.")]})
    for other in queries.units_of(actor, closed=True):
        for code, words in name.items():
            if other is not unit and other.name.get(code, "").casefold() == words.casefold():
                raise Invalid({f"name_{code}": [_("A unit has this name already.")]})
