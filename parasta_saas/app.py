"""create_app: settings, extensions, rooms, handlers, error pages. One commit per request."""

import secrets
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import htmx_flask
from flask import Flask, Response, g, request
from sqlalchemy import event as sa_event
from sqlalchemy.pool import QueuePool
from werkzeug.middleware.proxy_fix import ProxyFix

from . import front, rooms
from .accounts import session as sign_in
from .core import csrf, error_pages, events, jobs, logs, rls, scope
from .core.db import db
from .core.errors import NotFound
from .core.schema import head
from .core.settings import Settings
from .tenants import entry

ROOT = Path(__file__).resolve().parents[1]
CSP = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Parasta(Flask):
    """Flask that commits after the view, so that an error at commit still reaches the error pages."""

    def dispatch_request(self) -> Response:
        response = self.make_response(super().dispatch_request())
        if response.status_code < 400:
            events.commit()
        else:
            events.rollback()
        return response


class WrongRole(Exception):
    """The database role is above the rules it should obey."""


def create_app(settings: Settings | None = None) -> Parasta:
    """The application, from the environment where no settings are given."""
    settings = settings or Settings.from_env()
    app = Parasta("parasta_saas", template_folder=str(ROOT / "templates"), static_folder="static")
    _configure(app, settings)
    logs.configure(settings.log_level, settings.log_json)
    if settings.proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxy_hops, x_proto=0)  # type: ignore[method-assign]
    db.init_app(app)
    _without_prepared_statements(app)
    htmx_flask.Htmx(app)
    app.before_request(_request_id)
    sign_in.init(app)
    entry.init(app)  # before csrf, whose refusal is told in the reader's language
    csrf.init(app)
    app.before_request(_no_nul)
    error_pages.init(app)
    rooms.register(app)
    front.init(app)
    app.after_request(_headers)
    app.teardown_appcontext(lambda _: events.rollback())
    jobs.bind(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update({k.upper(): v for k, v in asdict(settings).items()})
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={
            "pool_pre_ping": True,
            "poolclass": QueuePool,
            "pool_size": 5,
            "max_overflow": 10,
            "hide_parameters": True,  # what people typed stays out of logs
        },  # fmt: skip
        MAX_CONTENT_LENGTH=12 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=12 * 1024 * 1024,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_NAME="__Host-parasta" if settings.secure else "parasta",
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        SESSION_REFRESH_EACH_REQUEST=False,  # a late answer must not overwrite the cookie of a sign-in meanwhile
        MIGRATION_HEAD=head(),
    )


def _without_prepared_statements(app: Flask) -> None:
    """PgBouncer in transaction mode keeps no prepared statements."""
    with app.app_context():

        @sa_event.listens_for(db.engine, "connect")
        def plain(connection: Any, record: Any) -> None:
            connection.prepare_threshold = None


def check_role(app: Flask) -> None:
    """Refuse to start as a superuser or as an owner of tables."""
    with app.app_context():
        problem = rls.role_problem(db.session())
        scope.leave()
    if problem:
        raise WrongRole(problem)


def _request_id() -> None:
    given = request.headers.get("X-Request-Id", "")
    logs.set_request_id(given if given.isalnum() and len(given) <= 64 else secrets.token_hex(8))
    g.request_id = logs.request_id()


def _no_nul() -> None:
    """PostgreSQL keeps no NUL in text, so no address with one leads anywhere (fields drop it themselves)."""
    if "\x00" in request.path or any("\x00" in value for value in request.args.values()):
        raise NotFound()


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-Id"] = logs.request_id()
    response.vary.add("HX-Request")
    if request.endpoint != "static":
        personal = (actor := g.get("actor")) and (actor.person_id or actor.link)
        response.headers.setdefault("Cache-Control", "no-store" if personal else "no-cache")
    if response.status_code == 304:
        response.close()  # it sends no body, and Werkzeug would leave the file that was opened for it to chance
    return response
