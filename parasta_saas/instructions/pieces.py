"""An existing handbook cut into pieces at its headings, so that each may find a step. Pure; files: pieces_files.

Every word of what was read is in some piece (path, title or text) or told in `Cut.told`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

MOST_CHARACTERS, MOST_PIECES = 1_000_000, 400
LONGEST = 6_000  # characters of a piece: a step's own text takes 10,000
CUT_DEPTH = 4  # a heading deeper than that stays inside its piece
LONGEST_TITLE = 160
KINDS = ("docx", "xlsx", "markdown", "text")


class Refused(Exception):
    """What was brought can't be read; `code` is said in pieces_words."""

    def __init__(self, code: str, **facts: int | str) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


class Told(NamedTuple):
    """Something that did not become a piece: what it was (pieces_words.TOLD), its words, how many."""

    what: str
    words: str = ""
    number: int = 1


class Block(NamedTuple):
    """A paragraph (Markdown); with a level a heading (plain words); with a title a piece of its own (a table's row).

    `tight`: stands right under the block before, as list items do.
    """

    text: str
    level: int | None = None
    tight: bool = False
    title: str = ""


class Piece(NamedTuple):
    """A part of the handbook: the headings above it, its own heading (may be empty), its text as Markdown."""

    path: tuple[str, ...]
    title: str
    text: str


class Cut(NamedTuple):
    """What was made of a file or a pasted text."""

    kind: str  # of KINDS
    pieces: tuple[Piece, ...]
    told: tuple[Told, ...]


def assembled(kind: str, blocks: Iterable[Block], told: Sequence[Told] = ()) -> Cut:
    """Blocks in order as pieces. Raises Refused: empty, too_much, too_many."""
    desk = _Desk()
    size = 0
    for block in blocks:
        size += len(block.text) + len(block.title)
        if size > MOST_CHARACTERS:
            raise Refused("too_much", most=MOST_CHARACTERS)
        desk.take(block)
    desk.close()
    pieces = tuple(part for piece in desk.pieces for part in _short(piece))
    if not pieces:
        raise Refused("empty")
    if len(pieces) > MOST_PIECES:
        raise Refused("too_many", most=MOST_PIECES, found=len(pieces))
    more = [] if desk.headings or len(pieces) < 2 and len(pieces[0].text) < LONGEST / 2 else [Told("no_headings")]
    return Cut(kind, pieces, (*told, *desk.told, *more))


class _Desk:
    """Where the blocks are laid: the headings above, the text begun, the pieces done."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.told: list[Told] = []
        self.headings = 0
        self._above: list[tuple[int, str]] = []
        self._used = 0  # how many of the headings above are in some piece
        self._begun: list[str] = []

    def take(self, block: Block) -> None:
        if block.level is not None and block.level <= CUT_DEPTH and block.text.strip():
            self._heading(block.level, " ".join(block.text.split()))
        elif block.title:
            self._flush()
            self.headings += 1
            self._put(tuple(name for _level, name in self._above), block.title, block.text)
        elif block.text.strip():
            words = f"**{emphasised(block.text)}**" if block.level is not None else block.text.strip("\n")
            self._begun.append(("\n" if block.tight and self._begun else "\n\n") + words)

    def close(self) -> None:
        self._flush()
        self._leave(-1)

    def _heading(self, level: int, words: str) -> None:
        self._flush()
        self._leave(level)
        self.headings += 1
        if len(words) > LONGEST_TITLE:  # too long for a name: it is read as text under its beginning
            self._begun.append(emphasised(words))
            words = words[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
        self._above.append((level, words))

    def _leave(self, level: int) -> None:
        """Out of the headings of that level and deeper; those under which nothing stood are told."""
        stay = [pair for pair in self._above if pair[0] < level]
        self.told += [Told("bare_heading", name) for _level, name in self._above[max(len(stay), self._used) :]]
        self._above, self._used = stay, min(self._used, len(stay))

    def _flush(self) -> None:
        text = "".join(self._begun).strip("\n")
        self._begun = []
        if text.strip():
            names = [name for _level, name in self._above]
            self._put(tuple(names[:-1]), names[-1] if names else "", text)

    def _put(self, path: tuple[str, ...], title: str, text: str) -> None:
        self._used = len(self._above)
        self.pieces.append(Piece(path, title, text.strip("\n")))


def _short(piece: Piece) -> Iterator[Piece]:
    """A long piece in parts of at most LONGEST characters, cut between paragraphs where it can be."""
    if len(piece.text) <= LONGEST:
        yield piece
        return
    parts = list(_parts(piece.text))
    for number, part in enumerate(parts, 1):
        title = f"{piece.title} ({number}/{len(parts)})".strip()
        yield Piece(piece.path, title, part)


def _parts(text: str) -> Iterator[str]:
    while len(text) > LONGEST:
        at = next((cut for mark in ("\n\n", "\n", ". ", " ") if (cut := _last(text, mark)) > 0), LONGEST)
        yield text[:at].strip("\n")
        text = text[at:].lstrip("\n").removeprefix(" ")
    if text.strip():
        yield text


def _last(text: str, mark: str) -> int:
    """Behind the last such mark before LONGEST, not in the first third of it; else 0."""
    at = text.rfind(mark, LONGEST // 3, LONGEST)
    return at + len(mark) if at > 0 else 0


_SPECIAL = re.compile(r"([\\*`\[\]])")
_LINE_START = re.compile(r"^(\s*)([#>+-])(?=\s|>|$|#|-)|^(\s*\d{1,9})([.)])(?=\s|$)", re.M)


def escaped(words: str) -> str:
    """Plain words so that Markdown shows them as they are."""
    words = _SPECIAL.sub(r"\\\1", words)
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[3]}\\{m[4]}", words)


def emphasised(words: str) -> str:
    """Plain words that may stand between stars."""
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))
