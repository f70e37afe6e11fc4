"""The campuses and fields of a provider, and who works at them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from ..core.access import Actor
from ..core.collate import sort_name
from ..core.db import db
from ..core.errors import NotFound
from .models import Membership, OrganisationUnit, UnitMember

# Who may work at a unit: people of the provider that have a say in its instructions.
STAFF = (
    "provider_admin", "quality_manager", "wl_coordinator", "agreement_coordinator", "teacher", "provider_signatory",
)  # fmt: skip


def units_of(actor: Actor, *, closed: bool = False) -> list[OrganisationUnit]:
    """The units of the acting provider by name, the closed ones only where asked. One statement."""
    found = select(OrganisationUnit).where(OrganisationUnit.tenant_id == actor.organisation_id)
    if not closed:
        found = found.where(OrganisationUnit.closed_at.is_(None))
    return by_name(actor, db.session.scalars(found))


def by_name(actor: Actor, units: Iterable[OrganisationUnit]) -> list[OrganisationUnit]:
    """In the order of their names in the provider's first language."""
    main = actor.languages[0]
    return sorted(units, key=lambda unit: sort_name(unit.name.get(main) or next(iter(unit.name.values()), "")))


def unit_for(actor: Actor, unit_id: UUID, *, lock: bool = False) -> OrganisationUnit:
    """One unit of the acting provider, open or closed; NotFound for anybody else's."""
    found = select(OrganisationUnit).where(
        OrganisationUnit.tenant_id == actor.organisation_id, OrganisationUnit.id == unit_id
    )
    row = db.session.scalar(found.with_for_update().execution_options(populate_existing=True) if lock else found)
    if row is None:
        raise NotFound()
    return row


def people_at(actor: Actor) -> dict[UUID, list[Membership]]:
    """Who works at which unit, by name. One statement."""
    found = (
        select(UnitMember.unit_id, Membership)
        .join(
            Membership,
            (Membership.organisation_id == UnitMember.tenant_id) & (Membership.id == UnitMember.member_id),
        )
        .where(UnitMember.tenant_id == actor.organisation_id)
        .order_by(Membership.sort_name)
    )
    people: dict[UUID, list[Membership]] = {}
    for unit_id, member in db.session.execute(found):
        people.setdefault(unit_id, []).append(member)
    return people


def places_at(actor: Actor, unit: OrganisationUnit) -> list[UnitMember]:
    """The rows that say who works at one unit."""
    found = select(UnitMember).where(UnitMember.tenant_id == actor.organisation_id, UnitMember.unit_id == unit.id)
    return list(db.session.scalars(found))


def works_at(actor: Actor, unit: OrganisationUnit) -> bool:
    """Whether the acting person works at this unit."""
    found = select(UnitMember.id).where(
        UnitMember.tenant_id == actor.organisation_id, UnitMember.unit_id == unit.id,
        UnitMember.member_id == actor.membership_id,
    )  # fmt: skip
    return db.session.scalar(found) is not None


def _called(unit: OrganisationUnit, language: str) -> str:
    return unit.name.get(language) or next(iter(unit.name.values()), "")
