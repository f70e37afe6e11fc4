"""Shapes of what people type about units."""

from marshmallow import fields

from ..core.fields import Choice, CommandSchema, Line, Number, Ref


class WriteUnit(CommandSchema):
    """A campus or a field and its name in the working languages."""

    kind = Choice(("campus", "field"), required=True)
    name_fi = Line(limit=80)
    name_sv = Line(limit=80)
    name_en = Line(limit=80)
    version = Number()


class ChoosePeople(CommandSchema):
    """Who works at a unit."""

    people = fields.List(Ref("member"), load_default=list)
