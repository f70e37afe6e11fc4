"""Which organisations and people an actor may see."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from ..core.access import Actor
from ..core.db import db
from ..core.errors import NotFound
from .models import Invitation, Membership, Organisation, Relation


def membership_at(person_id: UUID, slug: str) -> Any:
    """(Organisation, Membership) of a person in the organisation of that address, or None."""
    found = (
        select(Organisation, Membership)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Organisation.slug == slug, Membership.person_id == person_id)
    )
    return db.session.execute(found).one_or_none()


def organisations_of(person_id: UUID) -> list[Organisation]:
    """Where a person belongs, by name."""
    found = (
        select(Organisation)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == person_id)
        .order_by(Organisation.sort_name)
    )
    return list(db.session.scalars(found))


def places_of(person_id: UUID) -> list[tuple[Organisation, Membership]]:
    """Where a person belongs and as what, by name."""
    found = (
        select(Organisation, Membership)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == person_id)
        .order_by(Organisation.sort_name)
    )
    return [(row.Organisation, row.Membership) for row in db.session.execute(found)]


def organisation_at(slug: str, kind: str | None = None) -> Organisation:
    """A public organisation by its address; NotFound otherwise."""
    found = select(Organisation).where(Organisation.slug == slug)
    row = db.session.scalar(found.where(Organisation.kind == kind) if kind else found)
    if row is None:
        raise NotFound()
    return row


def organisation_with(organisation_id: UUID) -> Organisation:
    row = db.session.get(Organisation, organisation_id)
    if row is None:
        raise NotFound()
    return row


def members_of(actor: Actor, *roles: str) -> list[Membership]:
    """People of the acting organisation in any of these roles (all, where none is named), by name."""
    found = select(Membership).where(Membership.organisation_id == actor.organisation_id)
    if roles:
        found = found.where(Membership.roles.overlap(list(roles)))
    return list(db.session.scalars(found.order_by(Membership.sort_name)))


def member_for(actor: Actor, membership_id: UUID, *roles: str) -> Membership:
    """One person of the acting organisation; NotFound for anybody else's."""
    found = select(Membership).where(
        Membership.organisation_id == actor.organisation_id, Membership.id == membership_id
    )
    row = db.session.scalar(found.where(Membership.roles.overlap(list(roles))) if roles else found)
    if row is None:
        raise NotFound()
    return row


def member_who_is(organisation_id: UUID, person_id: UUID) -> Membership | None:
    """A person's place in an organisation, if there is one."""
    return db.session.scalar(
        select(Membership).where(Membership.organisation_id == organisation_id, Membership.person_id == person_id)
    )


def relation_between(tenant_id: UUID, workplace_id: UUID) -> Relation | None:
    return db.session.get(Relation, (tenant_id, workplace_id))


def invitation_for(actor: Actor, invitation_id: UUID, *, lock: bool = False) -> Invitation:
    """An invitation of the acting organisation; locked where it gets accepted."""
    found = select(Invitation).where(Invitation.tenant_id == actor.organisation_id, Invitation.id == invitation_id)
    row = db.session.scalar(found.with_for_update() if lock else found)
    if row is None:
        raise NotFound()
    return row
