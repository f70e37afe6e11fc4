"""Shapes of what people type about agreements. Values come out as plain JSON, as `writing` keeps them."""

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from ..core.fields import Choice, CommandSchema, Day, Email, Line, Number, Ref, Words
from ..core.i18n import LANGUAGES, _, _l

OTHER = "other"  # a signer who is not among the known people
MAX_VISITS = 12


class Tick(fields.Boolean):
    """A box to tick; one that was not sent is not ticked."""

    default_error_messages = {  # type: ignore[dict-item]  # lazily translated
        "invalid": _l("Choose one of the options."), "null": _l("Choose one of the options."),
    }  # fmt: skip


class Amount(Line):
    """A number with at most two decimals between limits, as 37,5; kept as "37.5"."""

    def __init__(self, low: int, high: int, **kw: Any) -> None:
        super().__init__(**kw)
        self.low, self.high = low, high

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> str:
        words = super()._deserialize(value, attr, data, **kw)
        try:
            amount = Decimal(re.sub(r"\s", "", words).replace(",", "."))
        except InvalidOperation:
            raise ValidationError(_("Write a number, for example 37,5.")) from None
        # NaN compares with nothing: finite first.
        if not amount.is_finite() or not self.low <= amount <= self.high:
            raise ValidationError(_("Write a number between %(low)s and %(high)s.", low=self.low, high=self.high))
        return f"{amount.quantize(Decimal('0.01')).normalize():f}"


class Clock(Line):
    """A time of day, as 8, 8.00 or 08:00; kept as "08:00"."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> str:
        words = super()._deserialize(value, attr, data, **kw)
        found = re.fullmatch(r"(\d{1,2})(?:[.:](\d{2}))?", words)
        try:
            if found is None:
                raise ValueError(words)
            hour = 0 if found[1] == "24" else int(found[1])
            return time(hour, int(found[2] or 0)).isoformat("minutes")
        except ValueError:
            raise ValidationError(_("Write the time as 8.00.")) from None


class IsoDay(Day):
    """A date that is kept as text."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> Any:
        return super()._deserialize(value, attr, data, **kw).isoformat()


class Days(Line):
    """Several dates in one line, with commas: 20.1.2027, 24.2.2027."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> Any:
        words = super()._deserialize(value, attr, data, **kw)
        parts = [part.strip() for part in re.split(r"[,;\n]", words) if part.strip()]
        if len(parts) > MAX_VISITS:
            raise ValidationError(_("Write %(count)s days at most.", count=MAX_VISITS))
        return sorted({_day(part) for part in parts})


def _day(words: str) -> str:
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(words, pattern).date().isoformat()
        except ValueError:
            continue
    raise ValidationError(_("Write the days as 20.1.2027, 24.2.2027."))


class CompleteAgreement(CommandSchema):
    """What the rules need beside the placement and the session. `version` is the one that was shown."""

    version = Number(required=True)
    language = Choice(LANGUAGES, required=True)
    signer = Line(required=True)
    signer_name = Line(load_default="")
    signer_email = Email(load_default="")
    signer_language = Choice(LANGUAGES, load_default="fi")
    signatory = Ref("membership", load_default=None)
    unit = Line(load_default="")
    unit_code = Line(limit=20, load_default="")
    schedule = Line(load_default="")
    weekly_hours = Amount(0, 168, load_default="")
    daily_hours = Amount(0, 24, load_default="")
    works_from = Clock(load_default="")
    works_until = Clock(load_default="")
    workplace_weekly_hours = Amount(0, 168, load_default="")
    part_time_percent = Number(load_default=100)
    instructor_phone = Line(limit=40, load_default="")
    visits = Days(load_default=list)
    support = Words(limit=2_000, load_default="")
    safety = Words(limit=2_000, load_default="")
    production = Tick(load_default=False)
    tools = Tick(load_default=False)
    staff = Tick(load_default=False)
    hoks_extract = Tick(load_default=False)
    dangerous_work = Tick(load_default=False)
    dangerous_work_notice_on = IsoDay(load_default="")
    basic_education = Choice(("", "yes", "no"), load_default="")
    pay = Line(load_default="")
    collective_agreement = Line(load_default="")
    trial_ends_on = IsoDay(load_default="")
    compensation = Amount(0, 100_000, load_default="")

    @validates_schema
    def signer_is_named(self, data: dict[str, Any], **_kw: Any) -> None:
        if data.get("signer") != OTHER:
            return
        wanted = {
            "signer_name": _("Write the name of the person who signs."),
            "signer_email": _("Write the e-mail address of the person who signs: the link goes there."),
        }
        missing = {name: [words] for name, words in wanted.items() if not data.get(name)}
        if missing:
            raise ValidationError(missing)


class OfferAgreement(CommandSchema):
    """Why it is sent although the rules warn; asked only then."""

    version = Number(required=True)
    reason = Words(limit=1_000, load_default="")


class SignAgreement(CommandSchema):
    """The content that was read."""

    sha256 = Line(required=True)


class RemarkAgreement(CommandSchema):
    """What does not match."""

    remark = Words(required=True, limit=2_000)


class NameSigner(CommandSchema):
    """Who is the right person."""

    right_name = Line(required=True)
    right_email = Email(required=True)


class Nothing(CommandSchema):
    """A form of one button."""


class CheckCode(CommandSchema):
    """A verification code as it was typed."""

    code = Line(limit=80, required=True, error_messages={"required": _l("Type the code or choose the file.")})


def shown_day(iso: str) -> str:
    """2027-01-20 as the form takes it back: 20.1.2027."""
    day = date.fromisoformat(iso)
    return f"{day.day}.{day.month}.{day.year}"
