"""Row-level security of each table class, first edition. Frozen: a better rule is rls_v2.

Written as `acting in (…)` and not with `or`, so that the tenant's index is used. One permissive
policy per table, forced also on the owner. Without a scope the setting is '' or null: no row.
"""

from typing import Any

ORG = "(select nullif(current_setting('parasta.organisation', true), '')::uuid)"
PERSON = "(select nullif(current_setting('parasta.person', true), '')::uuid)"
KIND = "(select current_setting('parasta.kind', true))"
APP = "parasta_app"


def protect(op: Any, table: str, using: str, check: str, grants: str = "select, insert, update, delete") -> None:
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    op.execute(f"create policy {table.split('.')[-1]}_acting on {table} using ({using}) with check ({check})")
    if grants:
        op.execute(f"grant {grants} on {table} to {APP}")


def tenant_owned(op: Any, table: str, grants: str = "select, insert, update, delete") -> None:
    protect(op, table, f"tenant_id = {ORG}", f"tenant_id = {ORG}", grants)


def shared(op: Any, table: str) -> None:
    """Either side; tenant, workplace and id are outside the UPDATE grant."""
    rule = f"{ORG} in (tenant_id, workplace_id)"
    protect(op, table, rule, rule, "select, insert, delete")
    op.execute(
        f"""do $$ declare names text; begin
        select string_agg(quote_ident(column_name), ', ') into names from information_schema.columns
        where table_schema = 'public' and table_name = '{table}'
        and column_name not in ('tenant_id', 'workplace_id', 'id');
        execute format('grant update (%s) on {table} to {APP}', names); end $$"""
    )
    op.execute(f"create index ix_{table}_workplace on {table} (workplace_id, tenant_id)")


def workplace_owned(op: Any, table: str) -> None:
    protect(op, table, f"workplace_id = {ORG}", f"workplace_id = {ORG}")


def national(op: Any, table: str) -> None:
    protect(op, table, f"released_at is not null or {KIND} = 'national'", f"{KIND} = 'national'")


def reported(op: Any, table: str) -> None:
    protect(op, table, f"tenant_id = {ORG} or {KIND} = 'national'", f"tenant_id = {ORG}")


def submitted(op: Any, table: str) -> None:
    rule = f"organisation_id = {ORG} or {KIND} = 'national'"
    protect(op, table, f"published_at is not null or {rule}", rule)


def published(op: Any, table: str) -> None:
    """The tenant, and workplaces that have a relation with it."""
    related = f"exists (select 1 from relation r where r.tenant_id = {table}.tenant_id and r.workplace_id = {ORG})"
    protect(op, table, f"tenant_id = {ORG} or {related}", f"tenant_id = {ORG}")


def function(op: Any, signature: str, returns: str, body: str, language: str = "plpgsql") -> None:
    """A definer function of parasta_reader with a pinned search path, callable by the application only."""
    name = signature.split("(")[0]
    op.execute(
        f"create or replace function {signature} returns {returns} language {language} security definer"
        f" set search_path = pg_catalog, public, identity, pg_temp as $fn$ {body} $fn$"
    )
    types = op.get_bind().exec_driver_sql(
        "select pg_get_function_identity_arguments(oid) from pg_proc where proname = %s", (name.split(".")[-1],)
    )
    identity = f"{name}({types.scalar_one()})"
    op.execute(f"revoke all on function {identity} from public")
    op.execute(f"grant execute on function {identity} to {APP}")
    op.execute(f"alter function {identity} owner to parasta_reader")
