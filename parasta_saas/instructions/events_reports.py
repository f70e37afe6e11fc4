"""What the national body does with what it knows of the handbooks."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class ProvidersReminded(Event):
    """Providers that are late with a newer release are told so. `invited`: their organisations."""

    name: ClassVar[str] = "instructions.providers_reminded"
    sentence: ClassVar[str] = N_("%(actor)s reminded providers of a newer reference model.")
    invited: tuple[UUID, ...]
    number: str
    on: date
