"""Shapes of what people type when they sign in."""

from typing import Any

from marshmallow import ValidationError

from ..core.fields import CommandSchema, Email, Line
from ..core.i18n import _
from ..core.tokens import CODE_DIGITS


class Code(Line):
    """The six digits of the mail, with or without spaces."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> str:
        digits = "".join(super()._deserialize(value, attr, data, **kw).split())
        if len(digits) != CODE_DIGITS or not digits.isdecimal():
            raise ValidationError(_("Type the six digits of the mail."))
        return digits


class AskSignIn(CommandSchema):
    """The address that a sign-in mail is sent to."""

    email = Email(required=True)


class GiveCode(CommandSchema):
    """The code of the mail."""

    code = Code(required=True)
