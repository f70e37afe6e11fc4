"""What a provider does with the words on its shelf: put them on a step, discard them, take them back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from ...core.access import Actor, require
from ...core.errors import Conflict, Invalid
from ...core.events import emit
from ...core.i18n import _
from ...reference import queries as reference
from ...reference.models import Step
from ...tenants import queries_units as units
from .. import leftovers, policies, queries, refusals
from ..events_shelf import TextDiscarded, TextPlaced, TextReturned
from ..models import Handbook, Instruction, ShelvedText
from ..queries import layers as found
from ..queries.layers import Here
from ..resolved import check_overlay
from ..schemas import MAX_WORDS
from .imports import brought_from
from .instruction import open_handbook, put_in_force
from .layers import put_unit_words
from .taking import came_from
from .versions import seal_version


def place_texts(actor: Actor, texts: Sequence[ShelvedText], *, step_key: str) -> None:
    """Put words from the shelf into a step's own text with their origin, as one new edition; a limit is set as it was.

    Raises Conflict where somebody was faster, Invalid where the step can't take them.
    """
    require(policies.can_settle_shelf(actor))
    whose: dict[str, list[ShelvedText]] = {}
    for shelved in texts:
        shelved.require_lying()
        whose.setdefault(shelved.origin.get("unit_id", ""), []).append(shelved)
    for unit_id, group in whose.items():  # words of a unit stay the unit's
        _place(actor, group, step_key, unit_id)


def _place(actor: Actor, texts: Sequence[ShelvedText], step_key: str, unit_id: str) -> None:
    handbook, step, instruction = _there(actor, step_key)
    here = _at_unit(actor, step, instruction, unit_id)
    overlay = _written(here, instruction)
    ends = {shelved.language or actor.languages[0]: shelved for shelved in texts}
    for shelved in texts:
        if shelved.field == "time_limit":
            _require_unit(step, shelved)
            overlay["time_limit_value"] = int(shelved.text)
        else:
            code = shelved.language or actor.languages[0]
            words = marked(shelved) if ends[code] is shelved else shelved.text.strip()
            overlay["note"] = leftovers.appended(overlay.get("note") or {}, code, words)
    _require_fit(actor, step, here.above if here else step.content(), overlay)
    _put(actor, handbook, step, instruction, here, overlay)
    for shelved in texts:
        shelved.settle("placed", by=actor.name, placed_on=step.key)
        emit(actor, TextPlaced(shelved_id=shelved.id, step_key=step.key))


def discard_text(actor: Actor, shelved: ShelvedText, *, reason: str) -> None:
    """Say that words on the shelf are not needed, and why. They are kept in its history; `return_text`."""
    require(policies.can_settle_shelf(actor))
    shelved.settle("discarded", by=actor.name, because=reason)
    emit(actor, TextDiscarded(shelved_id=shelved.id, step_key=shelved.step_key, reason=reason))


def return_text(actor: Actor, shelved: ShelvedText) -> None:
    """Take placed or discarded words back to the shelf; from a step only while they stand there as they were put."""
    require(policies.can_settle_shelf(actor))
    if shelved.state == "placed":
        _take_off(actor, shelved)
    shelved.put_back()
    emit(actor, TextReturned(shelved_id=shelved.id, step_key=shelved.step_key))


def marked(shelved: ShelvedText) -> str:
    """The words with a line of their origin, in their language. Asks no policy: it only says."""
    origin, code = shelved.origin, shelved.language or "fi"
    if origin.get("why") == "imported":
        return leftovers.with_origin(shelved.text, brought_from(origin["name"][code], code))
    return leftovers.with_origin(shelved.text, came_from(origin.get("name"), origin.get("release", ""), code))


def _there(actor: Actor, step_key: str) -> tuple[Handbook, Step, Instruction | None]:
    """The handbook first, locked, then the step in the release that it follows."""
    handbook = open_handbook(actor)
    step = next((s for s in reference.steps_of(handbook.release_id) if s.key == step_key), None)
    if step is None:
        raise Invalid({"step": [_("Choose one of the steps.")]})
    return handbook, step, queries.instruction_on(actor, step_key)


def _require_unit(step: Step, shelved: ShelvedText) -> None:
    """Three working days are not three days."""
    if shelved.origin.get("unit") != (step.time_limit or {}).get("unit"):
        raise Invalid({"step": [_("This step's time limit is counted otherwise. Choose another step.")]})


def _at_unit(actor: Actor, step: Step, instruction: Instruction | None, unit_id: str) -> Here | None:
    """Where words of a unit go; None for the provider's."""
    if not unit_id:
        return None
    unit = units.unit_for(actor, UUID(unit_id))
    words = found.words_on(actor, unit, step.key)
    return Here(step.key, step, step.content(), instruction, None, unit, words)


def _written(here: Here | None, instruction: Instruction | None) -> leftovers.Overlay:
    if here:
        return dict(here.words.overlay) if here.words else {}
    return instruction.overlay() if instruction else {}


def _put(
    actor: Actor,
    handbook: Handbook,
    step: Step,
    instruction: Instruction | None,
    here: Here | None,
    overlay: leftovers.Overlay,
) -> None:
    if here:
        put_unit_words(actor, handbook, here, overlay)
        return
    put_in_force(actor, handbook, instruction, step, overlay, reason="shelf")
    seal_version(actor, handbook, reason="shelf", changed=[step.key])


def _require_fit(actor: Actor, step: Step, content: Mapping[str, Any], overlay: leftovers.Overlay) -> None:
    if any(len(text) > MAX_WORDS for text in (overlay.get("note") or {}).values()):
        raise Invalid({"step": [_("The text of this step would become too long. Choose another step.")]})
    if problems := check_overlay(content, overlay):
        frame = reference.release_with(step.release_id).frame
        told = refusals.told(
            problems, step=content, frame=frame, languages=actor.languages, language=actor.language
        )  # fmt: skip
        raise Invalid({"step": [words for each in told.values() for words in each]})


def _take_off(actor: Actor, shelved: ShelvedText) -> None:
    told = _("The words have been changed on the step since. Change them there.")
    try:
        handbook, step, instruction = _there(actor, shelved.placed_on)
    except Invalid:
        raise Conflict(_("The step is no longer there. Its own words went on with the update.")) from None
    here = _at_unit(actor, step, instruction, shelved.origin.get("unit_id", ""))
    overlay = _written(here, instruction)
    if shelved.field == "time_limit":
        if str(overlay.pop("time_limit_value", "")) != shelved.text:
            raise Conflict(told)
    else:
        there, code = overlay.pop("note", {}), shelved.language or actor.languages[0]
        whole, bare = (leftovers.removed(there, code, w) for w in (marked(shelved), shelved.text.strip()))
        note = bare if whole is None else whole
        if note is None:
            raise Conflict(told)
        overlay |= {"note": note} if note else {}
    _put(actor, handbook, step, instruction, here, overlay)
