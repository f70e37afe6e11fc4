"""`parasta demo`: real servers, roles, schema, the cast, and web + worker + scheduler under one supervisor."""

import os
import sys
from pathlib import Path

import click
import psycopg
from sqlalchemy import make_url

from ...app import create_app
from ...core import schema
from ...core.settings import Settings
from ..servers import Home, Postgres, Process, Redis, ServerError, Supervisor, port_is_free
from . import load_all
from .people import PEOPLE, PLACES

LOADED = "loaded"


def environment(home: Home, postgres_url: str, redis_url: str, port: int) -> dict[str, str]:
    """The settings of the demo's processes, every secret made on this machine."""
    base = make_url(postgres_url).set(database="parasta", drivername="postgresql+psycopg")

    def url(role: str) -> str:
        return base.set(username=role, password=home.secret(role)).render_as_string(hide_password=False)

    mail_port = home.port("mail")
    return {
        "DATABASE_URL": url("parasta_app"),
        "MIGRATION_DATABASE_URL": url("parasta_owner"),
        "REDIS_URL": redis_url,
        "SMTP_URL": f"smtp://127.0.0.1:{mail_port}",
        "DEMO_MAIL_PORT": str(mail_port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "SECRET_KEY": home.secret("cookie") + home.secret("cookie2"),
        "SEAL_KEY": home.secret("seal"),
        "PARASTA_HOME": str(home.path),
        "PORT": str(port),
        "PARASTA_DEMO": "1",
        "LEASE_SECONDS": "20",
        "SWEEP_SECONDS": "2",
    }


def run() -> int:
    """Start everything and stay until Ctrl-C or SIGTERM; returns the exit code."""
    home = Home.open(os.environ.get("PARASTA_HOME", ".parasta"))
    port = int(os.environ.get("PORT", "8000"))
    if not port_is_free(port):
        raise ServerError(f"Port {port} is taken. Choose another: PORT=8001 make demo")
    with home.lock("demo", seconds=1):
        postgres, redis = Postgres(home), Redis(home)
        values = environment(home, postgres.start(), redis.start(), port)
        try:
            _prepare(home, postgres, values)
        except BaseException:
            redis.stop()
            postgres.stop()
            raise
        supervisor = Supervisor(_processes(values, port), home, servers=[postgres, redis])
        return supervisor.run(lambda: _welcome(port, home))


def _prepare(home: Home, postgres: Postgres, values: dict[str, str]) -> None:
    superuser = make_url(postgres.start()).set(database="postgres").render_as_string(hide_password=False)
    schema.init_db(superuser, values["DATABASE_URL"], values["MIGRATION_DATABASE_URL"])
    schema.migrate(values["MIGRATION_DATABASE_URL"])
    if _is_empty(superuser):
        click.echo("Loading the reference process and the cast …")
        app = create_app(Settings.from_env({**values, "LOG_LEVEL": "WARNING"}))
        with app.app_context():
            load_all()


def _is_empty(superuser: str) -> bool:
    inside = make_url(superuser).set(database="parasta").render_as_string(hide_password=False)
    with psycopg.connect(schema.plain_url(inside)) as connection:
        row = connection.execute("select count(*) from organisation").fetchone()
    return row is None or row[0] == 0


def _processes(values: dict[str, str], port: int) -> list[Process]:
    env = {**os.environ, **values}
    parasta = [sys.executable, "-m", "parasta_saas.cli"]
    web = [
        sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4",
        "--chdir", str(schema.ROOT), "--graceful-timeout", "5", "--log-level", "warning",
    ]  # fmt: skip
    return [
        Process("mail", [*parasta, "mail-sink"], env=env),
        Process("scheduler", [*parasta, "scheduler"], env=env),
        Process("worker", [*parasta, "worker"], env=env),
        Process("web", web, env=env, ready_url=f"http://127.0.0.1:{port}/readyz"),
    ]


def _welcome(port: int, home: Home) -> None:
    click.echo(f"\nParasta is at http://127.0.0.1:{port}/   (mail: http://127.0.0.1:{port}/demo/mail)\n")
    for place in PLACES:
        people = ", ".join(f"{p.name} ({', '.join(p.roles)})" for p in PEOPLE if p.at == place.slug)
        click.echo(f"  {place.name}: {people}")
    click.echo(f"\nLogs: {Path(home.path) / 'logs'}. Ctrl-C stops everything; `make demo-reset` begins anew.\n")
