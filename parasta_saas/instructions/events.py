"""What happens to a provider's own instructions. Those of a national update stand in events_update.py."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class HandbookOpened(Event):
    """A provider began to follow a national release."""

    name: ClassVar[str] = "instructions.handbook_opened"
    sentence: ClassVar[str] = N_("%(actor)s took the reference model into use.")
    release_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class InstructionPublished(Event):
    """The provider's own words on one step are in force, as a new edition."""

    name: ClassVar[str] = "instructions.instruction_published"
    sentence: ClassVar[str] = N_("%(actor)s published the local instruction of a step.")
    instruction_id: UUID
    step_key: str
    edition: int


@event
@dataclass(frozen=True, kw_only=True)
class InstructionWithdrawn(Event):
    """One step runs as national again; the provider's own words are in the history."""

    name: ClassVar[str] = "instructions.instruction_withdrawn"
    sentence: ClassVar[str] = N_("%(actor)s put a step back to the national text.")
    instruction_id: UUID
    step_key: str
    edition: int
