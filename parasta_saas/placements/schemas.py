"""Shapes of what people type about placements."""

from marshmallow import ValidationError, validates_schema

from ..core.fields import Choice, CommandSchema, Day, Email, Line, Number, Ref
from ..core.i18n import _
from .services import FORMS

OTHER = "other"  # an instructor who is not among the known people


class ChoosePair(CommandSchema):
    """The first question: who goes where."""

    student = Ref("student", required=True)
    workplace = Ref("workplace", required=True)


class PlanPlacement(ChoosePair):
    """One period at one workplace. The instructor is one of the known people or somebody typed in."""

    contact = Line()
    instructor_name = Line()
    instructor_email = Email()
    instructor_phone = Line(limit=40)
    teacher = Ref("membership")
    form = Choice(FORMS, required=True)
    unit = Line()
    site = Line()
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    part_time_percent = Number(load_default=100)
    weekly_hours = Number()

    @validates_schema
    def instructor_is_known(self, data: dict[str, object], **_kw: object) -> None:
        if data.get("contact", OTHER) != OTHER:
            return
        wanted = {
            "instructor_name": _("Write the name of the instructor."),
            "instructor_email": _("Write the e-mail address of the instructor: the invitation goes there."),
        }
        missing = {name: [words] for name, words in wanted.items() if not data.get(name)}
        if missing:
            raise ValidationError(missing)

    @validates_schema
    def numbers_are_possible(self, data: dict[str, object], **_kw: object) -> None:
        hours = data.get("weekly_hours")
        if isinstance(hours, int) and not 1 <= hours <= 40:
            raise ValidationError({"weekly_hours": [_("Write between 1 and 40 hours a week.")]})
