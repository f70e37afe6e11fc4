"""The organisations, their people, and who works with whom."""

from ...core import events
from ...core.access import Actor
from ...tenants import queries, services
from .acting import system_at
from .people import PEOPLE, PLACES


def load() -> None:
    with events.apart(Actor.system()):
        for place in PLACES:
            services.add_organisation(
                Actor.system(), kind=place.kind, slug=place.slug, name=place.name, languages=list(place.languages),
                names={"sv": place.name_sv} if place.name_sv else None,
            )  # fmt: skip
        for person in PEOPLE:
            services.add_member(
                Actor.system(), organisation_id=queries.organisation_at(person.at).id, email=person.email,
                name=person.name, language=person.language, roles=list(person.roles), phone=person.phone,
            )  # fmt: skip
    for place in PLACES:
        for partner in place.partners:
            with system_at(partner) as actor:
                services.relate(actor, queries.organisation_at(place.slug).id)
