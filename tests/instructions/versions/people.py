"""Two people who write, and a provider that asks a second one: what the tests of this folder share."""

import re

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.instructions import queries
from parasta_saas.instructions.services import drafts, rounds
from parasta_saas.reference import queries as reference
from tests.instructions.pages import typed

STEP = "/o/lumo/map/contact-response"
NEW = "/o/lumo/map/matching"
KEY = "matching"


def second_editor(world) -> None:
    """Kerttu may write, too."""
    with world.superuser_connection() as above:
        above.execute(
            "update membership set roles = array['wl_coordinator', 'quality_manager'] where email = %s",
            ("kerttu@lumo.example",),
        )
    world.dirty = True


def ask_second_person(world) -> None:
    """Lumo lets another person approve."""
    with world.superuser_connection() as above:
        above.execute("update handbook set reviewed = true")
    world.dirty = True


def form_of(visitor, step=NEW) -> dict[str, str]:
    return typed(visitor.get(f"{step}/edit"))


def save(visitor, step=NEW, *, form=None, **words):
    """Save a draft of what stands in the form with these fields changed."""
    return visitor.post(f"{step}/draft", {**(form or form_of(visitor, step)), **words})


def publish(visitor, step=NEW, *, form=None, htmx=False, **words):
    return visitor.post(f"{step}/edit", {**(form or form_of(visitor, step)), **words}, htmx=htmx)


def meeting_of(response) -> str:
    """The address of the three-way page to which a press led."""
    assert response.status_code in (200, 303), response.text[:400]
    to = response.headers.get("HX-Redirect") or response.location
    assert "/meetings/" in to, to
    return to


def hidden(response, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', response.text)[1]


def send(visitor, *keys: str, **words):
    """Send drafts for review; the address of the review."""
    return visitor.post("/o/lumo/reviews", {"keys": list(keys), **words})


def in_force(visitor, step=NEW) -> str:
    """What everybody reads on the step."""
    return visitor.get(step).text.split("Historia")[0]


def plant() -> None:
    """A draft of Aino's in a review, and a text that met a newer one: for tests that need a row of each."""
    with acting_as("aino") as actor:
        step = reference.step_of(queries.book_of(actor).release.id, KEY)
        draft = drafts.save_draft(actor, step, drafts.Screen(0), typed={"note": {"fi": "Luonnoksen sanat."}})
        drafts.ask_drafter(actor, draft, wants="draft")
        rounds.submit_drafts(actor, [KEY], note={}, valid_from=None)
        drafts.note_writing(actor, KEY)
