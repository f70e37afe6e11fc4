"""What happens to the national reference process."""

from .release import (
    DiagramChanged,
    ImpactAsked,
    ReleaseApproved,
    ReleaseDrafted,
    ReleaseMoved,
    ReleasePublished,
    ReviewRecorded,
    StepChanged,
)

__all__ = [
    "DiagramChanged", "ImpactAsked", "ReleaseApproved", "ReleaseDrafted", "ReleaseMoved", "ReleasePublished",
    "ReviewRecorded", "StepChanged",
]  # fmt: skip
