"""What the suite itself stands on: a worker's database holds the template's rows again, or those of a stage."""

from contextlib import closing

import psycopg
import pytest

from tests.database import EMPTIED, Database, NotByRows

ADDED = (
    "insert into organisation (id, created_at, kind, slug, name, names, sort_name, languages)"
    " select gen_random_uuid(), now(), kind, 'newcomer', name, names, sort_name, languages"
    " from organisation where slug = 'lumo'"
)
CHANGED = "update organisation set name = 'Toinen nimi' where slug = 'lumo'"
DELETED = "delete from audit_entry"
SAME = "update organisation set name = name"  # other rows of the same words
ROWS = {"added": (ADDED,), "changed": (CHANGED,), "deleted": (DELETED,), "written again": (SAME,),
        "all at once": (ADDED, CHANGED, DELETED, SAME)}  # fmt: skip
BESIDE_ROWS = (
    "alter table mail no force row level security", "create table planted (id int)", "alter table mail add planted int",
    "create policy planted on mail for select using (true)", "grant delete on mail to parasta_app",
    "create function planted() returns int language sql as 'select 1'",
)  # fmt: skip


@pytest.fixture(scope="module")
def database(world, servers, template):
    """A database beside the worker's own; gone afterwards."""
    made = Database(servers[0], template, f"{world.name}_put_back")
    yield made
    made.close()
    with made.connect("postgres") as server:
        server.execute(f'drop database "{made.name}" with (force)')


@pytest.fixture
def pristine(database):
    database.put_back()
    return content(database)


def write(database: Database, *statements: str) -> None:
    """Above the rules, by a connection that nobody announced."""
    with database.connect() as above:
        above.execute("set session_replication_role = replica")
        for statement in statements:
            above.execute(statement)


def content(database: Database) -> dict[str, str]:
    """Every table's rows, read anew."""
    with database.connect() as above:
        each = "select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {} t"
        return {table: above.execute(each.format(table)).fetchone()[0] for table in database._tables}


@pytest.mark.parametrize("what", ROWS)
def test_rows_are_put_back_without_a_clone(database, pristine, what):
    write(database, *ROWS[what])
    assert (content(database) == pristine) == (what == "written again")
    assert database.put_back() is True
    assert content(database) == pristine


@pytest.mark.parametrize("statement", BESIDE_ROWS)
def test_what_is_not_rows_takes_a_clone(database, pristine, statement):
    write(database, ADDED, statement)
    with pytest.raises(NotByRows):
        database.rows()
    assert database.put_back() is False
    assert content(database) == pristine and database.put_back() is True


def test_who_still_writes_is_cut_off(database, pristine):
    with closing(database.connect()) as other:
        other.execute("begin")
        other.execute(CHANGED)
        assert database.put_back() is False
        with pytest.raises(psycopg.OperationalError):
            other.execute("commit")
    assert content(database) == pristine


def test_a_stage_is_put_back_over_anything_and_the_template_over_it(database, pristine):
    write(database, ADDED, DELETED)
    stage, staged = database.rows(), content(database)
    for between in ((CHANGED,), (), (ADDED.replace("newcomer", "other"), SAME)):
        database.put_back()
        assert content(database) == pristine
        write(database, *between)
        assert database.put_back(stage) is True and content(database) == staged
    write(database, CHANGED, BESIDE_ROWS[0])
    assert database.put_back(stage) is False and content(database) == staged
    assert database.put_back() is True and content(database) == pristine


def test_it_holds_however_often(database, pristine):
    """Oftener than a table's room is given back."""
    for _ in range(EMPTIED + 2):
        write(database, CHANGED, ADDED)
        assert database.put_back() is True
    assert content(database) == pristine
