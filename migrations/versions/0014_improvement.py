"""The mirror, the change plan, who answers for what."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rls_v1

revision = "0014"
down_revision = "0013"

JSON = postgresql.JSONB(astext_type=sa.Text())
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    mirrors()
    workshops()
    plans()
    what_came_of_it()
    duties()


def mirrors() -> None:
    _table(
        "mirror",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("release_number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("begun_by_id", sa.Uuid(), nullable=True),
        sa.Column("begun_by", sa.String(), nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("finished_by", sa.String(), nullable=False),
        _version(),
        sa.ForeignKeyConstraint(["release_id"], ["reference_release.id"], name=op.f("fk_mirror_release_id")),
        _member("mirror", "begun_by_id"),
        _unique("mirror", "number"),
    )
    op.create_index("uq_mirror_open", "mirror", ["tenant_id"], unique=True, postgresql_where=sa.text("state = 'open'"))
    _table(
        "mirror_answer",
        sa.Column("mirror_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("news", sa.String(), nullable=False),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
        _version(),
        _inside("mirror_answer", "mirror_id", "mirror"),
        _member("mirror_answer", "answered_by_id"),
        _unique("mirror_answer", "mirror_id", "step_key"),
    )


def workshops() -> None:
    _table(
        "mirror_workshop",
        sa.Column("mirror_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=True),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        _version(),
        _inside("mirror_workshop", "mirror_id", "mirror"),
        _member("mirror_workshop", "opened_by_id"),
    )
    op.create_index(
        "uq_mirror_workshop_going", "mirror_workshop", ["tenant_id", "mirror_id"], unique=True,
        postgresql_where=sa.text("closed_at is null"),
    )  # fmt: skip
    _table(
        "mirror_participant",
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        _inside("mirror_participant", "workshop_id", "mirror_workshop"),
    )
    op.create_index("ix_mirror_participant_workshop", "mirror_participant", ["tenant_id", "workshop_id"])
    _table(
        "mirror_vote",
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("voted_at", MOMENT, nullable=False),
        _inside("mirror_vote", "workshop_id", "mirror_workshop"),
        _inside("mirror_vote", "participant_id", "mirror_participant"),
        _unique("mirror_vote", "workshop_id", "step_key", "participant_id"),
    )


def plans() -> None:
    texts = ("why", "goals", "timetable", "measures", "structures", "first")
    _table(
        "change_plan",
        *(sa.Column(name, JSON, nullable=False) for name in texts),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("reminded_for", sa.Date(), nullable=True),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=True),
        _version(),
        _unique("change_plan"),
    )
    _table(
        "plan_action",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("details", sa.String(), nullable=False),
        sa.Column("mirror_id", sa.Uuid(), nullable=True),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("step_name", JSON, nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reminded_for", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("moved_at", MOMENT, nullable=True),
        sa.Column("moved_by", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        _version(),
        _inside("plan_action", "plan_id", "change_plan"),
        _inside("plan_action", "mirror_id", "mirror"),
        _member("plan_action", "owner_id"),
    )


def what_came_of_it() -> None:
    _table(
        "plan_success",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("told_by_id", sa.Uuid(), nullable=True),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        _inside("plan_success", "plan_id", "change_plan"),
        _inside("plan_success", "action_id", "plan_action"),
        _member("plan_success", "told_by_id"),
    )
    _table(
        "plan_review",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("next", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("done", "total", "overdue")),
        sa.Column("held_by_id", sa.Uuid(), nullable=True),
        sa.Column("held_by", sa.String(), nullable=False),
        _inside("plan_review", "plan_id", "change_plan"),
        _member("plan_review", "held_by_id"),
    )


def duties() -> None:
    _table(
        "responsibility_change",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by", sa.String(), nullable=False),
        _inside("responsibility_change", "unit_id", "organisation_unit"),
    )
    _table(
        "responsibility",
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("duty", "holder")),
        sa.Column("own_role", JSON, nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("starts_on", "ends_on")),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("removed_in_id", sa.Uuid(), nullable=True),
        _inside("responsibility", "unit_id", "organisation_unit"),
        _inside("responsibility", "change_id", "responsibility_change"),
        _inside("responsibility", "removed_in_id", "responsibility_change"),
        _member("responsibility", "member_id"),
    )
    op.create_index(
        "uq_responsibility_now", "responsibility",
        ["tenant_id", "step_key", "unit_id", "duty", "holder", "starts_on"], unique=True,
        postgresql_where=sa.text("removed_in_id is null"), postgresql_nulls_not_distinct=True,
    )  # fmt: skip


def downgrade() -> None:
    raise NotImplementedError("Parasta moves forward only; restore a backup instead.")


def _table(name: str, *what: sa.schema.SchemaItem) -> None:
    """A table that a provider owns, with its row-level security."""
    op.create_table(
        name,
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        *what,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
    )
    rls_v1.tenant_owned(op, name)


def _version() -> sa.Column:
    return sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False)


def _unique(table: str, *names: str) -> sa.UniqueConstraint:
    names = ("tenant_id", *names)
    return sa.UniqueConstraint(*names, name=op.f(f"uq_{table}_{'_'.join(names)}"))


def _inside(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column], [f"{target}.tenant_id", f"{target}.id"], name=op.f(f"fk_{table}_tenant_id_{column}")
    )


def _member(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column], ["membership.organisation_id", "membership.id"],
        name=op.f(f"fk_{table}_tenant_id_{column}"),
    )  # fmt: skip
