"""Search in a handbook: every word must be found somewhere on the step, in whatever language and inflection. Pure.

å, ä and ö are letters of their own. Only where nothing at all is found are a and o taken for them, and this is told.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

MOST_WORDS = 8
AROUND = 90  # characters of context on each side of the first word
_WORD = re.compile(r"[^\W_]+(?:[-:][^\W_]+)*")
_V = "[aeiouyåäö]"
# Endings of Finnish and Swedish that a searched word loses; what is left is the beginning looked for.
_ENDINGS = re.compile(
    rf"(?:isten|isille|issa|issä|ista|istä|ille|illa|illä|ksen|ssa|ssä|sta"
    rf"|stä|lla|llä|lta|ltä|lle|ksi|tta|ttä|iden|oiden|öiden|jen|ien|{_V}{_V}n|sen|seen"
    rf"|arnas|arna|ernas|erna|ornas|orna|ande|ades|ade|ens|ets|en|et|ar|er|or|na|n|t|s)$"
)
_FOLD = str.maketrans("åäöÅÄÖ", "aaoAAO")


class Place(NamedTuple):
    """One text of a thing, in one language; `weight`: how much a word found here says."""

    where: str
    text: str
    language: str
    weight: int


@dataclass(frozen=True)
class Source:
    """A thing that can be found. kind: step, guide or term; the first place is its name."""

    kind: str
    key: str
    title: str
    places: Sequence[Place]


@dataclass(frozen=True)
class Hit:
    """A found thing: the place that says most, its words with (text, whether it was looked for)."""

    source: Source
    place: Place
    pieces: list[tuple[str, bool]]
    weight: int


@dataclass(frozen=True)
class Found:
    """What was found, best first. `loosely`: only with a and o taken for å, ä and ö."""

    hits: list[Hit]
    words: list[str]
    loosely: bool = False


def search(query: str, sources: Iterable[Source]) -> Found:
    """Things in which every word of the query (at most MOST_WORDS) is found."""
    words = words_in(query)
    if not words:
        return Found([], [])
    all_sources = list(sources)
    for loosely in (False, True):
        stems = [_folded(stem_of(word), loosely) for word in words]
        hits = [hit for source in all_sources if (hit := _hit(source, stems, loosely))]
        if hits:
            order = {id(source): at for at, source in enumerate(all_sources)}
            return Found(sorted(hits, key=lambda hit: (-hit.weight, order[id(hit.source)])), words, loosely)
    return Found([], words)


def words_in(query: str) -> list[str]:
    """The words of a query in small letters, each once."""
    plain = unicodedata.normalize("NFC", query).replace("\u00ad", "").casefold()
    return list(dict.fromkeys(_WORD.findall(plain)))[:MOST_WORDS]


@lru_cache(maxsize=512)
def stem_of(word: str) -> str:
    """The beginning that its inflected forms share: työpaikalla, työpaikka → työpaik; words up to 4 letters stay."""
    if len(word) <= 4 or word.isdigit():
        return word
    stem = _ENDINGS.sub("", word)
    stem = stem if len(stem) >= 4 else word
    if len(stem) > 5 and stem[-1] == stem[-2]:  # sopimaan, paikkaa
        stem = stem[:-1]
    if len(stem) > 4 and stem[-1] in "aeiouyåäö":
        stem = stem[:-1]
    if len(stem) > 4 and stem[-1] == stem[-2] and stem[-1] in "kpt":  # kk, pp and tt are single in other forms
        stem = stem[:-1]
    return stem


def _hit(source: Source, stems: Sequence[str], loosely: bool) -> Hit | None:
    missing, best, weight = set(stems), None, 0
    for place in source.places:
        said = _folded(place.text.casefold(), loosely)
        here = [stem for stem in stems if stem in said]
        spans = [span for stem in here for span in _spans(place.text, stem, loosely)] if here else []
        if not spans:
            continue
        found = {stem for stem in here if any(span[2] == stem for span in spans)}
        missing -= found
        worth = place.weight * len(found)
        weight += worth
        if best is None or worth > best[0]:
            best = (worth, place, spans)
    if missing or best is None:
        return None
    return Hit(source, best[1], _pieces(best[1].text, best[2]), weight)


def _spans(text: str, stem: str, loosely: bool) -> list[tuple[int, int, str]]:
    """Words that begin with the stem, and longer stems also inside a compound."""
    spans = []
    for match in _WORD.finditer(text):
        word = _folded(match[0].casefold(), loosely)
        if word.startswith(stem) or (len(stem) >= 5 and stem in word):
            spans.append((match.start(), match.end(), stem))
    return spans


def _pieces(text: str, spans: list[tuple[int, int, str]]) -> list[tuple[str, bool]]:
    """The text around the first found word, cut at words, with every found word told apart."""
    marked = sorted({(start, end) for start, end, _stem in spans})
    start = max(0, marked[0][0] - AROUND)
    end = min(len(text), marked[0][1] + 2 * AROUND)
    start = text.find(" ", start) + 1 if start and " " in text[start : marked[0][0]] else start
    end = text.rfind(" ", marked[0][1], end) if end < len(text) and " " in text[marked[0][1] : end] else end
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for first, last in marked:
        if first < at or last > end:
            continue
        pieces += [(text[at:first], False), (text[first:last], True)]
        at = last
    pieces.append((text[at:end] + (" …" if end < len(text) else ""), False))
    return [(words.replace("\n", " "), hit) for words, hit in pieces if words]


def _folded(text: str, loosely: bool) -> str:
    return text.translate(_FOLD) if loosely else text
