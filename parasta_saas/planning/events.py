"""What happens around one table. All of it is the business of both sides."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ..core.events import SharedEvent, event
from ..core.i18n import N_


@dataclass(frozen=True, kw_only=True)
class SessionEvent(SharedEvent):
    """Something about one session of one placement."""

    session_id: UUID
    placement_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class SessionCalled(SessionEvent):
    """Student, workplace, teacher and a minor's guardian were asked to the table."""

    name: ClassVar[str] = "planning.session_called"
    sentence: ClassVar[str] = N_("%(actor)s called a planning session.")


@event
@dataclass(frozen=True, kw_only=True)
class GoalProposed(SessionEvent):
    """A goal or a task was put on the table."""

    name: ClassVar[str] = "planning.goal_proposed"
    sentence: ClassVar[str] = N_("%(actor)s proposed a goal or task.")
    goal_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class GoalReworded(SessionEvent):
    """A goal or a task got other words; everyone is asked anew."""

    name: ClassVar[str] = "planning.goal_reworded"
    sentence: ClassVar[str] = N_("%(actor)s changed the words of a goal or task.")
    goal_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class GoalDropped(SessionEvent):
    """A goal or a task that not everyone had agreed was left out."""

    name: ClassVar[str] = "planning.goal_dropped"
    sentence: ClassVar[str] = N_("%(actor)s left a goal or task out.")
    goal_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class GoalAgreed(SessionEvent):
    """One side agreed to a goal or a task."""

    name: ClassVar[str] = "planning.goal_agreed"
    sentence: ClassVar[str] = N_("%(actor)s agreed to a goal or task.")
    goal_id: UUID
    side: str


@event
@dataclass(frozen=True, kw_only=True)
class AgreementTakenBack(SessionEvent):
    """One side took its yes to a goal or a task back."""

    name: ClassVar[str] = "planning.agreement_taken_back"
    sentence: ClassVar[str] = N_("%(actor)s took back agreement to a goal or task.")
    goal_id: UUID
    side: str


@event
@dataclass(frozen=True, kw_only=True)
class ItemDecided(SessionEvent):
    """A decision was written down on one step."""

    name: ClassVar[str] = "planning.item_decided"
    sentence: ClassVar[str] = N_("%(actor)s wrote down a decision of a planning session.")
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class PresenceMarked(SessionEvent):
    """It was noted who sat at the table."""

    name: ClassVar[str] = "planning.presence_marked"
    sentence: ClassVar[str] = N_("%(actor)s noted who was present in a planning session.")
    participant_id: UUID
    present: bool


@event
@dataclass(frozen=True, kw_only=True)
class SessionClosed(SessionEvent):
    """The session ended with what was agreed."""

    name: ClassVar[str] = "planning.session_closed"
    sentence: ClassVar[str] = N_("%(actor)s closed a planning session.")
