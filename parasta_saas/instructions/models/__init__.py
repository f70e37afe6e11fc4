"""A provider's handbook: instructions, updates, own guides, and what it reports."""

from .guide import LocalGuide
from .handbook import Handbook, Instruction, InstructionEdition, NationalUpdate, ShelvedText, UpdateItem
from .reports import Adoption, AdoptionReminder, AdoptionTotal, Impact

__all__ = [
    "Adoption", "AdoptionReminder", "AdoptionTotal", "Handbook", "Impact", "Instruction", "InstructionEdition",
    "LocalGuide", "NationalUpdate", "ShelvedText", "UpdateItem",
]  # fmt: skip
