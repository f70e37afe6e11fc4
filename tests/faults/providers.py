"""Many providers beside those of the cast, and the publication that is offered to each of them."""

from datetime import timedelta

from parasta_saas.cli.demo.acting import acting_as, system_at
from parasta_saas.core import clock, events
from parasta_saas.core.access import Actor
from parasta_saas.instructions.services import open_handbook
from parasta_saas.reference import queries as reference
from parasta_saas.reference import services as releases
from parasta_saas.tenants import services as tenants

OF_THE_CAST = 3


def open_providers(number: int) -> None:
    """So many with those of the cast, each with a quality manager and a handbook at release 1.0."""
    slugs = [f"p{n}" for n in range(number - OF_THE_CAST)]
    with events.apart(Actor.system()):
        for slug in slugs:
            place = tenants.add_organisation(
                Actor.system(), kind="provider", slug=slug, name=f"Koulu {slug}", languages=["fi"]
            )
            tenants.add_member(
                Actor.system(), organisation_id=place.id, email=f"laatu@{slug}.example", name=f"Laatu {slug}",
                language="fi", roles=["quality_manager"],
            )  # fmt: skip
    for slug in slugs:
        with system_at(slug) as actor:
            open_handbook(actor)


def publish() -> None:
    """Tapio publishes the draft of the cast."""
    with acting_as("tapio") as tapio:
        draft = next(r for r in reference.releases_of(tapio) if r.number == "1.1")
        until = clock.today() + timedelta(days=90)
        releases.publish_release(tapio, reference.draft_for(tapio, draft.id), transition_until=until)
