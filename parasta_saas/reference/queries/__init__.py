"""Which parts of the reference process an actor may read."""

from .draft import (
    comparison_of,
    content_of,
    content_print,
    desk_of,
    diagram_of,
    diagram_xml,
    diagrams_of,
    draft_with,
    facts_of,
    parts_of,
    reviews_of,
)
from .release import (
    base_of,
    current_release,
    draft_for,
    is_taken,
    phases_of,
    release_for,
    release_numbered,
    release_with,
    releases_of,
    step_for,
    step_of,
    steps_of,
)

__all__ = [
    "base_of", "comparison_of", "content_of", "content_print", "current_release", "desk_of", "diagram_of",
    "diagram_xml", "diagrams_of", "draft_for", "draft_with", "facts_of", "is_taken", "parts_of", "phases_of",
    "release_for", "release_numbered", "release_with", "releases_of", "reviews_of", "step_for", "step_of",
    "steps_of",
]  # fmt: skip
