"""Markdown and plain text as blocks. Pure.

Markdown is cut by the parser that shows it later (without its inline part), so that a # in a code block is no heading.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt

from .pieces import Block, Told, escaped
from .pieces_tables import blocks_of

_blocks = MarkdownIt("commonmark", {"html": False}).disable(["inline", "text_join"])
_ATX = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.M)
_SETEXT = re.compile(r"^[^\n]*\S[^\n]*\n(?:={3,}|-{3,})[ \t]*$", re.M)
_IMAGE = re.compile(r"!\[([^\[\]\n]*)\]\(([^()\n]*)\)")
_INLINE = re.compile(r"(?<!\\)(\*\*|__|\*|`)")
_DEEP_QUOTE = re.compile(r"^(?:[ \t]*>){11,}", re.M)
_DEEP_INDENT = re.compile(r"^[ \t]{25,}", re.M)
_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_MARKED = re.compile(r"^\s*(?:[-*+•–·▪o]\s|\(?\d{1,3}\)|[a-zåäö]\))", re.I)
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\.?[ \t]+(?=[^\W\d_])")
_BULLET = re.compile(r"^([ \t]*)[•–·▪][ \t]+")
LONGEST_HEADING = 80
SHORT_LINE = 60


def is_markdown(text: str) -> bool:
    """Whether a pasted text has headings as Markdown writes them."""
    return bool(_ATX.search(text) or _SETEXT.search(text))


def markdown_blocks(text: str) -> tuple[list[Block], list[Told]]:
    """A Markdown text at its headings; images are told, tables become lists."""
    told: list[Told] = []
    text = _calmed(text.replace("\r\n", "\n").replace("\r", "\n"), told)
    lines = text.split("\n")
    blocks: list[Block] = []
    at = 0
    for token in _blocks.parse(text):
        if token.type == "heading_open" and token.level == 0 and token.map:
            start, end = token.map
            blocks += _body(lines[at:start])
            level, words = int(token.tag[1]), "\n".join(lines[start:end])
            blocks.append(Block(_heading_words(words, token.markup), level=level))
            at = end
    return blocks + list(_body(lines[at:])), told


def _heading_words(words: str, markup: str) -> str:
    if markup.startswith("#"):
        words = re.sub(r"^\s*#+[ \t]*", "", words)
        words = re.sub(r"[ \t]#+[ \t]*$", "", words)
    else:
        words = words.rsplit("\n", 1)[0]
    words = re.sub(r"\[([^\[\]]*)\]\(([^()\s]*)\)", r"\1 (\2)", _INLINE.sub("", words))
    return re.sub(r"\\([\\*`\[\]_#])", r"\1", words)


def _calmed(text: str, told: list[Told]) -> str:
    """Images told and left out; quotes and indents deeper than a page can show made shallower."""

    def left_out(match: re.Match[str]) -> str:
        told.append(Told("image", f"{match[1]} ({match[2]})".strip()))
        return match[1]

    text = _IMAGE.sub(left_out, text)
    calm = _DEEP_INDENT.sub(" " * 24, _DEEP_QUOTE.sub("> " * 10, text))
    if calm != text:
        told.append(Told("deep"))
    return calm


def _body(lines: Sequence[str]) -> Iterator[Block]:
    """What stands between two headings: its tables as lists, all else as it is."""
    kept: list[str] = []
    fence, at = "", 0
    while at < len(lines):
        line = lines[at]
        mark = re.match(r"^\s*(`{3,}|~{3,})", line)
        if mark:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        if not fence and "|" in line and at + 1 < len(lines) and "|" in lines[at + 1] and _RULE.match(lines[at + 1]):
            end = next((i for i in range(at + 2, len(lines)) if "|" not in lines[i]), len(lines))
            yield Block("\n".join(kept))
            kept = []
            yield from blocks_of([_cells(lines[at]), *map(_cells, lines[at + 2 : end])], header=True)
            at = end
            continue
        kept.append(line)
        at += 1
    yield Block("\n".join(kept))


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [_INLINE.sub("", cell.replace("\\|", "|")).strip() for cell in re.split(r"(?<!\\)\|", inner)]


def plain_blocks(text: str) -> list[Block]:
    """Plain text: numbered and short lines that stand alone are headings, marked lines a list."""
    lines = [line.rstrip().replace("\t", " ") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    blocks: list[Block] = []
    for at, line in enumerate(lines):
        words = line.strip()
        if not words:
            continue
        after = at == 0 or not lines[at - 1].strip()
        if level := heading_level(words, lonely=after, follows=_next(lines, at)):
            blocks.append(Block(words, level=level))
        elif _MARKED.match(line):
            blocks.append(Block(_listed(line), tight=not after))
        else:
            blocks.append(Block(escaped(words), tight=not after))
    return blocks


def heading_level(words: str, *, lonely: bool, follows: str, bold: bool = False) -> int:
    """1 or more where a line reads like a heading, 0 where it does not.

    lonely: it begins a paragraph; follows: the next line with words; bold: it is all bold.
    """
    if len(words) > LONGEST_HEADING or not follows or _MARKED.match(words):
        return 0
    if number := _NUMBERED.match(words):
        level = number[1].count(".") + 1
        beside = _NUMBERED.match(follows)
        one_of_a_list = level == 1 and beside is not None and beside[1].count(".") == 0
        return 0 if words.endswith((".", ";", ",")) or one_of_a_list or not (lonely or level > 1) else level
    if words.endswith((".", ",", ";", ":", "!", "?", "…")) or not words[0].isupper():
        return 0
    if bold:
        return 2
    plain = lonely and len(words) <= SHORT_LINE and len(words.split()) <= 8
    return 2 if plain and (len(follows) > len(words) or _MARKED.match(follows)) else 0


def _next(lines: Sequence[str], at: int) -> str:
    return next((line.strip() for line in lines[at + 1 :] if line.strip()), "")


def _listed(line: str) -> str:
    """A marked line as an item of a Markdown list, one level deep."""
    words = _BULLET.sub("- ", line).strip()
    mark, _space, rest = words.partition(" ")
    if mark in ("-", "*", "+", "o"):
        return f"- {escaped(rest.strip())}"
    return f"- {escaped(words)}"
