"""Take a step's words from an earlier version of the handbook back into use."""

from ...core.access import Actor, require
from ...core.errors import Conflict
from ...core.i18n import _
from ...reference import queries as reference
from ...reference.models import Step
from .. import policies, queries
from ..drafting import Overlay, carried_over
from ..models import HandbookVersion, InstructionDraft, InstructionEdition
from ..queries import manual
from .drafts import Ground, put_draft, require_fit, require_free
from .instruction import EditedMeanwhile, open_handbook, put_in_force
from .versions import seal_version


def restore_step(
    actor: Actor, version: HandbookVersion, step: Step, *, seen: int
) -> InstructionEdition | InstructionDraft | None:
    """A step's words as a version had them, on the national text in force now: published, or a draft where another
    person approves. `seen`: version of the instruction on the screen. None where nothing would change."""
    require(policies.can_edit_instruction(actor))
    then = version.contents["steps"].get(step.key, {}).get("overlay", {})
    written_on = reference.step_of(version.release_id, step.key).content()
    return take_words(actor, step, carried_over(then, written_on, step.content()), seen=seen)


def take_words(
    actor: Actor, step: Step, overlay: Overlay, *, seen: int, reason: str = "returned"
) -> InstructionEdition | InstructionDraft | None:
    """Let a step say this: at once, or as a draft where another person approves. Raises EditedMeanwhile, Invalid."""
    require(policies.can_edit_instruction(actor))
    handbook = open_handbook(actor)
    require_free(actor, step.key)
    instruction = queries.instruction_on(actor, step.key)
    if (instruction.version if instruction else 0) != seen:
        raise EditedMeanwhile(instruction)
    current = instruction.overlay() if instruction else {}
    if overlay == current:
        return None
    require_fit(actor, step, overlay)
    if handbook.reviewed:
        draft = manual.draft_on(actor, step.key)
        if draft:
            raise Conflict(_("A draft waits on this step. Publish or discard it first."))
        return put_draft(actor, None, Ground(step, current, seen), step.key, overlay)
    edition = put_in_force(actor, handbook, instruction, step, overlay, reason=reason)
    seal_version(actor, handbook, reason=reason, changed=[step.key])
    return edition
