"""What happens to the steps and parts of a draft."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ...core.events import Event, event
from ...core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class StepAdded(Event):
    """A draft got a step that no release has had."""

    name: ClassVar[str] = "reference.step_added"
    sentence: ClassVar[str] = N_("%(actor)s added a step to a draft of the reference model.")
    release_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class StepRemoved(Event):
    """A step was taken out of a draft; the reason stands in the draft's lineage."""

    name: ClassVar[str] = "reference.step_removed"
    sentence: ClassVar[str] = N_("%(actor)s removed a step from a draft of the reference model.")
    release_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class StepBroughtBack(Event):
    """A step that was taken out stands in the draft again."""

    name: ClassVar[str] = "reference.step_brought_back"
    sentence: ClassVar[str] = N_("%(actor)s brought a step back into a draft of the reference model.")
    release_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class StepMoved(Event):
    """A step got another place in a draft."""

    name: ClassVar[str] = "reference.step_moved"
    sentence: ClassVar[str] = N_("%(actor)s moved a step in a draft of the reference model.")
    release_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class PartChanged(Event):
    """A phase, role, document or the like was added, changed, moved, removed or brought back in a draft."""

    name: ClassVar[str] = "reference.part_changed"
    sentence: ClassVar[str] = N_("%(actor)s changed a part of a draft of the reference model.")
    release_id: UUID
    kind: str
    key: str
    deed: str


@event
@dataclass(frozen=True, kw_only=True)
class LineageDeclared(Event):
    """It was written down, or taken back, what became of a step."""

    name: ClassVar[str] = "reference.lineage_declared"
    sentence: ClassVar[str] = N_("%(actor)s declared what became of a step in a draft of the reference model.")
    release_id: UUID
    kind: str
