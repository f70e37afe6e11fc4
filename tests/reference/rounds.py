"""A comment round for tests: a draft of Nelli's with one changed minimum, open today, and what people say in it."""

from datetime import timedelta

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core.clock import today
from parasta_saas.reference import queries, services
from parasta_saas.reference.queries import rounds as found
from parasta_saas.reference.services import comments
from parasta_saas.reference.services import rounds as round_services
from parasta_saas.reference.services.comments import Spot

STEP = "mid-review"
MINIMUM = {
    "fi": "Eteneminen käydään yhdessä läpi jakson puolivälissä. Suunnitelmaa muutetaan heti, jos tarvitaan.",
    "sv": "Framskridandet gås igenom tillsammans i mitten. Planen ändras genast vid behov.",
}
NOTES = {who: {"fi": "Yksi virke.", "sv": "En mening."} for who in ("provider", "learner", "partner")}
TITLE = {"fi": "Viitemalli 3.0", "sv": "Referensmodell 3.0"}
QUESTION = {"fi": "Toimiiko tämä teillä?", "sv": "Fungerar det hos er?"}
SPOT = Spot(step=STEP, field="minimum", text_language="fi", sentence=1)


def draft(number="3.0"):
    """The id of a draft with a changed minimum, being modelled."""
    with acting_as("nelli") as nelli:
        release = services.draft_release(nelli, number=number, state="modelling")
        services.change_step(nelli, queries.step_for(nelli, release.id, STEP), minimum=MINIMUM)
        services.describe_release(nelli, release, summary=NOTES["provider"], notes=NOTES)
        return release.id


def opened(release_id=None, *, slug="nelli", **other):
    """The id of a round on a draft, open today for a month, everyone asked."""
    release_id = release_id or draft()
    with acting_as(slug) as who:
        days = {"opens_on": today(), "closes_on": today() + timedelta(days=29), **other}
        asked = {"kind": "open", "title": TITLE, "questions": [QUESTION], "invited": found.provider_ids(), **days}
        return round_services.open_round(who, queries.draft_for(who, release_id), **asked).id


def said(round_id, slug="aino", text="Hyvä näin.", **more):
    """The id of something said by one of the cast."""
    with acting_as(slug) as who:
        return comments.say_comment(who, found.round_for(who, round_id, lock=True), text=text, **more).id


def decided(round_id, comment_id, slug="nelli", **more):
    """The answer to a comment."""
    with acting_as(slug) as who:
        round_ = found.desk_round_for(who, round_id, lock=True)
        comment = found.judged_comment_for(who, round_, comment_id)
        given = {"outcome": "accepted", "reason": {comment.language: "Hyvä ajatus."}, **more}
        return comments.decide_comment(who, round_, comment, **given).id


def finished(round_id, slug="nelli", **more):
    with acting_as(slug) as who:
        round_services.finish_round(who, found.desk_round_for(who, round_id, lock=True), **{"early": True, **more})


def the_demo_round(slug="nelli"):
    """The id of the round of the demo, on draft 2.0."""
    with acting_as(slug) as who:
        return next(round_.id for round_ in found.rounds_of(who) if round_.number == "2.0")
