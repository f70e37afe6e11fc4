"""Plain words per step, and a handbook's public address."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rls_v1

revision = "0018"
down_revision = "0017"

JSON = postgresql.JSONB(astext_type=sa.Text())
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "plain_text",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("text", JSON, nullable=False),
        sa.Column("edited_by_id", sa.Uuid(), nullable=True),
        sa.Column("edited_by", sa.String(), nullable=False),
        sa.Column("edited_at", MOMENT, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "edited_by_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_plain_text_tenant_id_edited_by_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_plain_text")),
        sa.UniqueConstraint("tenant_id", "step_key", name=op.f("uq_plain_text_tenant_id_step_key")),
    )
    op.create_table(
        "handbook_publicity",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("indexed", sa.Boolean(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_handbook_publicity")),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_handbook_publicity_tenant_id")),
    )
    rls_v1.published(op, "plain_text")
    rls_v1.tenant_owned(op, "handbook_publicity")
