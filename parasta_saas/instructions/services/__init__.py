"""What can be done with a provider's instructions. Updates stand in update.py."""

from .instruction import (
    EditedMeanwhile,
    open_handbook,
    publish_instruction,
    return_edition,
    withdraw_instruction,
)

__all__ = [
    "EditedMeanwhile", "open_handbook", "publish_instruction", "return_edition", "withdraw_instruction",
]  # fmt: skip
