"""Shapes of what is asked of a handbook's reading pages."""

from typing import Any

from marshmallow import fields

from ..core.fields import Choice, CommandSchema, Line, Number, Ref, Words, by_language
from ..core.i18n import _l
from .manual_roles import AUDIENCES

MAX_PLAIN = 2_000
NO_CHOICE: dict[str, Any] = {"invalid": _l("Choose one of the options.")}


class ReadManual(CommandSchema):
    """Which part of the handbook."""

    phase = Line(limit=80)
    role = Line(limit=120)
    form = Choice(("training_agreement", "apprenticeship"))
    unit = Ref("unit")
    version = Number()
    audience = Choice(tuple(AUDIENCES))


class SearchManual(CommandSchema):
    """A few words."""

    q = Line(limit=200)


class WritePlainText(CommandSchema):
    """The plain words of one step; an empty text is no text."""

    version = Number(required=True)
    text_fi = Words(limit=MAX_PLAIN)
    text_sv = Words(limit=MAX_PLAIN)
    text_en = Words(limit=MAX_PLAIN)


class MakePublic(CommandSchema):
    """What the public address shows."""

    indexed = fields.Boolean(load_default=False, error_messages=NO_CHOICE)
    whole = fields.Boolean(load_default=False, error_messages=NO_CHOICE)


def meant(schema: type[CommandSchema], args: dict[str, str]) -> dict[str, Any]:
    """What an address asks for; what it can't mean is left out, as an old bookmark should still open."""
    known = {name: value.replace("\x00", "") for name, value in args.items() if name in schema().fields}
    wrong = schema().validate(known)
    loaded: dict[str, Any] = schema().load({name: value for name, value in known.items() if name not in wrong})
    return loaded


def plain_of(data: dict[str, Any]) -> dict[str, str]:
    """A loaded WritePlainText as the service takes it."""
    return by_language(data, "text")
