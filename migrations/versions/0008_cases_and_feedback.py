"""Completed steps and pulse questions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rls_v1

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "completed_step",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id", "placement_id"],
            ["placement.tenant_id", "placement.workplace_id", "placement.id"],
            name=op.f("fk_completed_step_tenant_id_workplace_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id"],
            ["relation.tenant_id", "relation.workplace_id"],
            name=op.f("fk_completed_step_tenant_id_workplace_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_completed_step")),
        sa.UniqueConstraint(
            "tenant_id",
            "placement_id",
            "step_key",
            name=op.f("uq_completed_step_tenant_id_placement_id_step_key"),
        ),
    )
    op.create_table(
        "pulse",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("question", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_email", sa.String(), nullable=False),
        sa.Column("answered_language", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("named", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("replied_by", sa.String(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id", "placement_id"],
            ["placement.tenant_id", "placement.workplace_id", "placement.id"],
            name=op.f("fk_pulse_tenant_id_workplace_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id"],
            ["relation.tenant_id", "relation.workplace_id"],
            name=op.f("fk_pulse_tenant_id_workplace_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_pulse")),
        sa.UniqueConstraint(
            "tenant_id", "placement_id", "step_key", name=op.f("uq_pulse_tenant_id_placement_id_step_key")
        ),
    )
    rls_v1.shared(op, "completed_step")
    rls_v1.shared(op, "pulse")


def downgrade() -> None:
    raise NotImplementedError("Parasta moves forward only; restore a backup instead.")
