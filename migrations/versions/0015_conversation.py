"""Comments on a handbook, and texts that providers share with each other."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rls_v1

revision = "0015"
down_revision = "0014"

JSON = postgresql.JSONB(astext_type=sa.Text())
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_tables()
    rls_v1.tenant_owned(op, "handbook_comment", "select, insert, update")
    # Shared means: every provider reads it. Whoever shared it takes it back.
    mine, others = f"tenant_id = {rls_v1.ORG}", f"(withdrawn_at is null and {rls_v1.KIND} = 'provider')"
    rls_v1.protect(op, "shared_template", f"{mine} or {others}", mine, "select, insert, update")


def create_tables() -> None:
    op.create_table(
        "handbook_comment",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("update_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("proposed", JSON, nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("author_email", sa.String(), nullable=False),
        sa.Column("author_from", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("asked_id", sa.Uuid(), nullable=True),
        sa.Column("asked_name", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "answered_by_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_handbook_comment_tenant_id_answered_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "asked_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_handbook_comment_tenant_id_asked_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "author_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_handbook_comment_tenant_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "update_id"],
            ["national_update.tenant_id", "national_update.id"],
            name=op.f("fk_handbook_comment_tenant_id_update_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_handbook_comment")),
    )
    op.create_index("ix_handbook_comment_step", "handbook_comment", ["tenant_id", "step_key"], unique=False)
    op.create_table(
        "shared_template",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("release_number", sa.String(), nullable=False),
        sa.Column("title", JSON, nullable=False),
        sa.Column("words", JSON, nullable=False),
        sa.Column("checklist", JSON, nullable=False),
        sa.Column("provider_name", JSON, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_shared_template")),
    )
    op.create_index("ix_shared_template_step", "shared_template", ["step_key"], unique=False)
