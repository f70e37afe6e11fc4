"""Shapes of what people type about a step. Those of a national update stand in schemas_update.py."""

from typing import Any

from ..core.fields import Choice, CommandSchema, Line, Number, Words, by_language

MAX_WORDS = 10_000  # an instruction that is longer is a guide of its own


class EditInstruction(CommandSchema):
    """The provider's own words on a step; an empty text is no text."""

    version = Number(required=True)
    guidance_fi = Words(limit=MAX_WORDS)
    guidance_sv = Words(limit=MAX_WORDS)
    guidance_en = Words(limit=MAX_WORDS)
    note_fi = Words(limit=MAX_WORDS)
    note_sv = Words(limit=MAX_WORDS)
    note_en = Words(limit=MAX_WORDS)
    local_role_fi = Line(limit=80)
    local_role_sv = Line(limit=80)
    local_role_en = Line(limit=80)
    time_limit_value = Number()


class ChangeEdition(CommandSchema):
    """Withdraw or take back: only which version was on the screen."""

    version = Number(required=True)


class NarrowMap(CommandSchema):
    """What part of the map stands out."""

    show = Choice(("critical", "ours", "waits"))
    view = Choice(("service", "operating"))
    form = Choice(("training_agreement", "apprenticeship"))
    unit = Line(limit=36)


def words_of(data: dict[str, Any]) -> dict[str, Any]:
    """A loaded EditInstruction as the service takes it."""
    texts = {stem: by_language(data, stem) for stem in ("guidance", "note", "local_role")}
    return {**texts, "version": data["version"], "time_limit_value": data.get("time_limit_value")}
