"""What the forms of the knowledge bank carry."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from marshmallow import ValidationError, fields, validate

from ...core.fields import Choice, CommandSchema, Line, Number, Words, by_language
from ...core.i18n import _
from ..models import GUIDE_KINDS

MAX_TITLE, MAX_SUMMARY, MAX_ADDRESS, MAX_TAGS = 120, 400, 500, 80
TEXTS = ("title", "summary", "body", "url")


class WebAddress(Line):
    """An address on the web that a reader is sent to: https only, with a host and without a password."""

    def __init__(self, **kw: Any) -> None:
        super().__init__(limit=MAX_ADDRESS, **kw)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> str:
        words = super()._deserialize(value, attr, data, **kw)
        if not is_web_address(words):
            raise ValidationError(_("Write the whole address, beginning with https://."))
        return words


def is_web_address(words: str) -> bool:
    """Whether a link may lead there."""
    try:
        parts = urlsplit(words)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = words.isprintable() and not any(sign in words for sign in ' <>"\\^`{|}')
    return plain and parts.scheme == "https" and "." in host.strip(".") and parts.username is None


class WriteGuide(CommandSchema):
    """One edition of a guide; English may be empty."""

    edition = Number(required=True)
    version = Number(required=True)
    kind = Choice(GUIDE_KINDS, required=True)
    title_fi = Line(required=True, limit=MAX_TITLE)
    title_sv = Line(required=True, limit=MAX_TITLE)
    title_en = Line(limit=MAX_TITLE)
    summary_fi = Words(required=True, limit=MAX_SUMMARY)
    summary_sv = Words(required=True, limit=MAX_SUMMARY)
    summary_en = Words(limit=MAX_SUMMARY)
    body_fi = Words()
    body_sv = Words()
    body_en = Words()
    url_fi = WebAddress()
    url_sv = WebAddress()
    url_en = WebAddress()
    steps = fields.List(Line(limit=80), load_default=list, validate=validate.Length(max=MAX_TAGS))
    roles = fields.List(Line(limit=80), load_default=list, validate=validate.Length(max=MAX_TAGS))
    then = Choice(("keep", "publish"), load_default="keep")


def guide_words(data: Mapping[str, Any]) -> dict[str, Any]:
    """A loaded WriteGuide as the service takes it."""
    texts = {stem: by_language(data, stem) for stem in TEXTS}
    return {**texts, **{name: data[name] for name in ("kind", "steps", "roles")}}
