"""Each table class, shown by a planted table: who sees a row and who may write one."""

import psycopg
import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import text

from migrations import rls_v1
from parasta_saas.core import rls
from parasta_saas.core.db import db
from parasta_saas.core.ids import uuid7

LUMO, KAARI, PAJA = uuid7(), uuid7(), uuid7()
WHO = {
    "lumo": (LUMO, "provider"),
    "kaari": (KAARI, "provider"),
    "paja": (PAJA, "workplace"),
    "stranger": (uuid7(), "workplace"),
    "national": (uuid7(), "national"),
    "nobody": ("", ""),
}
# class → (columns of the planted row, who sees it, who may write it)
CLASSES = {
    "tenant_owned": ({"tenant_id": LUMO}, {"lumo"}, {"lumo"}),
    "shared": ({"tenant_id": LUMO, "workplace_id": PAJA}, {"lumo", "paja"}, {"lumo", "paja"}),
    "workplace_owned": ({"workplace_id": PAJA}, {"paja"}, {"paja"}),
    "national": ({"released_at": None}, {"national"}, {"national"}),
    "reported": ({"tenant_id": LUMO}, {"lumo", "national"}, {"lumo"}),
    "submitted": ({"organisation_id": LUMO, "published_at": None}, {"lumo", "national"}, {"lumo", "national"}),
    "published": ({"tenant_id": LUMO}, {"lumo"}, {"lumo"}),
}
MOMENTS = {"released_at", "published_at"}


@pytest.fixture
def planted(fresh, request):
    """One table of the class, with one row, made by the owner."""
    rule = request.param
    columns = CLASSES[rule][0]
    engine = sa.create_engine(fresh.owner_url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        op = Operations(MigrationContext.configure(connection))
        kinds = {n: sa.DateTime(timezone=True) if n in MOMENTS else sa.Uuid() for n in columns}
        op.create_table("planted", sa.Column("id", sa.Uuid()), sa.Column("words", sa.Text), *(
            sa.Column(n, k) for n, k in kinds.items()
        ))  # fmt: skip
        getattr(rls_v1, rule)(op, "planted")
    fresh.dirty = True
    with fresh.superuser_connection() as above:
        names = ["id", *columns]
        above.execute(
            f"insert into planted ({', '.join(names)}) values ({', '.join(['%s'] * len(names))})",
            (uuid7(), *columns.values()),
        )
    return rule, columns


def _as(world, who):
    connection = psycopg.connect(world.settings.database_url.replace("+psycopg", ""), autocommit=False)
    organisation, kind = WHO[who]
    connection.execute(
        "select set_config('parasta.organisation', %s, true), set_config('parasta.kind', %s, true)",
        (str(organisation), kind),
    )
    return connection


@pytest.mark.parametrize("planted", CLASSES, indirect=True)
def test_only_who_should_sees_the_row(fresh, planted):
    rule, _ = planted
    seen = set()
    for who in WHO:
        with _as(fresh, who) as connection:
            if connection.execute("select count(*) from planted").fetchone()[0]:
                seen.add(who)
    assert seen == CLASSES[rule][1]


@pytest.mark.parametrize("planted", CLASSES, indirect=True)
def test_only_who_should_writes_a_row(fresh, planted):
    rule, columns = planted
    wrote = set()
    names = ["id", *columns]
    for who in WHO:
        with _as(fresh, who) as connection:
            try:
                connection.execute(
                    f"insert into planted ({', '.join(names)}) values ({', '.join(['%s'] * len(names))})",
                    (uuid7(), *columns.values()),
                )
                wrote.add(who)
            except psycopg.errors.InsufficientPrivilege:
                pass
            connection.rollback()
    assert wrote == CLASSES[rule][2]


@pytest.mark.parametrize("planted", ["shared"], indirect=True)
def test_a_shared_row_cannot_be_moved_to_another_side(fresh, planted):
    with _as(fresh, "paja") as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("update planted set tenant_id = %s", (KAARI,))


@pytest.mark.parametrize("planted", ["national"], indirect=True)
def test_a_released_row_is_seen_by_all(fresh, planted):
    with fresh.superuser_connection() as above:
        above.execute("update planted set released_at = now()")
    with _as(fresh, "stranger") as connection:
        assert connection.execute("select count(*) from planted").fetchone()[0] == 1


@pytest.mark.parametrize("planted", ["tenant_owned"], indirect=True)
def test_the_owner_is_bound_too(fresh, planted):
    with psycopg.connect(fresh.owner_url.replace("+psycopg", "")) as owner:
        assert owner.execute("select count(*) from planted").fetchone()[0] == 0


def test_an_unclassed_table_is_a_problem(fresh):
    with psycopg.connect(fresh.owner_url.replace("+psycopg", ""), autocommit=True) as owner:
        owner.execute("create table forgotten (id int)")
    fresh.dirty = True
    assert [s.name for s in rls.inspect(db.session()) if s.problem] == ["forgotten"]
    db.session.rollback()


def test_every_table_has_its_class_and_one_forced_policy(fresh):
    assert [s.problem for s in rls.inspect(db.session()) if s.problem] == []
    db.session.rollback()


def test_the_models_and_the_migrations_agree(fresh):
    from alembic.autogenerate import compare_metadata

    from parasta_saas.models import metadata

    engine = sa.create_engine(fresh.owner_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        found = compare_metadata(
            MigrationContext.configure(
                connection,
                opts={
                    "compare_type": False,  # text and varchar are the same to PostgreSQL
                    "include_name": lambda name, kind, parents: (
                        name != "alembic_version" and not (kind == "index" and str(name).endswith("_workplace"))
                    ),
                },
            ),
            metadata,
        )
    assert found == []


def test_the_app_role_is_nobody_special(fresh):
    assert rls.role_problem(db.session()) is None
    assert db.session.scalar(text("select current_user")) == "parasta_app"
    db.session.rollback()
