"""The commands of production: database, worker, scheduler, doctor."""

import os
import sys
from pathlib import Path

import click
from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError

from ..app import WrongRole, check_role, create_app
from ..core import schema
from ..core.settings import SettingsError
from . import cli


def _app():
    app = create_app()
    try:
        check_role(app)
    except WrongRole as problem:
        raise click.ClickException(str(problem)) from None
    except OperationalError as problem:
        raise click.ClickException(f"PostgreSQL does not answer at DATABASE_URL: {problem.orig}") from None
    return app


def _from_env(*names: str) -> list[str]:
    missing = [f"Set {n}." for n in names if not os.environ.get(n)]
    if missing:
        raise SettingsError(missing)
    return [os.environ[n] for n in names]


@cli.command("init-db")
def init_db() -> None:
    """Make the three roles and the database. Needs SUPERUSER_DATABASE_URL, once."""
    superuser, app, owner = _from_env("SUPERUSER_DATABASE_URL", "DATABASE_URL", "MIGRATION_DATABASE_URL")
    schema.init_db(superuser, app, owner)
    click.echo("Roles parasta_owner, parasta_app and parasta_reader are there. Next: parasta migrate.")


@cli.command()
def migrate() -> None:
    """Bring the schema up to date. Needs MIGRATION_DATABASE_URL."""
    (owner,) = _from_env("MIGRATION_DATABASE_URL")
    schema.migrate(owner)
    click.echo(f"The schema is at {schema.head()}.")


@cli.command()
@click.option("--burst", is_flag=True, help="Stop when nothing waits.")
def worker(burst: bool) -> None:
    """Do what waits: mail, offers, seals."""
    from .workers import run_worker

    try:
        sys.exit(0 if run_worker(_app(), burst=burst) else 1)
    except RedisError as problem:
        raise click.ClickException(f"Redis does not answer at REDIS_URL: {problem}") from None


@cli.command()
def scheduler() -> None:
    """Look regularly for what was left behind."""
    from .workers import run_scheduler

    run_scheduler(_app())


@cli.command()
def doctor() -> None:
    """Check roles, protection of every table, outbox, queue, mail and languages."""
    from .doctor import examine

    healthy = True
    for finding in examine(create_app()):
        click.echo(("ok   " if finding.ok else "FAIL ") + f"{finding.what}: {finding.says}")
        healthy = healthy and finding.ok
    sys.exit(0 if healthy else 1)


@cli.command("verify-agreement")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--home", type=click.Path(path_type=Path), envvar="PARASTA_HOME", default=".parasta", show_default=True)
@click.option("--language", type=click.Choice(["fi", "sv", "en"]), default="en", show_default=True)
def verify_agreement(file: Path, home: Path, language: str) -> None:
    """Say whether FILE is a sealed agreement and unchanged since. Exit code 0 if it is, else 1."""
    from .verify import verify_agreement as judge

    genuine, sentence = judge(file, home, language)
    click.echo(sentence)
    sys.exit(0 if genuine else 1)
