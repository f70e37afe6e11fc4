"""Bring an existing handbook: cut it, and put its pieces on steps or on the shelf, as a person says."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from ...core.access import Actor, require
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.events import emit
from ...core.i18n import _, pick, using
from ...core.ids import uuid7
from ...reference import queries as reference
from ...reference.models import Step
from .. import leftovers, policies, queries
from ..events_imports import (
    HandbookBrought,
    ImportRemoved,
    ImportReturned,
    PieceLeftOut,
    PiecePlaced,
    PieceReopened,
    PieceShelved,
)
from ..models import Handbook, ShelvedText
from ..models.imports import HandbookImport, ImportedPiece
from ..pieces import Cut, Piece, Refused, emphasised
from ..pieces_language import language_of
from ..pieces_reading import cut_file, cut_text
from ..pieces_suggesting import FIELDS, Index, index, is_confident, suggest
from ..pieces_words import refusal
from ..queries import imports as brought_before
from ..queries.shelf import shelved_for
from ..resolved import check_overlay
from ..schemas import MAX_WORDS
from .instruction import open_handbook, put_in_force
from .versions import seal_version


class BroughtBefore(Conflict):
    """The same content was brought before; `earlier` is that import."""

    def __init__(self, earlier: HandbookImport) -> None:
        super().__init__(_("You have already brought exactly this."))
        self.earlier = earlier


def bring_handbook(
    actor: Actor, *, name: str = "", file: tuple[str, bytes] | None = None, text: str = "", again: bool = False
) -> HandbookImport:
    """Cut a file (name, content), or else a text, into pieces with suggestions. Nothing is published.

    name: what it is called, where not as the file. Raises Invalid with how to mend it, BroughtBefore unless `again`.
    """
    require(policies.can_edit_instruction(actor))
    assert actor.organisation_id is not None
    if file is None and not text.strip():
        raise Invalid({"file": [_("Choose a file or paste the text.")]})
    print_ = sha256(text.strip().encode() if file is None else file[1]).hexdigest()
    if not again and (earlier := brought_before.import_with(actor, print_)):
        raise BroughtBefore(earlier)
    try:
        cut = cut_text(text) if file is None else cut_file(*file)
    except Refused as problem:
        raise Invalid({"text" if file is None else "file": [refusal(problem)]}) from None
    brought = HandbookImport(
        tenant_id=actor.organisation_id, id=uuid7(), name=name or (file[0] if file else "") or _("Pasted text"),
        kind=cut.kind, sha256=print_, told=[each._asdict() for each in cut.told], brought_by=actor.name,
    )  # fmt: skip
    db.session.add(brought)
    db.session.flush()  # the pieces refer to it
    db.session.add_all(_rows(actor, brought, cut))
    emit(actor, HandbookBrought(import_id=brought.id, pieces=len(cut.pieces)))
    return brought


def place_piece(
    actor: Actor, brought: HandbookImport, piece: ImportedPiece, *, step_key: str, language: str = ""
) -> None:
    """Put a piece into a step's own text, in force at once, with its origin. Raises Invalid, Conflict."""
    require(policies.can_edit_instruction(actor))
    piece.require_open()
    piece.language = language or piece.language
    handbook = open_handbook(actor)
    step = {step.key: step for step in reference.steps_of(handbook.release_id)}.get(step_key)
    if step is None:
        raise Invalid({"step": [_("Choose one of the steps.")]})
    _put(actor, handbook, step, brought, [piece])
    seal_version(actor, handbook, reason="imported", changed=[step.key])


def place_sure(actor: Actor, brought: HandbookImport, pieces: Sequence[ImportedPiece]) -> list[ImportedPiece]:
    """Put each piece on the step suggested first, one edition per step; those that can't be put are returned."""
    require(policies.can_edit_instruction(actor))
    for piece in pieces:
        piece.require_open()
    handbook = open_handbook(actor)
    steps = {step.key: step for step in reference.steps_of(handbook.release_id)}
    left, changed = [], []
    homes: dict[str, list[ImportedPiece]] = {}
    for piece in pieces:
        homes.setdefault(next((s["key"] for s in piece.suggestions if s["key"] in steps), ""), []).append(piece)
    for key, several in homes.items():
        try:
            _put(actor, handbook, steps[key], brought, several) if key else left.extend(several)
            changed += [key] if key else []
        except Invalid:
            left += several
    if changed:
        seal_version(actor, handbook, reason="imported", changed=changed)
    return left


def shelve_pieces(
    actor: Actor, brought: HandbookImport, pieces: Iterable[ImportedPiece], *, language: str = ""
) -> None:
    """Put pieces on the shelf, with their origin and the steps that were clearly suggested."""
    require(policies.can_settle_shelf(actor))
    for piece in pieces:
        piece.require_open()
        piece.language = language or piece.language
        shelved = ShelvedText(
            tenant_id=piece.tenant_id, id=uuid7(), instruction_id=None, step_key="", field="note",
            language=piece.language, text=words_of(piece), reason=f"import:{brought.id}", shelved_by=actor.name,
            origin={"name": {piece.language: _place(brought, piece)}, "release": "", "why": "imported",
                    "source": brought.name},
            homes=[each["key"] for each in piece.suggestions if is_confident([s["score"] for s in piece.suggestions])],
        )  # fmt: skip
        db.session.add(shelved)
        db.session.flush()  # the piece refers to it
        piece.settle("shelved", by=actor.name, shelved_id=shelved.id)
        emit(actor, PieceShelved(piece_id=piece.id, shelved_id=shelved.id))


def leave_out(actor: Actor, piece: ImportedPiece) -> None:
    """Say that a piece is not needed. It is kept with the import; `reopen_piece`."""
    require(policies.can_edit_instruction(actor))
    piece.settle("left_out", by=actor.name)
    emit(actor, PieceLeftOut(piece_id=piece.id))


def reopen_piece(actor: Actor, piece: ImportedPiece) -> None:
    """Undo what was said of a piece; from a step or the shelf only while its words are there as they were put."""
    require(policies.can_edit_instruction(actor))
    was, lay = piece.state, piece.shelved_id
    if was == "placed":
        _take_off(actor, piece)
    shelved = shelved_for(actor, lay) if was == "shelved" and lay else None
    if shelved and shelved.state != "lying":
        raise Conflict(_("%(name)s has already seen to these words on the shelf.", name=shelved.settled_by))
    piece.reopen()
    if shelved:
        db.session.flush()  # the piece no longer refers to it
        db.session.delete(shelved)
    emit(actor, PieceReopened(piece_id=piece.id, was=was))


def remove_import(actor: Actor, brought: HandbookImport) -> None:
    """Take what was brought off the list. Pieces that found a place stay there; `return_import`."""
    require(policies.can_edit_instruction(actor))
    brought.remove(by=actor.name)
    emit(actor, ImportRemoved(import_id=brought.id))


def return_import(actor: Actor, brought: HandbookImport) -> None:
    """List it again, with every piece as it was."""
    require(policies.can_edit_instruction(actor))
    brought.put_back()
    emit(actor, ImportReturned(import_id=brought.id))


def words_of(piece: ImportedPiece) -> str:
    """Its heading and its text, as Markdown. Asks no policy: it only says."""
    return f"**{emphasised(piece.title)}**\n\n{piece.text.strip()}" if piece.title else piece.text.strip()


def marked(brought: HandbookImport, piece: ImportedPiece) -> str:
    """The words with a line of where they came from, in their language. Asks no policy: it only says."""
    return leftovers.with_origin(words_of(piece), brought_from(_place(brought, piece), piece.language))


def brought_from(place: str, language: str) -> str:
    """Where words were brought from, said in their language. Asks no policy: it only says."""
    with using(language):
        return _("From our earlier handbook: %(place)s", place=place)


def _place(brought: HandbookImport, piece: ImportedPiece) -> str:
    return " › ".join([brought.name, *piece.path[-2:]]).replace("*", "")


def _put(
    actor: Actor, handbook: Handbook, step: Step, brought: HandbookImport, pieces: Sequence[ImportedPiece]
) -> None:
    """One new edition of a step with these pieces behind its own text."""
    instruction = queries.instruction_on(actor, step.key)
    overlay = instruction.overlay() if instruction else {}
    words = {piece.id: marked(brought, piece) for piece in pieces}
    for piece in pieces:
        overlay["note"] = leftovers.appended(overlay.get("note") or {}, piece.language, words[piece.id])
    if any(len(text) > MAX_WORDS for text in overlay["note"].values()):
        raise Invalid({"step": [_("The text of this step would become too long. Choose another step.")]})
    if any(refused.field == "note" for refused in check_overlay(step.content(), overlay)):
        raise Invalid({"step": [_("This step takes no text of its own. Choose another step.")]})
    put_in_force(actor, handbook, instruction, step, overlay, reason="imported")
    for piece in pieces:
        piece.settle("placed", by=actor.name, placed_on=step.key, put=words[piece.id])
        emit(actor, PiecePlaced(piece_id=piece.id, step_key=step.key))


def _take_off(actor: Actor, piece: ImportedPiece) -> None:
    handbook = open_handbook(actor)
    step = {step.key: step for step in reference.steps_of(handbook.release_id)}.get(piece.placed_on)
    if step is None:
        raise Conflict(_("The step is no longer there. Its own words went on with the update."))
    instruction = queries.instruction_on(actor, step.key)
    overlay = instruction.overlay() if instruction else {}
    note = leftovers.removed(overlay.pop("note", {}), piece.language, piece.put)
    if note is None:
        raise Conflict(_("The words have been changed on the step since. Change them there."))
    overlay |= {"note": note} if note else {}
    put_in_force(actor, handbook, instruction, step, overlay, reason="edited")
    seal_version(actor, handbook, reason="edited", changed=[step.key])


def _rows(actor: Actor, brought: HandbookImport, cut: Cut) -> list[ImportedPiece]:
    steps = reference.steps_of(queries.book_of(actor).release.id)
    indexes: dict[str, Index] = {}
    rows = []
    for number, piece in enumerate(cut.pieces, 1):
        code = language_of(f"{piece.title}\n{piece.text}", actor.languages)
        if code not in indexes:
            indexes[code] = index({step.key: _texts(step, code) for step in steps}, code)
        rows.append(_row(brought, number, piece, code, indexes[code]))
    return rows


def _row(brought: HandbookImport, number: int, piece: Piece, language: str, steps: Index) -> ImportedPiece:
    found = [{**each._asdict(), "words": list(each.words)} for each in suggest(steps, piece)]
    return ImportedPiece(
        tenant_id=brought.tenant_id, import_id=brought.id, order=number, path=list(piece.path), title=piece.title,
        text=piece.text, language=language, suggestions=found,
    )  # fmt: skip


def _texts(step: Step, language: str) -> Mapping[str, str]:
    return {name: pick(getattr(step, name), language).text for name in FIELDS if getattr(step, name)}
