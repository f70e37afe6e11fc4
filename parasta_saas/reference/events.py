"""What happens to the national reference process."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class ReleaseDrafted(Event):
    """A new draft was begun as a copy of the release in force."""

    name: ClassVar[str] = "reference.release_drafted"
    sentence: ClassVar[str] = N_("%(actor)s began a draft of the reference model.")
    release_id: UUID
    number: str


@event
@dataclass(frozen=True, kw_only=True)
class StepChanged(Event):
    """A text of one step changed in a draft."""

    name: ClassVar[str] = "reference.step_changed"
    sentence: ClassVar[str] = N_("%(actor)s changed a step in a draft of the reference model.")
    release_id: UUID
    step_key: str
    fields: tuple[str, ...]


@event
@dataclass(frozen=True, kw_only=True)
class ReleasePublished(Event):
    """A release is fixed and every provider will be offered it."""

    name: ClassVar[str] = "reference.release_published"
    sentence: ClassVar[str] = N_("%(actor)s published a release of the reference model.")
    release_id: UUID
    number: str
