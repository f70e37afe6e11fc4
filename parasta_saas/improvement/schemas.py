"""Shapes of what people type about the mirror and the change plan."""

from typing import Any

from marshmallow import Schema

from ..core.fields import Choice, CommandSchema, Day, Line, Number, Ref, Words, by_language
from ..core.i18n import _l
from .gaps import OUTCOMES
from .models.plan import TEXTS
from .progress import STATES

MAX_NOTE = 4_000
MAX_PLAN = 10_000
CHOOSE = {name: _l("Choose the answer that fits best.") for name in ("required", "null", "invalid")}


class AnswerStep(CommandSchema):
    """How one step is today. `version` of the answer that was on the screen, 0 for none."""

    outcome = Choice(OUTCOMES, required=True, error_messages=CHOOSE)  # type: ignore[arg-type]
    note = Words(limit=MAX_NOTE, load_default="")
    news = Words(limit=MAX_NOTE, load_default="")
    version = Number(load_default=0)


class MoveWorkshop(CommandSchema):
    """To which step."""

    step = Line(limit=80, required=True)


class ShowVotes(CommandSchema):
    """Show them, or let people vote again."""

    show = Choice(("yes", "no"), required=True)


class JoinWorkshop(CommandSchema):
    """The code from the screen, and a first name for whoever wants to give one."""

    join_code = Line(
        limit=40, required=True,
        error_messages={name: _l("Type the code from the screen.") for name in ("required", "null")},  # type: ignore[arg-type]
    )  # fmt: skip
    first_name = Line(limit=40, load_default="")


class CastVote(CommandSchema):
    """What one phone thinks of the step that it sees."""

    step = Line(limit=80, required=True)
    choice = Choice(OUTCOMES, required=True, error_messages=CHOOSE)  # type: ignore[arg-type]


def _texts() -> dict[str, Any]:
    return {f"{stem}_{code}": Words(limit=MAX_PLAN) for stem in TEXTS for code in ("fi", "sv", "en")}


class DatesOfPlan(CommandSchema):
    """When it begins and ends, and when it is looked at next."""

    version = Number(load_default=0)
    starts_on = Day(load_default=None)
    ends_on = Day(load_default=None)
    review_on = Day(load_default=None)


WritePlan: type[Schema] = type("WritePlan", (DatesOfPlan,), {"__doc__": "The whole plan.", **_texts()})


class PlanNewAction(CommandSchema):
    """Something to do, by whom and when."""

    title = Line(limit=160, required=True)
    details = Words(limit=MAX_NOTE, load_default="")
    owner = Ref("member", load_default=None)
    due_on = Day(load_default=None)


class ActionFromGap(CommandSchema):
    """One press is enough; who and when may be said at once."""

    owner = Ref("member", load_default=None)
    due_on = Day(load_default=None)


class ChangeAction(PlanNewAction):
    """The same, of one that is there."""

    version = Number(load_default=0)


class MoveAction(CommandSchema):
    """Its new state; why it is dropped; what went well."""

    state = Choice(STATES, required=True)
    because = Words(limit=1_000, load_default="")
    success = Words(limit=1_000, load_default="")


class TellSuccess(CommandSchema):
    """What went well."""

    words = Words(limit=1_000, required=True)


class HoldReview(CommandSchema):
    """What was seen, what follows, and when to look again."""

    held_on = Day(required=True)
    seen = Words(limit=MAX_NOTE, required=True)
    next = Words(limit=MAX_NOTE, required=True)
    review_on = Day(load_default=None)


def plan_of(data: dict[str, Any]) -> dict[str, Any]:
    """A loaded WritePlan as the service takes it."""
    dates = {name: data[name] for name in ("starts_on", "ends_on", "review_on")}
    return {"texts": {stem: by_language(data, stem) for stem in TEXTS}, "version": data["version"], **dates}
