"""The short self-check at the end of an induction: judged at once, as often as one likes, nothing counted. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

MOST_OPTIONS = 4


class Judged(NamedTuple):
    """One question with the option that was chosen (None for none) and whether it is the right one."""

    question: Mapping[str, Any]
    chosen: int | None
    right: bool


def judge(questions: Sequence[Mapping[str, Any]], answers: Mapping[str, int]) -> list[Judged]:
    """Every question with its answer. `answers`: id of a question → place of the option, from 0."""
    found = []
    for question in questions:
        chosen = answers.get(str(question["id"]))
        if chosen is not None and not 0 <= chosen < len(question["options"]):
            chosen = None
        found.append(Judged(question, chosen, chosen == question["right"]))
    return found


def packed(options: Sequence[Mapping[str, str]], right: int) -> tuple[list[dict[str, str]], int]:
    """The options without empty ones, and the new place of the right one; -1 where that is empty."""
    kept = [(at, dict(words)) for at, words in enumerate(options) if any(words.values())]
    places = [at for at, _words in kept]
    return [words for _at, words in kept], places.index(right) if right in places else -1
