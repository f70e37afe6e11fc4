"""What the studio's forms carry."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields

from ..core.fields import CommandSchema, Day, Line, Number, Words
from ..core.i18n import LANGUAGES, _

MAX_GUIDANCE = 4_000
MAX_SUMMARY = 600


class ReleaseNumber(Line):
    """The number of a release: 1.2."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> str:
        words = super()._deserialize(value, attr, data, **kw)
        if not re.fullmatch(r"[0-9]{1,3}\.[0-9]{1,3}", words):
            raise ValidationError(_("Write the number as 1.2."))
        return words


class DraftRelease(CommandSchema):
    """Begin a draft."""

    number = ReleaseNumber(required=True)


class SummariseRelease(CommandSchema):
    """What changes, told to providers."""

    summary_fi = Words(required=True, limit=MAX_SUMMARY)
    summary_sv = Words(required=True, limit=MAX_SUMMARY)
    summary_en = Words(limit=MAX_SUMMARY)


class ChangeStep(CommandSchema):
    """Texts of one step in three languages; English may be empty."""

    version = Number(required=True)
    guidance_fi = Words(required=True, limit=MAX_GUIDANCE)
    guidance_sv = Words(required=True, limit=MAX_GUIDANCE)
    guidance_en = Words(limit=MAX_GUIDANCE)
    minimum_fi = Words(required=True, limit=MAX_GUIDANCE)
    minimum_sv = Words(required=True, limit=MAX_GUIDANCE)
    minimum_en = Words(limit=MAX_GUIDANCE)
    name_fi = Line(required=True)
    name_sv = Line(required=True)
    name_en = Line()


class PublishRelease(CommandSchema):
    """Publish a draft; the day says until when the release before may be followed."""

    transition_until = Day(required=True)
    one_language = fields.Boolean(load_default=False)


def texts_of(values: Mapping[str, Any], stem: str) -> dict[str, str]:
    """stem_fi, stem_sv, stem_en of a loaded form as {fi, sv, en}; one left out is emptied."""
    return {code: values.get(f"{stem}_{code}", "") for code in LANGUAGES}
