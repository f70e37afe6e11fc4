"""The public in a comment round: without an account, unseen until somebody has looked, only so much in an hour."""

from datetime import timedelta

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core.clock import today
from parasta_saas.core.errors import Conflict
from parasta_saas.reference.queries import rounds as found
from parasta_saas.reference.services import comments
from parasta_saas.reference.services.comments import PER_HOUR_BROWSER, PER_HOUR_NETWORK
from tests.reference import rounds
from tests.reference.test_commenting import PLACE, everything, guest
from tests.visitor import Visitor, form_key


@pytest.mark.parametrize("htmx", [False, True])
def test_anyone_comments_without_an_account_and_is_seen_once_somebody_has_looked(cast, htmx):
    round_id = rounds.opened()
    url = f"/reference/rounds/{round_id}"
    form = cast.nobody.get(f"{url}/say?question=q1")
    assert "Toimiiko tämä teillä?" in form.text
    sent = guest(question="q1", _key=form_key(form))
    answer = cast.nobody.post(f"{url}/say", sent, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    cast.nobody.post(f"{url}/say", sent, htmx=htmx)  # a double click
    (comment,) = everything(round_id)
    assert comment.waits
    assert comment.by_public
    assert comment.sender
    for who, page in ((cast.nobody, url), (cast.aino, f"/o/lumo/rounds/{round_id}")):
        assert "Hyvä suunta." not in who.get(page).text
    desk = f"/o/viitemalli/studio/rounds/{round_id}"
    assert "Odottaa katsomista" in cast.nelli.get(desk).text
    with pytest.raises(Conflict):
        rounds.finished(round_id)
    moderation = f"{desk}/comments/{comment.id}/moderation"
    assert cast.nelli.post(moderation, {"shown": "0"}, htmx=htmx).status_code == 422
    assert cast.nelli.post(moderation, {"shown": "1"}, htmx=htmx).status_code == (200 if htmx else 303)
    assert "Hyvä suunta." in cast.nobody.get(url).text
    assert cast.nelli.post(moderation, {"shown": "0", "because": "Asiaton."}, htmx=htmx).status_code in (200, 303)
    assert "Hyvä suunta." not in cast.nobody.get(url).text
    rounds.finished(round_id)


@pytest.mark.parametrize("wrong", [{"author_name": ""}, {"spoken": "de"}, {"speaks": "organisation"}, {"text": ""}])
def test_a_public_comment_that_lacks_something_keeps_what_was_typed(cast, wrong):
    round_id = rounds.opened()
    answer = cast.nobody.post(f"/reference/rounds/{round_id}/say", guest(**PLACE, **wrong))
    assert answer.status_code == 422
    assert ("Hyvä suunta." if "text" not in wrong else "Kaija Kuusi") in answer.text
    assert everything(round_id) == []


def test_one_browser_and_one_network_send_only_so_much_in_an_hour(fresh, cast):
    round_id = rounds.opened()
    url = f"/reference/rounds/{round_id}/say"
    sent = [cast.nobody.post(url, guest()).status_code for _ in range(PER_HOUR_BROWSER + 1)]
    assert sent == [303] * PER_HOUR_BROWSER + [422]
    other = Visitor(fresh, None)
    others = [other.post(url, guest()).status_code for _ in range(PER_HOUR_BROWSER)]
    assert others == [303] * (PER_HOUR_NETWORK - PER_HOUR_BROWSER)
    assert Visitor(fresh, None).post(url, guest()).status_code == 422


def test_whoever_comments_publicly_reaches_nothing_of_the_national_body(fresh, cast):
    round_id = rounds.opened()
    hidden = rounds.said(round_id)
    with acting_as("nelli") as nelli:
        round_ = found.desk_round_for(nelli, round_id, lock=True)
        judged = found.judged_comment_for(nelli, round_, hidden)
        comments.moderate_comment(nelli, round_, judged, shown=False, because="Ei kuulu tähän.")
    reply = cast.nobody.post(f"/reference/rounds/{round_id}/say", guest(parent=str(hidden)))
    assert reply.status_code == 404
    refused = cast.nobody.post(f"/reference/rounds/{round_id}/say", guest(text=""))
    assert "Ei kuulu tähän." not in refused.text
    inside = rounds.opened(rounds.draft("3.1"), kind="internal", closes_on=today() + timedelta(days=5))
    assert cast.nobody.post(f"/reference/rounds/{inside}/say", guest()).status_code == 404
