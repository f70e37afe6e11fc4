"""Make the roles and the database, and bring the schema up to date."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import make_url

ROOT = Path(__file__).resolve().parents[2]


def plain_url(url: str) -> str:
    """The URL as psycopg reads it, without SQLAlchemy's driver name."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def init_db(superuser_url: str, app_url: str, owner_url: str) -> None:
    """Make the three roles, the database and its schemas; safe to run again. Needs a superuser once."""
    name = urlsplit(app_url).path.lstrip("/")
    with psycopg.connect(plain_url(superuser_url), autocommit=True) as connection:
        _role(connection, owner_url, "nosuperuser nobypassrls noinherit")
        _role(connection, app_url, "nosuperuser nobypassrls")
        if not connection.execute("select 1 from pg_roles where rolname = 'parasta_reader'").fetchone():
            connection.execute("create role parasta_reader nologin nosuperuser bypassrls")
        connection.execute("grant parasta_reader to parasta_owner")
        if not connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
            connection.execute(
                sql.SQL("create database {} owner parasta_owner encoding 'UTF8' template template0").format(
                    sql.Identifier(name)
                )
            )
        connection.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(name)))
        connection.execute(sql.SQL("grant connect on database {} to parasta_app").format(sql.Identifier(name)))
    inside = make_url(superuser_url).set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(plain_url(inside), autocommit=True) as connection:
        connection.execute("alter schema public owner to parasta_owner")
        connection.execute("revoke create on schema public from public")
        connection.execute("grant usage on schema public to parasta_app")
        connection.execute("create schema if not exists identity authorization parasta_owner")
        for extension in ("citext", "pg_trgm", "unaccent"):
            connection.execute(
                sql.SQL("create extension if not exists {} schema public").format(sql.Identifier(extension))
            )


def _role(connection: psycopg.Connection, url: str, powers: str) -> None:
    parts = urlsplit(plain_url(url))
    name, password = unquote(parts.username or ""), unquote(parts.password or "")
    known = connection.execute("select 1 from pg_roles where rolname = %s", (name,)).fetchone()
    verb = "alter" if known else "create"
    connection.execute(
        sql.SQL("{} role {} login {} password {}").format(
            sql.SQL(verb), sql.Identifier(name), sql.SQL(powers), sql.Literal(password)
        )
    )


def alembic_config(owner_url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("prepend_sys_path", str(ROOT))  # migrations import their frozen rules
    config.set_main_option("sqlalchemy.url", owner_url.replace("%", "%%"))
    return config


def migrate(owner_url: str) -> None:
    """Bring the schema up to date."""
    command.upgrade(alembic_config(owner_url), "head")


def head() -> str:
    """The newest revision that this code knows."""
    return ScriptDirectory.from_config(alembic_config("postgresql://")).get_current_head() or ""
