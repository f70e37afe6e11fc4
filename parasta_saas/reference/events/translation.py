"""What happens at the translation desk."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ...core.events import Event, event
from ...core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class TextTranslated(Event):
    """A text that is no step's was written in one language of a draft."""

    name: ClassVar[str] = "reference.text_translated"
    sentence: ClassVar[str] = N_("%(actor)s translated a text in a draft of the reference model.")
    release_id: UUID
    place: str
    language: str
