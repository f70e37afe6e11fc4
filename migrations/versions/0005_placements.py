"""Students, guardians, placements."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rls_v1

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "student",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort_name", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("qualification_code", sa.String(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_student_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "teacher_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_student_tenant_id_teacher_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_student")),
        sa.UniqueConstraint("tenant_id", "member_id", name=op.f("uq_student_tenant_id_member_id")),
    )
    op.create_table(
        "guardianship",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("guardian_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "guardian_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_guardianship_tenant_id_guardian_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "student_id"],
            ["student.tenant_id", "student.id"],
            name=op.f("fk_guardianship_tenant_id_student_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_guardianship")),
        sa.UniqueConstraint(
            "tenant_id",
            "guardian_id",
            "student_id",
            name=op.f("uq_guardianship_tenant_id_guardian_id_student_id"),
        ),
    )
    op.create_table(
        "placement",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("student_name", sa.String(), nullable=False),
        sa.Column("student_is_minor", sa.Boolean(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_name", sa.String(), nullable=False),
        sa.Column("teacher_phone", sa.String(), nullable=False),
        sa.Column("provider_name", sa.String(), nullable=False),
        sa.Column("workplace_name", sa.String(), nullable=False),
        sa.Column("business_id", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("instructor_name", sa.String(), nullable=False),
        sa.Column("instructor_email", sa.String(), nullable=False),
        sa.Column("instructor_phone", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("qualification_code", sa.String(), nullable=False),
        sa.Column("qualification", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("unit", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("part_time_percent", sa.Integer(), nullable=False),
        sa.Column("weekly_hours", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "student_id"],
            ["student.tenant_id", "student.id"],
            name=op.f("fk_placement_tenant_id_student_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "teacher_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_placement_tenant_id_teacher_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id"],
            ["relation.tenant_id", "relation.workplace_id"],
            name=op.f("fk_placement_tenant_id_workplace_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_placement")),
        sa.UniqueConstraint("tenant_id", "workplace_id", "id", name=op.f("uq_placement_tenant_id_workplace_id_id")),
    )
    op.create_index("ix_placement_order", "placement", ["tenant_id", "starts_on", "id"], unique=False)
    op.create_index("ix_placement_student", "placement", ["tenant_id", "student_id"], unique=False)
    rls_v1.tenant_owned(op, "student")
    rls_v1.tenant_owned(op, "guardianship")
    rls_v1.shared(op, "placement")


def downgrade() -> None:
    raise NotImplementedError("Parasta moves forward only; restore a backup instead.")
