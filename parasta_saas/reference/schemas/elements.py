"""What the forms of a draft's steps and parts carry."""

from marshmallow import fields

from ...core.fields import MAX_LINE, Choice, CommandSchema, Line, Number, Words
from ...core.i18n import LANGUAGES
from .. import lineage, stepform
from ..content import VIEWS
from ..elements import KINDS, Field
from .release import MAX_GUIDANCE, ChangeStep

MAX_SENTENCE = 600


class Chosen(fields.List):
    """Ticked keys; which of them are there is the service's to say."""

    def __init__(self) -> None:
        super().__init__(Line())


class WholeStep(ChangeStep):
    """One step with everything in it. Without `facts` only name, minimum and guidance are meant."""

    facts = Choice(("1",))
    value_fi = Words(limit=MAX_GUIDANCE)
    value_sv = Words(limit=MAX_GUIDANCE)
    value_en = Words(limit=MAX_GUIDANCE)
    inputs_fi = Words(limit=MAX_SENTENCE)
    inputs_sv = Words(limit=MAX_SENTENCE)
    inputs_en = Words(limit=MAX_SENTENCE)
    outputs_fi = Words(limit=MAX_SENTENCE)
    outputs_sv = Words(limit=MAX_SENTENCE)
    outputs_en = Words(limit=MAX_SENTENCE)
    pulse_fi = Words(limit=MAX_SENTENCE)
    pulse_sv = Words(limit=MAX_SENTENCE)
    pulse_en = Words(limit=MAX_SENTENCE)
    phase = Line()
    after = Line()
    view = Choice(VIEWS)
    responsible = Line()
    participants = Chosen()
    applies_to = Chosen()
    critical = Choice(("1",))
    basis = Line()
    statute = Line()
    statute_confidence = Line()
    limit_value = Number()
    limit_unit = Choice(tuple(stepform.UNITS))
    limit_anchor = Line()
    limit_min = Number()
    limit_max = Number()
    documents_in = Chosen()
    documents_out = Chosen()
    indicators = Chosen()
    links = Chosen()
    policy_name = Line()
    policy_minimum = Line()
    policy_guidance = Line()
    policy_time_limit = Line()
    policy_responsible = Line()


class AddStep(CommandSchema):
    """A new step: what it can't be without. The rest is written on its own page."""

    name_fi = Line(required=True)
    name_sv = Line(required=True)
    name_en = Line()
    phase = Line(required=True)
    view = Choice(VIEWS, required=True)
    responsible = Line(required=True)
    basis = Line(required=True)
    key = Line(limit=48)


class RemoveStep(CommandSchema):
    """Why a step goes and where its content went."""

    kind = Choice(lineage.ENDS, load_default="remove")
    to = Chosen()
    reason = Words(limit=MAX_SENTENCE)


class Shift(CommandSchema):
    """One place up or down."""

    way = Choice(("up", "down"), required=True)


class Declaration(CommandSchema):
    """What became of a step."""

    kind = Choice(tuple(lineage.KINDS), required=True)
    old = Chosen()
    new = Chosen()
    reason = Words(required=True, limit=MAX_SENTENCE)


class TakeBack(CommandSchema):
    """Which declaration is taken back: its fingerprint."""

    entry = Line(required=True)


def _part(kind: str) -> type[CommandSchema]:
    """The schema of one kind of part, from its fields in reference/elements.py."""
    made: dict[str, fields.Field] = {"seen": Line()}
    for field in KINDS[kind].fields:
        made |= _fields(field)
    return CommandSchema.from_dict(made, name=f"Part{kind.title()}")  # type: ignore[return-value]


def _fields(field: Field) -> dict[str, fields.Field]:
    if field.sort == "texts":
        limit = MAX_SENTENCE if field.long else MAX_LINE
        shape = Words if field.long else Line
        wanted = {code: field.required and code != "en" for code in LANGUAGES}
        return {f"{field.name}_{code}": shape(limit=limit, required=needed) for code, needed in wanted.items()}
    return {field.name: Chosen() if field.sort == "many" else Line(required=field.required)}


PARTS = {kind: _part(kind) for kind in KINDS}
