"""The cast of the tests is the cast of the demo, loaded by the same services."""

import json
import secrets
import socket

from rq import SimpleWorker
from sqlalchemy import make_url

from parasta_saas.accounts import identity
from parasta_saas.app import create_app
from parasta_saas.cli import mail_sink
from parasta_saas.cli.demo import PEOPLE, load_all
from parasta_saas.core import events, jobs
from parasta_saas.core.access import Actor
from parasta_saas.core.db import db
from parasta_saas.core.settings import Settings
from parasta_saas.tenants import queries as tenants

TOKENS = "tokens.json"
PASSWORD = "only-on-this-machine"


def urls(superuser: str, name: str) -> tuple[str, str]:
    """(app, owner) URLs of a database on the test server."""
    base = make_url(superuser).set(database=name, drivername="postgresql+psycopg")
    return tuple(  # type: ignore[return-value]
        base.set(username=role, password=PASSWORD).render_as_string(hide_password=False)
        for role in ("parasta_app", "parasta_owner")
    )


def settings(app_url: str, redis_url: str, home, **kw) -> Settings:
    """Settings of a test installation."""
    return Settings(
        database_url=app_url,
        redis_url=redis_url,
        smtp_url=kw.pop("smtp_url", "smtp://127.0.0.1:9"),
        public_url=kw.pop("public_url", "http://localhost"),
        secret_key=kw.pop("secret_key", secrets.token_urlsafe(32)),
        seal_key="a sealing key of the tests",
        parasta_home=home,
        log_level="ERROR",
        lease_seconds=kw.pop("lease_seconds", 5),
        sweep_seconds=kw.pop("sweep_seconds", 0.3),
        **kw,
    )


def load(app_url: str, redis_url: str, home) -> None:
    """Load the reference and the cast through services, as parasta_app, and do all work that this causes."""
    port = free_port()
    sink = mail_sink.start(home / "mail", port)
    app = create_app(settings(app_url, redis_url + "/0", home, smtp_url=f"smtp://127.0.0.1:{port}", parasta_demo=True))
    with app.app_context():
        load_all()
        drain(app)
        (home / TOKENS).write_text(json.dumps(signed_in()))
        db.session.remove()
        db.engine.dispose()
    sink.stop()


def signed_in() -> dict[str, str]:
    """A living sign-in session of each of the cast, by address: a test that only reads then writes nothing."""
    tokens = {}
    with events.apart(Actor.anonymous()):
        for person in PEOPLE:
            account = identity.open_account(person.email, person.name, person.language)
            tokens[person.email] = identity.start_session(account, 24 * 400, "test")
            identity.remember_organisation(tokens[person.email], tenants.organisation_at(person.at).id)
    return tokens


class Worker(SimpleWorker):
    """RQ's own in this process, without the thread that listens for commands: to end it can take a second."""

    def subscribe(self) -> None:
        pass


def drain(app) -> None:
    """Let a real RQ worker do everything that waits, including what that causes."""
    queue = jobs.queue(app)
    for _ in range(20):
        if not jobs.sweep() and not queue.count:
            return
        worker = Worker([queue], connection=jobs.connection(app), serializer=queue.serializer)
        worker.work(burst=True, logging_level="ERROR")
    raise AssertionError("work does not come to an end")


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]
