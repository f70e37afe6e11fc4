"""One worker's installation: database, Redis database, mail sink, application, visitors."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import psycopg
from sqlalchemy import event

from parasta_saas.agreements import installation_key
from parasta_saas.app import create_app
from parasta_saas.cli import mail_sink
from parasta_saas.core import jobs
from parasta_saas.core.db import db
from parasta_saas.reference.queries.release import KEPT
from tests import cast as the_cast
from tests.database import Database, Rows
from tests.visitor import Visitor

WRITES = ("insert", "update", "delete", "select identity.", "select * from identity.sign_in_use", "select audit")


T = TypeVar("T")


@dataclass(frozen=True)
class Stage:
    """Everything outside this process that a story left, and what it gave its test."""

    made: Any
    rows: Rows
    letters: dict[str, bytes]
    redis: list[tuple[bytes, int, bytes]]


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
        if tokens and (made := installation_key.folder(tokens.parent)).exists():
            shutil.copytree(made, installation_key.folder(folder))  # to make another takes a second
        self.database = Database(self.superuser, template, name)
        self.app = create_app(self.settings)
        self.app.testing = False
        self.statements: list[str] = []
        self.stages: dict[str, Stage] = {}
        with self.app.app_context():
            event.listen(db.engine, "before_cursor_execute", self._saw)

    def _saw(self, conn, cursor, statement, parameters, context, executemany):
        self.statements.append(statement)
        if statement.lstrip().lower().startswith(WRITES):
            self.dirty = True

    def refresh(self) -> None:
        """Back to the template, if anything was written."""
        if self.dirty:
            self._put_back()
            self._empty()
        self.dirty = False
        self.statements.clear()

    def staged(self, name: str, build: Callable[[], T]) -> T:
        """The world as `build` leaves it, and what it returned: built once in this worker, then put back.

        Rows, letters and Redis are as they were; what it returns is shared by tests and must not change.
        """
        if name not in self.stages:
            made = build()
            self.stages[name] = Stage(made, self.database.rows(), self._read_letters(), self._read_redis())
        else:
            stage = self.stages[name]
            self._put_back(stage.rows)
            self._empty()
            for file, content in stage.letters.items():
                (self.mail_folder / file).write_bytes(content)
            for key, milliseconds, value in stage.redis:
                jobs.queue(self.app).connection.restore(key, milliseconds, value)
        self.dirty = True
        self.statements.clear()
        return self.stages[name].made

    def _read_letters(self) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in self.mail_folder.glob("*.eml")}

    def _read_redis(self) -> list[tuple[bytes, int, bytes]]:
        redis = jobs.queue(self.app).connection
        return [(key, max(0, redis.pttl(key)), redis.dump(key)) for key in redis.scan_iter()]

    def _empty(self) -> None:
        """No letters, nothing in Redis."""
        shutil.rmtree(self.mail_folder, ignore_errors=True)
        self.mail_folder.mkdir()
        jobs.queue(self.app).connection.flushdb()

    def _put_back(self, rows: Rows | None = None) -> None:
        with self.app.app_context():
            db.session.remove()
            KEPT.clear()  # a release of one test is not that of another, though it has the same id
            if not self.database.put_back(rows) or db.engine.pool.checkedin() > 1:
                db.engine.dispose()  # a test begins with one connection at most

    def work(self) -> None:
        """Let a real RQ worker do everything that waits, including what that causes."""
        the_cast.drain(self.app)

    def letters(self, to: str | None = None, limit: int = 200) -> list[mail_sink.Letter]:
        """Mails that arrived, newest first."""
        return [m for m in mail_sink.letters(self.mail_folder, limit) if to is None or to in m.to]

    def superuser_connection(self) -> psycopg.Connection:
        """Above the rules: only for checking what the database holds."""
        return self.database.connect()

    def cast(self) -> SimpleNamespace:
        from parasta_saas.cli.demo import PEOPLE

        return SimpleNamespace(**{p.slug: Visitor(self, p.email) for p in PEOPLE}, nobody=Visitor(self, None))

    def close(self) -> None:
        self.sink.stop()
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        self.database.close()
