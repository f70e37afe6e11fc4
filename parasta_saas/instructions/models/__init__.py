"""A provider's handbook: instructions, layers, updates, own guides, and what it reports."""

from .guide import LocalGuide
from .handbook import Handbook, Instruction, InstructionEdition
from .layers import HandbookVersion, InstructionDraft, OwnStep, UnitInstruction
from .reports import Adoption, AdoptionReminder, AdoptionTotal, Impact
from .update import NationalUpdate, RememberedAnswer, ShelvedText, UpdateItem

__all__ = [
    "Adoption", "AdoptionReminder", "AdoptionTotal", "Handbook", "HandbookVersion", "Impact", "Instruction",
    "InstructionDraft", "InstructionEdition", "LocalGuide", "NationalUpdate", "OwnStep", "RememberedAnswer",
    "ShelvedText", "UnitInstruction", "UpdateItem",
]  # fmt: skip
