"""From bytes to characters: byte order mark, else what the file declares, else UTF-8 (XML 1.0, appendix F). Pure."""

import codecs
import re
from typing import NamedTuple

from .refusal import Refused

_MARKS = (  # the longer ones first: UTF-32 begins as UTF-16 does
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(r"""\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_KNOWN = re.compile(
    r"utf-(8|16|32)(-sig|-le|-be)?|ascii|iso8859-\d+|cp\d+|koi8-[ru]|mac-roman|shift_jis|euc_jp|euc_kr|gb\w+|big5"
)


class Decoded(NamedTuple):
    """The characters, the encoding they came in, and the declared one where that was another."""

    text: str
    encoding: str
    belied: str | None


def decoded(data: bytes) -> Decoded:
    """The characters of an XML file. Raises Refused: not_bpmn (no XML at all), encoding_unknown, encoding_broken."""
    mark, shown = _shown(data)
    if not shown and data[:1024].lstrip()[:1] != b"<":
        raise Refused("not_bpmn")
    head = data[len(mark) : 1200].decode(shown or "latin-1", "replace")
    declared = _DECLARED.match(head)
    encoding = _codec(declared[1]) if declared else "utf-8"
    wide = encoding.startswith(("utf-16", "utf-32"))
    belied = None
    if shown and (declared and not shown.startswith(encoding)):
        belied = declared[1]
    elif not shown and wide and declared:  # one byte each: what could be read so far is not UTF-16
        belied, shown = declared[1], "utf-8"
    used = shown or encoding
    try:
        return Decoded(data[len(mark) :].decode(used).lstrip(), used, belied)
    except UnicodeDecodeError:
        raise Refused("encoding_broken", encoding=used) from None


def _shown(data: bytes) -> tuple[bytes, str | None]:
    """(the byte order mark, the encoding that the first bytes show)."""
    for start, encoding in _MARKS:
        if data.startswith(start):
            return (b"" if b"<" in start else start), encoding
    return b"", None


def _codec(name: str) -> str:
    """Python's name of a declared encoding; of Python's own inventions (rot13, unicode_escape) none is taken."""
    try:
        found = codecs.lookup(name).name
    except LookupError:
        found = ""
    if not _KNOWN.fullmatch(found):
        raise Refused("encoding_unknown", encoding=name)
    return found
