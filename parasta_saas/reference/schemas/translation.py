"""What the forms of the translation desk carry."""

from ...core.fields import Choice, CommandSchema, Line, Words
from ...core.i18n import LANGUAGES
from .release import MAX_GUIDANCE


class TranslateText(CommandSchema):
    """One text in one language. `seen`: the print of what the writer had before their eyes."""

    place = Line(required=True)
    language = Choice(LANGUAGES, required=True)
    words = Words(required=True, limit=MAX_GUIDANCE)
    seen = Line(required=True)


class SettleText(CommandSchema):
    """Which text is right as it is, or is to be looked at again."""

    place = Line(required=True)
