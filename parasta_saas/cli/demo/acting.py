"""Act as one of the cast, or as the service, in a transaction of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from ...accounts import identity
from ...core import events
from ...core.access import Actor
from ...tenants import queries
from .people import BY_SLUG


@contextmanager
def acting_as(slug: str) -> Iterator[Actor]:
    """Do what this person would do; committed at the end."""
    person = BY_SLUG[slug]
    with events.apart(Actor.system()):
        account = identity.open_account(person.email, person.name, person.language)
    with events.apart(Actor(kind="person", person_id=account)):
        found = queries.membership_at(account, person.at)
        organisation, member = found
        actor = Actor(
            kind=organisation.kind, organisation_id=organisation.id, organisation_name=organisation.name,
            organisation_slug=organisation.slug, person_id=account, membership_id=member.id, name=member.name,
            email=member.email, roles=frozenset(member.roles), language=person.language,
            languages=tuple(organisation.languages),
        )  # fmt: skip
    with events.apart(actor):
        yield actor


@contextmanager
def system_at(slug: str) -> Iterator[Actor]:
    """Do what the service does for one organisation; committed at the end."""
    with events.apart(Actor.system()):
        actor = Actor.system(queries.organisation_at(slug))
    with events.apart(actor):
        yield actor
