"""What the studio's forms carry."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from ...core.fields import Choice, CommandSchema, Day, Line, Number, Words
from ...core.i18n import LANGUAGES, _
from .. import flow

MAX_GUIDANCE = 4_000
MAX_SUMMARY = 600


class ReleaseNumber(Line):
    """The number of a release: 1.2, or 1.2.1 for a change of wording."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> str:
        words = super()._deserialize(value, attr, data, **kw)
        if not re.fullmatch(r"[0-9]{1,3}\.[0-9]{1,3}(\.[0-9]{1,3})?", words):
            raise ValidationError(_("Write the number as 1.2."))
        return words


class DraftRelease(CommandSchema):
    """Begin a draft."""

    number = ReleaseNumber(required=True)


class DescribeRelease(CommandSchema):
    """What changes: a summary for all, and a paragraph each for provider, learner and partner."""

    number = ReleaseNumber(required=True)
    summary_fi = Words(required=True, limit=MAX_SUMMARY)
    summary_sv = Words(required=True, limit=MAX_SUMMARY)
    summary_en = Words(limit=MAX_SUMMARY)
    provider_fi = Words(limit=MAX_SUMMARY)
    provider_sv = Words(limit=MAX_SUMMARY)
    provider_en = Words(limit=MAX_SUMMARY)
    learner_fi = Words(limit=MAX_SUMMARY)
    learner_sv = Words(limit=MAX_SUMMARY)
    learner_en = Words(limit=MAX_SUMMARY)
    partner_fi = Words(limit=MAX_SUMMARY)
    partner_sv = Words(limit=MAX_SUMMARY)
    partner_en = Words(limit=MAX_SUMMARY)


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


class MoveRelease(CommandSchema):
    """One command of a draft's way."""

    command = Choice(tuple(row.command for row in flow.MOVES if row.command not in flow.WITH_MORE), required=True)


class RecordReview(CommandSchema):
    """Who reviewed the draft and what they remarked."""

    held_on = Day(required=True)
    participants = Words(required=True, limit=MAX_SUMMARY)
    remarks = Words(limit=MAX_GUIDANCE)


class PublishRelease(CommandSchema):
    """Publish an approved draft; until when the release before may be followed, and from when this one is in force."""

    transition_until = Day(required=True)
    in_force_from = Day()


class WithdrawRelease(CommandSchema):
    """Take the release in force back, with the reason that all will read."""

    number = ReleaseNumber(required=True)
    reason_fi = Words(required=True, limit=MAX_SUMMARY)
    reason_sv = Words(required=True, limit=MAX_SUMMARY)
    reason_en = Words(limit=MAX_SUMMARY)


def texts_of(values: Mapping[str, Any], stem: str) -> dict[str, str]:
    """stem_fi, stem_sv, stem_en of a loaded form as {fi, sv, en}; one left out is emptied."""
    return {code: values.get(f"{stem}_{code}", "") for code in LANGUAGES}
