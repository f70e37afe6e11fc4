"""Ask for a sign-in mail: the same answer to everybody, whatever is down."""

import re

import pytest
from markupsafe import escape
from redis import Redis
from rq import Queue

from parasta_saas.cli import mail_sink
from parasta_saas.core import jobs
from tests.accounts.conftest import AINO, SignIn, is_in
from tests.visitor import Visitor


@pytest.mark.parametrize("htmx", [False, True])
def test_asking_leads_to_the_code(sign_in, htmx):
    answer = sign_in.ask(htmx=htmx)
    where = answer.headers["HX-Redirect"] if htmx else answer.location
    assert (answer.status_code, where) == (200 if htmx else 303, "/sign-in/code")
    shown = sign_in.browser.get("/sign-in/code").text
    assert f"Lähetimme viestin osoitteeseen {AINO}" in shown
    assert 'inputmode="numeric"' in shown and 'autocomplete="one-time-code"' in shown


def test_unknown_address_gets_the_same_page_and_a_kind_mail(fresh, sign_in, other):
    stranger = SignIn(fresh, other, "nobody@nowhere.example")
    known, unknown = sign_in.ask(), stranger.ask()
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    pages = [visitor.get("/sign-in/code").text for visitor in (sign_in.browser, other)]
    assert _without_keys(pages[0], AINO) == _without_keys(pages[1], "nobody@nowhere.example")
    fresh.work()
    letter = stranger.letter
    assert "ei tunne osoitetta" in letter.text and "/sign-in/" not in letter.text and "{" not in letter.text


def _without_keys(text: str, address: str) -> str:
    return re.sub(r'name="_key" value="[^"]+"', "", text.replace(address, "…"))


@pytest.mark.parametrize("htmx", [False, True])
def test_an_address_that_is_none_is_mended_and_kept(cast, htmx):
    for typed in ("", "aino", "aino@", "a" * 300 + "@lumo.example", "<b>x</b>@lumo.example", "x" * 10_000_000):
        answer = cast.nobody.post("/sign-in", {"email": typed}, htmx=htmx)
        assert answer.status_code == 422
        assert escape(typed) in answer.text and 'aria-invalid="true"' in answer.text
        assert ("<html" in answer.text) is not htmx


def test_asking_again_at_once_sends_one_mail(fresh, sign_in):
    sign_in.asked()
    again = sign_in.ask()
    assert again.status_code == 303
    assert "jo matkalla" in sign_in.browser.get("/sign-in/code").text
    fresh.work()
    assert len(fresh.letters(AINO)) == 1
    assert sign_in.give(sign_in.code).status_code == 303


def test_too_many_requests_for_one_address_are_refused_kindly(fresh):
    answers = [SignIn(fresh, Visitor(fresh, None)).ask() for _ in range(7)]
    assert [a.status_code for a in answers] == [303] * 6 + [422]
    assert "Odota kymmenen minuuttia" in answers[-1].text


def test_one_browser_can_not_ask_for_many_addresses(fresh, sign_in):
    codes = []
    for number in range(13):
        sign_in.address = f"person{number}@lumo.example"
        codes.append(sign_in.ask().status_code)
    assert codes == [303] * 12 + [422]


def test_mail_server_down_and_the_page_still_says_that_mail_comes(fresh, sign_in):
    fresh.sink.stop()
    try:
        sign_in.asked()
        assert "Lähetimme viestin" in sign_in.browser.get("/sign-in/code").text
        assert fresh.letters() == []
    finally:
        fresh.sink = mail_sink.start(fresh.mail_folder, fresh.smtp_port)
    with fresh.superuser_connection() as connection:
        connection.execute("update delivery set leased_until = now() where done_at is null")
    fresh.work()
    assert sign_in.give(sign_in.code).status_code == 303


def test_redis_down_and_the_sweep_sends(fresh, sign_in, monkeypatch):
    dead = Redis.from_url("redis://127.0.0.1:9", socket_connect_timeout=0.2)
    monkeypatch.setitem(fresh.app.extensions, "parasta_queue", Queue("parasta", connection=dead))
    assert sign_in.ask().status_code == 303
    assert jobs.sweep() == 1
    assert sign_in.give(sign_in.code).status_code == 303
    assert is_in(sign_in.browser)


def test_a_mail_that_waited_is_valid_from_when_it_was_sent(fresh, sign_in):
    sign_in.ask()
    with fresh.superuser_connection() as connection:
        connection.execute("update identity.sign_in_token set expires_at = now() - interval '1 hour'")
    fresh.work()
    assert sign_in.give(sign_in.code).status_code == 303


@pytest.mark.parametrize(("language", "words"), [("fi", "Kirjaudu"), ("sv", "Logga in"), ("en", "Sign in")])
def test_page_and_mail_speak_the_readers_language(fresh, sign_in, language, words):
    sign_in.browser.post("/language", {"language": language})
    assert words in sign_in.browser.get("/sign-in").text
    sign_in.asked()
    assert sign_in.letter.language == language
    letter = sign_in.letter
    assert words in letter.subject and words in letter.html
    assert letter.text.count("Parasta.") == letter.html.count("Parasta.") == 1, "the ending stands once"
    words_alone = re.sub(r"<[^>]*>|https?://\S+", "", letter.html)  # a token in an address may hold two dashes
    assert "\n\n\n" not in letter.text and "--" not in words_alone


def test_the_database_keeps_no_secret_of_the_mail(fresh, sign_in):
    sign_in.asked()
    secrets = (sign_in.code, sign_in.path.rsplit("/", 1)[1])
    with fresh.superuser_connection() as connection:
        rows = connection.execute(
            "select row_to_json(t)::text from identity.sign_in_token t"
            " union all select row_to_json(o)::text from outbox o union all select row_to_json(d)::text from delivery d"
        ).fetchall()
    assert not [row for (row,) in rows for secret in secrets if secret in row]
