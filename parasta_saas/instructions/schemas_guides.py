"""Shapes of what people type about a guide of their own."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate

from ..core.fields import Choice, CommandSchema, Line, Number, Words, by_language
from ..reference.models import GUIDE_KINDS
from ..reference.schemas.guides import MAX_SUMMARY, MAX_TAGS, MAX_TITLE, TEXTS, WebAddress


class WriteLocalGuide(CommandSchema):
    """A guide in the provider's working languages; which texts must be there is the service's to say."""

    version = Number(required=True)
    kind = Choice(GUIDE_KINDS, required=True)
    title_fi = Line(limit=MAX_TITLE)
    title_sv = Line(limit=MAX_TITLE)
    title_en = Line(limit=MAX_TITLE)
    summary_fi = Words(limit=MAX_SUMMARY)
    summary_sv = Words(limit=MAX_SUMMARY)
    summary_en = Words(limit=MAX_SUMMARY)
    body_fi = Words()
    body_sv = Words()
    body_en = Words()
    url_fi = WebAddress()
    url_sv = WebAddress()
    url_en = WebAddress()
    steps = fields.List(Line(limit=80), load_default=list, validate=validate.Length(max=MAX_TAGS))


def local_words(data: Mapping[str, Any]) -> dict[str, Any]:
    """A loaded WriteLocalGuide as the service takes it."""
    return {**{stem: by_language(data, stem) for stem in TEXTS}, "kind": data["kind"], "steps": data["steps"]}
