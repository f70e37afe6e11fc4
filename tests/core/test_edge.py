"""What every answer and every change has in common: headers, cookies, who may send a form."""

from dataclasses import replace

import pytest

from parasta_saas.app import create_app
from parasta_saas.core import jobs
from tests.visitor import Visitor

PAGES = ("/sign-in", "/privacy", "/healthz", "/no-such-page", "/static/css/tokens.css", "/demo")


def send(visitor: Visitor, **headers: str) -> int:
    return visitor.client.post("/sign-out", headers={"Accept-Language": "fi", **headers}).status_code


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Origin": "http://localhost:81"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Referer": "http://localhost/"}, 403),
        ({}, 403),
    ],
    ids=str,
)
def test_a_change_comes_from_our_own_pages(cast, headers, status):
    assert send(cast.nobody, **headers) == status


def test_every_way_of_changing_is_guarded(cast):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert cast.nobody.client.open("/sign-in", method=method).status_code in (403, 404)
    for method in ("GET", "HEAD", "OPTIONS"):
        assert cast.nobody.client.open("/sign-in", method=method).status_code == 200


def test_a_refusal_is_told_in_the_readers_language_whoever_came_before(cast):
    cast.nobody.get("/privacy", headers={"Accept-Language": "sv"})
    answer = cast.nobody.client.post("/sign-out", headers={"Accept-Language": "fi", "Sec-Fetch-Site": "cross-site"})
    assert "Avaa sivu uudelleen Parastassa" in answer.text and '<html lang="fi"' in answer.text


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_carries_the_security_headers(cast, page):
    with cast.nobody.get(page) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy and "form-action 'self'" in policy
    assert "unsafe" not in policy and "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Request-Id"] and "HX-Request" in headers["Vary"]


def test_no_page_runs_script_or_style_from_its_own_text(cast):
    for page in ("/sign-in", "/privacy", "/accessibility", "/demo", "/demo/mail", "/no-such-page"):
        shown = cast.nobody.get(page).text
        assert "<script>" not in shown and "<style" not in shown and "javascript:" not in shown
        assert ' style="' not in shown and " onclick=" not in shown


def test_pages_about_a_person_are_not_kept(cast):
    assert cast.aino.get("/organisations").headers["Cache-Control"] == "no-store"
    assert cast.nobody.get("/privacy").headers["Cache-Control"] == "no-cache"


def test_the_request_id_of_a_proxy_is_kept_and_a_forged_one_is_not(cast):
    given = cast.nobody.get("/healthz", headers={"X-Request-Id": "abc123"}).headers["X-Request-Id"]
    forged = cast.nobody.get("/healthz", headers={"X-Request-Id": "a" * 99}).headers["X-Request-Id"]
    assert given == "abc123" and len(forged) == 16


def test_an_address_with_a_nul_leads_nowhere(cast):
    for address in ("/o/%00/", "/sign-in?next=%00", "/demo/mail?to=a%00"):
        assert cast.aino.get(address).status_code == 404


def test_a_body_over_the_limit_is_told_so(cast):
    answer = cast.nobody.post("/sign-in", {"email": "x" * (13 * 1024 * 1024)})
    assert answer.status_code == 413 and "enintään 10 Mt" in answer.text


def test_the_cookie_is_closed_to_scripts_and_other_sites(cast):
    cookie = cast.nobody.get("/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("parasta=") and "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_over_https_the_cookie_is_bound_to_the_host(fresh):
    settings = replace(fresh.settings, public_url="https://parasta.example", parasta_demo=False)
    secure = create_app(settings)
    try:
        answer = secure.test_client().get("/sign-in", base_url="https://parasta.example")
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith("__Host-parasta=") and "Secure" in cookie and "HttpOnly" in cookie
        assert "Path=/" in cookie and "Domain" not in cookie
    finally:
        jobs.bind(fresh.app)
