"""Shapes of what people say about an existing handbook that they bring."""

from typing import Any

from marshmallow import fields, validate

from ..core.fields import Choice, CommandSchema, Line, Number, Ref, Words
from ..core.i18n import LANGUAGES, _l
from .pieces import MOST_CHARACTERS
from .pieces_files import MOST_BYTES


class BringHandbook(CommandSchema):
    """A file, or else a text with a name; `again`: also if the same one was brought before."""

    file = fields.Raw()
    text = Words(limit=2 * MOST_CHARACTERS)
    name = Line(limit=120)
    again = fields.Boolean()


class PlacePiece(CommandSchema):
    """On which step a piece shall stand, in which language it is."""

    step = Line(required=True, error_messages={"required": _l("Choose one of the steps.")})
    language = Choice(LANGUAGES)


class SettlePiece(CommandSchema):
    """To the shelf, or left out."""

    language = Choice(LANGUAGES)


class PlaceSure(CommandSchema):
    """The pieces that a person looked through in the preview."""

    pieces = fields.List(
        Ref("piece"), required=True,
        validate=validate.Length(min=1, max=400, error=_l("Choose at least one piece.")),  # type: ignore[arg-type]
        error_messages={"required": _l("Choose at least one piece.")},  # type: ignore[dict-item]
    )  # fmt: skip


class LookThrough(CommandSchema):
    """Which pieces are shown: those that wait or those that are settled; `last`: the one settled just now."""

    show = Choice(("settled",))
    at = Number(validate=validate.Range(min=1, max=400))
    last = Ref("piece")


def file_of(data: dict[str, Any]) -> tuple[str, bytes] | None:
    """(name, content) of the file that was chosen, one byte more than permitted at most; None without one."""
    sent = data.get("file")
    if sent is None or not hasattr(sent, "stream"):
        return None
    name = str(sent.filename or "").replace("\\", "/").rsplit("/", 1)[-1].replace("\x00", "")
    return " ".join(name.split())[-120:], sent.stream.read(MOST_BYTES + 1)
