"""A provider's handbook: instructions, layers, updates, own guides, and what it reports."""

from .conversation import HandbookComment, SharedTemplate
from .guide import LocalGuide
from .handbook import FEATURES, Handbook, Instruction, InstructionEdition
from .imports import HandbookImport, ImportedPiece
from .layers import HandbookVersion, InstructionDraft, OwnStep, UnitInstruction
from .learning import (
    HandbookReading,
    Induction,
    InductionQuestion,
    InductionStep,
    ReadingHabit,
    ReadingRequest,
)
from .reading import PlainText, Publicity
from .reports import Adoption, AdoptionReminder, AdoptionTotal, Impact
from .rounds import Editing, HandbookRound, KeptText, RoundItem
from .update import NationalUpdate, RememberedAnswer, ShelvedText, UpdateItem

__all__ = [
    "FEATURES", "Adoption", "AdoptionReminder", "AdoptionTotal", "Editing", "Handbook", "HandbookComment",
    "HandbookImport", "HandbookReading", "HandbookRound", "HandbookVersion", "Impact", "ImportedPiece",
    "Induction", "InductionQuestion", "InductionStep", "Instruction", "InstructionDraft",
    "InstructionEdition", "KeptText", "LocalGuide", "NationalUpdate", "OwnStep", "PlainText", "Publicity",
    "ReadingHabit", "ReadingRequest", "RememberedAnswer", "RoundItem", "SharedTemplate", "ShelvedText",
    "UnitInstruction", "UpdateItem",
]  # fmt: skip
