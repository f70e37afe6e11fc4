"""What happens to the national reference process."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ...core.events import Event, event
from ...core.i18n import N_


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


@event
@dataclass(frozen=True, kw_only=True)
class ReleaseMoved(Event):
    """A draft went to another state of its way."""

    name: ClassVar[str] = "reference.release_moved"
    sentence: ClassVar[str] = N_("%(actor)s moved a draft of the reference model to its next state.")
    release_id: UUID
    before: str
    after: str


@event
@dataclass(frozen=True, kw_only=True)
class ReviewRecorded(Event):
    """A review of a draft was written down."""

    name: ClassVar[str] = "reference.review_recorded"
    sentence: ClassVar[str] = N_("%(actor)s recorded a review of a draft of the reference model.")
    release_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class ReleaseApproved(Event):
    """Somebody who did not write the draft stands behind it."""

    name: ClassVar[str] = "reference.release_approved"
    sentence: ClassVar[str] = N_("%(actor)s approved a draft of the reference model.")
    release_id: UUID
    number: str


@event
@dataclass(frozen=True, kw_only=True)
class ImpactAsked(Event):
    """What a draft would mean is to be worked out against every provider's handbook."""

    name: ClassVar[str] = "reference.impact_asked"
    sentence: ClassVar[str] = N_("%(actor)s asked for the impact of a draft of the reference model.")
    release_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class DiagramChanged(Event):
    """A diagram of a draft was drawn by hand, or is drawn from the steps again."""

    name: ClassVar[str] = "reference.diagram_changed"
    sentence: ClassVar[str] = N_("%(actor)s changed a diagram in a draft of the reference model.")
    release_id: UUID
    diagram_key: str
