"""What happens to students and placements."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, SharedEvent, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class StudentAdded(Event):
    """A student was written into the provider's list."""

    name: ClassVar[str] = "placements.student_added"
    sentence: ClassVar[str] = N_("%(actor)s added a student.")
    student_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class GuardianAdded(Event):
    """A guardian was named for a student who is a minor."""

    name: ClassVar[str] = "placements.guardian_added"
    sentence: ClassVar[str] = N_("%(actor)s named a guardian for a student.")
    student_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class PlacementPlanned(SharedEvent):
    """A period at a workplace was planned for a student."""

    name: ClassVar[str] = "placements.placement_planned"
    sentence: ClassVar[str] = N_("%(actor)s planned a placement.")
    placement_id: UUID
