"""Lumo's mirror as the demo left it, and ways into a workshop."""

import re

from parasta_saas.cli.demo import improvement
from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.improvement.models import Mirror, MirrorWorkshop
from parasta_saas.improvement.queries import mirror as mirrors
from parasta_saas.improvement.queries import plan as plans
from parasta_saas.improvement.services import mirror, workshop
from tests.visitor import Visitor

MIRRORS, PLAN, DUTIES = "/o/lumo/mirrors", "/o/lumo/plan", "/o/lumo/responsibilities"


def lumo_mirror() -> Mirror:
    """The half-done one."""
    with acting_as("aino") as aino:
        found = mirrors.mirrors_of(aino)
    if not found:  # this installation's cast was loaded without it
        improvement.load()
        return lumo_mirror()
    return found[0]


def opened() -> MirrorWorkshop:
    """A workshop of Lumo, opened by Aino at the first step without an answer."""
    with acting_as("aino") as aino:
        made = mirrors.mirror_for(aino, lumo_mirror().id)
        around = mirrors.round_of(aino, made)
        return workshop.open_workshop(aino, made, around.next_open())


def kaari_mirror() -> Mirror:
    with acting_as("siiri") as siiri:
        return mirror.begin_mirror(siiri)


def phone(world) -> Visitor:
    """Somebody with a browser and no account."""
    return Visitor(world, None)


def joined(world, code: str, name: str = "") -> Visitor:
    """A phone in the workshop of that code."""
    visitor = phone(world)
    answer = visitor.post("/mirror", {"join_code": code, "first_name": name})
    assert answer.status_code == 303, answer.text
    return visitor


def tally(made: MirrorWorkshop) -> dict[str, int]:
    with acting_as("aino") as aino:
        return dict(mirrors.tally_of(mirrors.workshop_for(aino, made.id)).votes)


def here(made: MirrorWorkshop) -> MirrorWorkshop:
    """As it stands now."""
    with acting_as("aino") as aino:
        return mirrors.workshop_for(aino, made.id)


def answers(made: Mirror):
    with acting_as("aino") as aino:
        return mirrors.answers_of(aino, made)


def actions(who: str = "aino"):
    with acting_as(who) as actor:
        return plans.actions_of(actor)


def poll_of(page: str) -> str:
    """The address that a page asks every two seconds."""
    return re.search(r'hx-get="([^"]*)" hx-trigger="every 2s"', page)[1].replace("&amp;", "&")
