"""The words of the field, found in texts as they stand there: inflected, whole words, once each. Pure.

A term's `forms` are stems per language; a word matches when a stem is followed by an ending of that
language, so that työpaikkaohjaaja is found in "työpaikkaohjaajan" but näyttö not in "näyttösuunnitelma".
A stem that starts with = is written in capitals only (HOKS). A term without forms is only looked up.
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from ..core.collate import sort_name
from ..core.i18n import LANGUAGES, UnknownLanguage
from .content import DATA

_V = "[aeiouyåäö]"
# Finnish: stem vowels, case, possessive, clitic, as in -oi-den, -e-ssa-nsa, -a-lle-kin; HOKS:n with a colon.
_ENDINGS = {
    "fi": (
        rf":?{_V}{{0,2}}j?{_V}{{0,2}}"
        rf"(?:nen|[nts]|t?[aä]|tten|[td]en|s?s[aä]|s?t[aä]|l[lt][aä]|lle|n[aä]|ks[ie]|tt[aä]|h{_V}n|siin|seen)?"
        rf"(?:[ns]i|ns[aä]|mme|nne|{_V}n)?(?:kin|k[aä]{{2}}n|k[oö]|h[aä]n|p[aä])?"
    ),
    "sv": "(?:(?:e?n|e?t|er|ar|or|erna|arna|orna|na|en|a|e|r|an)?s?)",
    "en": "(?:['’]s|e?s['’]?)?",
}
# What is not read: code, links, addresses and headings, as Markdown and as HTML, and tags themselves.
# An open element that never closes takes the rest, so that no text is gone through twice.
_PASSED_OVER = (
    r"```.*?(?:```|\Z)|`[^`\n]*`|^#{1,6}[ \t][^\n]*|\[[^\[\]\n]*\]\([^()\n]*\)|https?://\S+"
    r"|<(?P<tag>a|h[1-6]|code|pre|script|style|abbr|button)\b[^<>]*>(?:.*?</(?P=tag)\s*>|.*)|<[^<>]*>"
)


class Entry(NamedTuple):
    """One term in one language."""

    key: str
    term: str
    definition: str


class Span(NamedTuple):
    """Where a term stands in a text: `text[start:end]`."""

    start: int
    end: int
    key: str


class Piece(NamedTuple):
    """A part of a text; `key` names the term it is, None for the words between."""

    text: str
    key: str | None


def find(text: str, language: str) -> list[Span]:
    """The first place of each term in a text (plain, Markdown or HTML), in order, none over another.

    Raises UnknownLanguage.
    """
    pattern, keys = _pattern(_known(language))
    spans: list[Span] = []
    seen: set[str] = set()
    for match in pattern.finditer(text):
        key = keys.get(match.lastgroup or "")
        if key and key not in seen:
            seen.add(key)
            spans.append(Span(match.start(), match.end(), key))
    return spans


def mark(text: str, language: str) -> list[Piece]:
    """The text cut at its terms; the pieces together are the text. Raises UnknownLanguage."""
    pieces: list[Piece] = []
    at = 0
    for start, end, key in find(text, language):
        if at < start:
            pieces.append(Piece(text[at:start], None))
        pieces.append(Piece(text[start:end], key))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:], None))
    return pieces


@lru_cache(maxsize=len(LANGUAGES))
def entries(language: str) -> tuple[Entry, ...]:
    """Every term in the order of the alphabet (Finnish and Swedish agree). Raises UnknownLanguage."""
    code = _known(language)
    words = (Entry(one["key"], one["term"][code], one["definition"][code]) for one in _terms())
    return tuple(sorted(words, key=lambda entry: (sort_name(entry.term), entry.key)))


def slug(term: str) -> str:
    """A term as part of an address: Työpaikkaohjaaja (TPO) → tyopaikkaohjaaja-tpo."""
    letters = unicodedata.normalize("NFKD", term.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise UnknownLanguage(language)
    return language


@lru_cache(maxsize=1)
def _terms() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads((DATA / "glossary.json").read_text("utf-8"))["terms"])


@lru_cache(maxsize=len(LANGUAGES))
def _pattern(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """One expression for a language, and the term of each of its groups."""
    stems = [(stem, term["key"]) for term in _terms() for stem in term["forms"][language]]
    # Longest first, so that a term inside a longer one gives way; by first letter, so that one look is enough.
    stems.sort(key=lambda pair: (_first(pair[0]), -len(pair[0]), pair))
    keys = {f"t{number}": key for number, (_, key) in enumerate(stems)}
    numbered = [(name, stem) for name, (stem, _) in zip(keys, stems, strict=True)]
    words = "|".join(
        f"(?={re.escape(letter)})(?:{_either(group, language)})"
        for letter, group in groupby(numbered, key=lambda pair: _first(pair[1]))
    )
    # The last word's ending is written once, after all of them: otherwise it takes six times as long to compile.
    whole = rf"{_PASSED_OVER}|(?<![\w-])(?:{words}){_ENDINGS[language]}(?![\w-])"
    return re.compile(whole, re.IGNORECASE | re.MULTILINE | re.DOTALL), keys


def _either(group: Iterable[tuple[str, str]], language: str) -> str:
    return "|".join(f"(?P<{name}>{_words(stem, language)})" for name, stem in group)


def _first(stem: str) -> str:
    return stem.removeprefix("=")[0].casefold()


def _words(stem: str, language: str) -> str:
    """The words of a stem, each but the last with an ending: "vastuullis työpaikkaohjaaj"."""
    exact = stem.startswith("=")
    parts = [re.escape(word) for word in stem.removeprefix("=").split()]
    return rf"{_ENDINGS[language]}\s+".join(f"(?-i:{word})" if exact else word for word in parts)
