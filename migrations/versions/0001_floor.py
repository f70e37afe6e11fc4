"""The floor: organisations, people, messages, audit, mail, links, sign-in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from migrations import identity_v1, rls_v1

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    organisations()
    floor_tables()
    identity_v1.tables(op)
    grants_to_reader()
    functions()
    identity_v1.functions(op)
    op.execute("revoke create on schema public from parasta_reader")


def organisations() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", pg.UUID(), primary_key=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("kind", sa.Text, sa.CheckConstraint("kind in ('provider', 'workplace', 'national')"), nullable=False),
        sa.Column("slug", sa.Text, unique=True, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("names", pg.JSONB, nullable=False),
        sa.Column("sort_name", sa.Text, nullable=False),
        sa.Column("languages", pg.ARRAY(sa.Text), nullable=False),
    )
    op.create_table(
        "membership",
        sa.Column("id", pg.UUID(), primary_key=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("organisation_id", pg.UUID(), sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("person_id", pg.UUID(), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sort_name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("roles", pg.ARRAY(sa.Text), nullable=False),
        sa.UniqueConstraint("organisation_id", "id"),
        sa.UniqueConstraint("organisation_id", "person_id"),
    )
    op.create_index("ix_membership_person", "membership", ["person_id"])
    op.create_table(
        "relation",
        sa.Column("tenant_id", pg.UUID(), sa.ForeignKey("organisation.id"), primary_key=True),
        sa.Column("workplace_id", pg.UUID(), sa.ForeignKey("organisation.id"), primary_key=True),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_index("ix_relation_workplace", "relation", ["workplace_id", "tenant_id"])
    op.create_table(
        "invitation",
        *tenant_columns(),
        sa.Column("organisation_id", pg.UUID(), sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("roles", pg.ARRAY(sa.Text), nullable=False),
        sa.Column("invited_by", sa.Text, nullable=False),
        sa.Column("accepted_at", MOMENT),
    )
    related = (
        f"exists (select 1 from relation r where {rls_v1.ORG} in (r.tenant_id, r.workplace_id)"
        " and organisation_id in (r.tenant_id, r.workplace_id))"
    )
    own = f"organisation_id = {rls_v1.ORG}"
    rls_v1.protect(
        op, "organisation", "true", f"kind = 'workplace' or id = {rls_v1.ORG} or {rls_v1.KIND} = 'system'",
        "select, insert, update (name, names, sort_name, languages)",
    )  # fmt: skip
    rls_v1.protect(
        op, "membership", f"{own} or person_id = {rls_v1.PERSON}", f"{own} or {rls_v1.KIND} = 'system'",
    )  # fmt: skip
    rls_v1.protect(
        op, "relation", f"{rls_v1.ORG} in (tenant_id, workplace_id)",
        f"tenant_id = {rls_v1.ORG} and {rls_v1.KIND} = 'provider'", "select, insert",
    )  # fmt: skip
    rls_v1.tenant_owned(op, "invitation")
    link_table(f"{own} or {related}")


def link_table(rule: str) -> None:
    op.create_table(
        "link",
        sa.Column("id", pg.UUID(), primary_key=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, unique=True, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("organisation_id", pg.UUID(), nullable=False),
        sa.Column("subject_id", pg.UUID(), nullable=False),
        sa.Column("person_name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
    )
    rls_v1.protect(op, "link", rule, rule, "select, insert, update (used_at)")


def tenant_columns() -> list[sa.Column]:
    return [
        sa.Column("tenant_id", pg.UUID(), primary_key=True),
        sa.Column("id", pg.UUID(), primary_key=True),
        sa.Column("created_at", MOMENT, nullable=False),
    ]


def floor_tables() -> None:
    message_tables()
    op.create_table(
        "audit_entry",
        sa.Column("tenant_id", pg.UUID(), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("actor_id", pg.UUID()),
        sa.Column("actor_name", sa.Text, nullable=False),
        sa.Column("body", pg.JSONB, nullable=False),
        sa.Column("request_id", sa.Text, nullable=False),
        sa.Column("before", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "audit_head",
        sa.Column("tenant_id", pg.UUID(), primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "form_key",
        sa.Column("tenant_id", pg.UUID(), primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "mail",
        *tenant_columns(),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("template", sa.Text, nullable=False),
        sa.Column("to_name", sa.Text, nullable=False),
        sa.Column("to_address", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("context", pg.JSONB, nullable=False),
        sa.Column("link", pg.JSONB),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.UniqueConstraint("tenant_id", "key"),
    )
    rls_v1.tenant_owned(op, "audit_entry", "select")
    rls_v1.tenant_owned(op, "audit_head", "")
    rls_v1.tenant_owned(op, "form_key", "select, insert")
    rls_v1.tenant_owned(op, "mail", "select, insert, update")


def message_tables() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", pg.UUID(), primary_key=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("organisation_id", pg.UUID()),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("body", pg.JSONB, nullable=False),
        sa.Column("dispatched_at", MOMENT),
    )
    op.create_index("ix_outbox_waiting", "outbox", ["created_at"], postgresql_where=sa.text("dispatched_at is null"))
    op.create_table(
        "delivery",
        sa.Column("id", pg.UUID(), primary_key=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("message_id", pg.UUID(), sa.ForeignKey("outbox.id"), nullable=False),
        sa.Column("organisation_id", pg.UUID()),
        sa.Column("handler", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("leased_until", MOMENT),
        sa.Column("done_at", MOMENT),
        sa.Column("failed_at", MOMENT),
        sa.Column("last_error", sa.Text),
        sa.UniqueConstraint("message_id", "handler", "organisation_id", postgresql_nulls_not_distinct=True),
    )
    op.create_index(
        "ix_delivery_waiting", "delivery", ["leased_until"],
        postgresql_where=sa.text("done_at is null and failed_at is null"),
    )  # fmt: skip
    system = f"{rls_v1.KIND} = 'system'"
    mine = (
        f"organisation_id is null or organisation_id = {rls_v1.ORG} or exists (select 1 from relation r"
        f" where {rls_v1.ORG} in (r.tenant_id, r.workplace_id) and organisation_id in (r.tenant_id, r.workplace_id))"
    )
    rls_v1.protect(op, "outbox", system, f"{system} or {mine}", "select, insert, update (dispatched_at)")
    rls_v1.protect(op, "delivery", system, system, "select, insert, update")


def grants_to_reader() -> None:
    op.execute("grant usage on schema public, identity to parasta_reader")
    op.execute("grant create on schema public, identity to parasta_reader")
    op.execute("grant usage on schema identity to parasta_app")
    op.execute("grant select, insert on audit_entry to parasta_reader")
    op.execute("grant select, insert, update on audit_head to parasta_reader")
    op.execute("grant select on alembic_version to parasta_app")
    op.execute("grant select on relation, link, organisation to parasta_reader")
    op.execute("grant select (id, organisation_id, done_at, failed_at) on delivery to parasta_reader")
    op.execute("grant update (done_at, last_error) on delivery to parasta_reader")


def functions() -> None:
    org = "nullif(current_setting('parasta.organisation', true), '')::uuid"
    rls_v1.function(
        op,
        "audit_append(p_chain uuid, p_at timestamptz, p_name text, p_actor uuid, p_actor_name text,"
        " p_body jsonb, p_request text)",
        "bigint",
        f"""
        declare v_org uuid := {org}; v_head audit_head; v_hash bytea;
        begin
          if p_chain is distinct from v_org and not exists
             (select 1 from relation where tenant_id = p_chain and workplace_id = v_org) then
            raise insufficient_privilege using message = 'this chain belongs to another organisation';
          end if;
          insert into audit_head (tenant_id, seq, hash) values (p_chain, 0, '') on conflict do nothing;
          select * into v_head from audit_head where tenant_id = p_chain for update;
          v_hash := sha256(v_head.hash || convert_to(concat_ws(E'\\x1f', v_head.seq + 1,
            to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), p_name, coalesce(p_actor::text, ''),
            p_actor_name, p_body::text, p_request), 'UTF8'));
          insert into audit_entry (tenant_id, seq, at, name, actor_id, actor_name, body, request_id, before, hash)
          values (p_chain, v_head.seq + 1, p_at, p_name, p_actor, p_actor_name, p_body, p_request, v_head.hash, v_hash);
          update audit_head set seq = v_head.seq + 1, hash = v_hash where tenant_id = p_chain;
          return v_head.seq + 1;
        end """,
    )
    rls_v1.function(
        op,
        "delivery_begin(p_id uuid)",
        "boolean",
        f"""
        begin
          perform 1 from delivery where id = p_id and done_at is null and failed_at is null
            and organisation_id is not distinct from {org} for update;
          return found;
        end """,
    )
    rls_v1.function(
        op,
        "delivery_finish(p_id uuid)",
        "void",
        f"""
        begin
          update delivery set done_at = clock_timestamp(), last_error = null
          where id = p_id and organisation_id is not distinct from {org};
        end """,
    )
    rls_v1.function(
        op,
        "link_open(p_hash bytea, p_kind text)",
        "setof link",
        "select * from link where token_hash = p_hash and kind = p_kind",
        language="sql stable",
    )


def downgrade() -> None:
    raise NotImplementedError("Parasta moves forward only; restore a backup instead.")
