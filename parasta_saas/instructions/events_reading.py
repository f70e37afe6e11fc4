"""What happens to how a handbook is read: plain words, the public address."""

from dataclasses import dataclass
from typing import ClassVar

from ..core.events import Event, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class PlainTextWritten(Event):
    """What a step means for a workplace or a student was put in plain words."""

    name: ClassVar[str] = "instructions.plain_text_written"
    sentence: ClassVar[str] = N_("%(actor)s wrote plain words for a step.")
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class HandbookMadePublic(Event):
    """Anybody may read the handbook at its public address."""

    name: ClassVar[str] = "instructions.handbook_made_public"
    sentence: ClassVar[str] = N_("%(actor)s opened the public address of the handbook.")
    indexed: bool
    whole: bool


@event
@dataclass(frozen=True, kw_only=True)
class HandbookTakenBack(Event):
    """The public address is closed."""

    name: ClassVar[str] = "instructions.handbook_taken_back"
    sentence: ClassVar[str] = N_("%(actor)s closed the public address of the handbook.")
