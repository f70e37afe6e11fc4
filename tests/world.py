"""One worker's installation: database, Redis database, mail sink, application, visitors."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import psycopg
from sqlalchemy import event, make_url

from parasta_saas.app import create_app
from parasta_saas.cli import mail_sink
from parasta_saas.core import jobs, schema
from parasta_saas.core.db import db
from tests import cast as the_cast
from tests.visitor import Visitor

WRITES = ("insert", "update", "delete", "select identity.", "select * from identity.sign_in_use", "select audit")


class World:
    """Everything that a test may break, and how to get it back."""

    def __init__(
        self, servers, template: str, name: str, redis_number: int, folder: Path, tokens: Path | None = None
    ) -> None:
        self.superuser, redis = servers
        self.template, self.name, self.folder = template, name, folder
        self.dirty = True
        self.mail_folder = folder / "mail"
        self.smtp_port = the_cast.free_port()
        self.sink = mail_sink.start(self.mail_folder, self.smtp_port)
        app_url, self.owner_url = the_cast.urls(self.superuser, name)
        self.settings = the_cast.settings(
            app_url, f"{redis}/{redis_number}", folder, smtp_url=f"smtp://127.0.0.1:{self.smtp_port}", parasta_demo=True
        )
        self.tokens: dict[str, str] = json.loads(tokens.read_text()) if tokens else {}
        self._clone()
        self.app = create_app(self.settings)
        self.app.testing = False
        self.statements: list[str] = []
        with self.app.app_context():
            event.listen(db.engine, "before_cursor_execute", self._saw)

    def _saw(self, conn, cursor, statement, parameters, context, executemany):
        self.statements.append(statement)
        if statement.lstrip().lower().startswith(WRITES):
            self.dirty = True

    def refresh(self) -> None:
        """Back to the template, if anything was written."""
        if self.dirty:
            with self.app.app_context():
                db.session.remove()
                db.engine.dispose()
            self._clone()
            shutil.rmtree(self.mail_folder, ignore_errors=True)
            self.mail_folder.mkdir()
            jobs.queue(self.app).connection.flushdb()
        self.dirty = False
        self.statements.clear()

    def _clone(self) -> None:
        with psycopg.connect(schema.plain_url(self.superuser), autocommit=True) as connection:
            connection.execute(f'drop database if exists "{self.name}" with (force)')
            connection.execute(f'create database "{self.name}" template "{self.template}" owner parasta_owner')

    def work(self) -> None:
        """Let a real RQ worker do everything that waits, including what that causes."""
        the_cast.drain(self.app)

    def letters(self, to: str | None = None, limit: int = 200) -> list[mail_sink.Letter]:
        """Mails that arrived, newest first."""
        return [m for m in mail_sink.letters(self.mail_folder, limit) if to is None or to in m.to]

    def superuser_connection(self) -> psycopg.Connection:
        """Above the rules: only for checking what the database holds."""
        url = make_url(self.superuser).set(database=self.name).render_as_string(hide_password=False)
        return psycopg.connect(schema.plain_url(url), autocommit=True)

    def cast(self) -> SimpleNamespace:
        from parasta_saas.cli.demo import PEOPLE

        return SimpleNamespace(**{p.slug: Visitor(self, p.email) for p in PEOPLE}, nobody=Visitor(self, None))

    def close(self) -> None:
        self.sink.stop()
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
