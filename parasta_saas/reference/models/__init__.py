"""The tables of the national reference process. Keys are stable and never reused."""

from .diagram import Diagram
from .guide import GUIDE_KINDS, Guide
from .release import LATER_FIELDS, PARTS, PHASE_FIELDS, STEP_FIELDS, Phase, Release, Step
from .round import Comment, Decision, Review, Round

__all__ = [
    "GUIDE_KINDS", "LATER_FIELDS", "PARTS", "PHASE_FIELDS", "STEP_FIELDS", "Comment", "Decision", "Diagram", "Guide",
    "Phase", "Release", "Review", "Round", "Step",
]  # fmt: skip
