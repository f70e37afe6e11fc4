"""The draft 1.1 on its way: reviewed, weighed against every handbook, approved by Tapio and ready to be published."""

from datetime import timedelta

from ...core import clock
from ...instructions import weighing
from ...reference import queries, services
from .acting import acting_as


def load() -> None:
    with clock.frozen(clock.now() - timedelta(days=4)), acting_as("nelli") as nelli:
        draft_id = next(r.id for r in queries.releases_of(nelli) if not r.released)
        services.move_release(nelli, queries.draft_for(nelli, draft_id), command="send_to_review")
    with clock.frozen(clock.now() - timedelta(days=2)):
        approve(draft_id)


def approve(draft_id) -> None:
    """What Tapio does with a draft in review: record the review, look at the impact, approve."""
    with acting_as("tapio") as tapio:
        services.record_review(
            tapio, queries.draft_for(tapio, draft_id), held_on=clock.today(),
            participants="Tapio Tervas, Nelli Norppa, Aino Alanko", remarks="Kaikki kaksitoista askelta käytiin läpi.",
        )  # fmt: skip
    weighing.weigh(draft_id)
    with acting_as("tapio") as tapio:
        services.move_release(tapio, queries.draft_for(tapio, draft_id), command="approve")
