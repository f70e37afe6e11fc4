"""What is being written: drafts with who wrote in them, kept texts, who has a form open just now."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from ...core.access import Actor
from ...core.clock import now
from ...core.db import db
from ...core.errors import NotFound
from ...reference.models import Step
from ..models import InstructionDraft
from ..models.rounds import Editing, KeptText
from ..policies import can_edit_instruction

KEPT_DAYS = 30  # how long a discarded draft stands among the drafts; it is never deleted


def draft_at(actor: Actor, step_key: str) -> InstructionDraft | None:
    """The provider's draft on a step, to look at."""
    found = select(InstructionDraft).where(
        InstructionDraft.tenant_id == actor.organisation_id, InstructionDraft.step_key == step_key,
        InstructionDraft.unit_id.is_(None),
    )  # fmt: skip
    return db.session.scalar(found)


def last_copy(actor: Actor, draft: InstructionDraft) -> KeptText | None:
    """The draft's words as they were last saved: what a form that is opened now shows."""
    found = select(KeptText).where(
        KeptText.tenant_id == actor.organisation_id, KeptText.draft_id == draft.id, KeptText.kind == "draft"
    )
    return db.session.scalar(found.order_by(KeptText.created_at.desc(), KeptText.id.desc()).limit(1))


def kept_for(actor: Actor, kept_id: UUID, *kinds: str, lock: bool = False) -> KeptText:
    """One kept text of the provider's, for its editors; NotFound for anybody else's."""
    found = select(KeptText).where(KeptText.tenant_id == actor.organisation_id, KeptText.id == kept_id)
    row = db.session.scalar(found.with_for_update() if lock else found) if can_edit_instruction(actor) else None
    if row is None or (kinds and row.kind not in kinds):
        raise NotFound()
    return row


def kept_on(actor: Actor, step_key: str) -> list[KeptText]:
    """Every text kept on a step, the newest first; a hundred at most."""
    found = select(KeptText).where(KeptText.tenant_id == actor.organisation_id, KeptText.step_key == step_key)
    return list(db.session.scalars(found.order_by(KeptText.created_at.desc(), KeptText.id.desc()).limit(100)))


def unsettled(actor: Actor) -> list[KeptText]:
    """Meetings that nobody has decided and drafts discarded of late, the newest first."""
    found = select(KeptText).where(
        KeptText.tenant_id == actor.organisation_id, KeptText.kind.in_(("meeting", "discarded")),
        KeptText.settled_at.is_(None), KeptText.created_at > now() - timedelta(days=KEPT_DAYS),
    )  # fmt: skip
    return list(db.session.scalars(found.order_by(KeptText.created_at.desc()).limit(50)))


def writers_of(actor: Actor, draft_ids: Collection[UUID]) -> dict[UUID, dict[UUID, str]]:
    """Everybody who saved words in a draft: draft → {membership: name}."""
    found = select(KeptText.draft_id, KeptText.written_by_id, KeptText.written_by).where(
        KeptText.tenant_id == actor.organisation_id, KeptText.kind.in_(("draft", "meeting")),
        KeptText.draft_id.in_(draft_ids),
    )  # fmt: skip
    writers: dict[UUID, dict[UUID, str]] = {draft_id: {} for draft_id in draft_ids}
    for draft_id, member_id, name in db.session.execute(found.order_by(KeptText.created_at)):
        if draft_id and member_id:
            writers[draft_id][member_id] = name
    return writers


def others_writing(actor: Actor, step_key: str) -> list[Editing]:
    """Who else has this step's form open, by their last sign of life."""
    found = select(Editing).where(
        Editing.tenant_id == actor.organisation_id, Editing.step_key == step_key, Editing.seen_at > Editing.oldest()
    )
    rows = db.session.scalars(found.order_by(Editing.seen_at.desc()))
    return [row for row in rows if row.member_id != actor.membership_id]


def forget_editing(actor: Actor, step_key: str) -> None:
    """One's own sign of life on a step goes, and so do those that have run out."""
    mine = Editing.tenant_id == actor.organisation_id
    own = (Editing.step_key == step_key) & (Editing.member_id == actor.membership_id)
    db.session.execute(delete(Editing).where(mine, own | (Editing.seen_at <= Editing.oldest())))


def drafts_on(actor: Actor, keys: Collection[str]) -> list[InstructionDraft]:
    """The provider's drafts on these steps, locked, in one order for everybody."""
    found = select(InstructionDraft).where(
        InstructionDraft.tenant_id == actor.organisation_id, InstructionDraft.step_key.in_(keys),
        InstructionDraft.unit_id.is_(None),
    )  # fmt: skip
    locked = found.order_by(InstructionDraft.step_key).with_for_update().execution_options(populate_existing=True)
    return list(db.session.scalars(locked))


def steps_with(release_ids: Collection[Any], keys: Collection[str]) -> dict[tuple[UUID, str], Step]:
    """Steps of several releases at once: (release, key) → step."""
    found = select(Step).where(Step.release_id.in_(set(release_ids)), Step.key.in_(set(keys)))
    return {(step.release_id, step.key): step for step in db.session.scalars(found)}
