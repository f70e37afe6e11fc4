"""What happens to a provider's own guides."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class LocalGuideWritten(Event):
    """A guide of the provider's own was added or changed; it shows at its steps at once."""

    name: ClassVar[str] = "instructions.local_guide_written"
    sentence: ClassVar[str] = N_("%(actor)s saved a guide of our own.")
    guide_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class LocalGuideRemoved(Event):
    """A guide of the provider's own was taken away; it can be had back."""

    name: ClassVar[str] = "instructions.local_guide_removed"
    sentence: ClassVar[str] = N_("%(actor)s removed a guide of our own.")
    guide_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class LocalGuideReturned(Event):
    """A removed guide is back."""

    name: ClassVar[str] = "instructions.local_guide_returned"
    sentence: ClassVar[str] = N_("%(actor)s returned a guide of our own.")
    guide_id: UUID
