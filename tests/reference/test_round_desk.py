"""The desk of a comment round: what waits, the step with what changes, decisions in the browser, what it costs."""

from uuid import uuid4

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.reference.queries import rounds as found
from parasta_saas.reference.services.comments import Spot
from tests.reference import rounds
from tests.visitor import form_key

DESK_STATEMENTS = 26


def test_the_desk_shows_what_waits_and_the_step_with_what_changes(cast):
    round_id = rounds.the_demo_round()
    page = cast.nelli.get(f"/o/viitemalli/studio/rounds/{round_id}?at=step:goals-and-tasks")
    assert page.status_code == 200
    assert "viisi arkipäivää" in page.text
    assert "Tre arbetsdagar fungerar inte" in page.text
    assert "Ehdotus on viety luonnokseen" in page.text
    waiting = cast.nelli.get(f"/o/viitemalli/studio/rounds/{round_id}?at=whole").text
    assert "Kajon opiskelijayhdistys" in waiting
    assert "Näytä kaikille" in waiting


@pytest.mark.parametrize("htmx", [False, True])
def test_nelli_decides_in_the_browser(cast, htmx):
    round_id = rounds.opened()
    comment = rounds.said(round_id)
    url = f"/o/viitemalli/studio/rounds/{round_id}"
    wrong = cast.nelli.post(f"{url}/comments/{comment}/decision", {"outcome": "accepted"}, htmx=htmx)
    assert wrong.status_code == 422
    assert "Kirjoita perustelu kommentin kielellä" in wrong.text
    key = form_key(cast.nelli.get(url))
    sent = {"outcome": "partly", "reason_fi": "Osa sopii.", "version": "0", "_key": key}
    answer = cast.nelli.post(f"{url}/comments/{comment}/decision", sent, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    if htmx:
        assert "Osa sopii." in answer.text
        assert 'id="queue"' in answer.text
    cast.nelli.post(f"{url}/comments/{comment}/decision", {**sent, "outcome": "rejected"}, htmx=htmx)  # a double click
    with acting_as("nelli") as nelli:
        assert found.decisions_of(nelli, found.desk_round_for(nelli, round_id))[comment].outcome == "partly"
    other_tab = {**sent, "_key": "toinen"}
    assert cast.tapio.post(f"{url}/comments/{comment}/decision", other_tab, htmx=htmx).status_code == 409


@pytest.mark.parametrize("htmx", [False, True])
def test_nelli_finishes_in_the_browser(cast, htmx):
    round_id = rounds.opened()
    url = f"/o/viitemalli/studio/rounds/{round_id}/end"
    early = cast.nelli.post(url, {"summary_fi": "Kiitos."}, htmx=htmx)
    assert early.status_code == 422
    assert "Vahvista, että suljet kierroksen" in early.text
    answer = cast.nelli.post(url, {"summary_fi": "Kiitos.", "early": "1"}, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    assert cast.nobody.get(f"/reference/rounds/{round_id}/summary").status_code == 200


def test_foreign_and_unknown_ids_are_nowhere(cast):
    round_id, other = rounds.opened(), rounds.the_demo_round()
    comment = rounds.said(round_id)
    for path in (f"{uuid4()}", f"{other}/comments/{comment}/decision", f"{round_id}/comments/{uuid4()}/moderation"):
        url = f"/o/viitemalli/studio/rounds/{path}"
        answer = cast.nelli.get(url) if path.count("/") == 0 else cast.nelli.post(url, {"outcome": "accepted"})
        assert answer.status_code == 404


def test_the_desk_costs_the_same_however_much_was_said(fresh, cast):
    round_id = rounds.the_demo_round()
    url = f"/o/viitemalli/studio/rounds/{round_id}?at=step:goals-and-tasks"
    cast.nelli.get(url)

    def cost():
        fresh.statements.clear()
        assert cast.nelli.get(url).status_code == 200
        return len([s for s in fresh.statements if "set_config" not in s])

    before = cost()
    for _ in range(6):
        rounds.said(round_id, spot=Spot(step="goals-and-tasks"))
    assert cost() == before <= DESK_STATEMENTS
