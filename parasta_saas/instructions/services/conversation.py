"""Comment on the handbook, propose words, ask a colleague; answer each, take proposed words into the text."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ...core.access import Actor, require
from ...core.clock import now
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.events import emit
from ...core.i18n import _
from ...core.ids import uuid7
from ...reference.models import Step
from ...tenants.models import Membership
from .. import policies, queries
from ..events_conversation import CommentAnswered, CommentReopened, CommentSaid
from ..merge import merge
from ..models import HandbookComment, NationalUpdate
from ..queries import conversation as found
from .instruction import publish_instruction

PER_HOUR = 20  # a school class may share one network address


def say(
    actor: Actor,
    *,
    step_key: str,
    words: str,
    proposed: Mapping[str, Any] | None = None,
    name: str = "",
    email: str = "",
    place: str = "",
    sender: str = "",
) -> HandbookComment:
    """Comment on a step ("" for the whole). `proposed`: words that should stand there; name, email and place are of
    somebody without an account. Raises Invalid for a proposal that changes nothing and for very many from one address.
    """
    require(policies.can_comment_handbook(actor))
    if sender and found.said_since(actor, now() - timedelta(hours=1), sender=sender) >= PER_HOUR:
        raise Invalid({"_form": [_("Many comments came from your network just now. Wait an hour before the next.")]})
    if proposed and proposed["text"].strip() == proposed["was"].strip():
        raise Invalid({"text": [_("Change the text first: it is still as it stands.")]})
    comment = _new(actor, "suggestion" if proposed else "comment", step_key, words)
    comment.proposed = dict(proposed or {})
    comment.author_name, comment.author_email = actor.name or name, email
    comment.author_from, comment.sender = place, sender
    return _said(actor, comment)


def ask_colleague(
    actor: Actor, member: Membership, *, step_key: str, words: str, update: NationalUpdate | None = None
) -> HandbookComment:
    """Ask somebody of the staff about a step, or about a question of a national update; they get a mail."""
    require(policies.can_comment_handbook(actor))
    if member.id == actor.membership_id:
        raise Invalid({"member": [_("Choose somebody else: you would ask yourself.")]})
    comment = _new(actor, "question", step_key, words)
    comment.author_name = actor.name
    comment.update_id, comment.asked_id, comment.asked_name = update.id if update else None, member.id, member.name
    return _said(actor, comment)


def answer(actor: Actor, comment: HandbookComment, *, outcome: str, answer: str) -> None:
    """Answer a comment once; whoever asked is told."""
    require(policies.can_answer_comment(actor, comment))
    comment.settle(outcome, answer, by_id=actor.membership_id, by=actor.name)
    emit(actor, CommentAnswered(comment_id=comment.id, outcome=outcome))


def reopen(actor: Actor, comment: HandbookComment) -> None:
    """Take an answer back to give a better one."""
    require(policies.can_answer_comment(actor, comment))
    comment.reopen()
    emit(actor, CommentReopened(comment_id=comment.id))


def take_words(actor: Actor, comment: HandbookComment, step: Step, *, answer: str) -> None:
    """Take proposed words into the step's text and publish. What was written since is kept, sentence by sentence.

    Raises Conflict where the same sentence has changed since: then a person writes it on the step's page.
    """
    require(policies.can_edit_instruction(actor))
    if not comment.proposed or not comment.open:
        raise Conflict(_("There are no proposed words to take into the text."))
    instruction = queries.instruction_on(actor, step.key)
    overlay = instruction.overlay() if instruction else {}
    field, code = comment.proposed["field"], comment.proposed["language"]
    standing = (overlay.get(field) or {}).get(code) or (step.guidance.get(code, "") if field == "guidance" else "")
    merged = merge(comment.proposed["was"], comment.proposed["text"], standing)
    if merged.conflicts:
        raise Conflict(_("The same sentence has been changed since. Open the step and write the two together there."))
    texts = {name: dict(overlay.get(name) or {}) for name in ("guidance", "note", "local_role")}
    texts[field][code] = merged.text
    publish_instruction(
        actor, step, version=instruction.version if instruction else 0, **texts,
        time_limit_value=overlay.get("time_limit_value"),
    )  # fmt: skip
    comment.settle("accepted", answer or _("Thank you. The words are in the text now."), by_id=actor.membership_id,
                   by=actor.name)  # fmt: skip
    emit(actor, CommentAnswered(comment_id=comment.id, outcome="accepted"))


def _new(actor: Actor, kind: str, step_key: str, words: str) -> HandbookComment:
    assert actor.organisation_id is not None
    side = "staff" if policies.is_staff(actor) else "learner" if actor.has("student", "guardian") else "public"
    comment = HandbookComment(
        tenant_id=actor.organisation_id, id=uuid7(), kind=kind, side=side, step_key=step_key,
        language=actor.language, words=words, author_id=actor.membership_id,
    )  # fmt: skip
    db.session.add(comment)
    return comment


def _said(actor: Actor, comment: HandbookComment) -> HandbookComment:
    if comment.author_from:
        comment.side = "workplace"
    emit(actor, CommentSaid(comment_id=comment.id, step_key=comment.step_key, kind=comment.kind))
    return comment
