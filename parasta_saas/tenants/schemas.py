"""Shapes of what people type about organisations."""

from marshmallow import fields

from ..core.fields import Choice, CommandSchema, Line
from ..core.i18n import LANGUAGES


class AcceptInvitation(CommandSchema):
    """One's own name and language; the rest was said in the invitation."""

    name = Line(required=True)
    language = Choice(LANGUAGES, required=True)


class ChooseLanguages(CommandSchema):
    """The working languages of a provider."""

    languages = fields.List(Choice(LANGUAGES), load_default=list)
