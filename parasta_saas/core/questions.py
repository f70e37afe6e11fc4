"""Questions that one room answers for another beside it, so that neither imports the other.

@answers("time_limit")            in the room that knows, in a module `promises`
ask("time_limit", actor, key)     in the room that wants to know; None where nobody answers
"""

from collections.abc import Callable
from typing import Any

ANSWERS: dict[str, Callable[..., Any]] = {}


def answers(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a function answer a question; a question has one answer."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        known = ANSWERS.setdefault(name, function)
        if known.__qualname__ != function.__qualname__ or known.__module__ != function.__module__:
            raise ValueError(f"{name} is already answered by {known.__module__}.{known.__qualname__}")
        ANSWERS[name] = function
        return function

    return register


def ask(name: str, *things: Any) -> Any:
    """What the room that knows says; None where no room answers."""
    return ANSWERS[name](*things) if name in ANSWERS else None
