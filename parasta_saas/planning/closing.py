"""When a session is ready to be closed. Pure."""

from collections.abc import Iterable
from typing import Protocol

from ..core.i18n import _


class OnTheTable(Protocol):
    """A goal or task as far as closing is concerned."""

    @property
    def kind(self) -> str: ...

    @property
    def words(self) -> str: ...

    @property
    def agreed(self) -> bool: ...


def missing(goals: Iterable[OnTheTable]) -> list[str]:
    """What must still be agreed, as instructions; empty when the session may be closed.

    The national minimum of `goals-and-tasks`: goals and the tasks that serve them are agreed by all three.
    """
    agreed = {g.kind for g in goals if g.agreed}
    wanted = {
        "goal": _("Agree on at least one goal, all three of you."),
        "task": _("Agree on at least one task, all three of you."),
    }
    return [words for kind, words in wanted.items() if kind not in agreed]


def agreed_words(goals: Iterable[OnTheTable], kind: str) -> list[str]:
    """What all three agreed of one kind, goal or task, in order."""
    return [g.words for g in goals if g.kind == kind and g.agreed]
