"""The one door to cutting: a file or a pasted text in, pieces and what was left out, or a refusal. Pure."""

import struct
import zlib
from zipfile import BadZipFile

from docx.opc.exceptions import OpcError
from lxml.etree import LxmlError
from openpyxl.utils.exceptions import InvalidFileException

from .pieces import Block, Cut, Refused, Told, assembled
from .pieces_docx import docx_blocks
from .pieces_files import kind_of, text_of
from .pieces_text import is_markdown, markdown_blocks, plain_blocks
from .pieces_xlsx import xlsx_blocks

# What the two libraries let through when a file is not what it should be: a refusal for the reader, never an error.
BROKEN = (
    ArithmeticError, AssertionError, AttributeError, BadZipFile, EOFError, InvalidFileException, LookupError, LxmlError,
    NotImplementedError, OpcError, OSError, RecursionError, SyntaxError, TypeError, ValueError, struct.error,
    zlib.error,
)  # fmt: skip


def cut_file(name: str, data: bytes) -> Cut:
    """The pieces of a file (DOCX, XLSX, Markdown, plain text). Raises Refused, nothing else."""
    kind = kind_of(name, data)
    if kind in ("markdown", "text"):
        return cut_text(text_of(data), markdown=kind == "markdown" or None)
    try:
        blocks, told = (docx_blocks if kind == "docx" else xlsx_blocks)(data)
    except BROKEN:
        raise Refused("corrupt") from None
    return assembled(kind, blocks, told)


def cut_text(words: str, *, markdown: bool | None = None) -> Cut:
    """The pieces of a text; `markdown`: whether it is known to be. Raises Refused: empty, too_much, too_many."""
    if len(words) > 2 * 1_000_000:
        raise Refused("too_much", most=1_000_000)
    words = words.replace("\x00", "").replace("\u00ad", "").replace("\u00a0", " ")
    told: list[Told] = []
    blocks: list[Block]
    if markdown or (markdown is None and is_markdown(words)):
        blocks, told = markdown_blocks(words)
        return assembled("markdown", blocks, told)
    blocks = plain_blocks(words)
    return assembled("text", blocks, told)
