"""Shapes of an answer and of a reply."""

from marshmallow import ValidationError, validates

from ..core.fields import CommandSchema, Number, Words
from ..core.i18n import _, _l
from .questions import SCALE


class AnswerPulse(CommandSchema):
    """One number, and a sentence for whoever wants to say more."""

    score = Number(
        required=True,
        error_messages={  # translated when they are shown
            name: _l("Choose the answer that fits best.")
            for name in ("required", "null", "invalid")  # type: ignore[misc]
        },
    )
    words = Words(limit=1000, load_default="")

    @validates("score")
    def is_on_the_scale(self, value: int, **_kw: object) -> None:
        if value not in SCALE:
            raise ValidationError(_("Choose the answer that fits best."))


class ReplyPulse(CommandSchema):
    """What the provider says back."""

    reply = Words(
        limit=4000,
        required=True,
        error_messages={
            name: _l("Write what you want to say to the workplace.")
            for name in ("required", "null")  # type: ignore[misc]
        },
    )


class Nothing(CommandSchema):
    """A press of a button says it all."""
