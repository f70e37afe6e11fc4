"""Shapes of comments, proposals, questions to colleagues and their answers."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from ..core.fields import Choice, CommandSchema, Email, Line, Ref, Words
from ..core.i18n import LANGUAGES, _, _l

MAX = 4000
OUTCOMES = ("accepted", "partly", "rejected", "noted")


class SayComment(CommandSchema):
    """What somebody thinks of a step."""

    words = Words(limit=MAX, required=True, error_messages={"required": _l("Write your comment.")})


class SayPublicly(SayComment):
    """The same from the public page: who, from where, and where the answer may go."""

    name = Line(limit=80, required=True, error_messages={"required": _l("Write your name.")})
    place = Line(limit=120)
    email = Email()


class ProposeWords(CommandSchema):
    """Words that should stand on a step, with why. `part`: field and language, whose text field is the proposal."""

    part = Choice(tuple(f"{field}-{code}" for field in ("guidance", "note") for code in LANGUAGES), required=True)
    text_guidance_fi = Words(limit=10_000)
    text_guidance_sv = Words(limit=10_000)
    text_guidance_en = Words(limit=10_000)
    text_note_fi = Words(limit=10_000)
    text_note_sv = Words(limit=10_000)
    text_note_en = Words(limit=10_000)
    words = Words(limit=MAX, required=True, error_messages={"required": _l("Say in a sentence why.")})


class AskColleague(CommandSchema):
    """Whom to ask, and what."""

    member = Ref("member", required=True, error_messages={"required": _l("Choose whom you ask.")})
    words = Words(limit=MAX, required=True, error_messages={"required": _l("Write your question.")})
    step = Line(limit=80)


class AnswerComment(CommandSchema):
    """What comes of a comment, and the words for whoever made it. Noting alone needs no reason."""

    outcome = Choice(OUTCOMES, required=True, error_messages={"required": _l("Choose what comes of it.")})
    answer = Words(limit=MAX)

    @validates_schema
    def a_reason(self, data: dict[str, Any], **_kw: Any) -> None:
        if data.get("outcome") and not data.get("answer"):
            raise ValidationError({"answer": [_("Write the answer: whoever commented reads it.")]})


class TakeWords(CommandSchema):
    """Words of thanks to whoever proposed; the service says them where they are left empty."""

    answer = Words(limit=MAX)


class ShareWords(CommandSchema):
    """The step whose own text others may read."""

    step = Line(limit=80, required=True, error_messages={"required": _l("Choose one of the steps.")})


class SearchTemplates(CommandSchema):
    """Words to look for among shared texts."""

    q = Line(limit=100)
