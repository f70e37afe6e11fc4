"""What the update desk shows of one step with its questions, and how long they take.

Pure: item states and steps in, plain things for the page out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

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


def spent(answered: Sequence[datetime], finished: datetime) -> int | None:
    """Minutes from the first answer to the end, at least one; None where nothing was asked or it took over a day."""
    if not answered:
        return None
    took = finished - min(answered)
    return None if took > timedelta(days=1) else max(1, -(-int(took.total_seconds()) // 60))


def _segments(a: str, b: str, added: str, *, gone: bool = True) -> Segments:
    names = {"same": "same", "added": added, "gone": "gone"}
    return [
        (names[s.kind], s.words.strip()) for s in wording.diff(a, b) if s.words.strip() and (gone or s.kind != "gone")
    ]
