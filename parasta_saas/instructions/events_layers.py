"""What happens to own steps, to the words of units and to what is switched on in a handbook."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class FeaturesChosen(Event):
    """What the provider uses of the handbook was switched on or off."""

    name: ClassVar[str] = "instructions.features_chosen"
    sentence: ClassVar[str] = N_("%(actor)s chose what the handbook uses.")
    features: tuple[str, ...]
    reviewed: bool


@event
@dataclass(frozen=True, kw_only=True)
class OwnStepWritten(Event):
    """A step of the provider's own was added, changed or moved."""

    name: ClassVar[str] = "instructions.own_step_written"
    sentence: ClassVar[str] = N_("%(actor)s saved a step of our own.")
    own_step_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class OwnStepRemoved(Event):
    """A step of the provider's own left the map; it can be had back."""

    name: ClassVar[str] = "instructions.own_step_removed"
    sentence: ClassVar[str] = N_("%(actor)s removed a step of our own.")
    own_step_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class OwnStepReturned(Event):
    """A removed step of the provider's own is on the map again."""

    name: ClassVar[str] = "instructions.own_step_returned"
    sentence: ClassVar[str] = N_("%(actor)s returned a step of our own to the map.")
    own_step_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class UnitWordsPublished(Event):
    """What a unit says of its own on a step is in force."""

    name: ClassVar[str] = "instructions.unit_words_published"
    sentence: ClassVar[str] = N_("%(actor)s published the words of a unit on a step.")
    unit_id: UUID
    step_key: str
