"""Read and acknowledged, role inductions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rls_v1

revision = "0016"
down_revision = "0015"

JSON = postgresql.JSONB(astext_type=sa.Text())
NAMES = postgresql.ARRAY(sa.Text())
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_reading()
    create_induction()
    for table in (
        "reading_request", "reading_habit", "handbook_reading", "induction", "induction_step", "induction_question",
    ):  # fmt: skip
        rls_v1.tenant_owned(op, table)


def create_reading() -> None:
    _table(
        "reading_request",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("roles", NAMES, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        _version(),
        unique=["number"],
    )
    _table(
        "reading_habit",
        sa.Column("roles", NAMES, nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        _version(),
        unique=[],
    )
    _table(
        "handbook_reading",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _member("handbook_reading"),
        unique=["member_id", "role", "number"],
    )


def create_induction() -> None:
    _table(
        "induction",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        _version(),
        _member("induction"),
        _tenant("induction", "unit_id", "organisation_unit"),
        unique=["member_id", "role"],
    )
    _table(
        "induction_step",
        sa.Column("induction_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("done_at", MOMENT, nullable=False),
        _tenant("induction_step", "induction_id", "induction"),
        unique=["induction_id", "step_key"],
    )
    _table(
        "induction_question",
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("text", JSON, nullable=False),
        sa.Column("options", JSON, nullable=False),
        sa.Column("right_option", sa.Integer(), nullable=False),
        sa.Column("why", JSON, nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        _version(),
    )
    op.create_index("ix_induction_question_role", "induction_question", ["tenant_id", "role"])


def downgrade() -> None:
    raise NotImplementedError("Parasta moves forward only; restore a backup instead.")


def _table(name: str, *parts: sa.schema.SchemaItem, unique: list[str] | None = None) -> None:
    more = []
    if unique is not None:
        key = "_".join(("tenant_id", *unique))
        more = [sa.UniqueConstraint("tenant_id", *unique, name=op.f(f"uq_{name}_{key}"))]
    op.create_table(
        name,
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        *parts,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
        *more,
    )


def _version() -> sa.Column[int]:
    return sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False)


def _member(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", "member_id"], ["membership.organisation_id", "membership.id"],
        name=op.f(f"fk_{table}_tenant_id_member_id"),
    )  # fmt: skip


def _tenant(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column], [f"{target}.tenant_id", f"{target}.id"],
        name=op.f(f"fk_{table}_tenant_id_{column}"),
    )  # fmt: skip
