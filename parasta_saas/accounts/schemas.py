"""Shapes of what people type when they sign in."""

from ..core.fields import CommandSchema, Email, Line


class AskSignIn(CommandSchema):
    """The address that a sign-in mail is sent to."""

    email = Email(required=True)


class GiveCode(CommandSchema):
    """The six digits of the mail."""

    code = Line(required=True, limit=12)
