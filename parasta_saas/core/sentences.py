"""Guidance text as sentences: the unit in which national and local words are compared and merged.

Splitting is lossless: `join(split(t)) == t`, character for character. Comparison ignores what a reader
doesn't see (Unicode form, soft hyphens, kind and amount of white space); output never does.
Blocks as in CommonMark: a list item, a heading or a table row is one unit, a blank line ends a paragraph.
Where a full stop is doubtful (an initial, an ordinal) no break is made: a unit too long asks a person
once too often, a unit too short would join two halves of a sentence without asking anyone.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_BLANKS = " \t\r\n"
_ENDS = ".!?…"
_CLOSERS = "\"“”'’»)]*_"
_OPENERS = "\"“”„'’‘«»([*_"
# A place where a unit could end: a full stop (with what closes after it) and white space, or a new line.
_CANDIDATE = re.compile(rf"[{re.escape(_ENDS)}][{re.escape(_CLOSERS)}]*[ \t\r\n]+|[ \t\r]*\n[ \t\r\n]*")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_ITEM = re.compile(r"(?:[-*+•]|\d{1,3}[.)])(?=[ \t])")
_LINE_BLOCK = re.compile(r"#{1,6}[ \t]|\|")
_NUMBER = re.compile(r"[\d.,:/–-]*\d")
_ONE_LETTER_PARTS = re.compile(r"[^\W\d_](?:[.-]+[^\W\d_])+")

# Abbreviations after which a sentence goes on, Finnish, Swedish and English, without the last full stop.
_GOES_ON = """
esim ks vrt mm nro tel puh klo os ent ns nk toim huom sis prof toht yht ko po ao alk tk viim väh
t.ex t.o.m fr.o.m bl.a dvs resp jfr nr kl ca fr tfn avd forts kap mom
dr mr mrs ms e.g i.e cf vs viz fig approx
"""
# Those that may also close a sentence: they do when a capital follows.
_MAY_END = "jne yms ym tms jms eaa osv o.s.v m.m m.fl mfl o.d o.dyl etc ff a.m p.m oy ab"
# Words after which a number with a full stop is a reference ("§ 4. Yhteistyö"), not an end.
_BEFORE_ORDINAL = "§ luku luvun kohta kohdan momentti kapitel kap punkt moment chapter section"
_GOING_ON, _ENDING, _REFERRING = (frozenset(words.split()) for words in (_GOES_ON, _MAY_END, _BEFORE_ORDINAL))


class Sentence(NamedTuple):
    """One unit with the white space before it; `key` is what is compared."""

    lead: str
    text: str
    key: str

    @property
    def opens_paragraph(self) -> bool:
        return bool(_BLANK_LINE.search(self.lead))


class Passage(NamedTuple):
    """A whole text: white space at the start, the sentences, white space at the end."""

    head: str
    sentences: tuple[Sentence, ...]
    tail: str


def comparable(text: str) -> str:
    """What two texts must share to count as the same words: NFC, no soft hyphens, single spaces."""
    text = " ".join(text.replace("\u00ad", "").split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


@lru_cache(maxsize=1024)
def split(text: str) -> Passage:
    """Cut a text into sentences. Remembered, since one national text meets many local ones."""
    body = text.strip(_BLANKS)
    head = text[: len(text) - len(text.lstrip(_BLANKS))]
    if not body:
        return Passage(head, (), "")
    return Passage(head, tuple(_sentences(body)), text[len(head) + len(body) :])


def join(passage: Passage) -> str:
    """The text that `split` was given."""
    return passage.head + "".join(lead + text for lead, text, _ in passage.sentences) + passage.tail


def compose(head: str, sentences: Iterable[Sentence], tail: str) -> str:
    """Put sentences from several texts together; where two would run into one, the gap is widened."""
    parts, before = [head], ""
    for lead, text, _ in sentences:
        if before:
            parts.append(_gap(before, lead, text))
        parts.append(text)
        before = text
    return "".join(parts) + tail


def paragraphs(passage: Passage) -> list[tuple[Sentence, ...]]:
    """The sentences by paragraph."""
    found: list[list[Sentence]] = []
    for sentence in passage.sentences:
        if not found or sentence.opens_paragraph:
            found.append([])
        found[-1].append(sentence)
    return [tuple(paragraph) for paragraph in found]


def _sentences(body: str) -> Iterable[Sentence]:
    start, lead = 0, ""
    for match in _CANDIDATE.finditer(body):
        stop = match.start() + len(match.group().rstrip(_BLANKS))
        if _breaks(body[start:stop], body[stop : match.end()], body[match.end() : match.end() + 16]):
            yield _sentence(lead, body[start:stop])
            start, lead = match.end(), body[stop : match.end()]
    yield _sentence(lead, body[start:])


def _sentence(lead: str, text: str) -> Sentence:
    return Sentence(lead, text, comparable(text))


def _gap(before: str, lead: str, after: str) -> str:
    """The given lead if it parts the two units, else the least that does."""
    if _breaks(before, lead, after):
        return lead
    return next(gap for gap in (" ", "\n", "\n\n") if _breaks(before, gap, after))


def _breaks(before: str, gap: str, after: str) -> bool:
    """Whether a unit ends here. Used for splitting and for putting together, so that the two agree."""
    line = "\n" in gap
    if line and (_BLANK_LINE.search(gap) or _ITEM.match(after) or _LINE_BLOCK.match(after)):
        return True
    if _LINE_BLOCK.match(before):
        return line
    if not gap or _ITEM.match(before):
        return False
    first = after.lstrip(_OPENERS)[:1]
    # A line that begins with a capital is its own unit: people write lists without marks.
    if line and first.isupper():
        return True
    return (first.isupper() or first.isdigit()) and _is_end(before, first)


def _is_end(before: str, first: str) -> bool:
    """Whether the mark that closes `before` ends a sentence, when `first` is the next character."""
    closed = before[-48:].rstrip(_CLOSERS)
    if closed[-1:] != ".":
        return closed != "" and closed[-1] in _ENDS
    words = closed.split()
    written = words[-1].lstrip(_OPENERS).rstrip(".")
    word = written.lower()
    # "J. Alanko" and "s. 5" go on; a small letter and then a capital do not (Swedish "… bor i. Läraren …").
    if word in _ENDING or (len(word) == 1 and word.isalpha() and written == word):
        return first.isupper()
    if word in _GOING_ON or (len(word) == 1 and word.isalpha()) or _ONE_LETTER_PARTS.fullmatch(word):
        return False
    if _NUMBER.fullmatch(word):
        return not first.isdigit() and not _is_ordinal(word, words[-2:-1])
    return True


def surely_ends(text: str) -> bool:
    """Whether a full stop after this ends a sentence in running text when a capital follows.

    `text` comes without its full stop. True only where `split` would break too (items and headings aside).
    """
    word = text[text.rfind(" ") + 1 :]
    return len(word) > 1 and word.isalpha() and word.lower() not in _GOING_ON


def _is_ordinal(word: str, before: list[str]) -> bool:
    return word.isdigit() and len(word) <= 2 and (not before or before[0].lower() in _REFERRING)
