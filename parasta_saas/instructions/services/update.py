"""Offer a newer national release to a provider, answer its questions, take it into use. Nothing local is lost."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from ...core.access import Actor, require
from ...core.clock import now
from ...core.db import db
from ...core.errors import Conflict
from ...core.events import emit
from ...core.i18n import _, ngettext
from ...core.ids import uuid7
from ...reference import queries as reference
from ...reference.models import Release, Step
from .. import policies
from ..drafting import carried_over
from ..events_update import QuestionAnswered, QuestionReopened, UpdateFinished, UpdateOffered
from ..merge import Choice
from ..models import Handbook, Instruction, NationalUpdate, ShelvedText, UpdateItem
from ..offers import changed_fields, proposal
from ..queries import update as queries
from .instruction import open_handbook, put_in_force
from .reports import report_adoption


def offer_update(actor: Actor, release: Release) -> NationalUpdate | None:
    """Offer a release once; None where it is in use, already offered, or an older one still waits."""
    require(policies.can_offer_update(actor))
    handbook = open_handbook(actor)
    if queries.pending_update(actor) or not _is_newer(release, handbook) or queries.update_to(actor, release.id):
        return None
    now_followed = reference.release_with(handbook.release_id)
    update_id = uuid7()
    row = insert(NationalUpdate).values(
        tenant_id=actor.organisation_id, id=update_id, created_at=now(), version=1, release_id=release.id,
        from_release_id=now_followed.id, number=release.number, from_number=now_followed.number, finished_by="",
    )  # fmt: skip
    # The unique key (tenant, release) fences a second worker that was not told of the first.
    if not db.session.execute(row.on_conflict_do_nothing().returning(NationalUpdate.id)).scalar():
        return None
    db.session.add_all(_items(actor, update_id, now_followed, release))
    emit(actor, UpdateOffered(update_id=update_id, release_id=release.id))
    return queries.update_for(actor, update_id)


def answer_question(
    actor: Actor, update: NationalUpdate, state: queries.ItemState, *, decision: str, choices: Sequence[Choice]
) -> None:
    """Say for each sentence that both changed which words stay in force. Left-out own sentences go to the shelf."""
    require(policies.can_decide_update(actor))
    _must_wait(update)
    item = state.item
    if state.kind != "conflict":
        raise Conflict(_("This step asks nothing any more. Nothing needs to be decided."))
    if state.answered:
        raise Conflict(_("%(name)s has already answered this question.", name=item.decided_by))
    assert state.instruction is not None
    texts, shelf = state.proposal.decide(choices)
    _clear(actor, item)
    item.local = state.local
    item.decide(decision, texts, by_id=actor.membership_id, by=actor.name)
    db.session.add_all(_shelved(actor, state.instruction, item, shelf))
    emit(actor, QuestionAnswered(item_id=item.id, step_key=item.step_key))


def reopen_question(actor: Actor, update: NationalUpdate, state: queries.ItemState) -> None:
    """Take an answer back, as long as the update is not in use."""
    require(policies.can_decide_update(actor))
    _must_wait(update)
    if state.item.decision is None:
        raise Conflict(_("This question has no answer yet."))
    _clear(actor, state.item)
    emit(actor, QuestionReopened(item_id=state.item.id, step_key=state.item.step_key))


def finish_update(actor: Actor, update: NationalUpdate) -> None:
    """Let the handbook follow the new release: merged words are published, all others move along unchanged."""
    require(policies.can_decide_update(actor))
    _must_wait(update)
    handbook = open_handbook(actor)
    states = {state.item.step_key: state for state in queries.items_of(actor, update)}
    left = sum(state.open for state in states.values())
    if left:
        raise Conflict(ngettext("Answer one more question first.", "Answer %(num)s more questions first.", left))
    handbook.release_id, edition = update.release_id, handbook.edition + 1
    before = {step.key: step for step in reference.steps_of(update.from_release_id)}
    after = {step.key: step for step in reference.steps_of(update.release_id)}
    for instruction in queries.instructions_of(actor):
        if instruction.step_key in after:
            _move(actor, handbook, instruction, before[instruction.step_key], after[instruction.step_key], states)
    handbook.edition = edition  # one update is one edition of the handbook, however many steps it moved
    update.finish(by=actor.name)
    report_adoption(actor, reference.release_with(update.release_id))
    emit(actor, UpdateFinished(update_id=update.id, release_id=update.release_id))


def _move(
    actor: Actor,
    handbook: Handbook,
    instruction: Instruction,
    before: Step,
    after: Step,
    states: dict[str, queries.ItemState],
) -> None:
    """Take one instruction to the new release; a new edition only where its words or its step changed."""
    state = states.get(instruction.step_key)
    if state is None or not instruction.is_local:
        instruction.base_release_id, instruction.base_guidance = after.release_id, dict(after.guidance)
        return
    overlay = carried_over(instruction.overlay(), before.content(), after.content())
    merged = {code: text for code, text in state.result.items() if text.strip() != after.guidance.get(code, "").strip()}
    overlay.pop("guidance", None)
    if merged:
        overlay["guidance"] = merged
    put_in_force(actor, handbook, instruction, after, overlay, reason="update")


def _items(actor: Actor, update_id: UUID, old: Release, new: Release) -> list[UpdateItem]:
    before = {step.key: step for step in reference.steps_of(old.id)}
    own = {i.step_key: i for i in queries.instructions_of(actor)}
    return [
        _item(actor, update_id, before.get(step.key), step, own.get(step.key))
        for step in reference.steps_of(new.id)
        if changed_fields(before[step.key].content() if step.key in before else {}, step.content())
    ]


def _item(actor: Actor, update_id: UUID, before: Step | None, step: Step, own: Instruction | None) -> UpdateItem:
    base = dict(before.guidance) if before else {}
    local = dict(own.guidance) if own else {}
    offered = proposal(own.base_guidance if own else base, step.guidance, local)
    return UpdateItem(
        tenant_id=actor.organisation_id, update_id=update_id, step_key=step.key, order=step.order, kind=offered.kind,
        base=base, national=dict(step.guidance), local=local, merged=offered.texts,
    )  # fmt: skip


def _is_newer(release: Release, handbook: Handbook) -> bool:
    followed = reference.release_with(handbook.release_id)
    assert release.released_at and followed.released_at
    return release.released_at > followed.released_at


def _must_wait(update: NationalUpdate) -> None:
    if not update.pending:
        raise Conflict(_("This update has already been taken into use."))


def _clear(actor: Actor, item: UpdateItem) -> None:
    """An earlier answer of this item no longer counts; its shelf goes with it, the words are in the text again."""
    for shelved in queries.shelved_by(actor, item):
        db.session.delete(shelved)
    item.reopen()


def _shelved(
    actor: Actor, instruction: Instruction, item: UpdateItem, shelf: Sequence[tuple[str, str]]
) -> list[ShelvedText]:
    return [
        ShelvedText(
            tenant_id=actor.organisation_id,
            instruction_id=instruction.id,
            step_key=item.step_key,
            language=language,
            text=sentence,
            reason=f"update:{item.id}",
            shelved_by=actor.name,
        )  # fmt: skip
        for language, sentence in shelf
    ]
