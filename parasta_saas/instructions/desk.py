"""What the update desk shows: the queue by priority, one step with its questions, and at the end where all words are.

Pure: item states and steps in, plain things for the page out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..core import wording
from .merge import Chunk, Kind
from .offers import MINUTES_A_QUESTION, Question

Segments = list[tuple[str, str]]


@dataclass(frozen=True)
class Card:
    """One question as three columns and a suggestion."""

    number: int
    language: str
    before: str
    national: Segments
    ours: Segments
    suggestion: str | None
    suggested: Segments
    national_text: str
    our_text: str


def card(question: Question) -> Card:
    """Both wordings beside the one before; national additions and our own told apart word by word."""
    chunk = question.chunk
    suggestion = chunk.suggestion
    return Card(
        number=question.number,
        language=question.language,
        before=chunk.base_text,
        national=_segments(chunk.base_text, chunk.national_text, "national"),
        ours=_segments(chunk.base_text, chunk.local_text, "own"),
        suggestion=suggestion,
        suggested=_segments(chunk.local_text, suggestion, "national", gone=False) if suggestion else [],
        national_text=chunk.national_text,
        our_text=chunk.local_text,
    )


def running_text(chunks: Sequence[Chunk]) -> Segments:
    """The merged text with what is new from the nation and what is ours marked, sentence by sentence."""
    marks = {Kind.NATIONAL: "national", Kind.LOCAL: "own", Kind.SAME: "same", Kind.CONFLICT: "own"}
    shown: Segments = []
    for chunk in chunks:
        if chunk.kind is Kind.NATIONAL and chunk.base:
            shown += _segments(chunk.base_text, chunk.text, "national")
        elif chunk.text:
            shown.append((marks.get(chunk.kind, "same"), chunk.text.strip()))
    return shown


def minutes(questions: int) -> int:
    """A fair guess of how long the questions take."""
    return questions * MINUTES_A_QUESTION


def in_groups(states: Sequence[Any], steps: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The queue: asked (critical steps first), fits, information; steps that the release no longer has are left out."""
    known = [state for state in states if state.item.step_key in steps]
    asked = [state for state in known if state.kind == "conflict"]
    asked.sort(key=lambda s: (not s.open, not steps[s.item.step_key].critical, s.item.order))
    return {
        "asked": asked,
        "fits": [s for s in known if s.kind == "clean"],
        "information": [s for s in known if s.kind == "information"],
    }


def _segments(a: str, b: str, added: str, *, gone: bool = True) -> Segments:
    names = {"same": "same", "added": added, "gone": "gone"}
    return [
        (names[s.kind], s.words.strip()) for s in wording.diff(a, b) if s.words.strip() and (gone or s.kind != "gone")
    ]
