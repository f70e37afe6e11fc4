"""A question is known by the fingerprint of its three texts, so that it is never asked twice. Pure."""

from collections.abc import Mapping
from typing import Any

from ..core.canonical import fingerprint
from .merge import KEEP_LOCAL, TAKE_NATIONAL, Choice
from .offers import Question

READY: dict[str, Choice] = {"keep": KEEP_LOCAL, "take": TAKE_NATIONAL}


def question_key(question: Question) -> str:
    """SHA-256 over base, ours, theirs of the sentences in question: 64 hexadecimal digits."""
    chunk = question.chunk
    return fingerprint([chunk.base_text, chunk.local_text, chunk.national_text])


def meeting_key(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> str:
    """The same for two steps that became one: own words of the one, own words of the other."""
    return fingerprint(["", dict(ours), dict(theirs)])


def choice_of(way: str, words: str) -> Choice:
    """A remembered answer as `Proposal.decide` takes it."""
    return READY.get(way, words)


def way_of(choice: Choice) -> tuple[str, str]:
    """(way, words) of a choice, to be remembered."""
    if isinstance(choice, str):
        return "combine", choice
    return ("keep" if choice is KEEP_LOCAL else "take"), ""
