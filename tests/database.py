"""A worker's database, put back between tests: the rows of tables that changed, else the whole database anew.

A clone costs 0.1 s of processor time with the connections it breaks; the rows of five changed tables cost 0.01 s. What
changed is read from the database itself and not from what a test said it does: every row carries the number of the
transaction that wrote it, rows of PostgreSQL's own catalogue too. So a test may alter tables, policies and grants, or
let other processes write: what is not rows of tables leads to a new clone.
"""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

import psycopg
from sqlalchemy import make_url

from parasta_saas.core import schema

TABLES = (
    "select oid::regclass::text from pg_class where relkind = 'r' and oid >= 16384"
    " and relnamespace in ('public'::regnamespace, 'identity'::regnamespace) order by 1"
)
MARK = "select '{0}', count(*), coalesce(sum(xmin::text::bigint), 0)::bigint from {0} {1}"
EVERY = "16384"
# What a test can change beside rows; `oid` of what is not PostgreSQL's own begins at 16384.
CATALOGUE = {
    "pg_class": "oid", "pg_attribute": "attrelid", "pg_attrdef": "adrelid", "pg_constraint": "oid",
    "pg_index": "indexrelid", "pg_trigger": "oid", "pg_policy": "oid", "pg_rewrite": "oid", "pg_proc": "oid",
    "pg_type": "oid", "pg_default_acl": "oid", "pg_namespace": EVERY, "pg_extension": EVERY,
}  # fmt: skip
BUSY = (
    "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    " and backend_type = 'client backend' and state <> 'idle'"
)
# Who begins to write from now on has this number or a higher one.
NEXT = "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
UNTRIGGERED = "set local session_replication_role = replica"  # rows are theirs already, and their order is all one
EMPTIED = 10  # so often a table is emptied before its room is given back
Mark = tuple[int, int]  # how many rows, and the sum of the transactions that wrote them


class NotByRows(Exception):
    """The rows alone do not bring it back."""


@dataclass
class Rows:
    """What stood in the tables at one moment, in PostgreSQL's own binary form."""

    of: dict[str, bytes] = field(default_factory=dict)


class Database:
    """One database on the test server, made from a template."""

    def __init__(self, superuser: str, template: str, name: str) -> None:
        self.superuser, self.template, self.name = superuser, template, name
        self._above: psycopg.Connection | None = None
        self._held: dict[str, bytes] = {}  # what stands in each table, if its mark is still the same
        self._marks: dict[str, Mark] = {}
        self._pristine = Rows()
        self.clone()

    def connect(self, name: str | None = None) -> psycopg.Connection:
        """As superuser, above the rules; to this database if no other is named."""
        url = make_url(self.superuser).set(database=name or self.name).render_as_string(hide_password=False)
        return psycopg.connect(schema.plain_url(url), autocommit=True)

    def clone(self) -> None:
        """The template again; cuts every connection."""
        self.close()
        with self.connect("postgres") as server:
            server.execute(f'drop database if exists "{self.name}" with (force)')
            server.execute(f'create database "{self.name}" template "{self.template}" owner parasta_owner')
        self._above = self.connect()
        self._above.execute("set lock_timeout = '5s'")
        self._ask = self._question()
        self._marks, self._held, self._emptied = self._look(), {}, Counter()
        self._pristine = self.rows()

    def close(self) -> None:
        if self._above:
            with suppress(psycopg.Error):
                self._above.close()
        self._above = None

    def rows(self) -> Rows:
        """What stands in the tables now. What did not change since it was last read is not read again."""
        now = self._look()
        if self._changed_beside_rows(now):
            raise NotByRows
        for table in self._tables:
            if table not in self._held or now[table] != self._marks[table]:
                with self._above.cursor().copy(f"copy {table} to stdout (format binary)") as copy:
                    read, known = b"".join(copy), self._pristine.of.get(table)
                self._held[table] = known if read == known else read
        self._remember(now)
        return Rows(dict(self._held))

    def put_back(self, rows: Rows | None = None) -> bool:
        """These rows, or those of the template, and no others. False if it took a clone, which cuts connections."""
        wanted = rows or self._pristine
        try:
            self._by_rows(wanted)
        except (NotByRows, psycopg.Error):
            self.clone()
            self._by_rows(self._pristine if rows is None else wanted)
            return False
        return True

    def _by_rows(self, wanted: Rows) -> None:
        now = self._look()
        if self._changed_beside_rows(now) or self._above.execute(BUSY).fetchone()[0]:
            raise NotByRows
        now = self._without_new_rows(now, wanted)
        other = [t for t in self._tables if now[t] != self._marks[t] or self._held[t] is not wanted.of[t]]
        if not other:
            return
        with self._above.transaction():
            self._above.execute(UNTRIGGERED)
            for table in other:
                self._above.execute(f"delete from {table}")
            for table in other:
                with self._above.cursor().copy(f"copy {table} from stdin (format binary)") as copy:
                    copy.write(wanted.of[table])
        self._tidy(other)
        self._held = dict(wanted.of)
        self._remember(self._look())

    def _changed_beside_rows(self, now: dict[str, Mark]) -> bool:
        return any(now[name] != self._marks[name] for name in CATALOGUE)

    def _without_new_rows(self, now: dict[str, Mark], wanted: Rows) -> dict[str, Mark]:
        """Where a test only added rows, taking them away is enough; the marks then are as they were."""
        added = [t for t in self._tables if now[t][0] > self._marks[t][0] and self._held[t] is wanted.of[t]]
        if not added:
            return now
        with self._above.transaction():
            self._above.execute(UNTRIGGERED)
            for table in added:
                self._above.execute(f"delete from {table} where xmin::text::bigint >= {self._next}")
        self._tidy(added)
        return self._look()

    def _tidy(self, tables: list[str]) -> None:
        """Give back the room of deleted rows before it makes reading slow."""
        self._emptied.update(tables)
        full = [table for table in tables if self._emptied[table] >= EMPTIED]
        if full:
            self._above.execute(f"vacuum {', '.join(full)}")
            for table in full:
                del self._emptied[table]

    def _question(self) -> str:
        self._tables = [name for (name,) in self._above.execute(TABLES).fetchall()]
        parts = [MARK.format(table, "") for table in self._tables]
        parts += [MARK.format(name, f"where {oid} >= 16384") for name, oid in CATALOGUE.items()]
        return " union all ".join(parts)

    def _remember(self, marks: dict[str, Mark]) -> None:
        self._marks = marks
        self._next = self._above.execute(NEXT).fetchone()[0]

    def _look(self) -> dict[str, Mark]:
        return {name: (count, written) for name, count, written in self._above.execute(self._ask, prepare=True)}
