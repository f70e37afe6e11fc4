"""A provider's handbook: instructions, updates, own guides, and what it reports."""

from .guide import LocalGuide
from .handbook import Handbook, Instruction, InstructionEdition
from .reports import Adoption, AdoptionReminder, AdoptionTotal, Impact
from .update import NationalUpdate, RememberedAnswer, ShelvedText, UpdateItem

__all__ = [
    "Adoption", "AdoptionReminder", "AdoptionTotal", "Handbook", "Impact", "Instruction", "InstructionEdition",
    "LocalGuide", "NationalUpdate", "RememberedAnswer", "ShelvedText", "UpdateItem",
]  # fmt: skip
