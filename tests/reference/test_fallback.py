"""A text that has no words in the reader's language stands in another one, and says so where it stands."""

from datetime import timedelta

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core.clock import today
from parasta_saas.core.i18n import using
from parasta_saas.reference import comparison, process_map, queries, services, telling
from parasta_saas.reference.queries import rounds as found
from parasta_saas.reference.services.comments import Spot
from tests.reference import road, rounds

STUDIO = "/o/viitemalli/studio"
ENGLISH = {"Accept-Language": "en"}
MARK, NAMES = "in Finnish</span>", "Some of the names are still in Finnish only."
SHORT = {"fi": "Väliarviointi yhdessä", "sv": "Mellansamtal tillsammans"}
GONE = SHORT | {"en": ""}  # English is taken away
ASKED = Spot(question="q1")


def speak(visitor, code):
    assert visitor.post("/language", {"language": code, "next": "/"}).status_code == 303


@pytest.fixture
def round_id(fresh, cast):
    """A round whose question has been answered; Aino and Nelli read English."""
    made = rounds.opened()
    rounds.said(made, spot=ASKED)
    for visitor in (cast.aino, cast.nelli):
        speak(visitor, "en")
    return made


def marked(page, words=rounds.QUESTION["fi"]):
    """The words stand in their own language with the mark beside them."""
    return f'<span lang="fi">{words}</span> <span class="ptag line in-other">' in page and MARK in page


def test_the_questions_of_a_round_are_marked_for_everyone_who_reads_them(cast, round_id):
    public = f"/reference/rounds/{round_id}"
    assert marked(cast.nobody.get(public, headers=ENGLISH).text)
    assert marked(cast.nobody.get(f"{public}/say?question=q1", headers=ENGLISH).text)
    assert marked(cast.aino.get(f"/o/lumo/rounds/{round_id}").text)
    assert marked(cast.aino.get(f"/o/lumo/rounds/{round_id}/say?question=q1").text)


def test_the_question_is_marked_on_the_desk_and_in_the_summary(cast, round_id):
    desk = cast.nelli.get(f"{STUDIO}/rounds/{round_id}?at=question:q1").text
    assert desk.count(f'<span lang="fi">{rounds.QUESTION["fi"]}</span> <span class="ptag line in-other">') == 2
    with acting_as("nelli") as nelli:
        (comment,) = found.comments_of(nelli, found.desk_round_for(nelli, round_id))
        comment_id = comment.id
    rounds.decided(round_id, comment_id)
    rounds.finished(round_id)
    for visitor, at in ((cast.nobody, "/reference"), (cast.aino, "/o/lumo")):
        summary = visitor.get(f"{at}/rounds/{round_id}/summary", headers=ENGLISH).text
        assert marked(summary) and marked(summary, "Hyvä ajatus.")


@pytest.mark.parametrize("code", ["fi", "sv"])
def test_where_the_readers_language_has_words_nothing_is_marked(cast, round_id, code):
    speak(cast.nelli, code)
    for page in (f"/reference/rounds/{round_id}", f"{STUDIO}/rounds/{round_id}?at=question:q1"):
        shown = cast.nelli.get(page, headers={"Accept-Language": code}).text
        assert "in-other" not in shown and "in-others" not in shown


def test_names_without_english_are_marked_in_the_studio(fresh, cast):
    home = f"{STUDIO}/{road.write('1.2', name=GONE)}"
    speak(cast.nelli, "en")
    for page in (f"{home}?step=mid-review", f"{home}/steps", f"{home}/compare"):
        assert marked(cast.nelli.get(page).text, SHORT["fi"]), page
    assert NAMES in cast.nelli.get(f"{home}/diagrams/learning-guidance").text
    assert NAMES not in cast.nelli.get(f"{home}/diagrams/co-planning").text


def test_a_published_step_without_english_is_marked_for_readers(fresh, cast):
    draft = road.write("1.2", name=GONE, guidance=road.SAID | {"en": ""})
    road.approve(draft)
    with acting_as("tapio") as tapio:
        release = queries.draft_for(tapio, draft)
        services.publish_release(tapio, release, transition_until=today() + timedelta(days=9))
    at = "/reference/releases/1.2"
    step = cast.nobody.get(f"{at}/steps/mid-review", headers=ENGLISH).text
    assert step.count("in-other") == 2 and '<div class="ptags">' in step
    assert marked(cast.nobody.get(f"{at}/changes", headers=ENGLISH).text, SHORT["fi"])
    for page in (at, "/reference?release=1.2", "/reference/diagrams/actors?release=1.2"):
        assert NAMES in cast.nobody.get(page, headers=ENGLISH).text, page
    assert NAMES not in cast.nobody.get("/reference?release=1.0", headers=ENGLISH).text


def test_a_new_step_is_told_in_the_language_it_has():
    step = {
        "key": "a",
        "order": 1,
        "phase": "p",
        "name": {"fi": "Uusi"},
        "minimum": {"fi": "Aina."},
        "guidance": {"fi": ""},
    }
    before, after = {"steps": []}, {"steps": [step]}
    with using("en"):
        (story,) = telling.tell(comparison.compare(before, after), before, after).in_language("en").steps
    assert story.called.fell_back and story.name == "Uusi" and [row.language for row in story.rows] == ["fi"]


def test_the_languages_that_names_fell_back_to_are_told_once():
    assert process_map.fallen([{"fi": "a"}, {"fi": "b", "en": "c"}, {"sv": "d"}, {}, None], "en") == ["fi", "sv"]


def test_a_running_round_is_led_to_instead_of_a_second_one(cast):
    round_id = rounds.opened()
    with acting_as("nelli") as nelli:
        release_id = found.desk_round_for(nelli, round_id).release_id
    for asked in ("", "?kind=internal"):
        answer = cast.nelli.get(f"{STUDIO}/{release_id}/rounds/new{asked}")
        assert answer.status_code == 303 and answer.headers["Location"].endswith(f"/rounds/{round_id}")
        assert "Kommenttikierros on vielä kesken" in cast.nelli.follow(answer).text
