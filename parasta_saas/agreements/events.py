"""What happens to agreements."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, SharedEvent, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class AgreementDrafted(SharedEvent):
    """An agreement was written from a planning session."""

    name: ClassVar[str] = "agreements.agreement_drafted"
    sentence: ClassVar[str] = N_("%(actor)s made an agreement from a planning session.")
    agreement_id: UUID
    placement_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class AgreementEdited(Event):
    """A draft got other words."""

    name: ClassVar[str] = "agreements.agreement_edited"
    sentence: ClassVar[str] = N_("%(actor)s completed the draft of an agreement.")
    agreement_id: UUID
    placement_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class AgreementOffered(SharedEvent):
    """The content was fixed and sent to be signed."""

    name: ClassVar[str] = "agreements.agreement_offered"
    sentence: ClassVar[str] = N_("%(actor)s sent an agreement to be signed.")
    agreement_id: UUID
    placement_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class SigningReminded(Event):
    """Those who have not signed get a new link."""

    name: ClassVar[str] = "agreements.signing_reminded"
    sentence: ClassVar[str] = N_("%(actor)s sent the link for signing an agreement again.")
    agreement_id: UUID
    placement_id: UUID
    number: int


@event
@dataclass(frozen=True, kw_only=True)
class AgreementReopened(SharedEvent):
    """An offered agreement was taken back to be corrected."""

    name: ClassVar[str] = "agreements.agreement_reopened"
    sentence: ClassVar[str] = N_("%(actor)s took an agreement back to correct it.")
    agreement_id: UUID
    placement_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class AgreementRemarked(SharedEvent):
    """The workplace said that something is wrong, or that somebody else signs."""

    name: ClassVar[str] = "agreements.agreement_remarked"
    sentence: ClassVar[str] = N_("%(actor)s stopped the signing of an agreement with a remark.")
    agreement_id: UUID
    placement_id: UUID
    edition: int  # the edition that was stopped: one mail for each


@event
@dataclass(frozen=True, kw_only=True)
class AgreementSigned(SharedEvent):
    """One side signed."""

    name: ClassVar[str] = "agreements.agreement_signed"
    sentence: ClassVar[str] = N_("%(actor)s signed an agreement.")
    agreement_id: UUID
    placement_id: UUID
    side: str


@event
@dataclass(frozen=True, kw_only=True)
class AgreementSealed(SharedEvent):
    """All have signed and the document is sealed."""

    name: ClassVar[str] = "agreements.agreement_sealed"
    sentence: ClassVar[str] = N_("%(actor)s sealed a signed agreement.")
    agreement_id: UUID
    placement_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class PersonInformed(Event):
    """The student or a guardian was told of the sealed agreement."""

    name: ClassVar[str] = "agreements.person_informed"
    sentence: ClassVar[str] = N_("%(actor)s sent an agreement for information.")
    agreement_id: UUID
    placement_id: UUID
    part: str


@event
@dataclass(frozen=True, kw_only=True)
class NoticeRead(Event):
    """The student or a guardian said that they have read the agreement."""

    name: ClassVar[str] = "agreements.notice_read"
    sentence: ClassVar[str] = N_("%(actor)s has read an agreement.")
    agreement_id: UUID
    placement_id: UUID
    part: str
