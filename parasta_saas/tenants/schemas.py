"""Shapes of what people type about organisations."""

from ..core.fields import Choice, CommandSchema, Line
from ..core.i18n import LANGUAGES


class AcceptInvitation(CommandSchema):
    """One's own name and language; the rest was said in the invitation."""

    name = Line(required=True)
    language = Choice(LANGUAGES, required=True)
