"""What happens around a national update."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class UpdateOffered(Event):
    """A newer national release waits for the provider."""

    name: ClassVar[str] = "instructions.update_offered"
    sentence: ClassVar[str] = N_("%(actor)s offered a national update.")
    update_id: UUID
    release_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Event):
    """Somebody decided which words stay in force."""

    name: ClassVar[str] = "instructions.question_answered"
    sentence: ClassVar[str] = N_("%(actor)s answered a question of a national update.")
    item_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class QuestionReopened(Event):
    """An answer was taken back before the update was taken into use."""

    name: ClassVar[str] = "instructions.question_reopened"
    sentence: ClassVar[str] = N_("%(actor)s took back an answer to a national update.")
    item_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class UpdateFinished(Event):
    """The provider's handbook follows the newer release."""

    name: ClassVar[str] = "instructions.update_finished"
    sentence: ClassVar[str] = N_("%(actor)s took a national update into use.")
    update_id: UUID
    release_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class UpdateSuperseded(Event):
    """A newer release is offered instead of one that still waited."""

    name: ClassVar[str] = "instructions.update_superseded"
    sentence: ClassVar[str] = N_("%(actor)s offered a newer release instead of an update that waited.")
    update_id: UUID
    number: str


@event
@dataclass(frozen=True, kw_only=True)
class UpdateUndone(Event):
    """The provider's handbook follows the release before again."""

    name: ClassVar[str] = "instructions.update_undone"
    sentence: ClassVar[str] = N_("%(actor)s went back from a national update to the release before.")
    update_id: UUID
    release_id: UUID
    from_number: str


@event
@dataclass(frozen=True, kw_only=True)
class UpdateAssigned(Event):
    """Somebody sees to an update; nobody where `member_id` is empty. `own`: they said so themselves."""

    name: ClassVar[str] = "instructions.update_assigned"
    sentence: ClassVar[str] = N_("%(actor)s said who sees to a national update.")
    update_id: UUID
    member_id: UUID | None
    own: bool
