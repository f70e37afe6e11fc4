"""A Word file as blocks: headings by style or outline level, lists and tables as Markdown. Pure.

python-docx opens the package and its parts; the text is walked here, as python-docx's own texts leave out tracked
insertions, content controls and text boxes.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from .pieces import Block, Told, emphasised, escaped
from .pieces_tables import blocks_of
from .pieces_text import heading_level
from .pieces_word_styles import Styles

P, TBL, TR, TC, T, PPR = map(qn, ("w:p", "w:tbl", "w:tr", "w:tc", "w:t", "w:pPr"))
BOX, LINK, SDT, DRAWING, PICT = map(qn, ("w:txbxContent", "w:hyperlink", "w:sdt", "w:drawing", "w:pict"))
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
BREAKS, DASHES, GONE = {qn("w:br"), qn("w:cr")}, {qn("w:noBreakHyphen")}, {qn("w:del"), qn("w:moveFrom")}
NOT_WORDS = {qn("w:rPr"), PPR, qn("w:instrText"), qn("w:sdtPr"), FALLBACK, BOX} | GONE
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s()<>]+$")
# Parts beside the text: their words are told, so that nothing is dropped unseen.
ASIDE = {"header": "header", "footer": "header", "footnotes": "footnote", "endnotes": "footnote", "comments": "comment"}


def docx_blocks(data: bytes) -> tuple[list[Block], list[Told]]:
    """The text of a Word file in order, and what was left out. The file has been looked through (pieces_files)."""
    document = Document(BytesIO(data))
    reader = _Reader(document.part)
    blocks = list(reader.blocks(document.element.body))
    if not any(block.level is not None for block in blocks):
        blocks = list(reader.guessed(blocks))
    return blocks, [*reader.told, *_beside(document.part)]


class _Reader:
    def __init__(self, part: Any) -> None:
        self.part, self.styles, self.told = part, Styles(part), list[Told]()
        self.bold: set[int] = set()  # numbers of blocks that are all bold: headings where there are no others
        self._count = 0
        self._listed = False  # the paragraph before was an item of a list

    def blocks(self, place: Any) -> Iterator[Block]:
        for child in place:
            if child.tag == P:
                yield from self._paragraph(child)
            elif child.tag == TBL:
                yield from self._table(child)
            elif child.tag == SDT and _is_contents(child):
                self.told.append(Told("contents", " ".join(_texts(child))))
            elif child.tag in GONE:
                self._tell_gone(child)
            elif child.tag not in NOT_WORDS and isinstance(child.tag, str):
                yield from self.blocks(child)

    def guessed(self, blocks: list[Block]) -> Iterator[Block]:
        """Without a single heading style, short bold and numbered lines are the headings."""
        for at, block in enumerate(blocks):
            follows = next((later.text.strip() for later in blocks[at + 1 :] if later.text.strip()), "")
            words = block.text.replace("\\", "")
            bold = at in self.bold
            plain = not (block.tight or block.title or words.startswith("- ") or not words)
            level = heading_level(words, lonely=bold, follows=follows, bold=bold) if plain else 0
            yield Block(words, level=level) if level else block

    def _paragraph(self, p: Any) -> Iterator[Block]:
        self._tell_pictures(p)
        for gone in (each for tag in GONE for each in p.iter(tag)):
            self._tell_gone(gone)
        style = self.styles.of(p)
        plain = "".join(self._words(p, plain=True)).strip()
        if style.contents:
            self.told.append(Told("contents", plain))
        elif plain and style.level is not None:
            yield self._counted(Block(plain, level=style.level))
        elif plain:
            words = "".join(self._words(p)).strip()
            if style.mark:
                words = f"{'   ' * style.depth}{style.mark} " + words.replace("\n", " ")
            if _all_bold(p):
                self.bold.add(self._count)
            yield self._counted(Block(words, tight=bool(style.mark) and self._listed))
            self._listed = bool(style.mark)
        if not style.mark:
            self._listed = False
        for box in _boxes(p):
            yield from self.blocks(box)

    def _counted(self, block: Block) -> Block:
        self._count += 1
        return block

    def _table(self, table: Any) -> Iterator[Block]:
        rows = [[self._cell(cell) for cell in _inner(row, TC)] for row in _inner(table, TR)]
        header = any(True for _each in table.iter(qn("w:tblHeader")))
        for block in blocks_of(rows, header=header):
            yield self._counted(block)
        self._listed = False

    def _cell(self, cell: Any) -> str:
        """Everything in a cell on one line, tables in it, too."""
        found = []
        for p in cell.iter(P):
            self._tell_pictures(p)
            found.append("".join(self._words(p, plain=True)).strip())
        return " ".join(words for words in found if words)

    def _words(self, node: Any, *, plain: bool = False) -> Iterator[str]:
        """`plain`: as they are read, without Markdown."""
        for child in node:
            tag = child.tag
            if not isinstance(tag, str) or tag in NOT_WORDS:
                continue
            if tag in (T, MATHS):
                yield (child.text or "") if plain else escaped(child.text or "")
            elif tag == qn("w:tab"):
                yield " "
            elif tag in BREAKS:
                yield " " if plain else "\n"
            elif tag in DASHES:
                yield "-"
            elif tag == LINK:
                yield self._link("".join(self._words(child, plain=True)), child.get(qn("r:id")), plain)
            else:
                yield from self._words(child, plain=plain)

    def _link(self, words: str, rid: str | None, plain: bool) -> str:
        relation = self.part.rels.get(rid) if rid else None
        address = relation.target_ref if relation is not None and relation.is_external else ""
        if plain or not _ADDRESS.match(address) or not words.strip():
            return words if plain else escaped(words)
        return f"[{emphasised(words)}]({address})"

    def _tell_pictures(self, p: Any) -> None:
        for tag in (DRAWING, PICT):
            for picture in p.iter(tag):
                if any(True for _box in picture.iter(BOX)) or _within(picture, FALLBACK):
                    continue
                named = next(picture.iter(qn("wp:docPr")), None)
                words = (named.get("descr") or named.get("name") or "") if named is not None else ""
                self.told.append(Told("image", words))

    def _tell_gone(self, place: Any) -> None:
        if words := "".join(each.text or "" for each in place.iter(qn("w:delText"), T)).strip():
            self.told.append(Told("deleted", words))


def _beside(part: Any) -> Iterator[Told]:
    """Headers, notes and comments with their words; objects of other programs."""
    for relation in part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if relation.is_external:
            continue
        if kind in ASIDE:
            if words := " ".join(_texts(_tree(relation.target_part))).strip():
                yield Told(ASIDE[kind], words)
        elif kind in ("oleObject", "package", "chart", "diagramData"):
            yield Told("object")


def _tree(part: Any) -> Any:
    return part.element if hasattr(part, "element") else parse_xml(part.blob)


def _texts(place: Any) -> Iterator[str]:
    for p in place.iter(P):
        if words := "".join(t.text or "" for t in p.iter(T)).strip():
            yield words


def _inner(place: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also within content controls and tracked changes, not of tables inside."""
    for child in place:
        if child.tag == tag:
            yield child
        elif child.tag not in (TBL, TR, TC) and child.tag not in GONE:
            yield from _inner(child, tag)


def _boxes(p: Any) -> Iterator[Any]:
    return (box for box in p.iter(BOX) if not _within(box, FALLBACK) and not _within(box, BOX))


def _within(node: Any, tag: str) -> bool:
    return any(True for _each in node.iterancestors(tag))


def _is_contents(sdt: Any) -> bool:
    gallery = next(sdt.iter(qn("w:docPartGallery")), None)
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def _all_bold(p: Any) -> bool:
    runs = [run for run in p.iter(qn("w:r")) if any((t.text or "").strip() for t in run.iter(T))]
    return bool(runs) and all(_on(run.find(f"{qn('w:rPr')}/{qn('w:b')}")) for run in runs)


def _on(switch: Any) -> bool:
    return switch is not None and switch.get(qn("w:val")) not in ("0", "false", "off")
