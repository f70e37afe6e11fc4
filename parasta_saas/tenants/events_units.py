"""What happens to the units of a provider."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class UnitWritten(Event):
    """A campus or a field was added or renamed."""

    name: ClassVar[str] = "tenants.unit_written"
    sentence: ClassVar[str] = N_("%(actor)s saved a unit.")
    unit_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class UnitClosed(Event):
    """A unit takes no part any more."""

    name: ClassVar[str] = "tenants.unit_closed"
    sentence: ClassVar[str] = N_("%(actor)s closed a unit.")
    unit_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class UnitOpened(Event):
    """A unit takes part again."""

    name: ClassVar[str] = "tenants.unit_opened"
    sentence: ClassVar[str] = N_("%(actor)s opened a unit again.")
    unit_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class UnitPeopleChosen(Event):
    """Who works at a unit was said."""

    name: ClassVar[str] = "tenants.unit_people_chosen"
    sentence: ClassVar[str] = N_("%(actor)s said who works at a unit.")
    unit_id: UUID
    people: int
