"""What happens to the guides of the national knowledge bank."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ...core.events import Event, event
from ...core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class GuideWritten(Event):
    """The next edition of a guide was saved; nobody else sees it yet."""

    name: ClassVar[str] = "reference.guide_written"
    sentence: ClassVar[str] = N_("%(actor)s saved a draft of a guide.")
    guide_id: UUID
    key: str


@event
@dataclass(frozen=True, kw_only=True)
class GuidePublished(Event):
    """An edition of a guide is there for everyone."""

    name: ClassVar[str] = "reference.guide_published"
    sentence: ClassVar[str] = N_("%(actor)s published a guide in the knowledge bank.")
    guide_id: UUID
    key: str
    edition: int


@event
@dataclass(frozen=True, kw_only=True)
class GuideWithdrawn(Event):
    """A guide left the library; its editions stay at their addresses."""

    name: ClassVar[str] = "reference.guide_withdrawn"
    sentence: ClassVar[str] = N_("%(actor)s withdrew a guide from the knowledge bank.")
    guide_id: UUID
    key: str


@event
@dataclass(frozen=True, kw_only=True)
class GuideReturned(Event):
    """A withdrawn guide is back in the library."""

    name: ClassVar[str] = "reference.guide_returned"
    sentence: ClassVar[str] = N_("%(actor)s returned a guide to the knowledge bank.")
    guide_id: UUID
    key: str
