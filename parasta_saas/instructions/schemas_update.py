"""Shapes of the answers to a national update: one choice for each question, in order."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from ..core.fields import Choice, CommandSchema, Line, Number, Ref, Words
from ..core.i18n import _, _l
from .merge import KEEP_LOCAL, TAKE_NATIONAL
from .merge import Choice as Answer

WAYS = ("combine", "keep", "take")


class AnswerQuestions(CommandSchema):
    """Base of the schema for a number of questions; `own_<n>` are the words of a combined sentence."""

    count = 0

    @validates_schema
    def words_for_combined(self, data: dict[str, Any], **_kw: Any) -> None:
        problems = {
            f"own_{n}": [_("Write the sentence that stays in force.")]
            for n in range(self.count)
            if data.get(f"choice_{n}") == "combine" and not data.get(f"own_{n}")
        }
        if problems:
            raise ValidationError(problems)


def answers_for(count: int) -> type[AnswerQuestions]:
    """The schema of a form with this many questions."""
    needed = {"required": _l("Choose which sentence stays in force.")}
    asked: dict[str, Any] = {"count": count}
    for n in range(count):
        asked[f"choice_{n}"] = Choice(WAYS, required=True, error_messages=needed)
        asked[f"own_{n}"] = Words(limit=4000)
    return type("AnswerQuestions", (AnswerQuestions,), asked)


def choices_of(data: dict[str, Any], count: int) -> list[Answer]:
    """A loaded form as `Proposal.decide` takes it."""
    ready: dict[str, Answer] = {"keep": KEEP_LOCAL, "take": TAKE_NATIONAL}
    return [ready.get(data[f"choice_{n}"]) or data[f"own_{n}"] for n in range(count)]


def decision_of(data: dict[str, Any], count: int) -> str:
    """One word for the log: combine, keep, take, or mixed."""
    made = {data[f"choice_{n}"] for n in range(count)}
    return made.pop() if len(made) == 1 else "mixed"


class SettleMeeting(CommandSchema):
    """Words of a step that became part of another one: beside that one's words, or on the shelf."""

    way = Choice(
        ("beside", "shelf"), required=True, error_messages={"required": _l("Choose where these words go.")}
    )  # fmt: skip


class AssignUpdate(CommandSchema):
    """Who sees to the update; nobody where it is empty."""

    member = Ref("member")


class PlaceText(CommandSchema):
    """On which step words from the shelf shall stand."""

    step = Line(required=True, error_messages={"required": _l("Choose one of the steps.")})
    version = Number()


class PlaceTexts(CommandSchema):
    """The same for several texts at once."""

    texts = fields.List(Ref("shelved"), required=True, validate=validate.Length(min=1, max=100))
    step = Line(required=True, error_messages={"required": _l("Choose one of the steps.")})


class DiscardText(CommandSchema):
    """Why words on the shelf are not needed."""

    reason = Line(limit=300, required=True, error_messages={"required": _l("Say why these words are not needed.")})
    version = Number()


class SearchShelf(CommandSchema):
    """Words to look for, and whether those lying or those settled are shown."""

    q = Line(limit=100)
    show = Choice(("settled",))
