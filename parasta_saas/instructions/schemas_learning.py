"""Shapes of what people type about reading the handbook and inductions."""

from typing import Any

from marshmallow import fields, validate

from ..core.fields import Choice, CommandSchema, Day, Line, Number, Ref, Words, by_language
from ..core.i18n import LANGUAGES, _l
from .learning_check import MOST_OPTIONS
from .learning_roles import STAFF

MAX_QUESTION, MAX_OPTION = 400, 200


class SayRead(CommandSchema):
    """Which version was read, in which role."""

    role = Line(limit=80, required=True)
    number = Number(required=True, validate=validate.Range(1, 2**31 - 1))


class AskReading(CommandSchema):
    """Which roles read the version in force, by which day."""

    roles = fields.List(
        Choice(STAFF), required=True,
        validate=validate.Length(1, error=_l("Choose at least one role.")),  # type: ignore[arg-type]
        error_messages={"required": _l("Choose at least one role.")},  # type: ignore[dict-item]
    )  # fmt: skip
    due_on = Day(required=True)


class ChooseHabit(CommandSchema):
    """Which roles are asked each time; none is allowed."""

    always = fields.List(Choice(STAFF), load_default=list)
    days = Number(
        load_default=10,
        validate=validate.Range(1, 60, error=_l("Give a number of working days from 1 to 60.")),  # type: ignore[arg-type]
    )  # fmt: skip


class StartInduction(CommandSchema):
    """Which role, and at which unit."""

    role = Line(limit=120, required=True, error_messages={"required": _l("Choose a role.")})
    unit = Ref("unit")


class MarkStep(CommandSchema):
    """A step has been read: the seal of its words on the screen."""

    seen = Line(limit=64, required=True)


class AnswerCheck(CommandSchema):
    """Base of the answers to a self-check: `q_<id>`, the place of the option."""


class WriteQuestion(CommandSchema):
    """A question with two to four options, which one is right, and why."""

    version = Number(load_default=0)
    role = Line(limit=120, required=True, error_messages={"required": _l("Choose a role.")})
    right = Choice(
        tuple(str(at) for at in range(MOST_OPTIONS)), required=True,
        error_messages={"required": _l("Choose which option is right.")},
    )  # fmt: skip
    locals().update({f"text_{code}": Words(limit=MAX_QUESTION) for code in LANGUAGES})
    locals().update({f"why_{code}": Words(limit=MAX_QUESTION) for code in LANGUAGES})
    locals().update({f"option_{at}_{code}": Line(limit=MAX_OPTION) for at in range(MOST_OPTIONS) for code in LANGUAGES})


def answers_to(ids: list[str]) -> type[AnswerCheck]:
    """The schema of a self-check with these questions."""
    needed = {"required": _l("Choose one of the options.")}
    places = tuple(str(at) for at in range(MOST_OPTIONS))
    return type("AnswerCheck", (AnswerCheck,), {f"q_{one}": Choice(places, required=True, error_messages=needed)
                                                for one in ids})  # fmt: skip


def question_words(data: dict[str, Any], languages: tuple[str, ...]) -> dict[str, Any]:
    """A loaded WriteQuestion as the service takes it, in the working languages."""

    def said(stem: str) -> dict[str, str]:
        return {code: text for code, text in by_language(data, stem).items() if code in languages}

    return {
        "role": data["role"], "text": said("text"), "why": said("why"), "right": int(data["right"]),
        "options": [said(f"option_{at}") for at in range(MOST_OPTIONS)],
    }  # fmt: skip
