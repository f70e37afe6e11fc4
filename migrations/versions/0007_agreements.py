"""Agreements, signatures, seals."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rls_v1

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "agreement",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("offered_by_id", sa.Uuid(), nullable=True),
        sa.Column("offered_by", sa.String(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("remark_by", sa.String(), nullable=False),
        sa.Column("remark_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("right_name", sa.String(), nullable=False),
        sa.Column("right_email", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id", "placement_id"],
            ["placement.tenant_id", "placement.workplace_id", "placement.id"],
            name=op.f("fk_agreement_tenant_id_workplace_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id"],
            ["relation.tenant_id", "relation.workplace_id"],
            name=op.f("fk_agreement_tenant_id_workplace_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_agreement_tenant_id_number")),
        sa.UniqueConstraint("tenant_id", "session_id", name=op.f("uq_agreement_tenant_id_session_id")),
        sa.UniqueConstraint("tenant_id", "workplace_id", "id", name=op.f("uq_agreement_tenant_id_workplace_id_id")),
    )
    op.create_index("ix_agreement_placement", "agreement", ["tenant_id", "placement_id"], unique=False)
    op.create_table(
        "agreement_signature",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id", "agreement_id"],
            ["agreement.tenant_id", "agreement.workplace_id", "agreement.id"],
            name=op.f("fk_agreement_signature_tenant_id_workplace_id_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id"],
            ["relation.tenant_id", "relation.workplace_id"],
            name=op.f("fk_agreement_signature_tenant_id_workplace_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agreement_signature")),
        sa.UniqueConstraint(
            "tenant_id",
            "agreement_id",
            "side",
            "sha256",
            name=op.f("uq_agreement_signature_tenant_id_agreement_id_side_sha256"),
        ),
    )
    op.create_table(
        "sealed_document",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id", "agreement_id"],
            ["agreement.tenant_id", "agreement.workplace_id", "agreement.id"],
            name=op.f("fk_sealed_document_tenant_id_workplace_id_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id"],
            ["relation.tenant_id", "relation.workplace_id"],
            name=op.f("fk_sealed_document_tenant_id_workplace_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_sealed_document")),
        sa.UniqueConstraint("tenant_id", "agreement_id", name=op.f("uq_sealed_document_tenant_id_agreement_id")),
    )
    op.create_table(
        "agreement_notice",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("informed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreement_id"],
            ["agreement.tenant_id", "agreement.id"],
            name=op.f("fk_agreement_notice_tenant_id_agreement_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agreement_notice")),
        sa.UniqueConstraint(
            "tenant_id",
            "agreement_id",
            "email",
            name=op.f("uq_agreement_notice_tenant_id_agreement_id_email"),
        ),
    )
    op.create_table(
        "seal",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_seal_code_hash")),
    )
    rls_v1.shared(op, "agreement")
    rls_v1.shared(op, "agreement_signature")
    rls_v1.shared(op, "sealed_document")
    rls_v1.tenant_owned(op, "agreement_notice")
    rls_v1.protect(op, "seal", "true", "true", "select, insert, update")


def downgrade() -> None:
    raise NotImplementedError("Parasta moves forward only; restore a backup instead.")
