"""What happens to an existing handbook that was brought in. Only the provider's own people make it happen."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class HandbookBrought(Event):
    """A file or a text was cut into pieces; nothing of it is published yet."""

    name: ClassVar[str] = "instructions.handbook_brought"
    sentence: ClassVar[str] = N_("%(actor)s brought an existing handbook.")
    import_id: UUID
    pieces: int


@event
@dataclass(frozen=True, kw_only=True)
class PiecePlaced(Event):
    """A piece of the handbook stands on a step."""

    name: ClassVar[str] = "instructions.piece_placed"
    sentence: ClassVar[str] = N_("%(actor)s put a piece of the handbook on a step.")
    piece_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class PieceShelved(Event):
    """A piece of the handbook lies on the shelf."""

    name: ClassVar[str] = "instructions.piece_shelved"
    sentence: ClassVar[str] = N_("%(actor)s put a piece of the handbook on the shelf.")
    piece_id: UUID
    shelved_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class PieceLeftOut(Event):
    """A piece of the handbook is not needed. It is kept with the import."""

    name: ClassVar[str] = "instructions.piece_left_out"
    sentence: ClassVar[str] = N_("%(actor)s left out a piece of the handbook.")
    piece_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class PieceReopened(Event):
    """A piece of the handbook waits for a place again."""

    name: ClassVar[str] = "instructions.piece_reopened"
    sentence: ClassVar[str] = N_("%(actor)s took a piece of the handbook back.")
    piece_id: UUID
    was: str


@event
@dataclass(frozen=True, kw_only=True)
class ImportRemoved(Event):
    """What was brought is no longer listed; pieces that found a place stay there."""

    name: ClassVar[str] = "instructions.import_removed"
    sentence: ClassVar[str] = N_("%(actor)s removed a brought handbook from the list.")
    import_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class ImportReturned(Event):
    """What was brought is listed again."""

    name: ClassVar[str] = "instructions.import_returned"
    sentence: ClassVar[str] = N_("%(actor)s returned a brought handbook to the list.")
    import_id: UUID
