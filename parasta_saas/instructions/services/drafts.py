"""Save a draft, publish, and bring together what two people wrote on one step. Nothing typed is ever lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from ...core.access import Actor, require
from ...core.canonical import fingerprint
from ...core.clock import now
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.events import emit
from ...core.i18n import _
from ...core.ids import uuid7
from ...reference import queries as reference
from ...reference.models import Step
from .. import policies, queries, refusals, version_flow
from ..drafting import Overlay, drafted
from ..events_versions import DraftDiscarded, DraftReturned, DraftSaved, TextsMet
from ..models import Handbook, Instruction, InstructionDraft, InstructionEdition
from ..models.rounds import Editing, KeptText
from ..queries import drafts as found
from ..queries import manual, rounds
from ..resolved import check_overlay
from ..two_editors import Meeting, bring_together
from .instruction import open_handbook, put_in_force
from .versions import seal_version


@dataclass(frozen=True)
class Screen:
    """What stood in the form when it was opened: the instruction's version and edition (0 for none), the number of
    the release whose guidance was shown, and the saved draft that was shown, if one was."""

    version: int
    edition: int = 0
    release: str = ""
    kept: KeptText | None = None


@dataclass(frozen=True)
class Ground:
    """What words were written on: the step as it was nationally, and the overlay and its version that stood there."""

    step: Step
    overlay: Overlay
    version: int


class TheirsMoved(Conflict):
    """What the words meet has changed again since the page was shown."""


def save_draft(actor: Actor, step: Step, screen: Screen, *, typed: Mapping[str, Any]) -> InstructionDraft | KeptText:
    """Keep words on a step without putting them in force; the meeting, where somebody saved others meanwhile."""
    require(policies.can_edit_instruction(actor))
    open_handbook(actor)
    require_free(actor, step.key)
    draft, ground = manual.draft_on(actor, step.key), _ground(actor, step, screen)
    mine = _mine(actor, ground, screen, typed)
    last = found.last_copy(actor, draft) if draft else None
    if last and not _is_last(last, screen) and last.overlay != mine:
        return _keep_meeting(actor, step.key, ground, screen, mine, against="draft", wants="draft")
    if draft is None and screen.kept and _moved(actor, step, ground):
        return _keep_meeting(actor, step.key, ground, screen, mine, against="force", wants="draft")
    return put_draft(actor, draft, ground, step.key, mine)


def publish_words(
    actor: Actor, step: Step, screen: Screen, *, typed: Mapping[str, Any]
) -> InstructionEdition | KeptText | None:
    """Put words in force in one press; the meeting, where newer ones stand there; None if nothing would change."""
    require(policies.can_edit_instruction(actor))
    handbook = open_handbook(actor)
    require_one_person(handbook)
    require_free(actor, step.key)
    draft, ground = manual.draft_on(actor, step.key), _ground(actor, step, screen)
    mine = _mine(actor, ground, screen, typed)
    instruction = queries.instruction_on(actor, step.key)
    if _moved(actor, step, ground) and mine != _overlay(instruction):
        return _keep_meeting(actor, step.key, ground, screen, mine, against="force", wants="publish")
    if draft and screen.kept:
        last = found.last_copy(actor, draft)
        if last and not _is_last(last, screen):
            return _keep_meeting(actor, step.key, ground, screen, mine, against="draft", wants="publish")
        require_fit(actor, step, mine)
        drop_draft(draft)
    return publish_overlay(actor, handbook, instruction, step, mine)


def publish_draft(actor: Actor, draft: InstructionDraft, step: Step) -> InstructionEdition | KeptText | None:
    """Put a draft in force as it was saved, on what stands now; a meeting where both changed a sentence."""
    require(policies.can_edit_instruction(actor))
    handbook = open_handbook(actor)
    require_one_person(handbook)
    require_free(actor, draft.step_key)
    instruction = queries.instruction_on(actor, step.key)
    meeting = meet(actor, draft, step, instruction)
    if not meeting.clean:
        return ask_drafter(actor, draft, wants="publish")
    overlay = merged_overlay(actor, meeting, step, _overlay(instruction))
    require_fit(actor, step, overlay)
    drop_draft(draft)
    return publish_overlay(actor, handbook, instruction, step, overlay)


def settle_meeting(
    actor: Actor, kept: KeptText, *, answers: Mapping[int, tuple[str, str]], seen: str, wants: str
) -> InstructionEdition | InstructionDraft | KeptText | None:
    """Decide what of two texts stands. `seen`: print of what it met on the page; `wants`: publish or draft.

    Raises TheirsMoved where that has changed again, Invalid for words that the step can't take.
    """
    require(policies.can_edit_instruction(actor))
    handbook = open_handbook(actor)
    require_free(actor, kept.step_key)
    draft = manual.draft_on(actor, kept.step_key)
    side = side_of(actor, handbook.release_id, kept, draft)
    if side.print != seen:
        raise TheirsMoved(_("The other text has changed once more. Here is how it stands now."))
    overlay = drafted(side.step.content(), side.overlay, actor.languages, side.meeting(actor).settled(answers))
    require_fit(actor, side.step, overlay)
    kept.settle()
    ground = side.ground(draft)
    if wants == "publish" and kept.against == "force":
        require_one_person(handbook)
        if draft and draft.id == kept.draft_id:
            drop_draft(draft)
        instruction = queries.instruction_on(actor, kept.step_key)
        return publish_overlay(actor, handbook, instruction, side.step, overlay)
    made = put_draft(actor, draft, ground, kept.step_key, overlay)
    if wants == "publish":
        current = reference.step_of(handbook.release_id, kept.step_key)
        return publish_draft(actor, made, current)
    return made


@dataclass(frozen=True)
class Side:
    """The newer text that a kept one meets."""

    kept: KeptText
    was: Step  # national, under the kept text
    step: Step  # national, under the newer one
    overlay: Overlay
    version: int
    by: str
    at: Any

    @property
    def print(self) -> str:
        return fingerprint({"overlay": self.overlay, "release": str(self.step.release_id)})

    def meeting(self, actor: Actor) -> Meeting:
        """The two texts brought together."""
        return bring_together(
            self.kept.base, self.overlay, self.kept.overlay, was=self.was.content(), now=self.step.content(),
            languages=actor.languages,
        )  # fmt: skip

    def ground(self, draft: InstructionDraft | None) -> Ground:
        """What the decided words are written on."""
        if self.kept.against == "draft" and draft:
            return Ground(self.step, dict(draft.based_on), draft.based_on_version)
        return Ground(self.step, self.overlay, self.version)


def side_of(actor: Actor, release_id: UUID, kept: KeptText, draft: InstructionDraft | None) -> Side:
    """What stands where a kept text wants to go: the draft of others, else what is in force. Asks no policy: it
    only looks; the caller has asked."""
    was = reference.step_of(kept.release_id, kept.step_key)
    if kept.against == "draft" and draft:
        step = reference.step_of(draft.release_id, kept.step_key)
        return Side(kept, was, step, dict(draft.overlay), draft.based_on_version, draft.written_by, draft.written_at)
    step = reference.step_of(release_id, kept.step_key)
    instruction = queries.book_of(actor).instructions.get(kept.step_key)
    by, at = (instruction.edited_by, instruction.edited_at) if instruction else ("", None)
    return Side(kept, was, step, _overlay(instruction), instruction.version if instruction else 0, by, at)


def discard_draft(actor: Actor, draft: InstructionDraft) -> KeptText:
    """Take a draft away; its words are kept, `bring_back`."""
    require(policies.can_edit_instruction(actor))
    require_free(actor, draft.step_key)
    kept = keep(
        actor, draft.step_key, "discarded", draft.overlay, base=draft.based_on, base_version=draft.based_on_version,
        release_id=draft.release_id, draft_id=draft.id,
    )  # fmt: skip
    drop_draft(draft)
    emit(actor, DraftDiscarded(kept_id=kept.id, step_key=draft.step_key))
    return kept


def bring_back(actor: Actor, kept: KeptText) -> InstructionDraft:
    """A discarded draft is a draft again, unless somebody has begun another one."""
    require(policies.can_edit_instruction(actor))
    open_handbook(actor)
    if manual.draft_on(actor, kept.step_key):
        raise Conflict(_("Somebody has begun a new draft on this step. Publish or discard it first."))
    kept.settle()
    step = reference.step_of(kept.release_id, kept.step_key)
    draft = put_draft(actor, None, Ground(step, dict(kept.base), kept.base_version), kept.step_key, dict(kept.overlay))
    emit(actor, DraftReturned(kept_id=kept.id, step_key=kept.step_key))
    return draft


def note_writing(actor: Actor, step_key: str) -> None:
    """A sign of life from somebody who has a step's form open."""
    require(policies.can_edit_instruction(actor))
    row = insert(Editing).values(
        tenant_id=actor.organisation_id, id=uuid7(), created_at=now(), step_key=step_key,
        member_id=actor.membership_id, name=actor.name, seen_at=now(),
    )  # fmt: skip
    keys = ["tenant_id", "step_key", "member_id"]
    db.session.execute(row.on_conflict_do_update(index_elements=keys, set_={"seen_at": now(), "name": actor.name}))


# --- pieces that rounds use, too


def put_draft(
    actor: Actor, draft: InstructionDraft | None, ground: Ground, step_key: str, overlay: Overlay
) -> InstructionDraft:
    """Write a draft's words and keep a copy of them. The caller holds the handbook's lock."""
    require(policies.can_edit_instruction(actor))
    assert actor.organisation_id is not None
    if draft is None:
        draft = InstructionDraft(tenant_id=actor.organisation_id, id=uuid7(), unit_id=None, step_key=step_key)
        db.session.add(draft)
    draft.overlay, draft.based_on, draft.based_on_version = overlay, ground.overlay, ground.version
    draft.release_id = ground.step.release_id
    draft.written_by_id, draft.written_by, draft.written_at = actor.membership_id, actor.name, now()
    keep(
        actor, step_key, "draft", overlay, base=ground.overlay, base_version=ground.version,
        release_id=draft.release_id, draft_id=draft.id,
    )  # fmt: skip
    found.forget_editing(actor, step_key)
    emit(actor, DraftSaved(draft_id=draft.id, step_key=step_key))
    return draft


def publish_overlay(
    actor: Actor, handbook: Handbook, instruction: Instruction | None, step: Step, overlay: Overlay
) -> InstructionEdition | None:
    """One step in force and the version that has it; None if it is in force already."""
    require(policies.can_edit_instruction(actor))
    found.forget_editing(actor, step.key)
    if overlay == _overlay(instruction):
        return None
    require_fit(actor, step, overlay)
    edition = put_in_force(actor, handbook, instruction, step, overlay, reason="edited")
    seal_version(actor, handbook, reason="edited", changed=[step.key])
    return edition


def meet(
    actor: Actor, draft: InstructionDraft, step: Step, instruction: Instruction | None, *, was: Step | None = None
) -> Meeting:
    """A draft on what stands now; `was`: the step it was written on, where it is at hand. Asks no policy: it looks."""
    if was is None:
        was = step if draft.release_id == step.release_id else reference.step_of(draft.release_id, step.key)
    return bring_together(
        draft.based_on, _overlay(instruction), draft.overlay, was=was.content(), now=step.content(),
        languages=actor.languages,
    )  # fmt: skip


def merged_overlay(actor: Actor, meeting: Meeting, step: Step, current: Overlay) -> Overlay:
    """What a meeting without questions makes. Asks no policy: it only says."""
    return drafted(step.content(), current, actor.languages, meeting.settled({}))


def ask_drafter(actor: Actor, draft: InstructionDraft, *, wants: str) -> KeptText:
    """Put the question before whoever writes the draft: what stands now, or the draft's words."""
    require(policies.can_edit_instruction(actor))
    return keep(
        actor, draft.step_key, "meeting", draft.overlay, base=draft.based_on, base_version=draft.based_on_version,
        release_id=draft.release_id, draft_id=draft.id, against="force", wants=wants,
    )  # fmt: skip


def keep(
    actor: Actor, step_key: str, kind: str, overlay: Overlay, *, base: Overlay, base_version: int, release_id: UUID,
    draft_id: UUID | None = None, against: str = "", wants: str = "",
) -> KeptText:  # fmt: skip
    """Keep a text as somebody wrote it."""
    require(policies.can_put_in_force(actor))
    kept = KeptText(
        tenant_id=actor.organisation_id, id=uuid7(), step_key=step_key, kind=kind, overlay=overlay, base=base,
        base_version=base_version, release_id=release_id, draft_id=draft_id, against=against, wants=wants,
        written_by_id=actor.membership_id, written_by=actor.name,
    )  # fmt: skip
    db.session.add(kept)
    return kept


def drop_draft(draft: InstructionDraft) -> None:
    """The row goes; its words are in force or kept. Asks no policy: the caller has."""
    db.session.delete(draft)


def require_free(actor: Actor, step_key: str) -> None:
    """Refuse to change a draft that is being judged. Asks no policy: the caller has."""
    if rounds.locked_by(actor, step_key):
        raise Conflict(version_flow.refusal("locked"))


def require_one_person(handbook: Handbook) -> None:
    """Refuse to publish alone where the provider asks a second person. Asks no policy: it is one."""
    if handbook.reviewed:
        raise Conflict(_("Another person approves what is published here. Send your draft for review."))


def require_fit(actor: Actor, step: Step, overlay: Mapping[str, Any]) -> None:
    """Refuse words that the step can't take, field by field. Asks no policy: the step's own rules are asked."""
    if problems := check_overlay(step.content(), overlay):
        frame = reference.release_with(step.release_id).frame
        raise Invalid(
            refusals.told(
                problems, step=step.content(), frame=frame, languages=actor.languages, language=actor.language
            )
        )


def _keep_meeting(
    actor: Actor, step_key: str, ground: Ground, screen: Screen, mine: Overlay, *, against: str, wants: str
) -> KeptText:
    """Keep one's words beside the newer ones. What both started from is what stood on the screen."""
    base = screen.kept.overlay if screen.kept and against == "draft" else ground.overlay
    kept = keep(
        actor, step_key, "meeting", mine, base=dict(base), base_version=ground.version,
        release_id=ground.step.release_id, draft_id=screen.kept.draft_id if screen.kept else None,
        against=against, wants=wants,
    )  # fmt: skip
    emit(actor, TextsMet(kept_id=kept.id, step_key=step_key))
    return kept


def _ground(actor: Actor, step: Step, screen: Screen) -> Ground:
    """From what stood on the screen: a draft's own ground, or the edition that was in force."""
    if screen.kept:
        was = reference.step_of(screen.kept.release_id, step.key)
        return Ground(was, dict(screen.kept.base), screen.kept.base_version)
    here = reference.release_with(step.release_id).number
    was = step
    if screen.release and screen.release != here:
        was = reference.step_of(reference.release_numbered(screen.release).id, step.key)
    edition = next((e for e in queries.editions_of(actor, step.key) if e.edition == screen.edition), None)
    return Ground(was, dict(edition.overlay) if edition else {}, screen.version)


def _mine(actor: Actor, ground: Ground, screen: Screen, typed: Mapping[str, Any]) -> Overlay:
    current = screen.kept.overlay if screen.kept else ground.overlay
    return drafted(ground.step.content(), current, actor.languages, typed)


def _moved(actor: Actor, step: Step, ground: Ground) -> bool:
    """Whether something else is in force than what the words were written on."""
    instruction = queries.instruction_on(actor, step.key)
    version = instruction.version if instruction else 0
    return version != ground.version or ground.step.release_id != step.release_id


def _is_last(last: KeptText, screen: Screen) -> bool:
    return screen.kept is not None and screen.kept.id == last.id


def _overlay(instruction: Instruction | None) -> Overlay:
    return instruction.overlay() if instruction else {}
