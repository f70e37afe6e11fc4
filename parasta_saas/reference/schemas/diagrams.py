"""What the forms of diagrams carry."""

from typing import Any

from marshmallow import ValidationError, fields

from ...core.fields import CommandSchema, Line, Number
from ...core.i18n import _
from ..bpmn import MOST_BYTES


class BpmnFile(fields.Field[bytes]):
    """An uploaded file's bytes, one more than permitted at most: enough to refuse it by its length."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> bytes:
        if not hasattr(value, "read"):
            raise ValidationError(_("Choose a file."))
        content: bytes = value.read(MOST_BYTES + 1)
        if not content:
            raise ValidationError(_("Choose a file."))
        return content


class BringDiagram(CommandSchema):
    """A BPMN file as a diagram of its own."""

    name_fi = Line(required=True)
    name_sv = Line(required=True)
    name_en = Line()
    file = BpmnFile(required=True)


class KeepDrawing(CommandSchema):
    """A drawing for a diagram that is there: from the modeller as text, or as a file."""

    version = Number(required=True)
    xml = fields.String()
    file = BpmnFile()


class TakeOver(CommandSchema):
    """Which proposals of a drawing are confirmed."""

    tokens = fields.List(fields.String(), load_default=list)
