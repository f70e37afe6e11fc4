"""Texts kept while somebody writes, rounds of review, who writes where just now."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rls_v1

revision = "0017"
down_revision = "0016"

JSON = postgresql.JSONB(astext_type=sa.Text())
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_tables()
    rls_v1.tenant_owned(op, "kept_text", "select, insert, update")  # never deleted: nothing typed is lost
    for table in ("handbook_round", "round_item", "editing"):
        rls_v1.tenant_owned(op, table)


def create_tables() -> None:
    op.create_table(
        "kept_text",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("overlay", JSON, nullable=False),
        sa.Column("base", JSON, nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=True),
        sa.Column("against", sa.String(), nullable=False),
        sa.Column("wants", sa.String(), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=True),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["reference_release.id"], name=op.f("fk_kept_text_release_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "written_by_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_kept_text_tenant_id_written_by_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_kept_text")),
    )
    op.create_index(op.f("ix_kept_text_tenant_id_step_key"), "kept_text", ["tenant_id", "step_key"])
    op.create_table(
        "handbook_round",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", JSON, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("submitted_by_id", sa.Uuid(), nullable=True),
        sa.Column("submitted_by", sa.String(), nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("returned_by", sa.String(), nullable=False),
        sa.Column("returned_because", sa.String(), nullable=False),
        sa.Column("returned_at", MOMENT, nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("published_as", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "approved_by_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_handbook_round_tenant_id_approved_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "submitted_by_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_handbook_round_tenant_id_submitted_by_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_handbook_round")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_handbook_round_tenant_id_number")),
    )
    op.create_table(
        "round_item",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("overlay", JSON, nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("writer_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("writers", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["reference_release.id"], name=op.f("fk_round_item_release_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "round_id"],
            ["handbook_round.tenant_id", "handbook_round.id"],
            name=op.f("fk_round_item_tenant_id_round_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_round_item")),
        sa.UniqueConstraint(
            "tenant_id", "round_id", "step_key", name=op.f("uq_round_item_tenant_id_round_id_step_key")
        ),
    )
    op.create_table(
        "editing",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_editing_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_editing")),
        sa.UniqueConstraint("tenant_id", "step_key", "member_id", name=op.f("uq_editing_tenant_id_step_key_member_id")),
    )
