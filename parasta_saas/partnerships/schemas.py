"""Shapes of what people type about workplaces, partnerships and first contacts."""

from typing import Any

from marshmallow import ValidationError, fields

from ..core.business_id import InvalidBusinessId, normalise
from ..core.fields import Choice, CommandSchema, Email, Line, Moment, Number, Ref, Words
from ..core.i18n import LANGUAGES, _l
from .models import STAGES
from .wording import WRITTEN

MAX_WORDS = 4_000


class BusinessId(Line):
    """A Finnish business ID, normalised to 1234567-8."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> str:
        try:
            return normalise(super()._deserialize(value, attr, data, **kw))
        except InvalidBusinessId as problem:
            raise ValidationError(str(problem.message)) from None


class Tick(fields.Boolean):
    """A box to tick; one that was not sent is not ticked."""

    default_error_messages: dict[str, Any] = {
        "invalid": _l("Choose one of the options."),
        "null": _l("Choose one of the options."),
    }


class BeginPartnership(CommandSchema):
    """A workplace, its contact person, and the first contact that led here."""

    business_id = BusinessId(required=True)
    name = Line(required=True)
    town = Line(load_default="")
    field = Line(load_default="")
    contact_name = Line(required=True)
    contact_email = Email(required=True)
    contact_phone = Line(load_default="")
    language = Choice(LANGUAGES, load_default="fi")
    invite = Tick(load_default=False)
    enquiry_id = Ref("enquiry", load_default=None)


class EditPartnership(CommandSchema):
    """Goals, stage, coordinator and the next talk. `version` is the one that was shown."""

    version = Number(required=True)
    stage = Choice(STAGES, required=True)
    coordinator_id = Ref("membership", load_default=None)
    workplace_goal = Line(load_default="", limit=400)
    own_goal = Line(load_default="", limit=400)
    rhythm = Line(load_default="")
    next_talk = Line(load_default="")
    next_talk_at = Moment(load_default=None)


class AddContact(CommandSchema):
    """A person of the workplace."""

    name = Line(required=True)
    email = Email(required=True)
    phone = Line(load_default="")
    title = Line(load_default="")
    language = Choice(LANGUAGES, load_default="fi")


class WriteEntry(CommandSchema):
    """A call, a visit or a note."""

    kind = Choice(WRITTEN, required=True)
    words = Words(required=True, limit=MAX_WORDS)
    private = Tick(load_default=False)


class SendEnquiry(CommandSchema):
    """The five fields of the public contact page."""

    workplace_name = Line(required=True)
    person_name = Line(required=True)
    email = Email(required=True)
    phone = Line(load_default="")
    words = Words(required=True, limit=MAX_WORDS)


class AnswerEnquiry(CommandSchema):
    """The words that go to the enquirer."""

    answer = Words(required=True, limit=MAX_WORDS)
