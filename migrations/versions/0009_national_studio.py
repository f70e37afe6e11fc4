"""The national studio: parts and states of a release, diagrams, comment rounds, reviews, guides."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rls_v1

revision = "0009"
down_revision = "0008"

JSON = postgresql.JSONB(astext_type=sa.Text())
NAMES = postgresql.ARRAY(sa.Text())


def upgrade() -> None:
    releases_say_more()
    make_tables()
    protect_tables()


def releases_say_more() -> None:
    """A release that is published already keeps its hash: what is new says nothing there."""
    for name, kind, default in (
        ("state", sa.String(), "'published'"),
        ("notes", JSON, "'{}'"),
        ("parts", JSON, "'{}'"),
        ("lineage", JSON, "'[]'"),
        ("settled", JSON, "'{}'"),
        ("used_keys", NAMES, "'{}'"),
        ("amends", NAMES, "'{}'"),
        ("replaces", NAMES, "'{}'"),
        ("authors", NAMES, "'{}'"),
        ("approved_by", sa.String(), "''"),
    ):
        op.add_column("reference_release", sa.Column(name, kind, nullable=False, server_default=sa.text(default)))
    op.add_column("reference_release", sa.Column("withdraws_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_reference_release_withdraws_id"), "reference_release", "reference_release", ["withdraws_id"], ["id"]
    )
    op.add_column("reference_release", sa.Column("in_force_from", sa.Date(), nullable=True))
    op.add_column("reference_release", sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True))
    for name, kind, default in (("documents", JSON, "'{}'"), ("indicators", NAMES, "'{}'"), ("links", NAMES, "'{}'")):
        op.add_column("reference_step", sa.Column(name, kind, nullable=False, server_default=sa.text(default)))
    # Forced row-level security also blinds the owner: drafts are the national body's.
    op.execute("select set_config('parasta.kind', 'national', true)")
    op.execute("update reference_release set state = 'modelling' where released_at is null")
    op.execute("select set_config('parasta.kind', '', true)")


def make_tables() -> None:
    op.create_table(
        "reference_diagram",
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("phase_key", sa.String(), nullable=True),
        sa.Column("xml", sa.Text(), nullable=True),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.Column("aliases", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["reference_release.id"], name=op.f("fk_reference_diagram_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_diagram")),
        sa.UniqueConstraint("release_id", "key", name=op.f("uq_reference_diagram_release_id_key")),
    )
    op.create_table(
        "reference_round",
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("base_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("background", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("questions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("invited", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_by", sa.String(), nullable=False),
        sa.Column("summary", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["base_id"], ["reference_release.id"], name=op.f("fk_reference_round_base_id")),
        sa.ForeignKeyConstraint(["release_id"], ["reference_release.id"], name=op.f("fk_reference_round_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_round")),
    )
    op.create_table(
        "reference_comment",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("author_organisation", sa.String(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("as_organisation", sa.Boolean(), nullable=False),
        sa.Column("by_public", sa.Boolean(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("question_key", sa.String(), nullable=True),
        sa.Column("step_key", sa.String(), nullable=True),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("text_language", sa.String(), nullable=True),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("anchor", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("suggestion", sa.String(), nullable=False),
        sa.Column("hidden_because", sa.String(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["reference_comment.id"], name=op.f("fk_reference_comment_parent_id")),
        sa.ForeignKeyConstraint(["round_id"], ["reference_round.id"], name=op.f("fk_reference_comment_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_comment")),
    )
    op.create_table(
        "reference_decision",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("applied", sa.Boolean(), nullable=False),
        sa.Column("step_key", sa.String(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["reference_comment.id"], name=op.f("fk_reference_decision_comment_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["reference_round.id"], name=op.f("fk_reference_decision_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_decision")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_reference_decision_comment_id")),
    )
    op.create_table(
        "reference_review",
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("participants", sa.Text(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["reference_release.id"], name=op.f("fk_reference_review_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_review")),
    )
    op.create_table(
        "reference_guide",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("summary", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("url", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("steps", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("after_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["after_id"], ["reference_guide.id"], name=op.f("fk_reference_guide_after_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_guide")),
        sa.UniqueConstraint("key", "edition", name=op.f("uq_reference_guide_key_edition")),
    )
    op.create_index("ix_reference_comment_round_id", "reference_comment", ["round_id", "id"])


def protect_tables() -> None:
    """No DELETE where a released row is seen by all: the policy of a delete is who sees the row."""
    kind = rls_v1.KIND
    rls_v1.national(op, "reference_diagram")
    op.execute(
        "create trigger reference_diagram_fixed before update or delete on reference_diagram"
        " for each row execute function reference_fixed()"
    )
    op.execute(
        "create trigger reference_diagram_no_late_part before insert on reference_diagram"
        " for each row execute function reference_no_late_part()"
    )
    for table in ("reference_round", "reference_decision", "reference_review", "reference_guide"):
        rls_v1.protect(
            op, table, f"released_at is not null or {kind} = 'national'", f"{kind} = 'national'",
            "select, insert, update",
        )  # fmt: skip
    # A published edition of a guide says for good what it said; it may be withdrawn and come back.
    op.execute(
        """
        create function reference_guide_fixed() returns trigger language plpgsql
        set search_path = pg_catalog, public, pg_temp as $fn$
        begin
            if old.released_at is not null and to_jsonb(new) - '{withdrawn,version}'::text[]
                is distinct from to_jsonb(old) - '{withdrawn,version}'::text[] then
                raise exception 'a published edition stays as it is' using errcode = 'check_violation';
            end if;
            return new;
        end $fn$
        """
    )
    op.execute(
        "create trigger reference_guide_fixed before update on reference_guide"
        " for each row execute function reference_guide_fixed()"
    )
    # Who said it never changes hands: organisation and round stand outside the UPDATE grant.
    rule = f"organisation_id = {rls_v1.ORG} or {kind} = 'national'"
    rls_v1.protect(op, "reference_comment", f"published_at is not null or {rule}", rule, "select, insert")
    op.execute(
        "grant update (text, suggestion, quote, anchor, hidden_because, published_at, edited_at, withdrawn_at, version)"
        f" on reference_comment to {rls_v1.APP}"
    )


def downgrade() -> None:
    raise NotImplementedError("Parasta moves forward only; restore a backup instead.")
