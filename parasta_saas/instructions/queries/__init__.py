"""What an actor may see of a provider's instructions. Updates stand in update.py."""

from .handbook import (
    Book,
    Waiting,
    book_of,
    edition_for,
    editions_of,
    handbook_of,
    instruction_on,
    waiting_steps,
)

__all__ = [
    "Book", "Waiting", "book_of", "edition_for", "editions_of", "handbook_of", "instruction_on", "waiting_steps",
]  # fmt: skip
