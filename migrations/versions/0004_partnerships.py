"""Workplace register, partnerships, enquiries."""

import sqlalchemy as sa
from alembic import op

from migrations import rls_v1

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "workplace_register",
        sa.Column("business_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort_name", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("town", sa.String(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workplace_register")),
        sa.UniqueConstraint("business_id", name=op.f("uq_workplace_register_business_id")),
    )
    op.create_table(
        "site",
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("town", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workplace_id"], ["organisation.id"], name=op.f("fk_site_workplace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_index(op.f("ix_site_workplace_id"), "site", ["workplace_id"], unique=False)
    op.create_table(
        "partnership",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("workplace_name", sa.String(), nullable=False),
        sa.Column("sort_name", sa.String(), nullable=False),
        sa.Column("business_id", sa.String(), nullable=False),
        sa.Column("town", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("coordinator_id", sa.Uuid(), nullable=True),
        sa.Column("coordinator", sa.String(), nullable=False),
        sa.Column("workplace_goal", sa.String(), nullable=False),
        sa.Column("own_goal", sa.String(), nullable=False),
        sa.Column("rhythm", sa.String(), nullable=False),
        sa.Column("next_talk", sa.String(), nullable=False),
        sa.Column("next_talk_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "coordinator_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_partnership_tenant_id_coordinator_id"),
        ),
        sa.ForeignKeyConstraint(["workplace_id"], ["organisation.id"], name=op.f("fk_partnership_workplace_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_partnership")),
        sa.UniqueConstraint("tenant_id", "workplace_id", name=op.f("uq_partnership_tenant_id_workplace_id")),
    )
    op.create_index("ix_partnership_name", "partnership", ["tenant_id", "sort_name", "id"], unique=False)
    op.create_table(
        "workplace_contact",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "partnership_id"],
            ["partnership.tenant_id", "partnership.id"],
            name=op.f("fk_workplace_contact_tenant_id_partnership_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_workplace_contact")),
    )
    op.create_index(
        "ix_workplace_contact_partnership", "workplace_contact", ["tenant_id", "partnership_id"], unique=False
    )
    op.create_index(
        "ix_workplace_contact_invitation", "workplace_contact", ["tenant_id", "invitation_id"], unique=False
    )
    op.create_table(
        "enquiry",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("workplace_name", sa.String(), nullable=False),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("named_id", sa.Uuid(), nullable=True),
        sa.Column("named", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=True),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "named_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_enquiry_tenant_id_named_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "partnership_id"],
            ["partnership.tenant_id", "partnership.id"],
            name=op.f("fk_enquiry_tenant_id_partnership_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_enquiry")),
    )
    op.create_index(
        "ix_enquiry_waiting", "enquiry", ["tenant_id", "due_at"], unique=False,
        postgresql_where=sa.text("answered_at is null"),
    )  # fmt: skip
    op.create_index("ix_enquiry_answered", "enquiry", ["tenant_id", "answered_at", "id"], unique=False)
    op.create_table(
        "timeline_entry",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("only_for_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "partnership_id"],
            ["partnership.tenant_id", "partnership.id"],
            name=op.f("fk_timeline_entry_tenant_id_partnership_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "only_for_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_timeline_entry_tenant_id_only_for_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_timeline_entry")),
    )
    op.create_index(
        "ix_timeline_entry_order", "timeline_entry", ["tenant_id", "partnership_id", "at", "id"], unique=False
    )
    rls_v1.protect(op, "workplace_register", "true", "true", "select, insert, update")
    rls_v1.protect(op, "site", "true", "true", "select, insert, update")
    rls_v1.tenant_owned(op, "partnership")
    rls_v1.tenant_owned(op, "workplace_contact")
    rls_v1.tenant_owned(op, "enquiry")
    rls_v1.tenant_owned(op, "timeline_entry")


def downgrade() -> None:
    raise NotImplementedError("Parasta moves forward only; restore a backup instead.")
