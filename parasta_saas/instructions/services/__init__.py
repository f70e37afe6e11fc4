"""What can be done with a provider's instructions. Updates stand in update.py."""

from .instruction import (
    EditedMeanwhile,
    open_handbook,
    publish_instruction,
    return_edition,
    withdraw_instruction,
)
from .reports import report_adoption, report_impact

__all__ = [
    "EditedMeanwhile", "open_handbook", "publish_instruction", "report_adoption", "report_impact", "return_edition",
    "withdraw_instruction",
]  # fmt: skip
