"""What happens to the questions that a provider asks a workplace. Both sides hear of it."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ..core.events import SharedEvent, event
from ..core.i18n import N_


@dataclass(frozen=True, kw_only=True)
class PulseEvent(SharedEvent):
    """Something about one question on one placement."""

    pulse_id: UUID
    placement_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class PulseAsked(PulseEvent):
    """The workplace was asked one question."""

    name: ClassVar[str] = "feedback.pulse_asked"
    sentence: ClassVar[str] = N_("%(actor)s asked the workplace a question.")


@event
@dataclass(frozen=True, kw_only=True)
class PulseAnswered(PulseEvent):
    """The workplace answered."""

    name: ClassVar[str] = "feedback.pulse_answered"
    sentence: ClassVar[str] = N_("%(actor)s answered a question of the provider.")


@event
@dataclass(frozen=True, kw_only=True)
class PulseReplied(PulseEvent):
    """A named person of the provider replied; `at` is the moment, ISO 8601."""

    name: ClassVar[str] = "feedback.pulse_replied"
    sentence: ClassVar[str] = N_("%(actor)s replied to an answer of the workplace.")
    at: str


@event
@dataclass(frozen=True, kw_only=True)
class ReplySeen(PulseEvent):
    """The workplace has read the reply."""

    name: ClassVar[str] = "feedback.reply_seen"
    sentence: ClassVar[str] = N_("%(actor)s read the reply of the provider.")
