"""What happens in partnerships and to first contacts."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class WorkplaceRegistered(Event):
    """A workplace is in the register for the first time."""

    name: ClassVar[str] = "partnerships.workplace_registered"
    sentence: ClassVar[str] = N_("%(actor)s registered a workplace.")
    workplace_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class PartnershipOpened(Event):
    """A provider and a workplace work together from now on."""

    name: ClassVar[str] = "partnerships.partnership_opened"
    sentence: ClassVar[str] = N_("%(actor)s opened a partnership.")
    partnership_id: UUID
    workplace_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class PartnershipEdited(Event):
    """Goals, stage, coordinator or the next talk were set."""

    name: ClassVar[str] = "partnerships.partnership_edited"
    sentence: ClassVar[str] = N_("%(actor)s edited a partnership.")
    partnership_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class EntryWritten(Event):
    """A call, a visit or a note was written down."""

    name: ClassVar[str] = "partnerships.entry_written"
    sentence: ClassVar[str] = N_("%(actor)s wrote on the timeline of a partnership.")
    partnership_id: UUID
    kind: str


@event
@dataclass(frozen=True, kw_only=True)
class ContactAdded(Event):
    """A person of a workplace is known to the provider."""

    name: ClassVar[str] = "partnerships.contact_added"
    sentence: ClassVar[str] = N_("%(actor)s added a contact person.")
    partnership_id: UUID
    contact_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class ContactInvited(Event):
    """A contact person was asked to come in."""

    name: ClassVar[str] = "partnerships.contact_invited"
    sentence: ClassVar[str] = N_("%(actor)s invited a contact person.")
    partnership_id: UUID
    contact_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class EnquiryReceived(Event):
    """A workplace made contact; the clock of the first answer runs."""

    name: ClassVar[str] = "partnerships.enquiry_received"
    sentence: ClassVar[str] = N_("A workplace made contact through the public page.")
    enquiry_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class EnquiryAnswered(Event):
    """The clock of the first answer has stopped."""

    name: ClassVar[str] = "partnerships.enquiry_answered"
    sentence: ClassVar[str] = N_("%(actor)s answered a contact.")
    enquiry_id: UUID
