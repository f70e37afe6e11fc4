"""What a handbook reports to the national body, and a provider's own guides."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rls_v1

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "adoption",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["reference_release.id"], name=op.f("fk_adoption_release_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_adoption")),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_adoption_tenant_id")),
    )
    op.create_table(
        "impact",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("clean", sa.Integer(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("orphans", sa.Integer(), nullable=False),
        sa.Column("new_duties", sa.Integer(), nullable=False),
        sa.Column("out_of_range", sa.Integer(), nullable=False),
        sa.Column("untouched", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_impact")),
        sa.UniqueConstraint(
            "tenant_id", "release_id", "content_sha256", name=op.f("uq_impact_tenant_id_release_id_content_sha256")
        ),
    )
    op.create_table(
        "local_guide",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("summary", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("url", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("steps", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_local_guide")),
    )
    op.create_table(
        "adoption_total",
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("followers", sa.Integer(), nullable=False),
        sa.Column("providers", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["reference_release.id"], name=op.f("fk_adoption_total_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption_total")),
        sa.UniqueConstraint("release_id", name=op.f("uq_adoption_total_release_id")),
    )
    op.create_table(
        "adoption_reminder",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_by", sa.String(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_adoption_reminder_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption_reminder")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_adoption_reminder_organisation_id")),
    )
    for table in ("adoption", "impact"):
        rule = f"tenant_id = {rls_v1.ORG}"
        rls_v1.protect(op, table, f"{rule} or {rls_v1.KIND} = 'national'", rule, "select, insert, update")
    national = f"{rls_v1.KIND} = 'national'"
    for table in ("adoption_total", "adoption_reminder"):  # no DELETE: who sees a released row could take it away
        rls_v1.protect(op, table, f"released_at is not null or {national}", national, "select, insert, update")
    rls_v1.tenant_owned(op, "local_guide")


def downgrade() -> None:
    raise NotImplementedError("Parasta moves forward only; restore a backup instead.")
