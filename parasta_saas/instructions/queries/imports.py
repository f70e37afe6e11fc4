"""What a provider brought of its existing handbook, and where its pieces are."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ..models.imports import HandbookImport, ImportedPiece
from ..policies import EDITORS

MOST = 100
SETTLED = ("placed", "shelved", "left_out")


@dataclass(frozen=True)
class Standing:
    """How many pieces are in which state."""

    open: int = 0
    placed: int = 0
    shelved: int = 0
    left_out: int = 0

    @property
    def total(self) -> int:
        return self.open + self.settled

    @property
    def settled(self) -> int:
        return self.placed + self.shelved + self.left_out


def imports_of(actor: Actor) -> list[tuple[HandbookImport, Standing]]:
    """Everything brought, the newest first, removed ones, too; two statements."""
    found = list(db.session.scalars(_own(actor).order_by(HandbookImport.created_at.desc()).limit(MOST)))
    standing = _standing(actor, [each.id for each in found])
    return [(each, standing.get(each.id, Standing())) for each in found]


def import_for(actor: Actor, import_id: UUID, *, lock: bool = False) -> HandbookImport:
    """One import; NotFound for anybody else's."""
    found = _own(actor).where(HandbookImport.id == import_id)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    row = db.session.scalar(found)
    if row is None:
        raise NotFound()
    return row


def import_with(actor: Actor, sha256: str) -> HandbookImport | None:
    """The newest listed one with exactly this content."""
    found = _own(actor).where(HandbookImport.sha256 == sha256, HandbookImport.removed_at.is_(None))
    return db.session.scalar(found.order_by(HandbookImport.created_at.desc()).limit(1))


def standing_of(actor: Actor, brought: HandbookImport) -> Standing:
    """How many of its pieces are in which state."""
    return _standing(actor, [brought.id]).get(brought.id, Standing())


def pieces_of(
    actor: Actor,
    brought: HandbookImport,
    *,
    states: Collection[str] = ("open",),
    skip: int = 0,
    most: int | None = None,
) -> list[ImportedPiece]:
    """Its pieces in the order of the handbook."""
    found = _pieces(actor).where(ImportedPiece.import_id == brought.id, ImportedPiece.state.in_(states))
    return list(db.session.scalars(found.order_by(ImportedPiece.order).offset(skip).limit(most)))


def settled_piece(actor: Actor, brought: HandbookImport, piece_id: UUID) -> ImportedPiece | None:
    """A piece of an import that somebody has settled; None where it waits or is another's."""
    found = _pieces(actor).where(ImportedPiece.import_id == brought.id, ImportedPiece.id == piece_id)
    return db.session.scalar(found.where(ImportedPiece.state.in_(SETTLED)))


def piece_for(actor: Actor, import_id: UUID, piece_id: UUID) -> tuple[HandbookImport, ImportedPiece]:
    """One piece, locked because something is decided about it; NotFound for anybody else's or another import's."""
    return import_for(actor, import_id), pieces_for(actor, import_id, [piece_id])[0]


def pieces_for(actor: Actor, import_id: UUID, ids: Iterable[UUID]) -> list[ImportedPiece]:
    """These pieces of one import, locked, in order; NotFound where one is not among its pieces."""
    wanted = set(ids)
    found = _pieces(actor).where(ImportedPiece.import_id == import_id, ImportedPiece.id.in_(wanted))
    locked = found.order_by(ImportedPiece.order).with_for_update().execution_options(populate_existing=True)
    rows = list(db.session.scalars(locked))
    if len(rows) != len(wanted):
        raise NotFound()
    return rows


def _standing(actor: Actor, ids: Collection[UUID]) -> dict[UUID, Standing]:
    counted = (
        select(ImportedPiece.import_id, ImportedPiece.state, func.count())
        .where(ImportedPiece.tenant_id == actor.organisation_id, ImportedPiece.import_id.in_(ids))
        .group_by(ImportedPiece.import_id, ImportedPiece.state)
    )
    found: dict[UUID, dict[str, int]] = {}
    for import_id, state, number in db.session.execute(counted):
        found.setdefault(import_id, {})[state] = number
    return {import_id: Standing(**counts) for import_id, counts in found.items()}


def _own(actor: Actor) -> Select[HandbookImport]:
    if not actor.is_provider(*EDITORS):
        raise NotFound()
    return select(HandbookImport).where(HandbookImport.tenant_id == actor.organisation_id)


def _pieces(actor: Actor) -> Select[ImportedPiece]:
    if not actor.is_provider(*EDITORS):
        raise NotFound()
    return select(ImportedPiece).where(ImportedPiece.tenant_id == actor.organisation_id)
