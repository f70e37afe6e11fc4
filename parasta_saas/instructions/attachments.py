"""Which files may hang on a step, told by their first bytes and their name together. Pure."""

_ZIP = b"PK\x03\x04"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
# Ending of the name → (media type, how its bytes begin).
KINDS: dict[str, tuple[str, bytes]] = {
    "pdf": ("application/pdf", b"%PDF-"),
    "docx": (_OFFICE + "wordprocessingml.document", _ZIP),
    "xlsx": (_OFFICE + "spreadsheetml.sheet", _ZIP),
    "pptx": (_OFFICE + "presentationml.presentation", _ZIP),
    "odt": (_OPEN + "text", _ZIP),
    "ods": (_OPEN + "spreadsheet", _ZIP),
    "odp": (_OPEN + "presentation", _ZIP),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "txt": ("text/plain", b""),
    "csv": ("text/csv", b""),
}
ACCEPT = ",".join(f".{ending}" for ending in KINDS)


def media_type(name: str, content: bytes) -> str | None:
    """The media type of a file that may be attached; None for an empty one, another kind, or a name that lies."""
    kind, begins = KINDS.get(name.rpartition(".")[2].lower(), ("", b""))
    if not kind or not content or not content.startswith(begins):
        return None
    return kind if begins or _is_text(content) else None


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
