"""What the studio's forms carry."""

from .diagrams import BringDiagram, KeepDrawing, TakeOver
from .release import (
    ChangeStep,
    DescribeRelease,
    DraftRelease,
    MoveRelease,
    PublishRelease,
    RecordReview,
    ReleaseNumber,
    WithdrawRelease,
    texts_of,
)

__all__ = [
    "BringDiagram", "KeepDrawing", "TakeOver",
    "ChangeStep", "DescribeRelease", "DraftRelease", "MoveRelease", "PublishRelease", "RecordReview",
    "ReleaseNumber", "WithdrawRelease", "texts_of",
]  # fmt: skip
