"""The text of a merge without a question, found without cutting the texts into sentences. Pure.

Most of a text is as it was, and nobody changed the same place. Such a text is taken apart at blank lines, and a
paragraph of running text at ". ". Where a part that changed begins and ends at a full stop that certainly ends a
sentence in all three texts, its new words are put in; anything doubtful, and anything both sides changed, is left to
`sentencewise`. Where an answer is given here it is the text given there (tests/instructions/test_quick.py).
"""

import re
from collections.abc import Sequence
from operator import ne

from ..core.alignment import Who, changes, weave
from ..core.sentences import surely_ends

# What opens a unit of its own, and a number inside that may open an item.
_NOT_RUNNING = re.compile(r"[-*+•#|]|\d{1,3}[.)][ \t]")
_NUMBER = re.compile(r"\.(?<=\d.) ")
_ITEM_INSIDE = re.compile(r"(?<!\S)\d{1,3}[.)] ")
_NOT_RUNNING_LINE = re.compile(r"\n[ \t]*(?:[-*+•#|\n]|\d|$)")
_MARK = re.compile(r"[.!?…]")
_LINE = "\0"
_BLANKS = " \t\r\n"
_SHORT = 300
_ALIKE = 24
Found = tuple[str, bool]


def merged(base: str, national: str, local: str) -> Found | None:
    """(merged text, whether changes may lie side by side), or None: look at every sentence."""
    if len(base) < _SHORT or len(national) < _SHORT or len(local) < _SHORT:
        return None
    if base[0] in _BLANKS or national[0] in _BLANKS or local[0] in _BLANKS:
        return None
    if base[-1] in _BLANKS:
        tail = base[len(base.rstrip(_BLANKS)) :]
        if not all(text.endswith(tail) for text in (national, local)):
            return None
        found = merged(*(text[: -len(tail)] for text in (base, national, local)))
        return found and (found[0] + tail, found[1])
    if "\n\n" not in base:
        return _paragraph(base, national, local)
    return _paragraphs(base.split("\n\n"), national.split("\n\n"), local.split("\n\n"))


def _paragraphs(base: list[str], national: list[str], local: list[str]) -> Found | None:
    """Paragraphs that stand where they stood, each merged alone."""
    if not len(base) == len(national) == len(local):
        return None
    texts: list[str] = []
    touching = changed = False
    for b, n, x in zip(base, national, local, strict=True):
        found = (b, False) if b == n == x else _paragraph(b, n, x) if _akin(b, n) and _akin(b, x) else None
        if found is None or b[:1] in _BLANKS or b[-1:] in _BLANKS:
            return None
        texts.append(found[0])
        same = b == n == x
        touching, changed = touching or found[1] or (changed and not same), not same
    return "\n\n".join(texts), touching


def _akin(was: str, now: str) -> bool:
    """Enough in common at one end to be sure that it is the same paragraph."""
    return was[:_ALIKE] == now[:_ALIKE] or was[-_ALIKE:] == now[-_ALIKE:]


def _paragraph(base: str, national: str, local: str) -> Found | None:
    was, theirs, ours = _pieces(base), _pieces(national), _pieces(local)
    if not (was and theirs and ours):
        return None
    if len(was) == len(theirs) == len(ours):
        found = _in_place(was, theirs, ours)
        if found:
            return found
    kept: list[str] = []
    before = Who.NOBODY
    for who, b, n, x in weave(len(was), changes(was, theirs), changes(was, ours)):
        if who is Who.BOTH or not (_parted(was[b]) and _parted(theirs[n]) and _parted(ours[x])):
            return None
        if Who.NOBODY not in (who, before):
            return None
        kept += ours[x] if who is Who.LOCAL else theirs[n]
        before = who
    if kept and kept[0].startswith(_LINE):
        return None
    return _text(kept), False


def _in_place(was: list[str], theirs: list[str], ours: list[str]) -> Found | None:
    """No sentence more and none less on either side, and no place changed by both."""
    national = [at for at, differs in enumerate(map(ne, was, theirs)) if differs]
    local = [at for at, differs in enumerate(map(ne, was, ours)) if differs]
    old = set(was)
    kept = theirs.copy()
    for at in local:
        if at in national or ours[at] in old:
            return None
        kept[at] = ours[at]
    for at in national:
        if theirs[at] in old:
            return None
    last = len(was) - 1
    for at in (*national, *local):
        around = (was[at], kept[at])
        if at > 0 and not (surely_ends(was[at - 1]) and all(map(_begins, around))):
            return None
        if at < last and not (_begins(was[at + 1]) and all(map(surely_ends, around))):
            return None
    beside = [(at, other) for at in local for other in (at - 1, at + 1) if other in national]
    for at, other in beside:
        if not (_alone(at, was, kept, local) and _alone(other, was, kept, national)):
            return None
    return _text(kept), bool(beside)


def _alone(at: int, was: list[str], kept: list[str], changed: list[int]) -> bool:
    """Whether one plain sentence became one plain sentence here, and its side changed nothing next to it."""
    plain = not (_MARK.search(was[at]) or _MARK.search(kept[at])) and was[at][:1] != _LINE != kept[at][:1]
    return plain and at - 1 not in changed and at + 1 not in changed


def _pieces(paragraph: str) -> list[str] | None:
    """Running text cut at every ". " and at every new line after a full stop; None where it may hold units that are
    no sentences. A piece that began a line begins with _LINE."""
    if paragraph[-1:] != "." or "\t" in paragraph or "\r" in paragraph or _LINE in paragraph:
        return None
    if "\n" in paragraph:
        if _NOT_RUNNING_LINE.search(paragraph):
            return None
        paragraph = paragraph.replace(".\n", f". {_LINE}")
        if "\n" in paragraph:
            return None
    numbers = ") " in paragraph or _NUMBER.search(paragraph)
    if _NOT_RUNNING.match(paragraph) or (numbers and _ITEM_INSIDE.search(paragraph)):
        return None
    return paragraph[:-1].split(". ")


def _text(pieces: list[str]) -> str:
    """The pieces as they were written."""
    return ". ".join(pieces).replace(f". {_LINE}", ".\n") + "."


def _begins(piece: str) -> bool:
    """Whether a sentence certainly begins here, when a full stop stands before."""
    return piece.lstrip(_LINE)[:1].isupper()


def _parted(pieces: Sequence[str]) -> bool:
    """Whether the pieces, if there are any, begin and end where a sentence certainly does."""
    return not pieces or (_begins(pieces[0]) and surely_ends(pieces[-1]))
