"""Tables of the room."""

from .mirror import Mirror, MirrorAnswer, MirrorParticipant, MirrorVote, MirrorWorkshop
from .plan import ChangePlan, PlanAction, PlanReview, PlanSuccess
from .responsibility import Responsibility, ResponsibilityChange

__all__ = [
    "ChangePlan", "Mirror", "MirrorAnswer", "MirrorParticipant", "MirrorVote", "MirrorWorkshop", "PlanAction",
    "PlanReview", "PlanSuccess", "Responsibility", "ResponsibilityChange",
]  # fmt: skip
