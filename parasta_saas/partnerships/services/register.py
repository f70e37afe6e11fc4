"""The workplace register: one organisation per business ID."""

from typing import NamedTuple

from ...core.access import Actor, require
from ...core.business_id import InvalidBusinessId, normalise
from ...core.collate import sort_name
from ...core.db import db
from ...core.errors import Invalid
from ...core.events import emit
from ...tenants import services as tenants
from ...tenants.models import Organisation
from .. import policies, queries
from ..addresses import free_slug, stem_of
from ..events import WorkplaceRegistered
from ..models import WorkplaceRegister


class Registered(NamedTuple):
    """A workplace of the register, and whether it was there before."""

    workplace: WorkplaceRegister
    known: bool


def register_workplace(
    actor: Actor, *, business_id: str, name: str, town: str = "", field: str = "", language: str = "fi"
) -> Registered:
    """The workplace of this business ID; it is added once and then used by every provider.

    Raises Invalid with a correction instruction for a business ID that can't be.
    """
    require(policies.can_register_workplace(actor))
    number = _normalised(business_id)
    queries.hold("workplace_register")  # two people who register the same workplace get one
    known = queries.workplace_numbered(number)
    if known:
        return Registered(known, known=True)
    organisation = tenants.add_organisation(
        actor, kind="workplace", slug=free_slug(name, queries.taken_slugs(stem_of(name))), name=name,
        languages=[language],
    )  # fmt: skip
    return Registered(record_workplace(actor, organisation, business_id=number, town=town, field=field), known=False)


def record_workplace(
    actor: Actor, organisation: Organisation, *, business_id: str, town: str = "", field: str = ""
) -> WorkplaceRegister:
    """Put an organisation of kind workplace into the register, under its own id."""
    require(policies.can_register_workplace(actor))
    workplace = WorkplaceRegister(
        id=organisation.id, business_id=_normalised(business_id), name=organisation.name,
        sort_name=sort_name(organisation.name), town=town, field=field,
    )  # fmt: skip
    db.session.add(workplace)
    emit(actor, WorkplaceRegistered(workplace_id=organisation.id))
    return workplace


def _normalised(business_id: str) -> str:
    try:
        return normalise(business_id)
    except InvalidBusinessId as problem:
        raise Invalid({"business_id": [str(problem.message)]}) from None
