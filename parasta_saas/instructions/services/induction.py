"""Go through the steps of a role one at a time; write the questions of its self-check."""

from collections.abc import Sequence

from sqlalchemy.dialects.postgresql import insert

from ...core.access import Actor, require
from ...core.clock import now
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.events import emit
from ...core.i18n import _
from ...core.ids import uuid7
from ...tenants.models import OrganisationUnit
from .. import policies
from ..events_learning import InductionFinished, InductionStarted, QuestionRemoved, QuestionReturned, QuestionWritten
from ..learning_check import packed
from ..learning_course import Course, CourseStep
from ..models import Induction, InductionQuestion, InductionStep
from ..queries import learning as queries
from .learning import note_reading

Texts = dict[str, str]


def start_induction(actor: Actor, *, role: str, unit: OrganisationUnit | None) -> Induction:
    """Begin the induction of a role, or go on with the one that was begun; `unit`: whose words are read."""
    require(policies.can_follow_changes(actor))
    if unit is not None and unit.closed_at:
        raise Invalid({"unit": [_("This unit has been closed. Choose another one.")]})
    row = dict(
        tenant_id=actor.organisation_id, id=uuid7(), created_at=now(), member_id=actor.membership_id, role=role,
        unit_id=unit.id if unit else None, version=1,
    )  # fmt: skip
    made = insert(Induction).values(row).on_conflict_do_nothing().returning(Induction.id)
    new = db.session.execute(made).scalar()
    found = queries.my_induction(actor, role)
    assert found is not None
    if new is not None:
        emit(actor, InductionStarted(induction_id=found.id))
    return found


def mark_step(actor: Actor, induction: Induction, step: CourseStep, *, seen: str, number: int) -> None:
    """A step has been gone through in the words that were `seen` (its seal). Raises Conflict where those changed."""
    require(policies.can_follow_changes(actor))
    if seen != step.seal:
        raise Conflict(_("The text of this step changed while you read. Read it once more."))
    row = dict(
        tenant_id=actor.organisation_id, id=uuid7(), created_at=now(), induction_id=induction.id,
        step_key=step.key, number=number, seal=step.seal, done_at=now(),
    )  # fmt: skip
    made = insert(InductionStep).values(row)
    news = {name: made.excluded[name] for name in ("number", "seal", "done_at")}
    db.session.execute(
        made.on_conflict_do_update(
            index_elements=["tenant_id", "induction_id", "step_key"], set_=news,
            where=InductionStep.seal != made.excluded.seal,
        )
    )  # fmt: skip


def pass_check(actor: Actor, induction: Induction) -> None:
    """Every question was answered right; nothing more is kept of it."""
    require(policies.can_follow_changes(actor))
    induction.checked_at = induction.checked_at or now()


def finish_if_complete(actor: Actor, induction: Induction, course: Course, *, questions: int, number: int) -> bool:
    """Finished when every step is done and the self-check, where there is one. Then the version counts as read."""
    require(policies.can_follow_changes(actor))
    if not course.complete or (questions and not induction.checked_at):
        return False
    induction.finish()
    emit(actor, InductionFinished(induction_id=induction.id))
    if number:
        note_reading(actor, induction.role, number)
    return True


def write_question(
    actor: Actor, *, role: str, text: Texts, options: Sequence[Texts], right: int, why: Texts,
    question: InductionQuestion | None = None, version: int = 0,
) -> InductionQuestion:  # fmt: skip
    """Write a question of a role's self-check, or change one. Raises Invalid, Conflict."""
    require(policies.can_ask_reading(actor))
    if question and question.version != version:
        raise Invalid({"_schema": [_("Somebody changed this question while you were writing. Compare, save again.")]})
    kept, place = packed(options, right)
    if problems := _problems(actor, text, kept, place):
        raise Invalid(problems)
    if question is None:
        assert actor.organisation_id is not None
        question = InductionQuestion(tenant_id=actor.organisation_id, id=uuid7(), role=role)
        db.session.add(question)
    question.role, question.text, question.options, question.right, question.why = role, text, kept, place, why
    question.written_by = actor.name
    emit(actor, QuestionWritten(question_id=question.id))
    return question


def remove_question(actor: Actor, question: InductionQuestion) -> None:
    """Ask it no more; it can be had back."""
    require(policies.can_ask_reading(actor))
    question.remove()
    emit(actor, QuestionRemoved(question_id=question.id))


def return_question(actor: Actor, question: InductionQuestion) -> None:
    """Ask it again."""
    require(policies.can_ask_reading(actor))
    question.bring_back()
    emit(actor, QuestionReturned(question_id=question.id))


def _problems(actor: Actor, text: Texts, options: Sequence[Texts], right: int) -> dict[str, list[str]]:
    """A language in which something is written must be whole; one language is enough."""
    found: dict[str, list[str]] = {}
    written = [c for c in actor.languages if text.get(c) or any(o.get(c) for o in options)] or actor.languages[:1]
    for code in written:
        if not text.get(code):
            found[f"text_{code}"] = [_("Write the question.")]
        if sum(bool(option.get(code)) for option in options) < max(2, len(options)):
            found[f"option_0_{code}"] = [_("Write at least two options, and each of them in this language.")]
    if right < 0:
        found["right"] = [_("Choose which option is right, among those you wrote.")]
    return found
