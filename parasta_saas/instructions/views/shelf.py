"""The shelf: own words that lost their place, put on a step again or discarded by the provider itself."""

from typing import Any
from uuid import UUID

from flask import g, request, url_for

from ...core.access import require
from ...core.errors import Invalid
from ...core.fields import CommandSchema
from ...core.forms import Form
from ...core.i18n import _, pick
from ...core.pages import changed, invalid, page
from ...reference import queries as reference
from .. import policies, queries
from ..leftovers import FIELDS
from ..models import ShelvedText
from ..queries import shelf as shelves
from ..schemas_update import DiscardText, PlaceText, PlaceTexts, SearchShelf
from ..services import shelf as services
from .blueprint import updates
from .map import show_release

SHELF = "instructions/shelf.html"


@updates.get("/shelf", endpoint="shelf")
def shelf() -> str:
    """What lies there, by origin; `q` searches, `show=settled` is the history."""
    require(policies.can_settle_shelf(g.actor))
    return page(SHELF, "shelf", **_shelf())


@updates.post("/shelf/<uuid:shelved_id>/placement", endpoint="place_text")
def place(shelved_id: UUID) -> Any:
    shelved = shelves.shelved_for(g.actor, shelved_id)
    form = Form(PlaceText)
    if not form.valid:
        return invalid(SHELF, "shelf", form=form, **_shelf(shelved))
    try:
        services.place_texts(g.actor, [shelved], step_key=form.data["step"])
    except Invalid as problem:
        return invalid(SHELF, "shelf", form=form.refuse(problem), **_shelf(shelved))
    return _saved(_("The words stand on the step now. The shelf's history has them, too."))


@updates.post("/shelf/placements", endpoint="place_texts")
def place_all() -> Any:
    form = Form(PlaceTexts)
    if not form.valid:
        require(policies.can_settle_shelf(g.actor))
        return invalid(SHELF, "shelf", form=form, **_shelf())
    texts = [shelves.shelved_for(g.actor, each) for each in sorted(set(form.data["texts"]))]
    try:
        services.place_texts(g.actor, texts, step_key=form.data["step"])
    except Invalid as problem:
        return invalid(SHELF, "shelf", form=form.refuse(problem), **_shelf())
    return _saved(_("The words stand on the step now. The shelf's history has them, too."))


@updates.post("/shelf/<uuid:shelved_id>/discard", endpoint="discard_text")
def discard(shelved_id: UUID) -> Any:
    shelved = shelves.shelved_for(g.actor, shelved_id)
    form = Form(DiscardText)
    if not form.valid:
        return invalid(SHELF, "shelf", form=form, **_shelf(shelved, discarding=True))
    services.discard_text(g.actor, shelved, reason=form.data["reason"])
    return _saved(_("Discarded. You can take the words back from the history."))


@updates.post("/shelf/<uuid:shelved_id>/return", endpoint="return_text")
def take_back(shelved_id: UUID) -> Any:
    shelved = shelves.shelved_for(g.actor, shelved_id)
    services.return_text(g.actor, shelved)
    return _saved(_("The words are on the shelf again."))


def _saved(message: str) -> Any:
    return changed(SHELF, "shelf", to=url_for(".shelf"), message=message, **_shelf())


def _shelf(tried: ShelvedText | None = None, *, discarding: bool = False) -> dict[str, Any]:
    """`tried`: the text whose form was refused."""
    schema = SearchShelf()
    asked = {k: v for k, v in request.args.items() if k in schema.fields and not schema.validate({k: v}) and v.strip()}
    settled = asked.get("show") == "settled" and tried is None
    book = queries.book_of(g.actor)
    show_release(book)
    steps = reference.steps_of(book.release.id)
    states = shelves.SETTLED if settled else shelves.LYING
    texts = shelves.shelf_of(g.actor, states=states, words=asked.get("q", "") if tried is None else "")
    return {
        "groups": _by_origin(texts), "settled": settled, "asked": asked, "lying": book.lying, "tried": tried,
        "discarding": discarding, "steps": {step.key: step for step in steps}, "shown": len(texts),
        "most": shelves.MOST, "blank": Form.blank(CommandSchema),
    }  # fmt: skip


def _by_origin(texts: list[ShelvedText]) -> list[dict[str, Any]]:
    """The texts of one step together, in the order of the newest of each."""
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for text in texts:
        origin = text.origin
        key = text.step_key or text.reason, origin.get("release", "")
        name = origin.get("source") or (pick(origin.get("name")).text if origin.get("name") else text.step_key)
        group = groups.setdefault(key, {"key": text.step_key, "name": name, "release": key[1], "texts": []})
        group["texts"].append(text)
    for group in groups.values():
        group["texts"].sort(key=lambda text: (FIELDS.index(text.field), text.language, text.id))
    return list(groups.values())
