"""Answering by a mailed link or signed in: once, without an account, and never by looking."""

from datetime import timedelta

import pytest

from parasta_saas.core import clock, workdays
from tests.feedback.asking import ask, state_of
from tests.visitor import form_key

BOTH = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


def answer(visitor, path, *, htmx=False, **data):
    data = {"_key": form_key(visitor.get(path)), "score": "4", **data}
    return visitor.post(path, {k: v for k, v in data.items() if v is not None}, htmx=htmx)


@BOTH
def test_an_answer_by_the_link_names_who_replies_and_by_when(fresh, cast, htmx):
    pulse_id, path = ask()
    done = answer(cast.nobody, path, htmx=htmx, score="2", words="Kutsu tuli myöhään.")
    assert done.status_code == (200 if htmx else 303)
    shown = done if htmx else cast.nobody.get(done.location)
    pulse = state_of(pulse_id)
    due = workdays.add_working_days(pulse.answered_at, 10)
    assert (pulse.score, pulse.words, pulse.answered_by) == (2, "Kutsu tuli myöhään.", "Kaisa Kanerva")
    assert pulse.due_at == due and "Eero Elo lukee sen ja vastaa" in shown.text


def test_a_good_score_without_words_asks_for_nothing_more(fresh, cast):
    pulse_id, path = ask()
    shown = cast.nobody.follow(answer(cast.nobody, path, score="5"))
    assert state_of(pulse_id).due_at is None
    assert "Sinun ei tarvitse tehdä enempää" in shown.text


@BOTH
@pytest.mark.parametrize("score", [None, "0", "6", "hyvä", ""])
def test_a_missing_or_impossible_score_says_how_to_mend_it_and_keeps_the_words(fresh, cast, score, htmx):
    pulse_id, path = ask()
    refused = answer(cast.nobody, path, htmx=htmx, score=score, words="Tärkeä lause.")
    assert refused.status_code == 422
    assert "Valitse vaihtoehto, joka sopii parhaiten." in refused.text and "Tärkeä lause." in refused.text
    assert state_of(pulse_id).open


def test_a_text_that_is_too_long_is_refused_with_its_length(fresh, cast):
    pulse_id, path = ask()
    refused = answer(cast.nobody, path, words="a" * 1_000_001)
    assert refused.status_code == 422 and "1000" in refused.text
    assert state_of(pulse_id).open


def test_a_scanner_that_looks_twenty_times_changes_nothing(fresh, cast):
    pulse_id, path = ask()
    for _ in range(20):
        assert cast.nobody.get(path).status_code == 200
        assert cast.nobody.client.head(path).status_code == 200
    assert state_of(pulse_id).open
    assert answer(cast.nobody, path).status_code == 303


def test_a_second_answer_is_a_conflict_and_the_first_one_counts(fresh, cast):
    pulse_id, path = ask()
    key = form_key(cast.kaisa.get(f"/o/kahvila-kanerva/questions/{pulse_id}"))
    assert answer(cast.nobody, path, score="5").status_code == 303
    second = cast.kaisa.post(f"/o/kahvila-kanerva/questions/{pulse_id}", {"_key": key, "score": "1"})
    assert second.status_code == 409 and "Ensimmäinen vastaus on voimassa" in second.text
    assert state_of(pulse_id).score == 5


def test_a_double_click_saves_once(fresh, cast):
    pulse_id, path = ask()
    data = {"_key": form_key(cast.nobody.get(path)), "score": "4"}
    assert cast.nobody.post(path, data).status_code == 303
    again = cast.nobody.post(path, {**data, "score": "1"})
    assert "jo tallennettu" in cast.nobody.follow(again).text
    assert state_of(pulse_id).score == 4


def test_a_used_link_shows_what_was_answered_and_no_form(fresh, cast):
    _pulse_id, path = ask()
    answer(cast.nobody, path, score="3")
    shown = cast.nobody.get(path)
    assert shown.status_code == 200 and "Mitä kysyttiin ja vastattiin" in shown.text
    assert 'name="score"' not in shown.text


def test_a_link_that_is_too_old_says_what_to_do_and_shows_no_words(fresh, cast):
    pulse_id, path = ask()
    key = form_key(cast.nobody.get(path))
    with clock.frozen(clock.now() + timedelta(days=22)):
        shown = cast.nobody.get(path)
        refused = cast.nobody.post(path, {"_key": key, "score": "4"})
    assert shown.status_code == 200 and "Linkki on vanhentunut" in shown.text
    assert "Tiedän, mitä" not in shown.text and 'name="score"' not in shown.text
    assert refused.status_code == 409 and "Kirjaudu sähköpostiosoitteellasi" in refused.text
    assert state_of(pulse_id).open


def test_a_made_up_link_opens_nothing(cast):
    assert cast.nobody.get("/pulse/not-a-token").status_code == 404
    assert cast.nobody.post("/pulse/not-a-token", {"score": "4"}).status_code == 404


def test_a_forwarded_link_is_about_one_question_and_opens_no_other_page(fresh, cast):
    pulse_id, path = ask()
    assert cast.siiri.get(path).status_code == 200  # whoever holds it may answer; it was the instructor's to forward
    assert cast.siiri.get(f"/o/kahvila-kanerva/questions/{pulse_id}").status_code == 404
    assert cast.siiri.get(f"/o/lumo/feedback/{pulse_id}").status_code == 404


@pytest.mark.parametrize(
    ("who", "at", "status"),
    [
        ("kaisa", "kahvila-kanerva", 200),
        ("matti", "paja", 404),
        ("hanna", "kaislaranta", 404),
        ("eero", "lumo", 404),  # the provider's people have another door
        ("ville", "lumo", 404),
    ],
)
def test_who_opens_the_question_signed_in(fresh, cast, who, at, status):
    pulse_id, _path = ask()
    visitor = getattr(cast, who)
    assert visitor.get(f"/o/{at}/questions/{pulse_id}").status_code == status
    if status == 404:
        assert visitor.post(f"/o/{at}/questions/{pulse_id}", {"score": "1"}).status_code == 404
        assert visitor.post(f"/o/{at}/questions/{pulse_id}/seen").status_code == 404
        assert state_of(pulse_id).open


def test_a_reader_of_the_workplace_reads_and_does_not_answer(fresh, cast):
    pulse_id, _path = ask()
    with fresh.superuser_connection() as above:
        above.execute("update membership set roles = '{viewer}' where name = 'Kaisa Kanerva'")
    page = cast.kaisa.get(f"/o/kahvila-kanerva/questions/{pulse_id}")
    assert page.status_code == 200 and 'name="score"' not in page.text
    assert cast.kaisa.post(f"/o/kahvila-kanerva/questions/{pulse_id}", {"score": "5"}).status_code == 403
    assert "Yksi kysymys" not in cast.kaisa.get("/o/kahvila-kanerva/today").text


def test_a_script_in_an_answer_stays_text(fresh, cast):
    pulse_id, path = ask()
    answer(cast.nobody, path, score="1", words="<script>alert(1)</script>")
    shown = (cast.eero.get(f"/o/lumo/feedback/{pulse_id}"), cast.nobody.get(path), cast.kerttu.get("/o/lumo/feedback/"))
    for page in shown:
        assert "<script>alert" not in page.text and "&lt;script&gt;alert" in page.text
