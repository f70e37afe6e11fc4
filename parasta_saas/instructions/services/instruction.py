"""Write, publish, withdraw and take back what a provider says of its own on one step."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from ...core.access import Actor, require
from ...core.canonical import fingerprint
from ...core.clock import now
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.events import Event, emit
from ...core.i18n import _
from ...core.ids import uuid7
from ...reference import queries as reference
from ...reference.models import Step
from .. import policies, queries, refusals
from ..drafting import carried_over, drafted
from ..events import HandbookOpened, InstructionPublished, InstructionWithdrawn
from ..models import Handbook, Instruction, InstructionEdition
from ..resolved import check_overlay, resolve
from .reports import report_adoption
from .versions import seal_version


class EditedMeanwhile(Conflict):
    """Somebody published this step while it was being written; `instruction` is what stands now."""

    def __init__(self, instruction: Instruction | None) -> None:
        super().__init__(_("Somebody published this step while you were writing. Compare the two and publish again."))
        self.instruction = instruction


def open_handbook(actor: Actor) -> Handbook:
    """The provider's handbook, locked; begun on the release in force where there is none yet."""
    require(policies.can_open_handbook(actor))
    assert actor.organisation_id is not None
    known = queries.handbook_of(actor)
    if known:
        return known
    release = reference.current_release()
    row = insert(Handbook).values(
        tenant_id=actor.organisation_id, id=uuid7(), created_at=now(), release_id=release.id, edition=0, version=1
    )
    # Two people may begin at the same moment: one row, and the second finds the first one's.
    begun = db.session.execute(row.on_conflict_do_nothing().returning(Handbook.id)).scalar()
    if begun:
        report_adoption(actor, release)
        emit(actor, HandbookOpened(release_id=release.id))
    handbook = queries.handbook_of(actor)
    assert handbook is not None
    return handbook


def publish_instruction(
    actor: Actor,
    step: Step,
    *,
    version: int,
    guidance: Mapping[str, str],
    note: Mapping[str, str],
    local_role: Mapping[str, str],
    time_limit_value: int | None = None,
    extras: Mapping[str, Any] | None = None,
) -> InstructionEdition | None:
    """Put the provider's own words on a step in force; None if they are the same as before.

    `version` is the one that was on the writer's screen, 0 for none. `extras`: what hangs on the step
    (extras.EXTRAS), each list whole; what is not named stays. Raises EditedMeanwhile, Invalid.
    """
    require(policies.can_edit_instruction(actor))
    handbook, instruction = _locked(actor, step, version)
    current = instruction.overlay() if instruction else {}
    typed = dict(guidance=guidance, note=note, local_role=local_role, time_limit_value=time_limit_value)
    typed |= dict(extras or {})
    overlay = drafted(step.content(), current, actor.languages, typed)
    if overlay == current:
        return None
    _refuse(actor, step, overlay)
    return _published(actor, handbook, instruction, step, overlay, reason="edited")


def withdraw_instruction(actor: Actor, step: Step, *, version: int) -> InstructionEdition:
    """Let a step run as national again. The provider's own words stay in the history. Raises EditedMeanwhile."""
    require(policies.can_edit_instruction(actor))
    handbook, instruction = _locked(actor, step, version)
    if instruction is None or not instruction.is_local:
        raise Conflict(_("This step already runs as national."))
    return _published(actor, handbook, instruction, step, {}, reason="withdrawn")


def return_edition(actor: Actor, step: Step, edition: InstructionEdition, *, version: int) -> InstructionEdition | None:
    """Take an earlier edition back into use, on the national text in force now; None if nothing would change."""
    require(policies.can_edit_instruction(actor))
    handbook, instruction = _locked(actor, step, version)
    written_on = reference.step_of(edition.release_id, step.key).content()
    overlay = carried_over(edition.overlay, written_on, step.content())
    if instruction is None or overlay == instruction.overlay():
        return None
    _refuse(actor, step, overlay)
    return _published(actor, handbook, instruction, step, overlay, reason="returned")


def _published(
    actor: Actor,
    handbook: Handbook,
    instruction: Instruction | None,
    step: Step,
    overlay: dict[str, Any],
    *,
    reason: str,
) -> InstructionEdition:
    """One step in force, and the version of the handbook that has it."""
    edition = put_in_force(actor, handbook, instruction, step, overlay, reason=reason)
    seal_version(actor, handbook, reason=reason, changed=[step.key])
    return edition


def _locked(actor: Actor, step: Step, version: int) -> tuple[Handbook, Instruction | None]:
    """The handbook first, so that two first publications of a step can't meet."""
    handbook = open_handbook(actor)
    instruction = queries.instruction_on(actor, step.key)
    if (instruction.version if instruction else 0) != version or handbook.release_id != step.release_id:
        raise EditedMeanwhile(instruction)
    return handbook, instruction


def _refuse(actor: Actor, step: Step, overlay: Mapping[str, Any]) -> None:
    found = check_overlay(step.content(), overlay)
    if found:
        frame = reference.release_with(step.release_id).frame
        raise Invalid(
            refusals.told(found, step=step.content(), frame=frame, languages=actor.languages, language=actor.language)
        )


def put_in_force(
    actor: Actor,
    handbook: Handbook,
    instruction: Instruction | None,
    step: Step,
    overlay: dict[str, Any],
    *,
    reason: str,
) -> InstructionEdition:
    """One new edition of a step, in force at once; `reason`: as of InstructionEdition."""
    require(policies.can_put_in_force(actor))
    assert actor.organisation_id is not None
    if instruction is None:
        instruction = Instruction(tenant_id=actor.organisation_id, id=uuid7(), step_key=step.key, edition=0)
        db.session.add(instruction)
    instruction.put_in_force(
        overlay, release_id=step.release_id, national=step.guidance, by_id=actor.membership_id, by=actor.name
    )
    handbook.grow()
    db.session.flush()  # an edition refers to its instruction
    resolved = resolve(step.content(), overlay)
    edition = InstructionEdition(
        tenant_id=actor.organisation_id, instruction_id=instruction.id, step_key=step.key,
        edition=instruction.edition, release_id=step.release_id, overlay=overlay, resolved=resolved,
        sha256=fingerprint(resolved), published_by=actor.name, reason=reason,
    )  # fmt: skip
    db.session.add(edition)
    emit(actor, _fact(instruction, withdrawn=reason == "withdrawn"))
    return edition


def _fact(instruction: Instruction, *, withdrawn: bool) -> Event:
    kind = InstructionWithdrawn if withdrawn else InstructionPublished
    return kind(instruction_id=instruction.id, step_key=instruction.step_key, edition=instruction.edition)
