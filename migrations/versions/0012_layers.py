"""Files, units, own steps and words of units, drafts, versions of a handbook."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rls_v1

revision = "0012"
down_revision = "0011"

JSON = postgresql.JSONB(astext_type=sa.Text())
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("handbook", sa.Column("reviewed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column(
        "handbook", sa.Column("features", postgresql.ARRAY(sa.Text()), nullable=False, server_default=sa.text("'{}'"))
    )
    op.add_column("instruction", sa.Column("extras", JSON, nullable=False, server_default=sa.text("'{}'")))
    op.alter_column("shelved_text", "instruction_id", nullable=True)
    create_tables()
    for table in ("organisation_unit", "unit_member", "own_step", "unit_instruction", "instruction_draft"):
        rls_v1.tenant_owned(op, table)
    rls_v1.tenant_owned(op, "stored_file", "select, insert, delete")
    rls_v1.published(op, "handbook_version")
    op.execute("revoke update, delete on handbook_version from parasta_app")  # what was in force stays as it was


def create_tables() -> None:
    op.create_table(
        "stored_file",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("stored_by", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "organisation_unit",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", JSON, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_organisation_unit")),
    )
    op.create_table(
        "unit_member",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_unit_member_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "unit_id"],
            ["organisation_unit.tenant_id", "organisation_unit.id"],
            name=op.f("fk_unit_member_tenant_id_unit_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_unit_member")),
        sa.UniqueConstraint(
            "tenant_id", "unit_id", "member_id", name=op.f("uq_unit_member_tenant_id_unit_id_member_id")
        ),
    )
    op.create_table(
        "own_step",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("phase_key", sa.String(), nullable=False),
        sa.Column("after_key", sa.String(), nullable=True),
        sa.Column("content", JSON, nullable=False),
        sa.Column("edited_by_id", sa.Uuid(), nullable=True),
        sa.Column("edited_by", sa.String(), nullable=False),
        sa.Column("edited_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "edited_by_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_own_step_tenant_id_edited_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "unit_id"],
            ["organisation_unit.tenant_id", "organisation_unit.id"],
            name=op.f("fk_own_step_tenant_id_unit_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_own_step")),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_own_step_tenant_id_key")),
    )
    op.create_table(
        "unit_instruction",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("overlay", JSON, nullable=False),
        sa.Column("above", JSON, nullable=False),
        sa.Column("edited_by_id", sa.Uuid(), nullable=True),
        sa.Column("edited_by", sa.String(), nullable=False),
        sa.Column("edited_at", MOMENT, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "edited_by_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_unit_instruction_tenant_id_edited_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "unit_id"],
            ["organisation_unit.tenant_id", "organisation_unit.id"],
            name=op.f("fk_unit_instruction_tenant_id_unit_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_unit_instruction")),
        sa.UniqueConstraint(
            "tenant_id", "unit_id", "step_key", name=op.f("uq_unit_instruction_tenant_id_unit_id_step_key")
        ),
    )
    op.create_table(
        "instruction_draft",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("overlay", JSON, nullable=False),
        sa.Column("based_on", JSON, nullable=False),
        sa.Column("based_on_version", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=True),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["reference_release.id"], name=op.f("fk_instruction_draft_release_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "unit_id"],
            ["organisation_unit.tenant_id", "organisation_unit.id"],
            name=op.f("fk_instruction_draft_tenant_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "written_by_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_instruction_draft_tenant_id_written_by_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_instruction_draft")),
        sa.UniqueConstraint(
            "tenant_id",
            "unit_id",
            "step_key",
            name=op.f("uq_instruction_draft_tenant_id_unit_id_step_key"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "handbook_version",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("release_number", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("changed", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("note", JSON, nullable=False),
        sa.Column("contents", JSON, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["reference_release.id"], name=op.f("fk_handbook_version_release_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_handbook_version")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_handbook_version_tenant_id_number")),
    )
