"""What a file really is, whatever its name says, and its text where it is text. Pure; nothing is unpacked to disk."""

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile

from .pieces import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_MEMBERS = 2_000
MACRO_NAMES = (".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".xlsb")
TEXT_NAMES = {".md": "markdown", ".markdown": "markdown", ".txt": "text"}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_BROKEN_ZIP = (BadZipFile, LargeZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
# An entity would unfold when it is read; no office program writes a document type.
_TYPES = tuple(word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def kind_of(name: str, data: bytes) -> str:
    """docx, xlsx, markdown or text, by what is in the file. Raises Refused with how to mend it."""
    if len(data) > MOST_BYTES:
        raise Refused("too_large", most=MOST_BYTES // (1024 * 1024))
    if not data.strip():
        raise Refused("empty")
    ending = _ending(name)
    if data.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Refused("encrypted" if locked else "old_format")
    if data.startswith(b"%PDF"):
        raise Refused("pdf")
    if data.startswith(b"{\\rtf"):
        raise Refused("other_format")
    if data.startswith(b"PK"):
        found = _office(data)
        if ending in MACRO_NAMES:
            raise Refused("macros")
        if ending != f".{found}":
            raise Refused("belied", found=found)
        return found
    if ending in (".docx", ".xlsx"):
        raise Refused("corrupt")
    if ending not in TEXT_NAMES:
        raise Refused("wrong_kind")
    return TEXT_NAMES[ending]


def text_of(data: bytes) -> str:
    """The words of a text file: UTF-8, UTF-16 with its mark, else Windows-1252. Raises Refused: not_text."""
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if _CONTROL.search(text) or text.count("\ufffd") > len(text) / 100:
        raise Refused("not_text")
    return text.encode("utf-8", "ignore").decode()


def _ending(name: str) -> str:
    stem, dot, ending = name.strip().casefold().rpartition(".")
    return dot + ending if stem or dot else ""


def _office(data: bytes) -> str:
    """docx or xlsx, looked through before any parser sees it."""
    try:
        with ZipFile(BytesIO(data)) as box:
            return _looked_through(box)
    except _BROKEN_ZIP:
        raise Refused("corrupt") from None


def _looked_through(box: ZipFile) -> str:
    members = box.infolist()
    names = {member.filename for member in members}
    if any(member.flag_bits & 1 for member in members):
        raise Refused("encrypted")
    # What a member says of its size is also all that is ever unpacked of it.
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Refused("bomb")
    if "mimetype" in names and "content.xml" in names:
        raise Refused("other_format")
    if "[Content_Types].xml" not in names:
        raise Refused("wrong_kind")
    types = box.read("[Content_Types].xml")
    if b"macroEnabled" in types or any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise Refused("macros")
    for member in members:
        if member.filename.casefold().endswith((".xml", ".rels")):
            inner = box.read(member)
            if any(mark in inner for mark in _TYPES):
                raise Refused("corrupt")
    found = "docx" if b"wordprocessingml.document.main" in types else "xlsx" if b"sheet.main" in types else ""
    if not found:
        raise Refused("wrong_kind")
    return found
