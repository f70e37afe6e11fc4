"""`parasta doctor`: is this installation as it should be? One line per finding."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import text

from ..core import extraction, health, mail, rls, scope
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
        checks = health.readiness(app)
        for name, check in checks.items():
            yield Finding(name, check["ok"], check["says"])
        if checks["database"]["ok"]:
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
    place = urlsplit(app.config["SMTP_URL"]).netloc.rpartition("@")[2]
    try:
        with mail.server(app.config["SMTP_URL"]) as server:
            code, _ = server.noop()
    except OSError as problem:
        return Finding("mail", False, f"{place} does not take mail from us ({type(problem).__name__}: {problem})")
    return Finding("mail", code == 250, f"{place} answers")


def _languages() -> Iterator[Finding]:
    source = extraction.extracted()
    for code in ("fi", "sv"):  # English is the source
        missing = extraction.missing(code, source)
        yield Finding(f"language {code}", not missing, f"{len(missing)} untranslated" if missing else "complete")
