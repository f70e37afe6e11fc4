"""Where a comment hangs: element + field + language + sentence + quoted words, with its neighbours. Pure.

An anchor is looked up anew in every later text: `exact` where its sentence stands between a neighbour it knows,
`moved` where the sentence or the quoted words stand elsewhere, `outdated` otherwise. The quote is always kept.
Never by likeness: fuzzy placing loses words and says it succeeded (shared/anchors/overlay.md §0.5, §1.7).
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from ..core.sentences import Sentence, comparable, split

EXACT, MOVED, OUTDATED = "exact", "moved", "outdated"
LONG_QUOTE = 4  # so many words say by themselves where they belong; fewer need a known neighbour beside them

Span = tuple[int, int]  # from and to, in characters of the text that was given


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a text, by what stands there. `key` empty: the whole field."""

    element: str  # key of a step
    field: str = ""
    language: str = ""
    key: str = ""  # the comparable form of the sentence (core/sentences)
    quote: str = ""  # the words meant, as they were written
    before: str = ""  # keys of the sentences beside it; empty at the ends of the text
    after: str = ""
    index: int = 0  # which sentence it was, from 0

    def stored(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Anchor":
        """From JSON; TypeError where something is missing or too much."""
        return cls(**stored)


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of an anchor. `span` is of the quoted words; None once outdated."""

    state: str
    span: Span | None
    quote: str
    sentence: int | None = None  # in which sentence of the text, from 0


class _Unit(NamedTuple):
    start: int
    text: str
    key: str


def anchor_at(element: str, field: str, language: str, text: str, index: int, quote: str = "") -> Anchor:
    """An anchor on sentence `index` (from 0) of a text, or on some words of it.

    Raises IndexError where there is no such sentence (or nothing to read in it), ValueError where the quote
    does not stand in it.
    """
    sentences = split(text).sentences
    if not _key(sentences, index):
        raise IndexError(index)
    chosen = sentences[index]
    if quote and comparable(quote) not in chosen.key:
        raise ValueError("The quoted words do not stand in the sentence.")
    return Anchor(
        element, field, language, key=chosen.key, quote=quote or chosen.text, index=index,
        before=_key(sentences, index - 1), after=_key(sentences, index + 1),
    )  # fmt: skip


def place(anchor: Anchor, text: str | None) -> Placed:
    """Find an anchor in a later text; `None` is a text that is no longer there. Never raises, never loses the quote."""
    if not (text or "").strip():
        return Placed(OUTDATED, None, anchor.quote)
    assert text is not None
    if not anchor.key:
        return Placed(EXACT, (0, len(text)), anchor.quote)
    units = _units(text)
    return _by_sentence(anchor, units) or _by_quote(anchor, units) or Placed(OUTDATED, None, anchor.quote)


def replaced(anchor: Anchor, text: str | None, words: str) -> str | None:
    """The text with other words in the place of the quote; None where the quote no longer stands there."""
    placed = place(anchor, text)
    if placed.span is None or text is None or not anchor.key:
        return None
    start, end = placed.span
    return text[:start] + words + text[end:]


def _by_sentence(anchor: Anchor, units: list[_Unit]) -> Placed | None:
    """The sentence itself, unchanged. Of several alike the one with known neighbours, then the nearest."""
    alike = [i for i, unit in enumerate(units) if unit.key == anchor.key]
    if not alike:
        return None
    best = max(alike, key=lambda i: (_neighbours(anchor, units, i), -abs(i - anchor.index), -i))
    stays = best == anchor.index or _neighbours(anchor, units, best) == 2
    unit = units[best]
    found = _find(unit.text, anchor.quote) or [(0, len(unit.text))]
    start, end = found[0]
    return Placed(EXACT if stays else MOVED, (unit.start + start, unit.start + end), anchor.quote, best)


def _by_quote(anchor: Anchor, units: list[_Unit]) -> Placed | None:
    """The quoted words in a sentence that changed around them, if they stand in the text exactly once."""
    found = [(i, span) for i, unit in enumerate(units) for span in _find(unit.text, anchor.quote)]
    if len(found) != 1:
        return None
    i, (start, end) = found[0]
    if len(comparable(anchor.quote).split()) < LONG_QUOTE and not _neighbours(anchor, units, i):
        return None
    return Placed(MOVED, (units[i].start + start, units[i].start + end), anchor.quote, i)


def _neighbours(anchor: Anchor, units: list[_Unit], i: int) -> int:
    """How many of its two neighbours stand beside sentence i; the ends of the text count as neighbours."""
    return (_key(units, i - 1) == anchor.before) + (_key(units, i + 1) == anchor.after)


def _key(sentences: list[_Unit] | tuple[Sentence, ...], i: int) -> str:
    return sentences[i].key if 0 <= i < len(sentences) else ""


def _units(text: str) -> list[_Unit]:
    passage = split(text)
    at, units = len(passage.head), []
    for lead, words, key in passage.sentences:
        at += len(lead)
        units.append(_Unit(at, words, key))
        at += len(words)
    return units


def _find(text: str, quote: str) -> list[Span]:
    """Every place of the quote in a text as whole words, whatever its soft hyphens, white space and Unicode form."""
    wanted, (plain, spans) = comparable(quote), _readable(text)
    if not wanted:
        return []
    found, at = [], plain.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not (_joins(plain[at - 1 : at], wanted[0]) or _joins(wanted[-1], plain[end : end + 1])):
            found.append((spans[at][0], spans[end - 1][1]))
        at = plain.find(wanted, at + 1)
    return found


def _joins(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum()


def _readable(text: str) -> tuple[str, list[Span]]:
    """`comparable(text)` with the place in `text` of each of its characters."""
    kept = [(c, i) for i, c in enumerate(text) if c != "\u00ad"]
    clusters: list[list[tuple[str, int]]] = []
    for char, i in kept:
        if clusters and unicodedata.combining(char):
            clusters[-1].append((char, i))
        else:
            clusters.append([(char, i)])
    plain, spans = "", list[Span]()
    for cluster in clusters:
        span = (cluster[0][1], cluster[-1][1] + 1)
        if len(cluster) == 1 and cluster[0][0].isspace():
            if plain and plain[-1] != " ":
                plain, spans = plain + " ", [*spans, span]
            continue
        composed = unicodedata.normalize("NFC", "".join(c for c, _ in cluster))
        plain += composed
        spans += [span] * len(composed)
    if plain.endswith(" "):
        plain, spans = plain[:-1], spans[:-1]
    if plain != comparable(text):  # scripts that compose across letters (Hangul): the whole sentence then
        return "", []
    return plain, spans
