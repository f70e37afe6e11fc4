"""`parasta doctor`: is this installation as it should be? One line per finding."""

import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import text

from ..core import extraction, health, rls, scope
from ..core.access import Actor
from ..core.db import db


@dataclass(frozen=True)
class Finding:
    """What was looked at, whether it is well, and in words."""

    what: str
    ok: bool
    says: str


def examine(app: Flask) -> Iterator[Finding]:
    """Look at roles, tables, outbox, queue, mail and languages."""
    with app.app_context():
        scope.enter(Actor.system())
        for name, check in health.readiness(app).items():
            yield Finding(name, check["ok"], check["says"])
        yield _role()
        yield from _tables()
        scope.leave()
    yield _mail(app)
    yield from _languages()


def _role() -> Finding:
    problem = rls.role_problem(db.session())
    role = db.session.scalar(text("select current_user"))
    return Finding("role", problem is None, problem or f"{role} owns nothing and obeys row-level security")


def _tables() -> Iterator[Finding]:
    for state in rls.inspect(db.session()):
        says = state.problem or f"{state.table_class}, forced"
        yield Finding(f"table {state.name}", state.problem is None, says)


def _mail(app: Flask) -> Finding:
    url = urlsplit(app.config["SMTP_URL"])
    try:
        with smtplib.SMTP(url.hostname or "", url.port or 25, timeout=5) as server:
            code, _ = server.noop()
    except OSError as problem:
        return Finding("mail", False, f"{url.hostname}:{url.port} does not answer ({problem})")
    return Finding("mail", code == 250, f"{url.hostname}:{url.port} answers")


def _languages() -> Iterator[Finding]:
    source = extraction.extracted()
    for code in ("fi", "sv"):  # English is the source
        missing = extraction.missing(code, source)
        yield Finding(f"language {code}", not missing, f"{len(missing)} untranslated" if missing else "complete")
