"""Differences word by word: to show a change to a reader, and to suggest one sentence made of two.

Word-level results never decide anything (one changed word can turn "may" into "must"); a person does.
"""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from .alignment import Hunk, Who, changes, weave
from .sentences import comparable

# A word keeps its inner marks (24.11.2026, 14.30, työ-paikka, soft hyphens); other marks stand alone.
_WORD = r"[\w§%€\u00ad]+(?:[-–.:'’/@][\w\u00ad]+)*"
_TOKEN = re.compile(rf"(\s*)({_WORD}|[^\w\s]|$)")
_SHORT = 4
_LONG_CHANGE = 3


class Token(NamedTuple):
    """A word or mark with the white space before it; `key` is what is compared."""

    lead: str
    text: str
    key: str


class Segment(NamedTuple):
    """A stretch to show. The text keeps its white space, so mark up `words` and leave `lead` outside."""

    kind: Literal["same", "added", "gone"]
    text: str

    @property
    def lead(self) -> str:
        return self.text[: len(self.text) - len(self.text.lstrip())]

    @property
    def words(self) -> str:
        return self.text.lstrip()


def diff(a: str, b: str) -> list[Segment]:
    """Segments from a to b. Same and added make b exactly; same and gone make a, but for white space."""
    old, new = _tokens(a), _tokens(b)
    segments: list[Segment] = []
    at = 0
    for hunk in [*_calm(changes(_keys(old), _keys(new)), old), Hunk(len(old), len(old), len(new), len(new))]:
        segments += [
            Segment("same", _text(new[at : hunk.x0])),
            Segment("gone", _text(old[hunk.b0 : hunk.b1])),
            Segment("added", _text(new[hunk.x0 : hunk.x1])),
        ]
        at = hunk.x1
    return [segment for segment in segments if segment.text]


def combined(base: str, national: str, local: str) -> str | None:
    """One text with the word changes of both sides, or None where they touch the same words."""
    was, theirs, ours = (_tokens(" " + text.strip()) for text in (base, national, local))
    if not (was and theirs and ours):
        return None
    made: list[Token] = []
    sides = (_calm(changes(_keys(was), _keys(side)), was) for side in (theirs, ours))
    for who, at_base, at_national, at_local in weave(len(was), *sides):
        new, own = theirs[at_national], ours[at_local]
        if who is Who.BOTH and _keys(new) != _keys(own):
            if at_base.start < at_base.stop or set(_keys(new)) & set(_keys(own)):
                return None
            made += new
        made += new if who in (Who.NATIONAL, Who.NOBODY) else own
    text = _text(made).strip()
    return None if comparable(text) in (comparable(national), comparable(local), "") else text


def _tokens(text: str) -> list[Token]:
    found = _TOKEN.findall(text)
    return [Token(lead, word, comparable(word)) for lead, word in found if lead or word]


def _keys(tokens: Sequence[Token]) -> list[str]:
    return [token.key for token in tokens]


def _text(tokens: Sequence[Token]) -> str:
    return "".join(token.lead + token.text for token in tokens)


def _calm(hunks: Sequence[Hunk], base: Sequence[Token]) -> list[Hunk]:
    """Join changes that only a scrap parts, so that a reader sees phrases and not confetti."""
    calm: list[Hunk] = []
    for hunk in hunks:
        if calm and _is_scrap(base[calm[-1].b1 : hunk.b0], _size(calm[-1]), _size(hunk)):
            last = calm.pop()
            hunk = Hunk(last.b0, hunk.b1, last.x0, hunk.x1)
        calm.append(hunk)
    return calm


def _size(hunk: Hunk) -> int:
    return max(hunk.b1 - hunk.b0, hunk.x1 - hunk.x0)


def _is_scrap(run: Sequence[Token], before: int, after: int) -> bool:
    """A short word or a mark between two changes, or one word between two long ones."""
    words = [token.key for token in run if token.key[:1].isalnum()]
    return sum(map(len, words)) <= _SHORT or (len(words) == 1 and min(before, after) >= _LONG_CHANGE)
