"""Co-planning sessions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rls_v1

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "planning_session",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("called_by", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id", "placement_id"],
            ["placement.tenant_id", "placement.workplace_id", "placement.id"],
            name=op.f("fk_planning_session_tenant_id_workplace_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id"],
            ["relation.tenant_id", "relation.workplace_id"],
            name=op.f("fk_planning_session_tenant_id_workplace_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_planning_session")),
        sa.UniqueConstraint(
            "tenant_id", "workplace_id", "id", name=op.f("uq_planning_session_tenant_id_workplace_id_id")
        ),
    )
    op.create_index("ix_planning_session_placement", "planning_session", ["tenant_id", "placement_id"], unique=False)
    op.create_table(
        "session_participant",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("present_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id", "session_id"],
            ["planning_session.tenant_id", "planning_session.workplace_id", "planning_session.id"],
            name=op.f("fk_session_participant_tenant_id_workplace_id_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id"],
            ["relation.tenant_id", "relation.workplace_id"],
            name=op.f("fk_session_participant_tenant_id_workplace_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_session_participant")),
        sa.UniqueConstraint(
            "tenant_id",
            "session_id",
            "person_id",
            name=op.f("uq_session_participant_tenant_id_session_id_person_id"),
        ),
    )
    op.create_table(
        "agenda_item",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("critical", sa.Boolean(), nullable=False),
        sa.Column("minimum", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("guidance", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id", "session_id"],
            ["planning_session.tenant_id", "planning_session.workplace_id", "planning_session.id"],
            name=op.f("fk_agenda_item_tenant_id_workplace_id_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id"],
            ["relation.tenant_id", "relation.workplace_id"],
            name=op.f("fk_agenda_item_tenant_id_workplace_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint(
            "tenant_id", "session_id", "step_key", name=op.f("uq_agenda_item_tenant_id_session_id_step_key")
        ),
    )
    op.create_table(
        "session_goal",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("agreed_by_teacher", sa.Boolean(), nullable=False),
        sa.Column("agreed_by_workplace", sa.Boolean(), nullable=False),
        sa.Column("agreed_by_student", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id", "session_id"],
            ["planning_session.tenant_id", "planning_session.workplace_id", "planning_session.id"],
            name=op.f("fk_session_goal_tenant_id_workplace_id_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workplace_id"],
            ["relation.tenant_id", "relation.workplace_id"],
            name=op.f("fk_session_goal_tenant_id_workplace_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_session_goal")),
    )
    op.create_index("ix_session_goal_session", "session_goal", ["tenant_id", "session_id", "position"], unique=False)
    rls_v1.shared(op, "planning_session")
    rls_v1.shared(op, "session_participant")
    rls_v1.shared(op, "agenda_item")
    rls_v1.shared(op, "session_goal")


def downgrade() -> None:
    raise NotImplementedError("Parasta moves forward only; restore a backup instead.")
