"""After signing in one comes to the page that was asked for, and never to another site."""

import pytest

from parasta_saas.accounts.way_back import inside_organisation, path_of, safe_path


def test_the_page_that_was_asked_for_comes_after_signing_in(sign_in):
    first = sign_in.browser.get("/o/lumo/log?check=all")
    assert first.status_code == 303 and first.location == "/sign-in?next=/o/lumo/log?check%3Dall"
    sign_in.browser.get(first.location)
    sign_in.browser.post("/sign-in", {"email": sign_in.address})
    sign_in.world.work()
    assert sign_in.give(sign_in.code).location == "/o/lumo/log?check=all"


def test_changing_the_address_keeps_where_one_was_going(sign_in):
    sign_in.browser.get("/sign-in?next=/o/lumo/log")
    sign_in.browser.post("/sign-in", {"email": sign_in.address})
    assert 'href="/sign-in?next=/o/lumo/log"' in sign_in.browser.get("/sign-in/code").text


def test_an_old_wish_is_forgotten(sign_in):
    sign_in.browser.get("/sign-in?next=/o/kaari/log")
    sign_in.asked()
    assert sign_in.give(sign_in.code).location == "/"


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(cast):
    answer = cast.nobody.post("/o/lumo/", headers={"Referer": "http://localhost/o/lumo/log"})
    assert answer.status_code in (303, 404)
    htmx = cast.nobody.get("/o/lumo/log", htmx=True, headers={"Referer": "http://localhost/o/lumo/log"})
    assert htmx.headers["HX-Redirect"] == "/sign-in?next=/o/lumo/log"


BAD = [
    "//evil.example", "https://evil.example", "/\\evil.example", "/o/\\evil.example", "javascript:alert(1)", "",
    "/o/a\nLocation: x", "o/lumo", "/o/" + "a" * 600, "/o/\x00", "\t//evil.example",
]  # fmt: skip


@pytest.mark.parametrize("wanted", BAD)
def test_another_site_is_no_page_of_an_organisation(wanted):
    assert inside_organisation(wanted) is None


def test_an_open_redirect_is_impossible(sign_in):
    for wanted in BAD:
        sign_in.browser.client.get("/sign-in", query_string={"next": wanted})
    sign_in.browser.post("/sign-in", {"email": sign_in.address})
    sign_in.world.work()
    assert sign_in.give(sign_in.code).location == "/"


def test_only_pages_of_organisations_are_led_to():
    assert inside_organisation("/o/lumo/log?x=1") == "/o/lumo/log?x=1"
    assert inside_organisation("/sign-out") is None
    assert inside_organisation(None) is None
    assert safe_path("/privacy") == "/privacy"


def test_a_referrer_counts_only_from_this_host():
    assert path_of("http://localhost/a?b=1#c", "localhost") == "/a?b=1"
    assert path_of("http://localhost:8000/a", "localhost") is None
    assert path_of("http://localhost@evil.example/a", "localhost") is None
    assert path_of("ftp://localhost/a", "localhost") is None
    assert path_of(None, "localhost") is None
