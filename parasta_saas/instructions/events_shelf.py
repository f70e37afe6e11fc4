"""What happens to words on a provider's shelf. Only the provider's own people make it happen."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class TextPlaced(Event):
    """Words from the shelf stand on a step again, as a published edition."""

    name: ClassVar[str] = "instructions.text_placed"
    sentence: ClassVar[str] = N_("%(actor)s put words from the shelf on a step.")
    shelved_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class TextDiscarded(Event):
    """Words on the shelf are not needed. They are kept with the reason."""

    name: ClassVar[str] = "instructions.text_discarded"
    sentence: ClassVar[str] = N_("%(actor)s discarded words from the shelf.")
    shelved_id: UUID
    step_key: str
    reason: str


@event
@dataclass(frozen=True, kw_only=True)
class TextReturned(Event):
    """Placed or discarded words lie on the shelf again."""

    name: ClassVar[str] = "instructions.text_returned"
    sentence: ClassVar[str] = N_("%(actor)s took words back to the shelf.")
    shelved_id: UUID
    step_key: str
