"""The oldest supported PostgreSQL: a system's own version 15, from an empty folder to a signed-in visit of the map."""

import re
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from parasta_saas.cli.servers import Home, Postgres, Redis
from parasta_saas.cli.servers.binaries import PostgresPrograms
from parasta_saas.core import jobs, schema
from tests import cast as the_cast
from tests.core.probe import rows
from tests.installation import PARASTA, ended, environment
from tests.world import World

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
pytestmark = pytest.mark.skipif(
    not (PROGRAMS / "initdb").exists(),
    reason=f"not run: no PostgreSQL 15 in {PROGRAMS} (Debian: apt-get install postgresql-15)",
)


@pytest.fixture(scope="module")
def fifteen(tmp_path_factory):
    """A world on PostgreSQL 15, made by the commands of production; it ends with this module."""
    folder = tmp_path_factory.mktemp("fifteen")
    home, bound = Home.open(folder / "home"), jobs._app
    with pytest.MonkeyPatch.context() as patched:
        programs = PostgresPrograms(PROGRAMS, "15")
        patched.setattr("parasta_saas.cli.servers.postgres.postgres_programs", lambda: programs)
        postgres, redis = Postgres(home, fast=True), Redis(home, fast=True)
        superuser, redis_url = postgres.start(), redis.start()
        world = None
        try:
            _made_by_commands(superuser)
            the_cast.load(the_cast.urls(superuser, "template")[0], redis_url, folder / "cast")
            world = World((superuser, redis_url), "template", "fifteen", 1, folder)
            with world.app.app_context():
                world.refresh()
                yield world
        finally:
            if world:
                world.close()
            jobs._app = bound
            redis.destroy()
            postgres.destroy()


def _made_by_commands(superuser: str) -> None:
    app_url, owner_url = the_cast.urls(superuser, "template")
    env = {
        "PATH": "/usr/bin:/bin", "DATABASE_URL": app_url, "MIGRATION_DATABASE_URL": owner_url,
        "SUPERUSER_DATABASE_URL": schema.plain_url(superuser),
    }  # fmt: skip
    for command in ("init-db", "migrate"):
        process = ended((*PARASTA, command), env)
        assert process.returncode == 0, process.stderr


def test_it_is_fifteen_and_protected(fifteen):
    assert rows(fifteen, "show server_version")[0][0].startswith("15.")
    process = ended((*PARASTA, "doctor"), environment(fifteen))
    assert process.returncode == 0 and "FAIL" not in process.stdout, process.stdout + process.stderr
    assert "ok   database: 15." in process.stdout and process.stdout.count("ok   table ") > 30


def test_a_mailed_code_signs_in_and_the_map_is_served(fifteen):
    nobody = fifteen.cast().nobody
    assert nobody.post("/sign-in", {"email": "aino@lumo.example"}).status_code == 303
    fifteen.work()
    (letter,) = fifteen.letters("aino@lumo.example")
    code = re.search(r"\b(\d{3} \d{3})\b", letter.text)[1]
    assert nobody.post("/sign-in/code", {"code": code}).status_code == 303
    shown = nobody.get("/o/lumo/map")
    assert shown.status_code == 200 and shown.text.count("/o/lumo/map/") > 40
    assert nobody.get("/o/kaari/map").status_code == 404


def test_running_the_two_commands_again_changes_nothing(fifteen):
    before = _grants(fifteen)
    _made_by_commands(fifteen.superuser)
    assert _grants(fifteen) == before and len(before) > 60


def _grants(world) -> list[tuple]:
    """Every relation and function of the migrated database with its owner and who may do what."""
    inside = sa.make_url(world.superuser).set(database="template").render_as_string(hide_password=False)
    with psycopg.connect(schema.plain_url(inside)) as above:
        return above.execute(
            "select relname, relowner::regrole::text, relacl::text from pg_class"
            " where relnamespace in ('public'::regnamespace, 'identity'::regnamespace)"
            " union all select proname || pg_get_function_arguments(oid), proowner::regrole::text, proacl::text"
            " from pg_proc where pronamespace in ('public'::regnamespace, 'identity'::regnamespace) order by 1, 2, 3"
        ).fetchall()
