"""Shapes of what people type about what hangs on a step, an own step, a unit's words, and the settings."""

from typing import Any

from marshmallow import fields

from ..core.fields import Choice, CommandSchema, Day, Line, Number, Ref, Words, by_language
from ..core.i18n import LANGUAGES, _l
from ..reference.schemas.guides import WebAddress
from .extras_typed import LINKS, MOST
from .models import FEATURES
from .schemas import MAX_WORDS, EditInstruction

MAX_LIST = 4000


def _rows() -> dict[str, Any]:
    """The fields of every row that a form may have."""
    made: dict[str, Any] = {}
    for at in range(MOST):
        for stem in ("link", "role", "att"):
            made |= {f"{stem}_{at}_key": Line(limit=40), f"{stem}_{at}_order": Number(), f"{stem}_{at}_gone": Line()}
        made |= {f"link_{at}_kind": Choice(tuple(LINKS)), f"link_{at}_url": WebAddress()}
        for code in LANGUAGES:
            made |= {f"link_{at}_title_{code}": Line(limit=120), f"att_{at}_title_{code}": Line(limit=120)}
            made |= {f"role_{at}_name_{code}": Line(limit=80), f"role_{at}_duty_{code}": Words(limit=1000)}
    for code in LANGUAGES:
        made |= {f"checklist_{code}": Words(limit=MAX_LIST), f"file_title_{code}": Line(limit=120)}
    return made


class Hanging(CommandSchema):
    """What hangs on a step. `hanging`: the form had these fields, so that an empty list is an emptied one."""

    hanging = Line(limit=1)
    file = fields.Raw()
    deviating = Line(limit=1)
    deviation_reason = Words(limit=1000)
    deviation_approver = Ref("member")
    deviation_expires = Day()
    deviation_gone = Line(limit=1)
    locals().update(_rows())


class EditStep(EditInstruction, Hanging):
    """The words of a provider or a unit on a step, and what hangs on it."""


class WriteOwnStep(Hanging):
    """A step of the provider's own."""

    version = Number(load_default=0)
    place = Line(limit=80, required=True, error_messages={"required": _l("Choose one of the places shown.")})
    unit = Ref("unit")
    view = Choice(("service", "operating"), load_default="operating")
    forms = fields.List(Choice(("training_agreement", "apprenticeship")), load_default=list)
    name_fi = Line(limit=120)
    name_sv = Line(limit=120)
    name_en = Line(limit=120)
    note_fi = Words(limit=MAX_WORDS)
    note_sv = Words(limit=MAX_WORDS)
    note_en = Words(limit=MAX_WORDS)
    local_role_fi = Line(limit=80)
    local_role_sv = Line(limit=80)
    local_role_en = Line(limit=80)


class SettleUnit(CommandSchema):
    """Which words stay where the unit and the text above changed the same sentence."""

    version = Number(required=True)
    language = Choice(LANGUAGES, required=True)
    way = Choice(("keep", "take"), required=True)


class ChooseFeatures(CommandSchema):
    """What the handbook uses."""

    features = fields.List(Choice((*FEATURES, "reviewed")), load_default=list)


def own_texts(data: dict[str, Any], languages: tuple[str, ...], before: dict[str, Any]) -> dict[str, Any]:
    """Name, note and role of an own step in the languages written now; others stay."""
    found: dict[str, Any] = {}
    for stem in ("name", "note", "local_role"):
        kept = {code: text for code, text in (before.get(stem) or {}).items() if code not in languages}
        found[stem] = kept | {code: text for code, text in by_language(data, stem).items() if code in languages}
    return found
