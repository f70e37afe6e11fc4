"""Steps that go: where their words went, the shelf, answers that are remembered, going back, whose an update is."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rls_v1

revision = "0011"
down_revision = "0010"

JSON = postgresql.JSONB(astext_type=sa.Text())
NAMES = postgresql.ARRAY(sa.Text())
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    updates_say_more()
    shelf_says_more()
    answers_are_remembered()


def updates_say_more() -> None:
    texts = ("superseded_by", "undone_by", "assigned_to", "assigned_by")
    _add("national_update", *((name, sa.String(), "''") for name in texts), ("kept", JSON, "'{}'"))
    op.add_column("national_update", sa.Column("undone_at", MOMENT, nullable=True))
    op.add_column("national_update", sa.Column("assigned_to_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_national_update_tenant_id_assigned_to_id"), "national_update", "membership",
        ["tenant_id", "assigned_to_id"], ["organisation_id", "id"],
    )  # fmt: skip
    _add(
        "update_item", ("source_key", sa.String(), "''"), ("fate", sa.String(), "''"), ("homes", NAMES, "'{}'"),
        ("overlay", JSON, "'{}'"), ("replayed", sa.Boolean(), "false"),
    )  # fmt: skip
    # The tables force row-level security on their owner, too; what is there already comes from its own step.
    op.execute("alter table update_item no force row level security")
    op.execute("update update_item set source_key = step_key")
    op.execute("alter table update_item force row level security")


def shelf_says_more() -> None:
    _add(
        "shelved_text", ("field", sa.String(), "'guidance'"), ("origin", JSON, "'{}'"), ("homes", NAMES, "'{}'"),
        ("state", sa.String(), "'lying'"), ("settled_by", sa.String(), "''"), ("settled_because", sa.String(), "''"),
        ("placed_on", sa.String(), "''"), ("version", sa.Integer(), "1"),
    )  # fmt: skip
    op.add_column("shelved_text", sa.Column("settled_at", MOMENT, nullable=True))


def answers_are_remembered() -> None:
    op.create_table(
        "remembered_answer",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "decided_by_id"],
            ["membership.organisation_id", "membership.id"],
            name=op.f("fk_remembered_answer_tenant_id_decided_by_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_remembered_answer")),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_remembered_answer_tenant_id_key")),
    )
    rls_v1.tenant_owned(op, "remembered_answer")


def downgrade() -> None:
    raise NotImplementedError("Parasta moves forward only; restore a backup instead.")


def _add(table: str, *columns: tuple[str, sa.types.TypeEngine, str]) -> None:
    for name, kind, default in columns:
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=sa.text(default)))
