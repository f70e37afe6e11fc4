"""The demo's door: one button each, and never in production."""

import re

import pytest

from parasta_saas.app import create_app
from parasta_saas.cli.demo import PEOPLE, PLACES
from parasta_saas.core import jobs
from parasta_saas.core.settings import Settings, SettingsError

SLUGS = [person.slug for person in PEOPLE]


def test_signed_out_people_are_led_to_the_cast(cast):
    answer = cast.nobody.get("/")
    assert (answer.status_code, answer.location) == (303, "/demo")


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Kuka haluat olla?"), ("sv", "Vem vill du vara?"), ("en", "Who do you")]
)
def test_the_cast_is_shown_by_organisation_with_what_each_shows(cast, language, words):
    cast.nobody.post("/language", {"language": language})
    shown = cast.nobody.get("/demo").text
    assert words in shown
    assert re.findall(r'name="person" value="(\w+)"', shown) == sorted(SLUGS, key=_place_of)
    for place in PLACES:
        assert place.called(language) in shown
    assert language != "sv" or "En bilverkstad, en telefon" in shown


def _place_of(slug: str) -> int:
    at = next(person.at for person in PEOPLE if person.slug == slug)
    return [place.slug for place in PLACES].index(at)


@pytest.mark.parametrize("slug", SLUGS)
def test_each_of_the_cast_is_one_press_away(cast, slug):
    """And everybody's `/` ends in a page."""
    person = next(p for p in PEOPLE if p.slug == slug)
    answer = cast.nobody.post("/demo/sign-in", {"person": slug})
    assert (answer.status_code, answer.location) == (303, "/")
    shown = cast.nobody.get("/organisations").text
    assert person.email in shown and f'<html lang="{person.language}"' in shown
    assert cast.nobody.get("/").location == f"/o/{person.at}/"
    last = cast.nobody.follow(cast.nobody.get("/"))
    assert last.status_code == 200 and person.name in last.text


def test_changing_the_person_changes_the_language(cast):
    cast.nobody.post("/language", {"language": "en"})
    cast.nobody.post("/demo/sign-in", {"person": "stina"}, htmx=True)
    assert '<html lang="sv"' in cast.nobody.get("/organisations").text


@pytest.mark.parametrize("values", [{}, {"person": "nobody"}, {"person": "aino'--"}])
def test_somebody_who_is_not_in_the_cast_is_not_let_in(cast, values):
    assert cast.nobody.post("/demo/sign-in", values).status_code == 404
    assert cast.nobody.get("/organisations").status_code == 303


def test_another_site_can_not_sign_anybody_in(cast):
    answer = cast.nobody.client.post("/demo/sign-in", data={"person": "aino"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def _environment(**kw: str) -> dict[str, str]:
    return {
        "DATABASE_URL": "postgresql+psycopg://a@127.0.0.1/x", "REDIS_URL": "redis://127.0.0.1", "SECRET_KEY": "s" * 40,
        "SMTP_URL": "smtp://127.0.0.1", "PUBLIC_URL": "http://127.0.0.1:8000", "SEAL_KEY": "k" * 20, **kw,
    }  # fmt: skip


def test_the_demo_is_refused_in_production():
    assert Settings.from_env(_environment(PARASTA_DEMO="1")).parasta_demo
    with pytest.raises(SettingsError, match="PARASTA_DEMO"):
        Settings.from_env(_environment(PARASTA_DEMO="1", PUBLIC_URL="https://parasta.example"))


def test_without_the_demo_there_is_no_door(fresh):
    app = create_app(Settings.from_env(_environment()))
    try:
        visitor = app.test_client()
        for address in ("/demo", "/demo/mail"):
            assert address not in [rule.rule for rule in app.url_map.iter_rules()]
        assert visitor.get("/").location == "/sign-in"
        shown = visitor.get("/sign-in")
        assert shown.status_code == 200 and "/demo" not in shown.text
    finally:
        jobs.bind(fresh.app)
