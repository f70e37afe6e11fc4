"""Plain words for workplaces and students: what a writer is told about a text, whose names stay inside. Pure."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from ..core.i18n import N_
from ..core.sentences import split
from ..reference import glossary

# In a plain text a sentence says one thing, and a word longer than this is read piece by piece.
LONG_SENTENCE = {"fi": 14, "sv": 18, "en": 20}  # words
LONG_WORD = {"fi": 17, "sv": 17, "en": 14}  # letters
SHOWN = 4
EASY, FAIR, HARD = N_("Easy to read"), N_("Nearly easy to read"), N_("Hard to read")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Readability(NamedTuple):
    """What a writer should look at. `terms`: (word as it stands, what it means) of the field's own language."""

    words: int
    per_sentence: float
    long_sentences: list[str]
    long_words: list[str]
    terms: list[tuple[str, str]]

    @property
    def verdict(self) -> str:
        """EASY, FAIR or HARD."""
        faults = len(self.long_sentences) + len(self.terms) + len(self.long_words) / 2
        return EASY if not faults else FAIR if faults <= 2 else HARD


def readability(text: str, language: str) -> Readability | None:
    """How a text reads, at most SHOWN examples of each kind; None for an empty one. Raises UnknownLanguage."""
    words = _WORD.findall(text)
    if not words:
        return None
    sentences = [s.text for s in split(text).sentences if _WORD.search(s.text)]
    long = [s for s in sentences if len(_WORD.findall(s)) > LONG_SENTENCE[language]]
    wordy = dict.fromkeys(word for word in words if len(word) > LONG_WORD[language])
    meanings = {entry.key: entry.definition for entry in glossary.entries(language)}
    terms = [(text[span.start : span.end], meanings[span.key]) for span in glossary.find(text, language)]
    return Readability(
        len(words), round(len(words) / max(1, len(sentences)), 1), long[:SHOWN], list(wordy)[:SHOWN], terms[:SHOWN]
    )  # fmt: skip


class Person(NamedTuple):
    """Somebody who works at the provider."""

    name: str
    email: str = ""
    phone: str = ""


def without_people(people: Iterable[Person], instead: str) -> Callable[[str], str]:
    """A function that puts `instead` in the place of these people's names, addresses and numbers.

    A name is found as first and last name beside each other, inflected as in Finnish (Kerttu Kiven); a first name
    alone is not, because many are words as well.
    """
    patterns = [pattern for person in people for pattern in _patterns(person)]
    if not patterns:
        return str
    whole = re.compile("|".join(sorted(set(patterns), key=len, reverse=True)))
    return lambda text: whole.sub(instead, text)


def _patterns(person: Person) -> Iterable[str]:
    names = person.name.split()
    if len(names) > 1:
        first, last = names[0], names[-1]
        kept = last[: max(3, len(last) - 3)]
        between = r"(?:\s+[^\W\d_]+)?" if len(names) > 2 else ""
        yield rf"(?<!\w){re.escape(first)}(?:n|\w{{1,3}})?{between}\s+{re.escape(kept)}[\w-]*"
    if "@" in person.email:
        yield f"(?i:{re.escape(person.email)})"
    digits = re.sub(r"\D", "", person.phone)
    if len(digits) >= 6:
        yield r"(?:\+|\b)" + r"[\s-]?".join(digits) + r"\b"
