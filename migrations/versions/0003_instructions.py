"""Local operating instructions and national updates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rls_v1

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "handbook",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["reference_release.id"], name=op.f("fk_handbook_release_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_handbook")),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_handbook_tenant_id")),
    )
    op.create_table(
        "instruction",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("base_release_id", sa.Uuid(), nullable=False),
        sa.Column("base_guidance", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("guidance", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("time_limit_value", sa.Integer(), nullable=True),
        sa.Column("local_role", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("edited_by_id", sa.Uuid(), nullable=True),
        sa.Column("edited_by", sa.String(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["base_release_id"], ["reference_release.id"], name=op.f("fk_instruction_base_release_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "edited_by_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_instruction_tenant_id_edited_by_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_instruction")),
        sa.UniqueConstraint("tenant_id", "step_key", name=op.f("uq_instruction_tenant_id_step_key")),
    )
    op.create_table(
        "instruction_edition",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("instruction_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("overlay", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("resolved", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["reference_release.id"], name=op.f("fk_instruction_edition_release_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "instruction_id"],
            ["instruction.tenant_id", "instruction.id"],
            name=op.f("fk_instruction_edition_tenant_id_instruction_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_instruction_edition")),
        sa.UniqueConstraint(
            "tenant_id",
            "instruction_id",
            "edition",
            name=op.f("uq_instruction_edition_tenant_id_instruction_id_edition"),
        ),
    )
    op.create_table(
        "national_update",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("from_release_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("from_number", sa.String(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_by", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_release_id"], ["reference_release.id"], name=op.f("fk_national_update_from_release_id")
        ),
        sa.ForeignKeyConstraint(["release_id"], ["reference_release.id"], name=op.f("fk_national_update_release_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_national_update")),
        sa.UniqueConstraint("tenant_id", "release_id", name=op.f("uq_national_update_tenant_id_release_id")),
    )
    op.create_table(
        "update_item",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("update_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("base", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("national", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("local", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("merged", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "decided_by_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_update_item_tenant_id_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "update_id"],
            ["national_update.tenant_id", "national_update.id"],
            name=op.f("fk_update_item_tenant_id_update_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_update_item")),
        sa.UniqueConstraint(
            "tenant_id", "update_id", "step_key", name=op.f("uq_update_item_tenant_id_update_id_step_key")
        ),
    )
    op.create_table(
        "shelved_text",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("instruction_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("shelved_by", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "instruction_id"],
            ["instruction.tenant_id", "instruction.id"],
            name=op.f("fk_shelved_text_tenant_id_instruction_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_shelved_text")),
    )
    rls_v1.tenant_owned(op, "handbook")
    rls_v1.tenant_owned(op, "instruction")
    rls_v1.published(op, "instruction_edition")
    rls_v1.tenant_owned(op, "national_update")
    rls_v1.tenant_owned(op, "update_item")
    rls_v1.tenant_owned(op, "shelved_text")


def downgrade() -> None:
    raise NotImplementedError("Parasta moves forward only; restore a backup instead.")
