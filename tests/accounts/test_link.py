"""The mailed link: looking uses nothing, the button uses it once, another browser is asked for the code."""

import pytest

from tests.accounts.conftest import is_in


def test_a_scanner_may_look_twenty_times(fresh, sign_in, other):
    sign_in.asked()
    for _ in range(20):
        assert other.get(sign_in.path).status_code == 200
        assert other.client.head(sign_in.path).status_code == 200
    shown = sign_in.browser.get(sign_in.path)
    assert shown.text.count("btn-big") == 1 and "one-time-code" not in shown.text
    assert sign_in.browser.post(sign_in.path).status_code == 303
    assert is_in(sign_in.browser)


@pytest.mark.parametrize("htmx", [False, True])
def test_the_button_works_once(sign_in, htmx):
    sign_in.asked()
    first = sign_in.browser.post(sign_in.path, htmx=htmx)
    assert (first.headers["HX-Redirect"] if htmx else first.location) == "/"
    second = sign_in.browser.post(sign_in.path, htmx=htmx)
    assert second.status_code == 422 and "jo käytetty" in second.text and "kahdesti" in second.text
    assert is_in(sign_in.browser), "a double click must not sign out who is in"


def test_another_browser_is_told_so_and_asked_for_the_code(sign_in, other):
    sign_in.asked()
    shown = other.get(sign_in.path).text
    assert "toisessa selaimessa" in shown and 'autocomplete="one-time-code"' in shown
    refused = other.post(sign_in.path)
    assert refused.status_code == 422 and not is_in(other)
    assert other.post(sign_in.path, {"code": "12"}).status_code == 422
    assert other.post(sign_in.path, {"code": sign_in.wrong_code()}).status_code == 422
    assert other.post(sign_in.path, {"code": sign_in.code}).status_code == 303
    assert is_in(other) and not is_in(sign_in.browser)


def test_five_wrong_codes_in_another_browser_close_the_link(sign_in, other):
    sign_in.asked()
    for _ in range(5):
        other.post(sign_in.path, {"code": sign_in.wrong_code()})
    answer = other.post(sign_in.path, {"code": sign_in.code})
    assert answer.status_code == 422 and "liian monta kertaa" in answer.text and not is_in(other)


def test_an_old_link_tells_how_to_ask_anew(fresh, sign_in):
    sign_in.asked()
    with fresh.superuser_connection() as connection:
        connection.execute("update identity.sign_in_token set expires_at = now()")
    for answer in (sign_in.browser.get(sign_in.path), sign_in.browser.post(sign_in.path)):
        assert "liian vanha" in answer.text and 'href="/sign-in"' in answer.text
    assert not is_in(sign_in.browser)


def test_an_unknown_link_tells_how_to_ask_anew(cast):
    for token in ("x", "x" * 43, "ä", "a" * 2000):
        shown = cast.nobody.get(f"/sign-in/{token}")
        assert shown.status_code == 404
        assert "ei enää toimi" in shown.text and 'href="/sign-in"' in shown.text
        assert cast.nobody.post(f"/sign-in/{token}").status_code == 422


def test_the_link_of_an_unknown_address_never_lets_in(fresh, other):
    from tests.accounts.conftest import SignIn

    stranger = SignIn(fresh, other, "nobody@nowhere.example").asked()
    assert "http://localhost/sign-in/" not in stranger.letter.text + stranger.letter.html


def test_a_link_is_not_told_to_other_sites(sign_in):
    assert sign_in.browser.get("/sign-in/" + "x" * 43).headers["Referrer-Policy"] == "same-origin"
