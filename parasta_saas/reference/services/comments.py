"""What is said in a comment round, and what the national body answers."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from ...core.access import Actor, require
from ...core.clock import now, today
from ...core.db import db
from ...core.errors import Conflict, Invalid, NotFound
from ...core.events import emit
from ...core.i18n import OWN_NAMES, _
from .. import policies, queries
from ..anchors import Anchor, anchor_at, replaced
from ..events.rounds import CommentChanged, CommentDecided, CommentGiven, CommentModerated
from ..models import Comment, Decision, Round
from ..queries import rounds as found
from ..threads import CHANGED, COMMENTED, WRITTEN
from .steps import change_step

PER_HOUR_NETWORK, PER_HOUR_BROWSER = 20, 10


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who speaks on the public page, and from where."""

    name: str
    organisation: str = ""
    language: str = "fi"
    sender: str = ""  # a day's hash of the network address
    lately: int = 0  # what this browser has said in the last hour


@dataclass(frozen=True, kw_only=True)
class Spot:
    """What is commented: a sentence, a field, a step, a question, another comment; nothing of these: the whole."""

    step: str | None = None
    field: str | None = None
    text_language: str | None = None
    sentence: int | None = None
    question: str | None = None
    parent: Comment | None = None


def say_comment(
    actor: Actor,
    round_: Round,
    *,
    text: str,
    spot: Spot | None = None,
    quote: str = "",
    suggestion: str = "",
    as_organisation: bool = False,
    speaker: Speaker | None = None,
) -> Comment:
    """Say something in a round while it is open. A `speaker` is one of the public: unseen until looked at."""
    require(policies.can_comment_round(actor))
    _require_open(round_)
    spot = spot or Spot()
    if speaker:
        _check_rate(round_, speaker)
        if as_organisation and not speaker.organisation:
            raise Invalid({"author_organisation": [_("Write the name of the organisation whose statement this is.")]})
    anchor = _anchor(round_, spot, quote, suggestion)
    comment = Comment(
        organisation_id=actor.organisation_id, round_id=round_.id, text=text, suggestion=suggestion,
        as_organisation=as_organisation, anchor=anchor.stored() if anchor else {},
        quote=anchor.quote if anchor else "", **_about(spot), **_by(actor, speaker),
        published_at=None if speaker or round_.internal else now(),
    )  # fmt: skip
    db.session.add(comment)
    db.session.flush()  # the event and the address carry its id
    said_by = replace(actor, name=speaker.name) if speaker else actor
    emit(said_by, CommentGiven(round_id=round_.id, comment_id=comment.id))
    return comment


def change_comment(
    actor: Actor, round_: Round, comment: Comment, *, text: str, suggestion: str = "", version: int | None = None
) -> None:
    """Say one's own comment in other words, until the round closes."""
    require(policies.can_comment_round(actor))
    _require_open(round_)
    if version not in (None, comment.version):
        raise Conflict(_("This comment has been changed meanwhile. Look at it again."))
    if suggestion and not comment.anchor.get("key"):
        raise Invalid({"suggestion": [_("Choose a sentence first; the new words go in its place.")]})
    comment.rewrite(text=text, suggestion=suggestion)
    emit(actor, CommentChanged(round_id=round_.id, comment_id=comment.id, stands=comment.stands))


def withdraw_comment(actor: Actor, round_: Round, comment: Comment) -> None:
    """Take one's own comment back, until the round closes."""
    require(policies.can_comment_round(actor))
    _require_open(round_)
    if comment.withdrawn_at:
        raise Conflict(_("This comment has been taken back already."))
    comment.withdraw()
    emit(actor, CommentChanged(round_id=round_.id, comment_id=comment.id, stands=False))


def restore_comment(actor: Actor, round_: Round, comment: Comment) -> None:
    """Give a comment again that was taken back."""
    require(policies.can_comment_round(actor))
    _require_open(round_)
    if not comment.withdrawn_at or comment.hidden_because:
        raise Conflict(_("This comment can't be given again."))
    comment.say_again(shown=not round_.internal)
    emit(actor, CommentChanged(round_id=round_.id, comment_id=comment.id, stands=True))


def moderate_comment(actor: Actor, round_: Round, comment: Comment, *, shown: bool, because: str = "") -> None:
    """Let a comment through for all to read, or hide it with a reason. Hidden can be shown again."""
    require(policies.can_decide_comment(actor))
    if round_.finished:
        raise Conflict(_("This round is finished. Its decisions can be read, not changed."))
    if comment.withdrawn_at:
        raise Conflict(_("This comment has been taken back already."))
    if not shown and not because.strip():
        raise Invalid({"because": [_("Say why the comment is hidden.")]})
    comment.let_through() if shown else comment.hide(because)
    emit(actor, CommentModerated(round_id=round_.id, comment_id=comment.id, shown=shown))


def decide_comment(
    actor: Actor,
    round_: Round,
    comment: Comment,
    *,
    outcome: str,
    reason: dict[str, str],
    version: int = 0,
    changed_step: str | None = None,
    apply: bool = False,
) -> Decision:
    """Answer a comment with a reason in its language; `apply` puts its suggestion into the draft at once.

    `version` is that of the answer the writer had in view, 0 for none: two people can't overwrite each other.
    """
    require(policies.can_decide_comment(actor))
    _require_undecided(round_, comment)
    decision = found.decision_on(comment)
    if version != (decision.version if decision else 0):
        raise Conflict(_("Somebody has decided this comment meanwhile. Look at the decision before you change it."))
    if not (reason.get(comment.language) or "").strip():
        raise Invalid({f"reason_{comment.language}": [
            _("Give the reason in the language of the comment: %(language)s.", language=OWN_NAMES[comment.language])
        ]})  # fmt: skip
    step_key = _changed_step(round_, comment, outcome, changed_step)
    if decision is None:
        decision = Decision(round_id=round_.id, comment_id=comment.id)
        db.session.add(decision)
    decision.decide(outcome=outcome, reason=reason, step_key=step_key, by=actor.name)
    if apply:
        _put_into_draft(actor, round_, comment, outcome)
        decision.applied = True
    db.session.flush()  # the page shows its version
    emit(actor, CommentDecided(round_id=round_.id, comment_id=comment.id, outcome=outcome, applied=apply))
    return decision


def _require_open(round_: Round) -> None:
    """Stop with a conflict before the first and after the last day; it says the days."""
    if round_.accepts(today()):
        return
    if round_.finished or round_.closes_on < today():
        raise Conflict(_("This comment round has closed. Its comments can be read."))
    raise Conflict(_("This comment round has not opened yet. Come back on its first day."))


def _require_undecided(round_: Round, comment: Comment) -> None:
    if round_.finished:
        raise Conflict(_("This round is finished. Its decisions can be read, not changed."))
    if comment.parent_id:
        raise Conflict(_("A reply is decided together with the comment it belongs to."))
    if not comment.stands:
        raise Conflict(_("Only a comment that shows is decided. Look at it first."))


def _changed_step(round_: Round, comment: Comment, outcome: str, chosen: str | None) -> str | None:
    """Which step changes because of it: the chosen one, else the one that was commented."""
    key = chosen or comment.step_key
    if outcome not in CHANGED or key is None:
        return None
    if key not in {step["key"] for step in round_.content["steps"]}:
        raise Invalid({"changed_step": [_("Choose one of the options.")]})
    return key


def _put_into_draft(actor: Actor, round_: Round, comment: Comment, outcome: str) -> None:
    """The suggestion in the place of the quote, in the draft as it stands now."""
    if outcome not in CHANGED:
        raise Invalid({"apply": [_("A suggestion is put into the draft only where the comment is taken in.")]})
    if not comment.suggestion or comment.field not in WRITTEN or not comment.text_language:
        raise Invalid({"apply": [_("This comment has no suggestion that can be put in as it is. Write it by hand.")]})
    step = queries.step_for(actor, round_.release_id, comment.step_key or "")
    now_there = (getattr(step, comment.field) or {}).get(comment.text_language)
    new = replaced(Anchor.of(comment.anchor), now_there, comment.suggestion)
    if new is None:
        raise Invalid({"apply": [_("The quoted words no longer stand in the draft. Write the change by hand.")]})
    change_step(actor, step, **{comment.field: {comment.text_language: new}})  # type: ignore[arg-type]


def _check_rate(round_: Round, speaker: Speaker) -> None:
    by_network = found.said_since(round_, now() - timedelta(hours=1), speaker.sender) if speaker.sender else 0
    if by_network >= PER_HOUR_NETWORK or speaker.lately >= PER_HOUR_BROWSER:
        raise Invalid({"_form": [_("We have got many comments from you just now, and they are safe with us. Wait an"
                                   " hour before you send more.")]})  # fmt: skip


def _by(actor: Actor, speaker: Speaker | None) -> dict[str, Any]:
    if speaker:
        return {
            "author_name": speaker.name, "author_organisation": speaker.organisation, "language": speaker.language,
            "by_public": True, "sender": speaker.sender,
        }  # fmt: skip
    return {
        "author_name": actor.name, "author_organisation": actor.organisation_name, "author_id": actor.membership_id,
        "language": actor.language,
    }  # fmt: skip


def _about(spot: Spot) -> dict[str, Any]:
    """The columns that say what is commented; a reply is about what its comment is about."""
    if spot.parent:
        root = spot.parent
        return {
            "parent_id": root.parent_id or root.id, "question_key": root.question_key, "step_key": root.step_key,
            "field": root.field, "text_language": root.text_language,
        }  # fmt: skip
    return {
        "question_key": spot.question, "step_key": None if spot.question else spot.step,
        "field": spot.field if spot.step and not spot.question else None, "text_language": spot.text_language,
    }  # fmt: skip


def _anchor(round_: Round, spot: Spot, quote: str, suggestion: str) -> Anchor | None:
    """Where the comment hangs in the text of the round; NotFound where there is no such place."""
    if spot.parent is not None and not spot.parent.stands:
        raise Conflict(_("This comment does not show any more. You can't reply to it."))
    if suggestion and (spot.parent or spot.sentence is None):
        raise Invalid({"suggestion": [_("Choose a sentence first; the new words go in its place.")]})
    if spot.parent or spot.question or not spot.step:
        if spot.question and round_.question(spot.question) is None:
            raise NotFound()
        return None
    step = next((step for step in round_.content["steps"] if step["key"] == spot.step), None)
    if step is None or (spot.field and spot.field not in COMMENTED):
        raise NotFound()
    if not spot.field:
        return Anchor(spot.step)
    text = (step.get(spot.field) or {}).get(spot.text_language or "") or ""
    if spot.sentence is None:
        return Anchor(spot.step, spot.field, spot.text_language or "")
    try:
        return anchor_at(spot.step, spot.field, spot.text_language or "", text, spot.sentence, quote)
    except IndexError:
        raise NotFound() from None
    except ValueError:
        raise Invalid({"quote": [_("Quote the words as they stand in the sentence.")]}) from None
