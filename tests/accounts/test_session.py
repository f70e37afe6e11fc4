"""Being in, and out again: the session lives on the server."""

import pytest

from tests.accounts.conftest import is_in
from tests.visitor import Visitor


def cookie(visitor) -> str:
    return visitor.client.get_cookie("parasta").value


def test_sign_out_ends_the_session_on_the_server(fresh, sign_in, other):
    sign_in.asked().give(sign_in.code)
    stolen = cookie(sign_in.browser)
    other.client.set_cookie("parasta", stolen)
    assert is_in(other)
    assert sign_in.browser.post("/sign-out").location == "/"
    assert not is_in(sign_in.browser)
    other.client.set_cookie("parasta", stolen)
    assert not is_in(other), "a copied cookie is dead"


@pytest.mark.parametrize("htmx", [False, True])
def test_signing_out_says_so_and_may_be_repeated(cast, htmx):
    for _ in range(2):
        answer = cast.aino.post("/sign-out", htmx=htmx)
        assert (answer.headers["HX-Redirect"] if htmx else answer.location) == "/"
    assert "Olet kirjautunut ulos" in cast.aino.follow(cast.aino.get("/")).text


def test_a_planted_cookie_does_not_become_the_victims_session(fresh, sign_in, other):
    """Session fixation: whoever knows the cookie from before signing in has nothing after it."""
    other.get("/sign-in")
    planted = cookie(other)
    sign_in.browser.client.set_cookie("parasta", planted)
    sign_in.asked().give(sign_in.code)
    assert is_in(sign_in.browser) and cookie(sign_in.browser) != planted
    assert not is_in(other)


def test_signing_in_as_somebody_else_ends_the_session_before(fresh, cast):
    browser = Visitor(fresh, None)
    browser.post("/demo/sign-in", {"person": "aino"})
    before = cookie(browser)
    browser.post("/demo/sign-in", {"person": "siiri"})
    assert "siiri@kaari.example" in browser.get("/organisations").text
    browser.client.set_cookie("parasta", before)
    assert not is_in(browser)


def test_a_sign_in_ends_by_itself(fresh, cast):
    assert is_in(cast.aino)
    with fresh.superuser_connection() as connection:
        connection.execute("update identity.sign_in_session set expires_at = now()")
    assert not is_in(cast.aino)


def test_a_cookie_that_somebody_made_up_is_nobody(fresh, cast):
    with cast.nobody.client.session_transaction() as session:
        session["_user_id"] = "made-up"
    assert not is_in(cast.nobody)


def test_a_late_answer_does_not_overwrite_the_cookie(sign_in):
    """Pages that change nothing set no cookie: the second answer of a double click can't undo the first."""
    sign_in.asked()
    before = cookie(sign_in.browser)
    sign_in.browser.post(sign_in.path)
    assert "Set-Cookie" not in sign_in.browser.get("/organisations").headers
    sign_in.browser.client.set_cookie("parasta", before)
    second = sign_in.browser.post(sign_in.path)
    assert second.status_code == 422 and "Set-Cookie" not in second.headers


def test_the_chosen_language_stays_with_the_person(fresh, cast):
    assert cast.aino.post("/language", {"language": "sv", "next": "/organisations"}).location == "/organisations"
    assert "Du är inloggad" in cast.aino.get("/organisations").text
    elsewhere = Visitor(fresh, "aino@lumo.example")
    assert "Du är inloggad" in elsewhere.get("/organisations").text


def test_changing_the_language_never_leads_to_another_site(cast):
    for wanted in ("//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"):
        answer = cast.nobody.post("/language", {"language": "sv", "next": wanted}, headers={"Referer": wanted})
        assert answer.location == "/"


def test_changing_the_language_leads_back_to_the_page(cast):
    answer = cast.nobody.post("/language", {"language": "sv"}, headers={"Referer": "http://localhost/privacy?a=1"})
    assert answer.location == "/privacy?a=1"
    assert cast.nobody.post("/language", {"language": "xx"}).location == "/"
