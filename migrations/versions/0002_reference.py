"""The national reference process."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rls_v1

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "reference_release",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("summary", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("based_on_id", sa.Uuid(), nullable=True),
        sa.Column("frame", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("transition_until", sa.Date(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("drafted_by", sa.String(), nullable=False),
        sa.Column("released_by", sa.String(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["based_on_id"], ["reference_release.id"], name=op.f("fk_reference_release_based_on_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_release")),
        sa.UniqueConstraint("number", name=op.f("uq_reference_release_number")),
    )
    op.create_table(
        "reference_phase",
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("name_soft", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("short", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["reference_release.id"], name=op.f("fk_reference_phase_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_phase")),
        sa.UniqueConstraint("release_id", "key", name=op.f("uq_reference_phase_release_id_key")),
    )
    op.create_table(
        "reference_step",
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("phase_key", sa.String(), nullable=False),
        sa.Column("view", sa.String(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("name_soft", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("responsible", sa.String(), nullable=False),
        sa.Column("participants", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("applies_to", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("critical", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("statute", sa.String(), nullable=True),
        sa.Column("statute_confidence", sa.String(), nullable=True),
        sa.Column("time_limit", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("minimum", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("guidance", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("inputs", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("outputs", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("pulse", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("field_policy", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["reference_release.id"], name=op.f("fk_reference_step_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_step")),
        sa.UniqueConstraint("release_id", "key", name=op.f("uq_reference_step_release_id_key")),
    )
    rls_v1.national(op, "reference_release")
    rls_v1.national(op, "reference_phase")
    rls_v1.national(op, "reference_step")
    fix_what_is_published()


def fix_what_is_published() -> None:
    """A published release never changes, whoever asks: its hash is quoted in handbooks and agreements."""
    op.execute(
        """
        create function reference_fixed() returns trigger language plpgsql
        set search_path = pg_catalog, public, pg_temp as $fn$
        begin
            if tg_op in ('UPDATE', 'DELETE') and old.released_at is not null then
                raise exception 'a published release stays as it is' using errcode = 'check_violation';
            end if;
            if tg_op = 'DELETE' then
                return old;
            end if;
            return new;
        end $fn$;

        create function reference_no_late_part() returns trigger language plpgsql
        set search_path = pg_catalog, public, pg_temp as $fn$
        begin
            if exists (select 1 from reference_release r where r.id = new.release_id and r.released_at is not null)
            then
                raise exception 'a published release gets no new parts' using errcode = 'check_violation';
            end if;
            return new;
        end $fn$;
        """
    )
    for table in ("reference_release", "reference_phase", "reference_step"):
        op.execute(
            f"create trigger {table}_fixed before update or delete on {table}"
            " for each row execute function reference_fixed()"
        )
    for table in ("reference_phase", "reference_step"):
        op.execute(
            f"create trigger {table}_no_late_part before insert on {table}"
            " for each row execute function reference_no_late_part()"
        )


def downgrade() -> None:
    raise NotImplementedError("Parasta moves forward only; restore a backup instead.")
