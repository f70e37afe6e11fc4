"""Answer the questions of a national update, say who sees to it, take it into use. Nothing local is lost."""

from collections.abc import Sequence

from sqlalchemy.dialects.postgresql import insert

from ...core.access import Actor, require
from ...core.clock import now
from ...core.db import db
from ...core.errors import Conflict
from ...core.events import emit
from ...core.i18n import _, ngettext
from ...core.ids import uuid7
from ...reference import queries as reference
from ...tenants.models import Membership
from .. import memory, policies
from ..events_update import QuestionAnswered, QuestionReopened, UpdateAssigned, UpdateFinished
from ..leftovers import Piece
from ..merge import Choice
from ..models import NationalUpdate, RememberedAnswer, UpdateItem
from ..queries import update as queries
from . import taking
from .carrying import carry_layers
from .instruction import open_handbook
from .offering import agrees, forget_expected, lay_on_shelf, offer_update, origin_of, refresh_update, road_of
from .reports import report_adoption
from .versions import seal_version

__all__ = [
    "answer_question", "assign_update", "finish_update", "offer_update", "refresh_update", "reopen_question",
    "settle_meeting",
]  # fmt: skip


def answer_question(
    actor: Actor, update: NationalUpdate, state: queries.ItemState, *, decision: str, choices: Sequence[Choice]
) -> None:
    """Say for each sentence that both changed which words stay in force. Left-out own sentences go to the shelf."""
    require(policies.can_decide_update(actor))
    _must_wait(update)
    item = state.item
    if state.kind != "conflict":
        raise Conflict(_("This step asks nothing any more. Nothing needs to be decided."))
    _must_be_open(state)
    assert state.instruction is not None
    texts, shelf = state.proposal.decide(choices)
    _clear(actor, item)
    item.local = state.local
    item.decide(decision, texts, by_id=actor.membership_id, by=actor.name)
    _shelve(actor, update, state, shelf)
    for question, choice in zip(state.proposal.questions, choices, strict=True):
        _remember(actor, item, memory.question_key(question), *memory.way_of(choice))
    emit(actor, QuestionAnswered(item_id=item.id, step_key=item.step_key))


def settle_meeting(actor: Actor, update: NationalUpdate, state: queries.ItemState, *, way: str) -> None:
    """Two steps became one and both have own words: put them beside each other, or these on the shelf."""
    require(policies.can_decide_update(actor))
    _must_wait(update)
    item = state.item
    if state.kind != "meets" or way not in ("beside", "shelf"):
        raise Conflict(_("This step asks nothing any more. Nothing needs to be decided."))
    _must_be_open(state)
    item.reopen()
    item.overlay = {"key": state.key}
    item.decide(way, {}, by_id=actor.membership_id, by=actor.name)
    _remember(actor, item, state.key, way, "")
    emit(actor, QuestionAnswered(item_id=item.id, step_key=item.step_key))


def reopen_question(actor: Actor, update: NationalUpdate, state: queries.ItemState) -> None:
    """Take an answer back, also a remembered one, as long as the update is not in use."""
    require(policies.can_decide_update(actor))
    _must_wait(update)
    if state.item.decision is None:
        raise Conflict(_("This question has no answer yet."))
    keys = {memory.question_key(question) for question in state.proposal.questions} | {state.key}
    for answer in queries.answers_to(actor, keys).values():
        db.session.delete(answer)
    _clear(actor, state.item)
    emit(actor, QuestionReopened(item_id=state.item.id, step_key=state.item.step_key))


def assign_update(actor: Actor, update: NationalUpdate, member: Membership | None) -> None:
    """Say which of the editors sees to the update; None for nobody."""
    require(policies.can_decide_update(actor))
    _must_wait(update)
    member_id, name = (member.id, member.name) if member else (None, "")
    if member_id == update.assigned_to_id:
        return
    update.assign(member_id, name, by=actor.name)
    emit(actor, UpdateAssigned(update_id=update.id, member_id=member_id, own=member_id == actor.membership_id))


def finish_update(actor: Actor, update: NationalUpdate) -> None:
    """Let the handbook follow the new release: merged words are published, orphans go to the shelf."""
    require(policies.can_decide_update(actor))
    _must_wait(update)
    handbook = open_handbook(actor)
    states = queries.items_of(actor, update)
    road = road_of(actor, update)
    if not agrees(road, states) or handbook.release_id != update.from_release_id:
        raise Conflict(_("Your own words have changed meanwhile. Look at the update once more."))
    left = sum(state.open for state in states)
    if left:
        raise Conflict(ngettext("Answer one more question first.", "Answer %(num)s more questions first.", left))
    handbook.release_id, edition = update.release_id, handbook.edition + 1
    kept = taking.take(actor, handbook, update, road, states)
    kept |= carry_layers(actor, update, road.returns_from)
    handbook.edition = edition  # one update is one edition of the handbook, however many steps it moved
    update.finish(by=actor.name, kept=kept)
    moved = {state.item.step_key for state in states} | set(kept["after"])
    seal_version(actor, handbook, reason="update", changed=moved)
    report_adoption(actor, reference.release_with(update.release_id))
    emit(actor, UpdateFinished(update_id=update.id, release_id=update.release_id))


def _must_wait(update: NationalUpdate) -> None:
    if update.superseded_by:
        raise Conflict(_("Release %(number)s is offered instead. Open the newer update.", number=update.superseded_by))
    if not update.pending:
        raise Conflict(_("This update has already been taken into use."))


def _must_be_open(state: queries.ItemState) -> None:
    if state.answered:
        raise Conflict(_("%(name)s has already answered this question.", name=state.item.decided_by))


def _shelve(actor: Actor, update: NationalUpdate, state: queries.ItemState, shelf: Sequence[tuple[str, str]]) -> None:
    """What the answer leaves out is expected on the shelf, until the update is in use."""
    assert state.instruction is not None
    item = state.item
    step = next((s for s in reference.steps_of(update.from_release_id) if s.key == item.source_key), None)
    lay_on_shelf(
        actor, state.instruction, [(Piece("guidance", *pair), "answer") for pair in shelf],
        reason=f"update:{item.id}", origin=origin_of(step, update.from_number), homes=[item.step_key],
        state="expected",
    )  # fmt: skip


def _remember(actor: Actor, item: UpdateItem, key: str, way: str, words: str) -> None:
    """The last answer to the same three texts counts."""
    values = dict(way=way, words=words, step_key=item.step_key, decided_by_id=actor.membership_id,
                  decided_by=actor.name, decided_at=now())  # fmt: skip
    row = insert(RememberedAnswer).values(
        tenant_id=actor.organisation_id, id=uuid7(), created_at=now(), key=key, **values
    )
    db.session.execute(row.on_conflict_do_update(index_elements=["tenant_id", "key"], set_=values))


def _clear(actor: Actor, item: UpdateItem) -> None:
    """An earlier answer of this item no longer counts; its shelf goes with it, the words are in the text again."""
    forget_expected(actor, item)
    item.reopen()
