"""What happens around the mirror and the change plan."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class MirrorBegun(Event):
    """A round through the map begins."""

    name: ClassVar[str] = "improvement.mirror_begun"
    sentence: ClassVar[str] = N_("%(actor)s began to hold our practice against the national map.")
    mirror_id: UUID
    number: int


@event
@dataclass(frozen=True, kw_only=True)
class StepMirrored(Event):
    """One step of a mirror has its answer."""

    name: ClassVar[str] = "improvement.step_mirrored"
    sentence: ClassVar[str] = N_("%(actor)s said how a step is done today.")
    mirror_id: UUID
    step_key: str
    outcome: str


@event
@dataclass(frozen=True, kw_only=True)
class MirrorFinished(Event):
    """The gap list is there."""

    name: ClassVar[str] = "improvement.mirror_finished"
    sentence: ClassVar[str] = N_("%(actor)s finished a mirror.")
    mirror_id: UUID
    number: int


@event
@dataclass(frozen=True, kw_only=True)
class MirrorReopened(Event):
    """Something is added to it."""

    name: ClassVar[str] = "improvement.mirror_reopened"
    sentence: ClassVar[str] = N_("%(actor)s opened a finished mirror again.")
    mirror_id: UUID
    number: int


@event
@dataclass(frozen=True, kw_only=True)
class WorkshopOpened(Event):
    """Phones may join by the code."""

    name: ClassVar[str] = "improvement.workshop_opened"
    sentence: ClassVar[str] = N_("%(actor)s opened a mirror workshop.")
    workshop_id: UUID
    mirror_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class WorkshopClosed(Event):
    """The code opens nothing any more."""

    name: ClassVar[str] = "improvement.workshop_closed"
    sentence: ClassVar[str] = N_("%(actor)s closed a mirror workshop.")
    workshop_id: UUID
    mirror_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class PlanChanged(Event):
    """Why, where to, when, how, who, what first."""

    name: ClassVar[str] = "improvement.plan_changed"
    sentence: ClassVar[str] = N_("%(actor)s changed the change plan.")
    plan_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class ActionPlanned(Event):
    """Somebody is to do something."""

    name: ClassVar[str] = "improvement.action_planned"
    sentence: ClassVar[str] = N_("%(actor)s planned an action.")
    action_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class ActionChanged(Event):
    """Its words, its day or its owner."""

    name: ClassVar[str] = "improvement.action_changed"
    sentence: ClassVar[str] = N_("%(actor)s changed an action of the change plan.")
    action_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class ActionGiven(Event):
    """An action has an owner. `own`: they took it themselves."""

    name: ClassVar[str] = "improvement.action_given"
    sentence: ClassVar[str] = N_("%(actor)s gave an action to somebody.")
    action_id: UUID
    member_id: UUID
    own: bool


@event
@dataclass(frozen=True, kw_only=True)
class ActionMoved(Event):
    """To do, doing, done or dropped."""

    name: ClassVar[str] = "improvement.action_moved"
    sentence: ClassVar[str] = N_("%(actor)s moved an action on.")
    action_id: UUID
    state: str


@event
@dataclass(frozen=True, kw_only=True)
class SuccessTold(Event):
    """Something went well."""

    name: ClassVar[str] = "improvement.success_told"
    sentence: ClassVar[str] = N_("%(actor)s told of a success.")
    success_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class SuccessRemoved(Event):
    """It is no longer shown."""

    name: ClassVar[str] = "improvement.success_removed"
    sentence: ClassVar[str] = N_("%(actor)s removed a success.")
    success_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class SuccessReturned(Event):
    """It is shown again."""

    name: ClassVar[str] = "improvement.success_returned"
    sentence: ClassVar[str] = N_("%(actor)s returned a success.")
    success_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class ReviewHeld(Event):
    """What was seen, and what follows."""

    name: ClassVar[str] = "improvement.review_held"
    sentence: ClassVar[str] = N_("%(actor)s held a review of the change plan.")
    review_id: UUID
    plan_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class ReviewNear(Event):
    """The day of a review comes near."""

    name: ClassVar[str] = "improvement.review_near"
    sentence: ClassVar[str] = N_("%(actor)s reminded of a review of the change plan.")
    plan_id: UUID
    on: date


@event
@dataclass(frozen=True, kw_only=True)
class ActionDue(Event):
    """The day of an action has come near or gone by."""

    name: ClassVar[str] = "improvement.action_due"
    sentence: ClassVar[str] = N_("%(actor)s reminded of an action of the change plan.")
    action_id: UUID
    on: date


@event
@dataclass(frozen=True, kw_only=True)
class DutiesChanged(Event):
    """Somebody has a duty at one or many steps, or has it no more. `count`: entries set and removed."""

    name: ClassVar[str] = "improvement.duties_changed"
    sentence: ClassVar[str] = N_("%(actor)s changed who answers for what.")
    change_id: UUID
    kind: str
    step_key: str
    count: int


@event
@dataclass(frozen=True, kw_only=True)
class DutiesUndone(Event):
    """A change of duties is taken back."""

    name: ClassVar[str] = "improvement.duties_undone"
    sentence: ClassVar[str] = N_("%(actor)s undid a change of who answers for what.")
    change_id: UUID
