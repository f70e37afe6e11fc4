"""What changed for a role between two readings of a handbook: the minimum first. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from .manual_document import EntryOf, roles_of
from .manual_roles import part_of
from .version_compare import Row, StepChange, between


class RoleChange(NamedTuple):
    """One step that reads differently for a role: `added` came to the role, `removed` is no longer its."""

    key: str
    kind: str
    name: Mapping[str, str]
    critical: bool
    minimum: bool  # the national minimum reads differently
    rows: tuple[Row, ...]


def steps_of_role(entries: Iterable[EntryOf], role: str) -> list[EntryOf]:
    """The steps that a role answers for or takes part in, in their order."""
    return [entry for entry in entries if part_of(roles_of(entry), role)]


def changes_for(
    before: Sequence[EntryOf], after: Sequence[EntryOf], role: str, languages: Sequence[str]
) -> list[RoleChange]:  # fmt: skip
    """Steps whose minimum changed come first, then critical ones, then the others as they stand."""
    old, new = ({entry.key: entry for entry in steps_of_role(each, role)} for each in (before, after))
    compared = between({k: e.view for k, e in old.items()}, {k: e.view for k, e in new.items()}, languages)
    found = [_change(change, new.get(change.key) or old[change.key]) for change in compared]
    return sorted(found, key=lambda change: (not change.minimum, not change.critical))


def roles_touched(
    before: Sequence[EntryOf], after: Sequence[EntryOf], roles: Collection[str], languages: Sequence[str]
) -> list[str]:  # fmt: skip
    """Those of the roles for whom anything changed."""
    return [role for role in roles if changes_for(before, after, role, languages)]


def _change(change: StepChange, entry: EntryOf) -> RoleChange:
    rows = sorted(change.rows, key=lambda row: row.field != "minimum")
    return RoleChange(
        change.key, change.kind, entry.content["name"], bool(entry.content.get("critical")),
        any(row.field == "minimum" for row in rows), tuple(rows),
    )  # fmt: skip
