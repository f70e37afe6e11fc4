"""What the national body does with the reference process."""

from .diagrams import add_diagram, draw_from_steps, keep_drawing, take_over
from .flow import ask_impact, move_release, record_review, settle_text
from .release import (
    describe_release,
    draft_release,
    load_release,
    number_release,
    publish_release,
    withdraw_release,
)
from .steps import apply_changes, change_step

__all__ = [
    "add_diagram", "draw_from_steps", "keep_drawing", "take_over",
    "apply_changes", "ask_impact", "change_step", "describe_release", "draft_release", "load_release", "move_release",
    "number_release", "publish_release", "record_review", "settle_text", "withdraw_release",
]  # fmt: skip
