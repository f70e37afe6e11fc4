"""What happens to a provider's handbook as a whole."""

from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class VersionPublished(Event):
    """A version of the handbook is in force."""

    name: ClassVar[str] = "instructions.version_published"
    sentence: ClassVar[str] = N_("%(actor)s put a version of the handbook in force.")
    version_id: UUID
    number: int
    changed: list[str] = field(default_factory=list)
