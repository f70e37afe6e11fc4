"""A second world, row by row a copy of everything tenants and workplaces own, with other ids and marked words.

Made above the rules by a superuser, for any table there is or will be. Every id is moved by one function, so that
the copy holds together; nobody of the cast belongs to it, so that not one of its words may ever reach them.
"""

import hashlib
from uuid import UUID

WORD = "KANARIA"
NATIONAL = {"release_id", "base_release_id", "from_release_id", "based_on_id"}  # the copy follows the same releases
LEFT_OUT = {"outbox", "delivery", "audit_entry", "audit_head", "form_key", "link", "mail", "seal", "alembic_version"}
# Text that the product compares: left as it is.
FIXED = {
    "kind", "state", "stage", "form", "step_key", "language", "side", "method", "part", "decision", "sha256",
    "qualification_code", "unit_code", "because", "reason", "number", "from_number", "code",
}  # fmt: skip


OWNER = {"organisation": "id", "membership": "organisation_id", "workplace_register": "id", "site": "workplace_id"}


def moved(own: UUID | str) -> UUID:
    """The id in the copy of an id in the original."""
    return UUID(hashlib.md5(f"{own}{WORD}".encode(), usedforsecurity=False).hexdigest())


def plant(connection) -> None:
    """Copy every table that belongs to a tenant or a workplace."""
    connection.execute("set session_replication_role = replica")  # order does not matter
    for table in _tables(connection):
        columns = connection.execute(
            "select column_name, data_type from information_schema.columns"
            " where table_schema = 'public' and table_name = %s",
            (table,),
        ).fetchall()
        names = ", ".join(f'"{name}"' for name, _ in columns)
        values = ", ".join(_value(table, name, kind) for name, kind in columns)
        which = "where kind <> 'national'" if table == "organisation" else ""
        connection.execute(f"insert into {table} ({names}) select {values} from {table} {which}")
    connection.execute("set session_replication_role = default")


def fingerprint(connection) -> dict[str, str]:
    """One hash per table over the rows of the copy."""
    tenants = [moved(i) for (i,) in connection.execute("select id from organisation").fetchall()]
    found = {}
    for table in _tables(connection):
        key = OWNER.get(table, "tenant_id")
        row = connection.execute(
            f"select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {table} t where {key} = any(%s)",
            (tenants,),
        ).fetchone()
        found[table] = row[0]
    return found


def _tables(connection) -> list[str]:
    rows = connection.execute(
        "select distinct table_name from information_schema.columns where table_schema = 'public'"
        " and column_name in ('tenant_id', 'workplace_id') or table_name in ('organisation', 'membership',"
        " 'workplace_register')"
    ).fetchall()
    return sorted(name for (name,) in rows if name not in LEFT_OUT)


def _value(table: str, name: str, kind: str) -> str:
    column = f'"{name}"'
    if (table, name) == ("shared_template", "withdrawn_at"):
        return "now()"  # what a provider shares is shown to all, and is tried elsewhere; in the copy nobody shares
    if kind == "uuid":
        return column if name in NATIONAL else f"md5({column}::text || '{WORD}')::uuid"
    if name == "slug":
        return f"'kanaria-' || {column}"
    if name in ("email", "instructor_email"):
        return f"'kanaria.' || {column}"
    if name == "business_id":
        return f"{column} || 'K'"
    if kind in ("text", "character varying") and name not in FIXED:
        return f"case when {column} = '' then '' else '{WORD} ' || {column} end"
    if kind == "jsonb":
        return f"regexp_replace({column}::text, '\": \"', '\": \"{WORD} ', 'g')::jsonb"
    return column
