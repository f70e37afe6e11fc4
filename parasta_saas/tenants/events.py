"""What happens to organisations and their people."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class LanguagesChosen(Event):
    """The provider works in these languages from now on."""

    name: ClassVar[str] = "tenants.languages_chosen"
    sentence: ClassVar[str] = N_("%(actor)s chose the working languages.")
    languages: tuple[str, ...]


@event
@dataclass(frozen=True, kw_only=True)
class PersonInvited(Event):
    """A mail with a link to an invitation is to be sent."""

    name: ClassVar[str] = "tenants.person_invited"
    sentence: ClassVar[str] = N_("%(actor)s invited a person to the service.")
    invitation_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Event):
    """The invited person came in."""

    name: ClassVar[str] = "tenants.invitation_accepted"
    sentence: ClassVar[str] = N_("%(actor)s accepted an invitation.")
    invitation_id: UUID
    organisation_id: UUID
