"""`parasta doctor`: all green where all is well, else FAIL, the reason, and exit code 1."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile

import psycopg
import pytest

from parasta_saas.cli.doctor import Finding, examine
from parasta_saas.core import rls
from tests import cast as the_cast
from tests.core.probe import rows
from tests.installation import PARASTA, ended, environment


def doctor(world, **changes: str) -> subprocess.CompletedProcess[str]:
    return ended((*PARASTA, "doctor"), environment(world, **changes))


def findings(world) -> list[Finding]:
    """What is found in this process; languages come last and take long."""
    return list(takewhile(lambda f: f.what != "mail", examine(world.app)))


def failures(world) -> dict[str, str]:
    return {f.what: f.says for f in findings(world) if not f.ok}


@contextmanager
def spoilt(world, statement: str, *, by_owner: bool = False) -> Iterator[None]:
    """The database after somebody was at work in it."""
    world.dirty = True
    if by_owner:
        with psycopg.connect(world.owner_url.replace("+psycopg", ""), autocommit=True) as owner:
            owner.execute(statement)
    else:
        with world.superuser_connection() as above:
            above.execute(statement)
    yield


def test_a_healthy_installation_is_all_green(fresh):
    """A process of its own, as the service's role, with mail server and Redis at hand."""
    process = doctor(fresh)
    lines = process.stdout.splitlines()
    assert process.returncode == 0, process.stdout + process.stderr
    assert [line for line in lines if not line.startswith("ok   ")] == []
    found = [line.removeprefix("ok   ").split(":")[0] for line in lines]
    wanted = {"database", "redis", "outbox", "migrations", "role", "mail", "language fi", "language sv"}
    assert wanted <= set(found) and len(found) == len(set(found))
    assert {f.removeprefix("table ") for f in found if f.startswith("table ")} == set(rls.table_classes())
    assert the_cast.PASSWORD not in process.stdout + process.stderr


def test_what_is_wrong_is_said_in_one_line_each(fresh):
    """Redis, mail and a planted table at once; the others stay green."""
    with spoilt(fresh, "create table planted (id int)", by_owner=True):
        process = doctor(fresh, REDIS_URL="redis://:hush@127.0.0.1:9/0", SMTP_URL="smtp://127.0.0.1:9")
    bad = [line for line in process.stdout.splitlines() if line.startswith("FAIL ")]
    assert process.returncode == 1 and process.stderr == ""
    assert [line.split(":")[0] for line in bad] == ["FAIL redis", "FAIL table planted", "FAIL mail"]
    assert "give the table a class" in bad[1] and "127.0.0.1:9 does not take mail" in bad[2]
    assert "hush" not in process.stdout


def test_without_a_database_the_rest_is_still_looked_at(fresh):
    process = doctor(fresh, DATABASE_URL="postgresql+psycopg://parasta_app:hush@127.0.0.1:9/parasta")
    found = {line.split(": ")[0] for line in process.stdout.splitlines()}
    assert process.returncode == 1 and process.stderr.count("Traceback") == 0
    assert {"FAIL database", "FAIL outbox", "FAIL migrations", "ok   redis", "ok   mail", "ok   language sv"} <= found
    assert "hush" not in process.stdout + process.stderr


TABLES = {
    "create table planted (id int)": "class",
    "alter table mail no force row level security": "enable and force",
    "alter table mail disable row level security": "enable and force",
    "create policy second on mail for select using (true)": "2 policies",
}


@pytest.mark.parametrize("statement", TABLES)
def test_a_table_that_lost_its_protection_is_found(fresh, statement):
    with spoilt(fresh, statement, by_owner=True):
        ((what, says),) = failures(fresh).items()
    assert what in ("table mail", "table planted") and TABLES[statement] in says


def test_a_table_of_the_services_own_is_found(fresh):
    with spoilt(fresh, "alter table mail owner to parasta_app"):
        found = failures(fresh)
    assert "owns tables" in found["role"] and "owned by the application's role" in found["table mail"]


def test_a_schema_behind_the_code_is_found(fresh):
    with spoilt(fresh, "update alembic_version set version_num = '0001'"):
        assert "run `parasta migrate`" in failures(fresh)["migrations"]


def test_a_schema_that_is_not_there_is_found(fresh):
    with spoilt(fresh, "drop table alembic_version"):
        assert set(failures(fresh)) == {"migrations"}, "one check's error does not spoil the next"


WAITING = (
    "insert into outbox (id, created_at, name, body, dispatched_at)"
    " values (gen_random_uuid(), now() - interval '5 min', 'x', '{{}}', {})"
)


def test_a_message_that_nobody_took_is_found(fresh):
    with spoilt(fresh, WAITING.format("null")):
        assert "is the scheduler running?" in failures(fresh)["outbox"]


def test_a_delivery_that_no_worker_began_is_found(fresh):
    untouched = (
        "insert into delivery (id, created_at, message_id, handler, attempts)"
        " select gen_random_uuid(), created_at, id, 'x', 0 from outbox where name = 'x'"
    )
    with spoilt(fresh, WAITING.format("now()")), spoilt(fresh, untouched):
        assert "is a worker running?" in failures(fresh)["outbox"]
    with spoilt(fresh, "update delivery set attempts = 3 where handler = 'x'"):
        assert failures(fresh) == {}, "what is tried again later does not make the whole service unready"


def test_what_failed_for_good_is_counted(fresh):
    assert rows(fresh, "update delivery set failed_at = now() where id = (select min(id::text)::uuid from delivery)"
                       " returning 1") == [(1,)]  # fmt: skip
    fresh.dirty = True
    (outbox,) = (f for f in findings(fresh) if f.what == "outbox")
    assert outbox == Finding("outbox", True, "nothing waits long, 1 failed")
