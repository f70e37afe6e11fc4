"""Saying something in a comment round: for an organisation, as one of the public, on time, in the right place."""

from datetime import timedelta
from uuid import uuid4

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core import clock
from parasta_saas.core.clock import today
from parasta_saas.core.errors import Conflict, Forbidden, Invalid, NotFound
from parasta_saas.reference.queries import rounds as found
from parasta_saas.reference.services import comments
from parasta_saas.reference.services.comments import Spot
from tests.reference import rounds
from tests.visitor import form_key

PAGE_STATEMENTS, STEP_STATEMENTS = 16, 16
PLACE = {"step": rounds.STEP, "field": "minimum", "text_language": "fi", "sentence": "1"}


def guest(**other):
    return {"text": "Hyvä suunta.", "author_name": "Kaija Kuusi", "spoken": "fi", **other}


def everything(round_id, slug="nelli"):
    with acting_as(slug) as who:
        return found.comments_of(who, found.round_for(who, round_id))


def changed(slug, round_id, comment_id, deed, **more):
    with acting_as(slug) as who:
        round_ = found.round_for(who, round_id, lock=True)
        deed(who, round_, found.own_comment_for(who, round_, comment_id), **more)


# Where a comment hangs


def test_a_comment_keeps_the_words_it_is_about(fresh):
    round_id = rounds.opened()
    rounds.said(round_id, spot=rounds.SPOT, quote="heti, jos", suggestion="viikossa, jos")
    (comment,) = everything(round_id)
    assert (comment.step_key, comment.field, comment.text_language) == (rounds.STEP, "minimum", "fi")
    assert comment.quote == "heti, jos"
    assert comment.anchor["before"].startswith("Eteneminen")
    assert comment.published_at


@pytest.mark.parametrize(
    "spot",
    [
        Spot(step="no-such-step"),
        Spot(step=rounds.STEP, field="minimum", text_language="fi", sentence=9),
        Spot(step=rounds.STEP, field="minimum", text_language="de", sentence=0),
        Spot(question="q9"),
    ],
)
def test_a_place_that_is_not_there_is_not_commented(fresh, spot):
    round_id = rounds.opened()
    with pytest.raises(NotFound):
        rounds.said(round_id, spot=spot)


def test_a_quote_must_stand_in_the_sentence_and_a_suggestion_needs_one(fresh):
    round_id = rounds.opened()
    with pytest.raises(Invalid) as refused:
        rounds.said(round_id, spot=rounds.SPOT, quote="aivan muuta")
    assert list(refused.value.errors) == ["quote"]
    with pytest.raises(Invalid):
        rounds.said(round_id, spot=Spot(step=rounds.STEP), suggestion="Parempi.")


# When


@pytest.mark.parametrize(("day", "open_"), [(-1, False), (0, True), (9, True), (10, False)])
def test_both_ends_are_days_of_the_round(fresh, day, open_):
    begins = today() + timedelta(days=3)
    round_id = rounds.opened(opens_on=begins, closes_on=begins + timedelta(days=9), short=True)
    at = clock.end_of_day(begins + timedelta(days=day))
    with clock.frozen(at):
        if open_:
            rounds.said(round_id)
        else:
            with pytest.raises(Conflict):
                rounds.said(round_id)


def test_before_and_after_a_round_is_read_and_says_its_days(cast):
    begins = today() + timedelta(days=3)
    round_id = rounds.opened(opens_on=begins, closes_on=begins + timedelta(days=40))
    for who, url in ((cast.aino, "/o/lumo/rounds"), (cast.nobody, "/reference/rounds")):
        page = who.get(f"{url}/{round_id}/steps/{rounds.STEP}")
        assert page.status_code == 200
        assert "Voit jo lukea" in page.text
        assert "say?" not in page.text
        assert who.post(f"{url}/{round_id}/say", guest()).status_code == 409


# Who


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("aino", True), ("siiri", True), ("stina", True), ("matti", True), ("hanna", True), ("nelli", True),
     ("eero", False), ("kerttu", False), ("joel", False), ("ville", False)],
)  # fmt: skip
def test_who_speaks_for_an_organisation_comments(fresh, who, allowed):
    round_id = rounds.opened()
    if allowed:
        rounds.said(round_id, who)
    else:
        with pytest.raises(Forbidden):
            rounds.said(round_id, who)


def test_who_may_not_comment_reads_and_is_told_whom_to_ask(cast):
    round_id = rounds.opened()
    page = cast.eero.get(f"/o/lumo/rounds/{round_id}/steps/{rounds.STEP}")
    assert page.status_code == 200
    assert "laatuvastaava, pääkäyttäjä tai omistaja" in page.text
    assert "say?" not in page.text
    assert cast.eero.post(f"/o/lumo/rounds/{round_id}/say", {"text": "Ohi."}).status_code == 403


def test_a_round_for_the_invited_is_nowhere_for_others(fresh, cast):
    with acting_as("nelli"):
        asked = [o.id for o in found.organisations_at(("lumo",))]
    round_id = rounds.opened(invited=asked, public=False)
    assert cast.aino.get(f"/o/lumo/rounds/{round_id}").status_code == 200
    assert cast.siiri.get(f"/o/kaari/rounds/{round_id}").status_code == 404
    assert cast.nobody.get(f"/reference/rounds/{round_id}").status_code == 404
    assert cast.nobody.post(f"/reference/rounds/{round_id}/say", guest()).status_code == 404


# One's own


def test_ones_own_comment_is_edited_taken_back_and_given_again_until_the_round_closes(fresh):
    round_id = rounds.opened()
    comment = rounds.said(round_id, spot=rounds.SPOT)
    changed("aino", round_id, comment, comments.change_comment, text="Toisin.", suggestion="Uusi virke.")
    assert everything(round_id, "siiri")[0].text == "Toisin."
    changed("aino", round_id, comment, comments.withdraw_comment)
    assert everything(round_id, "siiri") == []
    assert [c.text for c in everything(round_id, "aino")] == ["Toisin."]
    changed("aino", round_id, comment, comments.restore_comment)
    assert len(everything(round_id, "siiri")) == 1
    with clock.frozen(clock.now() + timedelta(days=31)), pytest.raises(Conflict):
        changed("aino", round_id, comment, comments.change_comment, text="Liian myöhään.")


def test_a_comment_that_was_taken_back_needs_no_decision(fresh):
    round_id = rounds.opened()
    comment = rounds.said(round_id)
    changed("aino", round_id, comment, comments.withdraw_comment)
    rounds.finished(round_id)


def test_two_tabs_do_not_overwrite_each_other(fresh):
    round_id = rounds.opened()
    comment = rounds.said(round_id)
    changed("aino", round_id, comment, comments.change_comment, text="Ensimmäinen.", version=1)
    with pytest.raises(Conflict):
        changed("aino", round_id, comment, comments.change_comment, text="Toinen.", version=1)


@pytest.mark.parametrize("who", ["siiri", "matti", "nelli", "stina"])
def test_somebody_elses_comment_is_nobodys_to_change(fresh, who):
    round_id = rounds.opened()
    comment = rounds.said(round_id)
    with pytest.raises(NotFound):
        changed(who, round_id, comment, comments.withdraw_comment)


def test_the_database_lets_no_other_organisation_change_a_comment(fresh):
    from sqlalchemy import text

    from parasta_saas.core.db import db

    round_id = rounds.opened()
    rounds.said(round_id)
    with acting_as("siiri"):
        db.session.execute(text("select 1"))
        with pytest.raises(Exception, match="row-level security|permission denied"):
            db.session.execute(text("update reference_comment set text = 'x'"))
        db.session.rollback()


# Threads


def test_a_reply_stays_in_the_thread_of_its_comment(fresh):
    round_id = rounds.opened()
    comment = rounds.said(round_id, spot=rounds.SPOT)

    def reply(slug, to):
        with acting_as(slug) as who:
            round_ = found.round_for(who, round_id, lock=True)
            parent = found.comment_for(who, round_, to)
            return comments.say_comment(who, round_, text="Samaa.", spot=Spot(parent=parent)).id

    second = reply("siiri", reply("matti", comment))
    with acting_as("nelli") as nelli:
        (thread,) = found.threads_of(nelli, found.desk_round_for(nelli, round_id))
    assert [r.id for r in thread.replies][-1] == second
    assert {r.parent_id for r in thread.replies} == {comment}
    assert {r.step_key for r in thread.replies} == {rounds.STEP}


def test_a_hidden_comment_is_not_replied_to(cast):
    round_id = rounds.opened()
    comment = rounds.said(round_id)
    with acting_as("nelli") as nelli:
        round_ = found.desk_round_for(nelli, round_id, lock=True)
        judged = found.judged_comment_for(nelli, round_, comment)
        comments.moderate_comment(nelli, round_, judged, shown=False, because="Henkilötietoja.")
    reply = {"text": "Silti.", "parent": str(comment)}
    assert cast.siiri.post(f"/o/kaari/rounds/{round_id}/say", reply).status_code == 404
    assert cast.nelli.post(f"/o/viitemalli/rounds/{round_id}/say", reply).status_code == 409
    assert "Hyvä näin." not in cast.siiri.get(f"/o/kaari/rounds/{round_id}").text
    own = cast.aino.get(f"/o/lumo/rounds/{round_id}")
    assert "Henkilötietoja." in own.text


def test_a_comment_of_another_round_is_nowhere(cast):
    round_id, other = rounds.opened(), rounds.the_demo_round()
    comment = rounds.said(round_id)
    assert cast.aino.get(f"/o/lumo/rounds/{other}/comments/{comment}").status_code == 404
    assert cast.aino.get(f"/o/lumo/rounds/{other}/say?parent={comment}").status_code == 404
    assert cast.aino.get(f"/o/lumo/rounds/{uuid4()}").status_code == 404
    assert cast.aino.get(f"/o/lumo/rounds/{round_id}/say?parent=ei-tunnus").status_code == 404
    assert cast.aino.get(f"/o/lumo/rounds/{round_id}/steps/%00").status_code == 404


# In the browser


@pytest.mark.parametrize("htmx", [False, True])
def test_aino_comments_a_sentence_in_the_browser(cast, htmx):
    round_id = rounds.opened()
    url = f"/o/lumo/rounds/{round_id}"
    step = cast.aino.get(f"{url}/steps/{rounds.STEP}")
    assert "Suunnitelmaa muutetaan heti, jos tarvitaan." in step.text
    form = cast.aino.get(f"{url}/say?step={rounds.STEP}&field=minimum&text_language=fi&sentence=1")
    assert "Suunnitelmaa muutetaan heti" in form.text
    empty = cast.aino.post(f"{url}/say", {**PLACE, "text": " ", "quote": "heti, jos"}, htmx=htmx)
    assert empty.status_code == 422
    assert "heti, jos" in empty.text
    sent = {**PLACE, "text": "Milloin on heti?", "quote": "heti, jos", "suggestion": "viikossa, jos",
            "speaks": "organisation", "_key": form_key(form)}  # fmt: skip
    answer = cast.aino.post(f"{url}/say", sent, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    where = answer.headers["HX-Redirect"] if htmx else answer.location
    cast.aino.post(f"{url}/say", sent, htmx=htmx)  # a double click
    (comment,) = everything(round_id)
    assert where.endswith(f"steps/{rounds.STEP}#c-{comment.id}")
    assert comment.as_organisation
    assert comment.author_organisation == "Lumon koulutuskuntayhtymä"
    page = cast.siiri.get(f"/o/kaari/rounds/{round_id}/steps/{rounds.STEP}").text
    assert "Milloin on heti?" in page
    assert "organisaation lausunto" in page
    assert 'class="marked"' in page


@pytest.mark.parametrize("htmx", [False, True])
def test_ones_own_comment_is_changed_in_the_browser(cast, htmx):
    round_id = rounds.opened()
    comment = rounds.said(round_id)
    url = f"/o/lumo/rounds/{round_id}/comments/{comment}"
    assert "Hyvä näin." in cast.aino.get(url).text
    assert cast.aino.post(url, {"text": "", "version": "1"}, htmx=htmx).status_code == 422
    answer = cast.aino.post(url, {"text": "Parempi näin.", "version": "1"}, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    assert cast.aino.post(f"{url}/withdrawal", {}, htmx=htmx).status_code == (200 if htmx else 303)
    assert "Anna uudelleen" in cast.aino.get(url).text
    assert cast.aino.post(f"{url}/return", {}, htmx=htmx).status_code == (200 if htmx else 303)
    assert cast.siiri.get(url.replace("lumo", "kaari")).status_code == 404


def test_script_in_a_comment_is_only_words(cast):
    round_id = rounds.opened()
    wild = "<script>alert(1)</script> **ei** <img src=x onerror=y>"
    rounds.said(round_id, text=wild, spot=rounds.SPOT, suggestion="<b>lihava</b>")
    for who, url in ((cast.siiri, f"/o/kaari/rounds/{round_id}/steps/{rounds.STEP}"),
                     (cast.nelli, f"/o/viitemalli/studio/rounds/{round_id}")):  # fmt: skip
        text = who.get(url).text
        assert "<script>alert" not in text
        assert "<b>lihava" not in text
        assert "&lt;script&gt;alert(1)" in text


def test_ten_megabytes_are_refused_kindly(cast):
    round_id = rounds.opened()
    answer = cast.aino.post(f"/o/lumo/rounds/{round_id}/say", {"text": "ä" * 5_000_000})
    assert answer.status_code in (413, 422)
    assert everything(round_id) == []


# What pages cost


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_pages_of_the_demo_speak_the_readers_language(cast, language):
    round_id = rounds.the_demo_round()
    headers = {"Accept-Language": language}
    page = cast.nobody.get(f"/reference/rounds/{round_id}", headers=headers).text
    assert ("Kysymme sinulta" if language == "fi" else "Vi frågar dig") in page
    step = cast.nobody.get(f"/reference/rounds/{round_id}/steps/goals-and-tasks", headers=headers).text
    assert ("kolme arkipäivää" if language == "fi" else "tre arbetsdagar") in step


def test_the_pages_cost_the_same_however_much_was_said(fresh, cast):
    round_id = rounds.the_demo_round()
    urls = (f"/o/lumo/rounds/{round_id}", f"/o/lumo/rounds/{round_id}/steps/goals-and-tasks")
    for url in urls:
        cast.aino.get(url)

    def costs():
        found_ = []
        for url in urls:
            fresh.statements.clear()
            assert cast.aino.get(url).status_code == 200
            found_.append(len([s for s in fresh.statements if "set_config" not in s]))
        return found_

    before = costs()
    for _ in range(6):
        rounds.said(round_id, spot=Spot(step="goals-and-tasks"))
    assert costs() == before
    assert before[0] <= PAGE_STATEMENTS
    assert before[1] <= STEP_STATEMENTS
