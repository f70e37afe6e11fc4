"""Bring what you have: an existing handbook in, its pieces to steps, the shelf or out, as a person says."""

from typing import Any
from uuid import UUID

from flask import g, request, url_for

from ...core.access import require
from ...core.errors import Invalid
from ...core.fields import CommandSchema
from ...core.forms import Form
from ...core.i18n import _, ngettext
from ...core.pages import changed, invalid, page, sent_on
from ...reference import queries as reference
from ...tenants.entry import organisation_blueprint
from .. import policies
from .. import queries as handbooks
from ..models.imports import HandbookImport, ImportedPiece
from ..pieces_suggesting import is_confident
from ..pieces_words import KIND, accounts
from ..queries import imports as queries
from ..schemas_imports import BringHandbook, LookThrough, PlacePiece, PlaceSure, SettlePiece, file_of
from ..services import imports as services
from .map import show_release

bp = organisation_blueprint("imports", __name__)
INDEX, SHOW, SURE = "imports/index.html", "imports/show.html", "imports/sure.html"
AT_ONCE = 20


@bp.get("/imports")
def index() -> str:
    """Bring a handbook, and everything brought so far."""
    require(policies.can_edit_instruction(g.actor))
    return page(INDEX, form=Form.blank(BringHandbook), **_listed())


@bp.post("/imports")
def bring() -> Any:
    require(policies.can_edit_instruction(g.actor))
    form = Form(BringHandbook)
    if not form.valid:
        return invalid(INDEX, "bringing", form=form, **_listed())
    said = {name: form.data[name] for name in ("name", "text", "again") if name in form.data}
    try:
        brought = services.bring_handbook(g.actor, file=file_of(form.data), **said)
    except Invalid as problem:
        return invalid(INDEX, "bringing", form=form.refuse(problem), **_listed())
    except services.BroughtBefore as problem:
        answer = invalid(INDEX, "bringing", form=form, earlier=problem.earlier, **_listed())
        answer.status_code = problem.status
        return answer
    told = _("Here are the pieces. Nothing is published before you say so.")
    return sent_on(url_for(".show", import_id=brought.id), told)


@bp.get("/imports/<uuid:import_id>")
def show(import_id: UUID) -> str:
    """The pieces in order, each with the step that it might belong to."""
    require(policies.can_edit_instruction(g.actor))
    return page(SHOW, "review", **_review(queries.import_for(g.actor, import_id)))


@bp.post("/imports/<uuid:import_id>/pieces/<uuid:piece_id>/placement")
def place(import_id: UUID, piece_id: UUID) -> Any:
    brought, piece = queries.piece_for(g.actor, import_id, piece_id)
    form = Form(PlacePiece)
    if not form.valid:
        return invalid(SHOW, "review", form=form, **_review(brought, tried=piece))
    try:
        services.place_piece(
            g.actor, brought, piece, step_key=form.data["step"], language=form.data.get("language", "")
        )
    except Invalid as problem:
        return invalid(SHOW, "review", form=form.refuse(problem), **_review(brought, tried=piece))
    return _saved(brought, piece, _("The piece stands on the step now."))


@bp.post("/imports/<uuid:import_id>/pieces/<uuid:piece_id>/shelf")
def shelve(import_id: UUID, piece_id: UUID) -> Any:
    brought, piece = queries.piece_for(g.actor, import_id, piece_id)
    services.shelve_pieces(g.actor, brought, [piece], language=Form(SettlePiece).data.get("language", ""))
    return _saved(brought, piece, _("The piece is on the shelf now."))


@bp.post("/imports/<uuid:import_id>/pieces/<uuid:piece_id>/out")
def leave_out(import_id: UUID, piece_id: UUID) -> Any:
    brought, piece = queries.piece_for(g.actor, import_id, piece_id)
    services.leave_out(g.actor, piece)
    return _saved(brought, piece, _("The piece is left out. You find it among the settled ones."))


@bp.post("/imports/<uuid:import_id>/pieces/<uuid:piece_id>/return")
def take_back(import_id: UUID, piece_id: UUID) -> Any:
    brought, piece = queries.piece_for(g.actor, import_id, piece_id)
    services.reopen_piece(g.actor, piece)
    return _saved(brought, piece, _("The piece waits for its place again."))


@bp.get("/imports/<uuid:import_id>/sure")
def sure(import_id: UUID) -> str:
    """The pieces whose suggestion is clear, to look through before they are put on their steps."""
    require(policies.can_edit_instruction(g.actor))
    brought = queries.import_for(g.actor, import_id)
    return page(SURE, form=Form.blank(PlaceSure), **_preview(brought))


@bp.post("/imports/<uuid:import_id>/sure")
def place_sure(import_id: UUID) -> Any:
    brought = queries.import_for(g.actor, import_id)
    form = Form(PlaceSure)
    if not form.valid:
        require(policies.can_edit_instruction(g.actor))
        return invalid(SURE, "chosen", form=form, **_preview(brought))
    pieces = queries.pieces_for(g.actor, import_id, form.data["pieces"])
    left = services.place_sure(g.actor, brought, pieces)
    told = ngettext(
        "One piece stands on its step now.", "%(num)s pieces stand on their steps now.", len(pieces) - len(left)
    )
    more = (
        ngettext("One did not fit and still waits.", "%(num)s did not fit and still wait.", len(left)) if left else ""
    )
    return sent_on(url_for(".show", import_id=brought.id), f"{told} {more}".strip())


@bp.post("/imports/<uuid:import_id>/shelf")
def shelve_rest(import_id: UUID) -> Any:
    brought = queries.import_for(g.actor, import_id)
    rest = queries.pieces_for(g.actor, import_id, [piece.id for piece in queries.pieces_of(g.actor, brought)])
    services.shelve_pieces(g.actor, brought, rest)
    return _saved(brought, None, _("The rest is on the shelf now."))


@bp.post("/imports/<uuid:import_id>/removal")
def remove(import_id: UUID) -> Any:
    services.remove_import(g.actor, queries.import_for(g.actor, import_id, lock=True))
    return sent_on(url_for(".index"), _("Removed from the list. You can return it from the bottom of this page."))


@bp.post("/imports/<uuid:import_id>/return")
def put_back(import_id: UUID) -> Any:
    services.return_import(g.actor, queries.import_for(g.actor, import_id, lock=True))
    return sent_on(url_for(".show", import_id=import_id), _("It is on the list again."))


def _how_many(placed: int, left: int) -> str:
    told = ngettext("One piece stands on its step now.", "%(num)s pieces stand on their steps now.", placed)
    more = ngettext("One did not fit and still waits.", "%(num)s did not fit and still wait.", left)
    return " ".join(words for words, number in ((told, placed), (more, left)) if number)


def _saved(brought: HandbookImport, piece: ImportedPiece | None, message: str) -> Any:
    """Back to the same part of the list, with what was settled just now on top."""
    at: dict[str, Any] = {name: request.args[name] for name in ("at", "show") if request.args.get(name)}
    settled = piece.id if piece and piece.state != "open" else None
    to = url_for(".show", import_id=brought.id, last=settled, **at)
    return changed(SHOW, "review", to=to, message=message, **_review(brought, last=settled))


def _listed() -> dict[str, Any]:
    book = handbooks.book_of(g.actor)
    show_release(book)
    found = queries.imports_of(g.actor)
    return {
        "listed": [pair for pair in found if pair[0].removed_at is None],
        "removed": [pair for pair in found if pair[0].removed_at is not None], "kinds": _kinds(),
    }  # fmt: skip


def _review(brought: HandbookImport, *, tried: ImportedPiece | None = None, last: UUID | None = None) -> dict[str, Any]:
    """`tried`: the piece whose form was refused; `last`: the one settled just now."""
    asked = LookThrough()
    args = request.args.to_dict()
    seen = asked.load({k: v for k, v in args.items() if k not in asked.validate(args)})
    settled = seen.get("show") == "settled" and tried is None
    standing = queries.standing_of(g.actor, brought)
    many = standing.settled if settled else standing.open
    pages = max(1, -(-many // AT_ONCE))
    at = min(seen.get("at", 1), pages)
    states = queries.SETTLED if settled else ("open",)
    pieces = queries.pieces_of(g.actor, brought, states=states, skip=(at - 1) * AT_ONCE, most=AT_ONCE)
    if tried and tried not in pieces:
        pieces = [tried, *pieces]
    last = last or seen.get("last")
    found = _steps()
    return {
        "brought": brought, "standing": standing, "pieces": pieces, "settled": settled, "at": at,
        "tried": tried, "kinds": _kinds(), "clear": {p.id for p in pieces if _is_clear(p, found["steps"])},
        "last": queries.settled_piece(g.actor, brought, last) if last and not settled else None,
        "told": accounts(brought.told), "sure": _sure(brought, found["steps"]) if standing.open and not settled else [],
        "blank": Form.blank(CommandSchema), "working": g.actor.languages, **found,
        "around": {"previous": at - 1 if at > 1 else None, "next": at + 1 if at < pages else None},
    }  # fmt: skip


def _preview(brought: HandbookImport) -> dict[str, Any]:
    found = _steps()
    return {"brought": brought, "pieces": _sure(brought, found["steps"]), **found}


def _sure(brought: HandbookImport, steps: dict[str, Any]) -> list[ImportedPiece]:
    """Those that wait and whose first suggestion is clear, and a step of the release in use."""
    return [piece for piece in queries.pieces_of(g.actor, brought) if _is_clear(piece, steps)]


def _is_clear(piece: ImportedPiece, steps: dict[str, Any]) -> bool:
    return is_confident([s["score"] for s in piece.suggestions]) and piece.suggestions[0]["key"] in steps


def _steps() -> dict[str, Any]:
    """The steps of the release that the handbook follows, by phase."""
    book = handbooks.book_of(g.actor)
    show_release(book)
    steps = reference.steps_of(book.release.id)
    phases = reference.phases_of(book.release.id)
    by_phase = [(phase, [s for s in steps if s.phase_key == phase.key]) for phase in phases]
    return {"steps": {step.key: step for step in steps}, "phases": by_phase}


def _kinds() -> dict[str, str]:
    return {code: _(said) for code, said in KIND.items()}
