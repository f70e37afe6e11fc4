"""Who reads the handbook, who is asked to, how inductions go."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class ReadingAsked(Event):
    """People in some roles are asked to read a version."""

    name: ClassVar[str] = "instructions.reading_asked"
    sentence: ClassVar[str] = N_("%(actor)s asked colleagues to read a version of the handbook.")
    request_id: UUID
    number: int
    roles: list[str] = field(default_factory=list)


@event
@dataclass(frozen=True, kw_only=True)
class ReadingWithdrawn(Event):
    """Nobody is asked to read this version any more."""

    name: ClassVar[str] = "instructions.reading_withdrawn"
    sentence: ClassVar[str] = N_("%(actor)s withdrew a request to read a version of the handbook.")
    request_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class ReadingRenewed(Event):
    """A withdrawn request stands again."""

    name: ClassVar[str] = "instructions.reading_renewed"
    sentence: ClassVar[str] = N_("%(actor)s renewed a request to read a version of the handbook.")
    request_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class ReadingHabitChosen(Event):
    """Which roles are asked each time."""

    name: ClassVar[str] = "instructions.reading_habit_chosen"
    sentence: ClassVar[str] = N_("%(actor)s chose who is asked to read each new version of the handbook.")
    roles: list[str] = field(default_factory=list)


@event
@dataclass(frozen=True, kw_only=True)
class ReadingAcknowledged(Event):
    """Somebody has read what a version says to their role."""

    name: ClassVar[str] = "instructions.reading_acknowledged"
    sentence: ClassVar[str] = N_("%(actor)s has read a version of the handbook.")
    role: str
    number: int


@event
@dataclass(frozen=True, kw_only=True)
class ReadingReminded(Event):
    """Those who have not read are reminded."""

    name: ClassVar[str] = "instructions.reading_reminded"
    sentence: ClassVar[str] = N_("%(actor)s reminded those who have not read a version of the handbook.")
    request_id: UUID
    on: date


@event
@dataclass(frozen=True, kw_only=True)
class InductionStarted(Event):
    """Somebody begins an induction."""

    name: ClassVar[str] = "instructions.induction_started"
    sentence: ClassVar[str] = N_("%(actor)s began the induction of a role.")
    induction_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class InductionFinished(Event):
    """Somebody has gone through all of an induction."""

    name: ClassVar[str] = "instructions.induction_finished"
    sentence: ClassVar[str] = N_("%(actor)s finished the induction of a role.")
    induction_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class QuestionWritten(Event):
    """A question of a self-check was written or changed."""

    name: ClassVar[str] = "instructions.induction_question_written"
    sentence: ClassVar[str] = N_("%(actor)s wrote a question for the induction of a role.")
    question_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class QuestionRemoved(Event):
    """A question is asked no more."""

    name: ClassVar[str] = "instructions.induction_question_removed"
    sentence: ClassVar[str] = N_("%(actor)s removed a question from the induction of a role.")
    question_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class QuestionReturned(Event):
    """A removed question is asked again."""

    name: ClassVar[str] = "instructions.induction_question_returned"
    sentence: ClassVar[str] = N_("%(actor)s returned a question to the induction of a role.")
    question_id: UUID
