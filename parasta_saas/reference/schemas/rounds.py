"""What the forms of comment rounds carry."""

from typing import Any

from marshmallow import fields

from ...core.fields import Choice, CommandSchema, Day, Line, Number, Ref, Words
from ...core.i18n import LANGUAGES
from ..threads import COMMENTED, OUTCOMES

MAX_COMMENT = 4_000
MAX_QUESTION = 400
MAX_QUESTIONS = 8
MAX_BACKGROUND = 4_000
MAX_REASON = 2_000


_QUESTIONS: dict[str, fields.Field[Any] | type[fields.Field[Any]]] = {
    f"question_{n}_{code}": Line(limit=MAX_QUESTION) for n in range(1, MAX_QUESTIONS + 1) for code in ("fi", "sv")
}


class OpenRound(CommandSchema.from_dict(_QUESTIONS)):  # type: ignore[misc]
    """Open a comment round. Each question in Finnish and Swedish; organisations by their address."""

    kind = Choice(("internal", "open"), load_default="open")
    opens_on = Day(required=True)
    closes_on = Day(required=True)
    title_fi = Line(required=True)
    title_sv = Line(required=True)
    background_fi = Words(limit=MAX_BACKGROUND)
    background_sv = Words(limit=MAX_BACKGROUND)
    rows = Number(load_default=1)
    invited = fields.List(Line(), load_default=list)
    all_providers = Choice(("1",))
    public = Choice(("1",))
    short = Choice(("1",))
    find = Line()


class ExtendRound(CommandSchema):
    """A later last day."""

    closes_on = Day(required=True)


class FinishRound(CommandSchema):
    """End a round: a word of introduction to the decisions, and a confirmation where its days are not over."""

    summary_fi = Words(limit=MAX_BACKGROUND)
    summary_sv = Words(limit=MAX_BACKGROUND)
    early = Choice(("1",))


class Spot(CommandSchema):
    """What a comment is about; none of them: the whole draft."""

    step = Line()
    field = Choice(COMMENTED)
    text_language = Choice(LANGUAGES)
    sentence = Number()
    question = Line()
    parent = Ref("comment")


class SayComment(Spot):
    """Something said by somebody with an account."""

    text = Words(required=True, limit=MAX_COMMENT)
    quote = Words(limit=MAX_COMMENT)
    suggestion = Words(limit=MAX_COMMENT)
    speaks = Choice(("self", "organisation"), load_default="self")


class SayPublicly(SayComment):
    """The same without an account: a name, or the name of an organisation whose statement this is."""

    author_name = Line(required=True)
    author_organisation = Line()
    spoken = Choice(LANGUAGES, required=True)


class ChangeComment(CommandSchema):
    """One's own comment in other words."""

    version = Number(required=True)
    text = Words(required=True, limit=MAX_COMMENT)
    suggestion = Words(limit=MAX_COMMENT)


class ModerateComment(CommandSchema):
    """Show a comment of the public, or hide it and say why."""

    shown = Choice(("1", "0"), required=True)
    because = Line(limit=400)


class DecideComment(CommandSchema):
    """The answer to a comment. `version` is that of the answer that the writer had in view; 0 for none."""

    version = Number(load_default=0)
    outcome = Choice(tuple(OUTCOMES), required=True)
    reason_fi = Words(limit=MAX_REASON)
    reason_sv = Words(limit=MAX_REASON)
    reason_en = Words(limit=MAX_REASON)
    changed_step = Line()
    apply = Choice(("1",))
