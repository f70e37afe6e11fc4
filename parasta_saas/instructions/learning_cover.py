"""Coverage: for each unit and role, who has done it and who has not. Pure."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from .learning_roles import STAFF, own_roles


class Standing(NamedTuple):
    """How one person stands in one role: a word of the page, the version or the share done, and since when."""

    state: str
    detail: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """One role at one unit; `unit` None for those who belong to none."""

    unit: Any
    role: str
    people: tuple[tuple[Any, Standing], ...]

    @property
    def counts(self) -> Counter[str]:
        return Counter(standing.state for _member, standing in self.people)

    def done(self, *states: str) -> int:
        return sum(self.counts[state] for state in states)


def groups(
    members: Iterable[Any], units: Sequence[tuple[Any, Collection[UUID]]], standing: Callable[[Any, str], Standing],
    roles_of: Callable[[Any], list[str]] | None = None,
) -> list[Group]:  # fmt: skip
    """By unit, then role. Who works at several units stands at each; who belongs to none comes last.

    members: with `id`, `name`, `roles`; units: (unit, ids of its members); standing: of a member in a role.
    """
    people, found = list(members), []
    placed = {member_id for _unit, ids in units for member_id in ids}
    rest = {member.id for member in people} - placed
    for unit, ids in (*units, (None, rest)):
        here = [(member, role) for member in people if member.id in ids for role in _roles(member, roles_of)]
        for role in dict.fromkeys(sorted((role for _member, role in here), key=_rank)):
            mine = tuple((member, standing(member, role)) for member, its in here if its == role)
            found.append(Group(unit, role, mine))
    return found


def _roles(member: Any, roles_of: Callable[[Any], list[str]] | None) -> list[str]:
    return roles_of(member) if roles_of else own_roles(member.roles)


def _rank(role: str) -> tuple[int, str]:
    return (STAFF.index(role) if role in STAFF else len(STAFF), role)
