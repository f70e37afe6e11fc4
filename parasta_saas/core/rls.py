"""Which row-level-security policy belongs to which table class; asked by `doctor` and by the house tests.

The policies themselves are made by migrations through the frozen `migrations/rls_v1.py`.
"""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from .db import Base

CLASSES = (
    "TenantOwned", "Shared", "WorkplaceOwned", "National", "Reported", "Submitted", "Published", "System", "Global",
)  # fmt: skip
# Tables with a rule of their own, each with its reason.
GLOBAL = {
    "organisation": "everyone may know which organisations exist; written by services",
    "membership": "seen by the person and by the acting organisation",
    "relation": "seen by both sides; made by the provider only",
    "link": "a mailed link; opened only by its hash through link_open",
    "seal": "validity of a sealed document, never names",
    "workplace_register": "public facts about a workplace",
    "site": "public facts about a workplace's places",
}
IDENTITY = ("account", "sign_in_session", "sign_in_token")


@dataclass(frozen=True)
class TableState:
    """What PostgreSQL says of one table."""

    name: str
    table_class: str | None
    enabled: bool
    forced: bool
    policies: int
    owned_by_app: bool

    @property
    def problem(self) -> str | None:
        if self.table_class not in CLASSES:
            return f"{self.name}: give the table a class (foundations.md)."
        if self.table_class == "Global" and self.name not in GLOBAL:
            return f"{self.name}: list this Global table in core/rls.py with its reason."
        if not (self.enabled and self.forced):
            return f"{self.name}: enable and force row-level security in its migration."
        if self.policies != 1:
            return f"{self.name}: has {self.policies} policies; exactly one is wanted."
        if self.owned_by_app:
            return f"{self.name}: is owned by the application's role."
        return None


def table_classes() -> dict[str, str]:
    """Table name → class, as the models say."""
    return {
        m.local_table.name: m.class_.table_class  # type: ignore[attr-defined]
        for m in Base.registry.mappers
    }


def inspect(session: Session) -> list[TableState]:
    """Every table of schema public, with its class and its protection."""
    rows = session.execute(
        text(
            "select c.relname, c.relrowsecurity, c.relforcerowsecurity,"
            " (select count(*) from pg_policy p where p.polrelid = c.oid) as policies,"
            " pg_get_userbyid(c.relowner) = current_user as mine"
            " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where c.relkind in ('r', 'p') and n.nspname = 'public' and c.relname <> 'alembic_version'"
            " order by c.relname"
        )
    )
    classes = table_classes()
    return [
        TableState(r.relname, classes.get(r.relname), r.relrowsecurity, r.relforcerowsecurity, r.policies, r.mine)
        for r in rows
    ]


def role_problem(session: Session) -> str | None:
    """Why this database role must not run the product, or None."""
    role = session.execute(
        text(
            "select rolname, rolsuper, rolbypassrls,"
            " exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            "         where n.nspname in ('public', 'identity') and c.relkind = 'r'"
            "         and pg_has_role(current_user, c.relowner, 'member')) as owner,"
            " exists (select 1 from pg_roles above where (above.rolsuper or above.rolbypassrls)"
            "         and pg_has_role(current_user, above.oid, 'member')) as may_rise"
            " from pg_roles where rolname = current_user"
        )
    ).one()
    if role.rolsuper:
        return f"DATABASE_URL signs in as {role.rolname}, a superuser. Use the role parasta_app."
    if role.rolbypassrls:
        return f"DATABASE_URL signs in as {role.rolname}, who is above row-level security. Use the role parasta_app."
    if role.owner:
        return f"DATABASE_URL signs in as {role.rolname}, who owns tables. Use the role parasta_app."
    if role.may_rise:
        return f"DATABASE_URL signs in as {role.rolname}, who may become a role above the rules. Use parasta_app."
    return None
