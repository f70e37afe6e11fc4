"""marshmallow fields of the house. One schema per command serves form and JSON alike."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from marshmallow import EXCLUDE, Schema, ValidationError, fields, pre_load, validate

from .clock import HELSINKI
from .i18n import LANGUAGES, _, _l

MAX_LINE = 200
MAX_TEXT = 20_000


class CommandSchema(Schema):
    """Base of every command: an empty string means missing, unknown fields are dropped."""

    class Meta:
        unknown = EXCLUDE

    @pre_load
    def drop_empty(self, data: Mapping[str, Any], **_kw: Any) -> dict[str, Any]:
        return {k: v for k, v in dict(data).items() if not (isinstance(v, str) and not v.strip())}


class Line(fields.String):
    """One line of text, trimmed."""

    default_error_messages = {
        "required": _l("Fill in this field."),
        "null": _l("Fill in this field."),
        "invalid": _l("Write this as text."),
    }

    def __init__(self, *, limit: int = MAX_LINE, **kw: Any) -> None:
        super().__init__(**kw)
        self.limit = limit

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> str:
        words = self._tidy(_keepable(super()._deserialize(value, attr, data, **kw)))
        if self.required and not words:
            raise self.make_error("required")
        if len(words) > self.limit:
            raise ValidationError(
                _("Shorten the text to %(limit)s characters; it now has %(length)s.", limit=self.limit,
                  length=len(words))
            )  # fmt: skip
        return words

    def _tidy(self, words: str) -> str:
        """On one line, also when it was pasted from several: names stand in the subjects of mails."""
        return " ".join(line.strip() for line in words.splitlines()).strip()


def _keepable(words: str) -> str:
    """Without what PostgreSQL can't keep: NUL, and halves of characters that JSON may carry."""
    return words.replace("\x00", "").encode("utf-8", "ignore").decode()


class Words(Line):
    """Several lines of text, Markdown where the page says so."""

    def __init__(self, *, limit: int = MAX_TEXT, **kw: Any) -> None:
        super().__init__(limit=limit, **kw)

    def _tidy(self, words: str) -> str:
        return words.replace("\r\n", "\n").strip()


class Email(Line):
    """An e-mail address."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> str:
        words = super()._deserialize(value, attr, data, **kw)
        try:
            validate.Email()(words)
        except ValidationError:
            raise ValidationError(_("Write the e-mail address as name@example.fi.")) from None
        return words.lower()


class Day(fields.Field[date]):
    """A date, as 24.11.2026 or 2026-11-24."""

    default_error_messages = {"required": _l("Give the date."), "null": _l("Give the date.")}

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> date:
        for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
            try:
                return datetime.strptime(str(value).strip(), pattern).date()
            except ValueError:
                continue
        raise ValidationError(_("Write the date as 24.11.2026."))

    def _serialize(self, value: Any, attr: Any, obj: Any, **kw: Any) -> Any:
        return value.isoformat() if value else None


class Moment(fields.Field[datetime]):
    """A local time of Finland, as the browser's 2026-11-24T14:30 or 24.11.2026 14.30."""

    default_error_messages = {"required": _l("Give the date and time."), "null": _l("Give the date and time.")}

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> datetime:
        for pattern in ("%Y-%m-%dT%H:%M", "%d.%m.%Y %H.%M", "%d.%m.%Y %H:%M"):
            try:
                return datetime.strptime(str(value).strip(), pattern).replace(tzinfo=HELSINKI)
            except ValueError:
                continue
        raise ValidationError(_("Write the date and time as 24.11.2026 14.30."))


class Number(fields.Integer):
    """A whole number."""

    default_error_messages = {
        "required": _l("Give a number."),
        "invalid": _l("Write a whole number."),
        "null": _l("Give a number."),
    }


class Choice(Line):
    """One of the given values."""

    def __init__(self, choices: tuple[str, ...], **kw: Any) -> None:
        super().__init__(**kw)
        self.choices = choices

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> str:
        words = super()._deserialize(value, attr, data, **kw)
        if words not in self.choices:
            raise ValidationError(_("Choose one of the options."))
        return words


class Ref(fields.Field[UUID]):
    """The id of a thing; the view's query decides whether it is yours. `kind` feeds the leak test."""

    default_error_messages = {"required": _l("Choose one of the options."), "null": _l("Choose one of the options.")}

    def __init__(self, kind: str, **kw: Any) -> None:
        super().__init__(**kw)
        self.kind = kind

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> UUID:
        try:
            return UUID(str(value))
        except ValueError:
            raise ValidationError(_("Choose one of the options.")) from None


def by_language(values: Mapping[str, Any], stem: str) -> dict[str, str]:
    """Collect stem_fi, stem_sv, stem_en of a loaded form into {fi, sv, en} without empty ones."""
    return {code: values[f"{stem}_{code}"] for code in LANGUAGES if values.get(f"{stem}_{code}")}
