"""Pieces of an existing handbook that were brought in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rls_v1

revision = "0013"
down_revision = "0012"

JSON = postgresql.JSONB(astext_type=sa.Text())
NAMES = postgresql.ARRAY(sa.Text())
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "handbook_import",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("told", JSON, nullable=False),
        sa.Column("brought_by", sa.String(), nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.Column("removed_by", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_handbook_import")),
    )
    op.create_table(
        "imported_piece",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", NAMES, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("suggestions", JSON, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("placed_on", sa.String(), nullable=False),
        sa.Column("put", sa.String(), nullable=False),
        sa.Column("shelved_id", sa.Uuid(), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "import_id"],
            ["handbook_import.tenant_id", "handbook_import.id"],
            name=op.f("fk_imported_piece_tenant_id_import_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "shelved_id"],
            ["shelved_text.tenant_id", "shelved_text.id"],
            name=op.f("fk_imported_piece_tenant_id_shelved_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_imported_piece")),
        sa.UniqueConstraint(
            "tenant_id", "import_id", "position", name=op.f("uq_imported_piece_tenant_id_import_id_position")
        ),
    )
    for table in ("handbook_import", "imported_piece"):
        rls_v1.tenant_owned(op, table)


def downgrade() -> None:
    raise NotImplementedError("Parasta moves forward only; restore a backup instead.")
