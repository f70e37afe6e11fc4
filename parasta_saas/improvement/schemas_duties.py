"""Shapes of what people type about who answers for what."""

from marshmallow import fields

from ..core.fields import Choice, CommandSchema, Day, Line, Ref
from ..core.i18n import _l
from .raci import DUTIES

CHOOSE_DUTY = {name: _l("Choose what is done.") for name in ("required", "null", "invalid")}
CHOOSE_HOLDER = {name: _l("Choose who.") for name in ("required", "null", "invalid")}


class SetDuty(CommandSchema):
    """A duty, who has it (role:<key>, member:<id>, own with a name of one's own, nobody), and for how long."""

    duty = Choice(DUTIES, required=True, error_messages=CHOOSE_DUTY)  # type: ignore[arg-type]
    holder = Line(limit=80, required=True, error_messages=CHOOSE_HOLDER)  # type: ignore[arg-type]
    own_fi = Line(limit=80)
    own_sv = Line(limit=80)
    own_en = Line(limit=80)
    starts_on = Day(load_default=None)
    ends_on = Day(load_default=None)


class SetDuties(SetDuty):
    """The same at many steps. `sure` once what it does has been looked at."""

    steps = fields.List(Line(limit=80), load_default=list)
    sure = Choice(("yes", "no"), load_default="no")


class CopyDuties(CommandSchema):
    """From which unit; without one from the whole provider."""

    source = Ref("unit", load_default=None)
    sure = Choice(("yes", "no"), load_default="no")
