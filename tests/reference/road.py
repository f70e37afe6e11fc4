"""The way of a draft in tests: opened again, told about, reviewed, weighed, approved. As the demo's people do it."""

from parasta_saas.cli.demo import studio
from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.reference import content, queries, services

NOTES = {who: {"fi": "Yksi virke.", "sv": "En mening.", "en": "One sentence."} for who in content.NOTED}


def draft_id(number: str = "1.1"):
    """The id of a draft that is there."""
    with acting_as("nelli") as nelli:
        return next(r.id for r in queries.releases_of(nelli) if r.number == number and not r.released)


def send_back(number: str = "1.1"):
    """Open an approved draft again, as Nelli would; returns its id."""
    found = draft_id(number)
    with acting_as("nelli") as nelli:
        services.move_release(nelli, queries.draft_for(nelli, found), command="send_back")
    return found


def write(number: str = "1.2", *, step: str = "mid-review", **texts):
    """A draft of Nelli's with one changed step, told about; returns its id."""
    with acting_as("nelli") as nelli:
        draft = services.draft_release(nelli, number=number)
        services.change_step(nelli, queries.step_for(nelli, draft.id, step), **(texts or {"guidance": SAID}))
        services.describe_release(nelli, draft, summary=NOTES["provider"], notes=NOTES)
        return draft.id


SAID = {"fi": "Kutsu kaikki kolme.", "sv": "Kalla alla tre."}


def approve(draft) -> None:
    """Send a draft to review and approve it."""
    with acting_as("nelli") as nelli:
        services.move_release(nelli, queries.draft_for(nelli, draft), command="send_to_review")
    studio.approve(draft)
