"""Shapes of what people type around the table."""

from ..core.fields import Choice, CommandSchema, Line, Moment, Number, Words
from .models import KINDS, SIDES

YES_NO = ("yes", "no")


class CallSession(CommandSchema):
    """When and where; who is asked follows from the placement."""

    starts_at = Moment(required=True)
    place = Line()


class ProposeGoal(CommandSchema):
    kind = Choice(KINDS, required=True)
    words = Line(required=True, limit=400)


class RewordGoal(CommandSchema):
    """Other words; `wording` says which ones were read."""

    words = Line(required=True, limit=400)
    wording = Number(required=True)


class AgreeGoal(CommandSchema):
    """Yes, or yes taken back; `side` is one's own, `wording` says which words were read."""

    wording = Number(required=True)
    side = Choice(SIDES)
    agreed = Choice(YES_NO, load_default="yes")


class DecideItem(CommandSchema):
    """`version` says which decision was read before this one was written."""

    decision = Words(required=True, limit=2_000)
    version = Number(required=True)


class MarkPresent(CommandSchema):
    present = Choice(YES_NO, load_default="yes")


class Nothing(CommandSchema):
    """A press of a button."""
