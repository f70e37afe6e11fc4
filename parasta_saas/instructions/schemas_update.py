"""Shapes of the answers to a national update: one choice for each question, in order."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from ..core.fields import Choice, CommandSchema, Words
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
    fields: dict[str, Any] = {"count": count}
    for n in range(count):
        fields[f"choice_{n}"] = Choice(WAYS, required=True, error_messages=needed)
        fields[f"own_{n}"] = Words(limit=4000)
    return type("AnswerQuestions", (AnswerQuestions,), fields)


def choices_of(data: dict[str, Any], count: int) -> list[Answer]:
    """A loaded form as `Proposal.decide` takes it."""
    ready: dict[str, Answer] = {"keep": KEEP_LOCAL, "take": TAKE_NATIONAL}
    return [ready.get(data[f"choice_{n}"]) or data[f"own_{n}"] for n in range(count)]


def decision_of(data: dict[str, Any], count: int) -> str:
    """One word for the log: combine, keep, take, or mixed."""
    made = {data[f"choice_{n}"] for n in range(count)}
    return made.pop() if len(made) == 1 else "mixed"
