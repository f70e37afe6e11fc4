"""What reading puts on the map: a quiet note that something is asked to be read."""

from datetime import date
from typing import Any

from ..core.access import Actor
from ..core.slots import fills
from . import policies
from .learning_roles import own_roles
from .queries import Book, Waiting


@fills("instructions.band")
def asked_to_read(actor: Actor, _waiting: list[Waiting], book: Book) -> tuple[str, dict[str, Any]] | None:
    """The version to read with its day, for staff. It stands in the book: no statement of its own."""
    if not policies.can_follow_changes(actor):
        return None
    mine = own_roles(actor.roles)
    asked = [
        (each["due_on"], each["number"], role)
        for each in book.to_read
        for role in mine
        if role in each["roles"] and role not in (each["read"] or ())
    ]
    if not asked:
        return None
    due_on, _number, role = min(asked)
    newest = max(number for _due, number, _role in asked)
    return "learning/_band.html", {
        "number": newest, "due_on": date.fromisoformat(due_on), "role": role,
    }  # fmt: skip
