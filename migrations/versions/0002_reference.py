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
        sa.ForeignKeyConstraint(
            ["release_id"], ["reference_release.id"], name=op.f("fk_reference_phase_release_id")
        ),
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
        sa.ForeignKeyConstraint(
            ["release_id"], ["reference_release.id"], name=op.f("fk_reference_step_release_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_step")),
        sa.UniqueConstraint("release_id", "key", name=op.f("uq_reference_step_release_id_key")),
    )
    rls_v1.national(op, "reference_release")
    rls_v1.national(op, "reference_phase")
    rls_v1.national(op, "reference_step")


def downgrade() -> None:
    raise NotImplementedError("Parasta moves forward only; restore a backup instead.")
