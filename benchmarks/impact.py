"""What the impact report costs: one draft against every provider's handbook, the real merge in each one's own scope.

    python -m benchmarks.impact [50 150]

For each number of providers: seconds of `weighing.weigh` (what the job runs), and milliseconds a provider. Every
provider beside the three of the cast has own words on as many steps as OWN says; the draft changes half of those.
"""

import sys
import time

from benchmarks.ground import machine, world
from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core import events, scope
from parasta_saas.core.access import Actor
from parasta_saas.core.db import db
from parasta_saas.instructions import weighing
from parasta_saas.instructions.models import Instruction
from parasta_saas.reference import queries, services
from parasta_saas.tenants import queries as tenants
from tests.faults.providers import open_providers

OWN = 12
WORDS = " Meillä sovitaan tämä aina puhelimella ennen jakson alkua."


def write_own_words(number: int) -> None:
    """Own words of each new provider on the first steps, at the end of the guidance and in its first sentence."""
    with events.apart(Actor.system()):
        places = [Actor.system(tenants.organisation_at(f"p{n}")) for n in range(number - 3)]
    with acting_as("nelli"):
        release = queries.current_release()
        steps = [(step.key, dict(step.guidance)) for step in queries.steps_of(release.id)[:OWN]]
        followed = release.id
    for actor in places:
        with events.apart(actor):
            db.session.add_all(_own(actor, followed, key, guidance, n) for n, (key, guidance) in enumerate(steps))


def _own(actor: Actor, release_id, key: str, guidance: dict[str, str], n: int) -> Instruction:
    made = Instruction(tenant_id=actor.organisation_id, step_key=key, edition=0)
    words = "Meillä " + guidance["fi"] if n % 3 == 0 else guidance["fi"] + WORDS
    made.put_in_force({"guidance": {"fi": words}}, release_id=release_id, national=guidance, by_id=None, by="Laatu")
    return made


def changed_draft():
    """A draft that changes the guidance of every other of those steps, in the first sentence."""
    with acting_as("nelli") as nelli:
        draft = services.draft_release(nelli, number="1.9")
        for step in queries.steps_of(draft.id)[:OWN:2]:
            services.change_step(nelli, step, guidance={"fi": "Aivan aluksi " + step.guidance["fi"]})
        return draft.id


def measure(place, number: int) -> float:
    """Seconds of one weighing."""
    place.dirty = True
    place.refresh()
    open_providers(number)
    place.work()
    write_own_words(number)
    draft = changed_draft()
    scope.leave()
    began = time.monotonic()
    weighed = weighing.weigh(draft)
    took = time.monotonic() - began
    assert weighed == number
    return took


def main() -> None:
    with world() as place:
        found = {number: measure(place, number) for number in [int(word) for word in sys.argv[1:]] or [50, 150]}
    print(machine())
    for number, seconds in found.items():
        print(f"{number} providers: {seconds:.2f} s, {1000 * seconds / number:.1f} ms a provider")


if __name__ == "__main__":
    main()
