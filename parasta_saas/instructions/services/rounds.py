"""A round of drafts on the way of version_flow: sent for review, sent back, approved, in force on its day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ...core.access import Actor, require
from ...core.clock import now, today
from ...core.db import db
from ...core.errors import Conflict, Forbidden, Invalid
from ...core.events import emit
from ...core.ids import uuid7
from ...reference import queries as reference
from ...reference.models import Step
from .. import leftovers, policies, queries, version_flow
from ..drafting import Overlay
from ..events_versions import (
    DraftShelved,
    RoundApproved,
    RoundCancelled,
    RoundPublished,
    RoundReturned,
    RoundSubmitted,
    RoundTakenBack,
)
from ..models import Handbook, HandbookVersion, Instruction, InstructionDraft, ShelvedText
from ..models.rounds import HandbookRound, RoundItem
from ..queries import drafts as found
from ..queries import manual
from ..queries import rounds as queries_rounds
from ..resolved import check_overlay
from .drafts import drop_draft, keep, meet, merged_overlay
from .instruction import open_handbook, put_in_force
from .offering import origin_of
from .versions import seal_version


@dataclass(frozen=True)
class Fitted:
    """A draft on what stands now: the words to put in force, or None where it asks or does not fit."""

    item: RoundItem
    draft: InstructionDraft | None
    step: Step | None
    instruction: Instruction | None
    overlay: Overlay | None
    outcome: str


def submit_drafts(
    actor: Actor, keys: Collection[str], *, note: Mapping[str, str], valid_from: date | None
) -> HandbookRound:
    """Send drafts for review together. Those that were sent back take their round along. Raises Invalid, Conflict."""
    require(policies.can_edit_instruction(actor))
    open_handbook(actor)
    drafts = found.drafts_on(actor, keys)
    _guard_sending(actor, drafts, keys, valid_from)
    round_ = _round_for(actor, keys)
    writers = found.writers_of(actor, [draft.id for draft in drafts])
    current = {i.step_key: i.overlay() for i in queries.book_of(actor).instructions.values()}
    known = {item.step_key: item for item in queries_rounds.items_of(actor, [round_.id])}
    for draft in drafts:
        item = known.get(draft.step_key) or RoundItem(
            tenant_id=actor.organisation_id, id=uuid7(), round_id=round_.id, step_key=draft.step_key
        )
        item.draft_id, item.overlay, item.release_id = draft.id, draft.overlay, draft.release_id
        item.before, item.outcome = current.get(draft.step_key, {}), ""
        item.writer_ids, item.writers = list(writers[draft.id]), list(writers[draft.id].values())
        db.session.add(item)
    round_.note, round_.valid_from = dict(note), valid_from
    round_.submitted_by_id, round_.submitted_by, round_.submitted_at = actor.membership_id, actor.name, now()
    round_.go("submit")
    db.session.flush()  # the event names the row's new version
    emit(actor, RoundSubmitted(round_id=round_.id, turn=round_.version))
    return round_


def submit_again(actor: Actor, step_key: str) -> HandbookRound:
    """Send the draft on one step, together with what came back in the same round; its note and day stay."""
    require(policies.can_edit_instruction(actor))
    in_round = queries_rounds.open_items(actor)
    if step_key not in in_round:
        return submit_drafts(actor, [step_key], note={}, valid_from=None)
    round_ = in_round[step_key][1]
    keys = [key for key, (_item, other) in in_round.items() if other.id == round_.id]
    day = round_.valid_from if round_.valid_from and round_.valid_from >= today() else None
    return submit_drafts(actor, keys, note=round_.note, valid_from=day)


def take_back(actor: Actor, round_: HandbookRound) -> None:
    """The writers want to go on writing before it is judged."""
    require(policies.can_edit_instruction(actor))
    round_.go("take_back")
    emit(actor, RoundTakenBack(round_id=round_.id))


def send_back(actor: Actor, round_: HandbookRound, *, reason: str) -> None:
    """Not like this: what should be changed."""
    require(policies.can_approve_round(actor))
    if round_.state == "review":
        require_other(actor, round_)
    round_.go("send_back")
    _returned(actor, round_, reason, moved=False)


def approve(actor: Actor, round_: HandbookRound) -> HandbookVersion | None:
    """Say yes to what others wrote. In force at once where its day has come; with its writers again where a text
    has changed under a draft so that a person must look. The version, if it is in force."""
    require(policies.can_approve_round(actor))
    require_other(actor, round_)
    if round_.state != "review":
        round_.go("approve")  # says why not
    fitted = _fitted(actor, round_)
    if _asks(fitted):
        _return_moved(actor, round_, fitted)
        return None
    round_.go("approve")
    round_.approved_by_id, round_.approved_by, round_.approved_at = actor.membership_id, actor.name, now()
    db.session.flush()  # the event names the row's new version
    emit(actor, RoundApproved(round_id=round_.id, turn=round_.version))
    if round_.valid_from and round_.valid_from > today():
        return None
    return _put_all(actor, round_, fitted)


def cancel(actor: Actor, round_: HandbookRound) -> None:
    """It comes to nothing; its drafts are drafts still."""
    require(policies.can_edit_instruction(actor))
    round_.go("cancel")
    round_.closed_by, round_.closed_at = actor.name, now()
    emit(actor, RoundCancelled(round_id=round_.id))


def publish_due(actor: Actor) -> int:
    """Put in force what was approved for today or an earlier day; returns how many rounds. Runs daily."""
    require(policies.can_put_in_force(actor))
    handbook = queries.handbook_of(actor)
    due = queries_rounds.due_rounds(actor, today()) if handbook else []
    for round_ in due:
        fitted = _fitted(actor, round_)
        if _asks(fitted):
            _return_moved(actor, round_, fitted)
        else:
            _put_all(actor, round_, fitted)
    return len(due)


def shelve_orphans(actor: Actor) -> list[InstructionDraft]:
    """Drafts whose step is gone from the release in use go to the shelf, outside a round that is being judged too."""
    require(policies.can_put_in_force(actor))
    handbook = queries.handbook_of(actor)
    if handbook is None:
        return []
    there = {step.key for step in reference.steps_of(handbook.release_id)}
    gone = [d for d in manual.drafts_of(actor) if d.step_key not in there and not d.step_key.startswith("own-")]
    for draft in gone:
        _shelve(actor, draft)
    return gone


def require_other(actor: Actor, round_: HandbookRound) -> None:
    """Nobody approves their own words. Asks no policy: the caller has."""
    items = queries_rounds.items_of(actor, [round_.id])
    if any(actor.membership_id in item.writer_ids for item in items):
        raise Forbidden(version_flow.refusal("not_own"))


def _guard_sending(
    actor: Actor, drafts: Collection[InstructionDraft], keys: Collection[str], valid_from: date | None
) -> None:
    if not drafts or len(drafts) != len(set(keys)):
        raise Invalid({"keys": [version_flow.refusal("has_drafts")]})
    if valid_from and valid_from < today():
        raise Invalid({"valid_from": [version_flow.refusal("day_not_past")]})
    open_items = queries_rounds.open_items(actor)
    if any(open_items[key][1].is_locked for key in keys if key in open_items):
        raise Conflict(version_flow.refusal("locked"))
    book = queries.book_of(actor)
    steps = found.steps_with([book.release.id], keys)
    for draft in drafts:
        step = steps.get((book.release.id, draft.step_key))
        if step is None or not meet(actor, draft, step, book.instructions.get(draft.step_key)).clean:
            raise Conflict(version_flow.refusal("no_questions"))


def _round_for(actor: Actor, keys: Collection[str]) -> HandbookRound:
    """The one that was sent back with one of these drafts, or a new one. A draft is in one open round at a time."""
    assert actor.organisation_id is not None
    open_items = queries_rounds.open_items(actor)
    known = {open_items[key][1].id: open_items[key][1] for key in keys if key in open_items}
    round_ = next(iter(known.values()), None) or HandbookRound(
        tenant_id=actor.organisation_id, id=uuid7(), number=queries_rounds.next_number(actor), state="draft"
    )
    for key in open_items:
        item, other = open_items[key]
        left_out = other is round_ and key not in keys
        if left_out or (key in keys and other is not round_):
            db.session.delete(item)
    db.session.add(round_)
    db.session.flush()  # its items refer to it
    return round_


def _fitted(actor: Actor, round_: HandbookRound) -> list[Fitted]:
    """Each draft of a round on what stands now."""
    items = queries_rounds.items_of(actor, [round_.id])
    drafts = {draft.id: draft for draft in found.drafts_on(actor, [item.step_key for item in items])}
    book = queries.book_of(actor)
    steps = found.steps_with([book.release.id], [item.step_key for item in items])
    return [
        _fit(actor, item, drafts.get(item.draft_id), steps.get((book.release.id, item.step_key)),
             book.instructions.get(item.step_key))
        for item in items
    ]  # fmt: skip


def _fit(
    actor: Actor, item: RoundItem, draft: InstructionDraft | None, step: Step | None, instruction: Instruction | None
) -> Fitted:
    if draft is None or step is None:
        return Fitted(item, draft, step, instruction, None, "gone")
    current = instruction.overlay() if instruction else {}
    meeting = meet(actor, draft, step, instruction)
    if not meeting.clean:
        return Fitted(item, draft, step, instruction, None, "asks")
    overlay = merged_overlay(actor, meeting, step, current)
    if check_overlay(step.content(), overlay):
        return Fitted(item, draft, step, instruction, None, "asks")
    return Fitted(item, draft, step, instruction, overlay, "same" if overlay == current else "published")


def _asks(fitted: Collection[Fitted]) -> bool:
    return any(each.outcome == "asks" for each in fitted)


def _return_moved(actor: Actor, round_: HandbookRound, fitted: Collection[Fitted]) -> None:
    for each in fitted:
        each.item.outcome = "asks" if each.outcome == "asks" else ""
    round_.go("return")
    _returned(actor, round_, "", moved=True)


def _returned(actor: Actor, round_: HandbookRound, reason: str, *, moved: bool) -> None:
    round_.returned_by, round_.returned_because, round_.returned_at = actor.name, reason, now()
    round_.approved_by_id, round_.approved_by, round_.approved_at = None, "", None
    db.session.flush()  # the event names the row's new version
    emit(actor, RoundReturned(round_id=round_.id, turn=round_.version, moved=moved))


def _put_all(actor: Actor, round_: HandbookRound, fitted: Collection[Fitted]) -> HandbookVersion | None:
    """All of a round in force as one version of the handbook."""
    handbook = queries.handbook_of(actor)
    assert handbook is not None
    changed, edition = [], handbook.edition + 1
    for each in fitted:
        each.item.outcome = each.outcome
        if each.step is not None and each.overlay is not None and each.outcome == "published":
            _put_one(actor, handbook, each)
            changed.append(each.step.key)
        if each.draft is not None and each.outcome != "gone":
            drop_draft(each.draft)
    round_.go("publish")
    round_.closed_by, round_.closed_at = actor.name, now()
    if not changed:
        return None
    handbook.edition = edition  # one version, however many steps
    round_.published_as = edition
    version = seal_version(
        actor, handbook, reason="approved", changed=changed, note=round_.note, approved_by=round_.approved_by,
        published_by=round_.submitted_by,
    )  # fmt: skip
    emit(actor, RoundPublished(round_id=round_.id, number=edition))
    return version


def _put_one(actor: Actor, handbook: Handbook, each: Fitted) -> None:
    """In force in the names of those who wrote it; who approved stands on the version."""
    assert each.step is not None and each.overlay is not None
    names = ", ".join(each.item.writers) or actor.name
    edition = put_in_force(actor, handbook, each.instruction, each.step, each.overlay, reason="approved")
    edition.published_by = names
    if each.instruction:
        each.instruction.edited_by = names
        each.instruction.edited_by_id = next(iter(each.item.writer_ids), None)


def _shelve(actor: Actor, draft: InstructionDraft) -> None:
    """Its words in pieces on the shelf, and the whole kept."""
    step = reference.step_of(draft.release_id, draft.step_key)
    number = reference.release_with(draft.release_id).number
    kept = keep(
        actor, draft.step_key, "shelved", draft.overlay, base=draft.based_on, base_version=draft.based_on_version,
        release_id=draft.release_id, draft_id=draft.id,
    )  # fmt: skip
    unit = (step.time_limit or {}).get("unit", "")
    origin: dict[str, Any] = origin_of(step, number) | {"why": "gone"}
    db.session.add_all(
        ShelvedText(
            tenant_id=actor.organisation_id, instruction_id=None, step_key=draft.step_key, field=piece.field,
            language=piece.language, text=piece.text, reason=f"draft:{kept.id}", shelved_by=draft.written_by,
            origin=origin | {"unit": piece.unit}, homes=[], state="lying",
        )
        for piece in leftovers.pieces(draft.overlay, step.guidance, unit=unit)
    )  # fmt: skip
    drop_draft(draft)
    emit(actor, DraftShelved(kept_id=kept.id, step_key=draft.step_key))
