"""Shapes of what people type about drafts, meetings of two texts, reviews and versions."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from ..core.fields import Choice, CommandSchema, Day, Line, Number, Ref, Words, by_language
from ..core.i18n import _, _l
from .two_editors import Question


class OnScreen(CommandSchema):
    """What stood in the form of a step when it was opened; goes along with what was typed."""

    version = Number(load_default=0)
    edition = Number(load_default=0)
    release = Line(limit=20, load_default="")
    kept = Ref("kept")


class SettleTexts(CommandSchema):
    """Base of the answers to a meeting of two texts: `way_<n>`, and `own_<n>` for words of one's own."""

    count = 0
    seen = Line(required=True, limit=64)
    wants = Choice(("publish", "draft"), load_default="draft")

    @validates_schema
    def words_of_ones_own(self, data: dict[str, Any], **_kw: Any) -> None:
        problems = {
            f"own_{n}": [_("Write the sentence that stays in force.")]
            for n in range(self.count)
            if data.get(f"way_{n}") == "own" and not data.get(f"own_{n}")
        }
        if problems:
            raise ValidationError(problems)


def answers_to(questions: tuple[Question, ...]) -> type[SettleTexts]:
    """The schema of a page with these questions."""
    asked: dict[str, Any] = {"count": len(questions)}
    for question in questions:
        needed = {"required": _l("Choose what stays.")}
        asked[f"way_{question.number}"] = Choice(question.ways, required=True, error_messages=needed)
        asked[f"own_{question.number}"] = Words(limit=4000)
    return type("SettleTexts", (SettleTexts,), asked)


def answers_of(data: dict[str, Any], questions: tuple[Question, ...]) -> dict[int, tuple[str, str]]:
    """A loaded form as `two_editors.Meeting.settled` takes it."""
    return {q.number: (data[f"way_{q.number}"], data.get(f"own_{q.number}") or "") for q in questions}


class SubmitDrafts(CommandSchema):
    """Which drafts go for review together, what is new for readers, from which day."""

    keys = fields.List(Line(limit=80), load_default=list, validate=validate.Length(max=200))
    note_fi = Words(limit=2000)
    note_sv = Words(limit=2000)
    note_en = Words(limit=2000)
    valid_from = Day()


class SendBack(CommandSchema):
    """Why drafts go back to their writers."""

    because = Words(limit=2000, required=True, error_messages={"required": _l("Say what should be changed.")})


class RestoreStep(CommandSchema):
    """Take a step's words from a version: which instruction was on the screen."""

    version = Number(load_default=0)


def note_of(data: dict[str, Any]) -> dict[str, str]:
    """What is new, by language."""
    return by_language(data, "note")
