"""Each error is an instruction in the reader's language, as page, notice or JSON."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import BadRequest, ServiceUnavailable, TooManyRequests

from parasta_saas.app import create_app
from parasta_saas.core import jobs
from parasta_saas.core.db import db
from parasta_saas.core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.visitor import Visitor

PLAIN = {"Accept-Language": "fi", "Accept": "text/html"}
LANGUAGES = ("fi", "sv", "en")
PROBLEMS = {
    403: Forbidden(""), 404: NotFound(), 409: Conflict(""), 422: Invalid({}), 500: RuntimeError("secret inside"),
    503: OperationalError("select secret", {}, Exception("connection refused")),
}  # fmt: skip
OTHERS = {
    400: (BadRequest(), 400), 429: (TooManyRequests(), 429), 503: (ServiceUnavailable(), 503),
    23505: (IntegrityError("insert secret", {}, Exception("duplicate")), 500),
}  # fmt: skip


class Erring:
    """The application with a page for each thing that can go wrong."""

    def __init__(self, world) -> None:
        self.settings, self.tokens = world.settings, world.tokens
        self.app = create_app(replace(world.settings))
        for code, problem in PROBLEMS.items():
            self.app.add_url_rule(f"/err/{code}", f"err{code}", _raising(problem), methods=["GET", "POST"])
        for name, (problem, _status) in OTHERS.items():
            self.app.add_url_rule(f"/other/{name}", f"other{name}", _raising(problem))


def _raising(problem: Exception):
    def view():
        raise problem

    return view


@pytest.fixture(scope="module")
def erring(world):
    made = Erring(world)
    yield made
    jobs.bind(world.app)
    with made.app.app_context():
        db.engine.dispose()


@pytest.fixture
def reader(fresh, erring):
    """A visitor of the application that errs, while `fresh` holds the database."""
    return Visitor(erring, None)


@pytest.mark.parametrize("code", PROBLEMS)
def test_each_error_is_a_page_in_each_language(reader, code):
    titles = set()
    for language in LANGUAGES:
        answer = reader.get(f"/err/{code}", headers={"Accept-Language": language})
        assert answer.status_code == code and f'<html lang="{language}"' in answer.text
        assert "secret" not in answer.text and "Traceback" not in answer.text
        assert 'href="/"' in answer.text and "data-error-page" in answer.text
        titles.add(answer.text.split("<h1>")[1].split("</h1>")[0])
    assert len(titles) == 3


@pytest.mark.parametrize("code", PROBLEMS)
def test_each_error_is_a_notice_for_htmx(reader, code):
    answer = reader.post(f"/err/{code}", htmx=True)
    assert answer.status_code == code and 'role="alert"' in answer.text and "<html" not in answer.text


@pytest.mark.parametrize("code", PROBLEMS)
def test_each_error_is_json_for_programs(reader, code):
    answer = reader.get(f"/err/{code}", headers={"Accept": "application/json"})
    assert answer.status_code == code and answer.json["error"] and "secret" not in answer.text


@pytest.mark.parametrize("name", OTHERS)
def test_other_errors_have_a_page_too(reader, name):
    answer = reader.get(f"/other/{name}")
    assert answer.status_code == OTHERS[name][1] and "data-error-page" in answer.text and "secret" not in answer.text


def test_a_wrong_method_is_not_found(reader):
    assert reader.post("/healthz").status_code == 404


def test_who_is_signed_in_gets_the_error_pages_too(fresh, erring):
    aino = Visitor(erring, "aino@lumo.example")
    for code in PROBLEMS:
        assert aino.get(f"/err/{code}").status_code == code


def test_without_a_database_the_signed_in_get_the_page_of_the_short_break(fresh):
    nowhere = replace(fresh.settings, database_url="postgresql+psycopg://parasta_app:x@127.0.0.1:9/none")
    app = create_app(nowhere)
    try:
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = "anything"
        for address in ("/", "/o/lumo/log", "/organisations"):
            answer = client.get(address, headers=PLAIN)
            assert answer.status_code == 503 and "Pieni tauko" in answer.text
        stranger = app.test_client()
        for address, status in (("/healthz", 200), ("/readyz", 503), ("/privacy", 200)):
            assert stranger.get(address, headers=PLAIN).status_code == status
    finally:
        jobs.bind(fresh.app)
