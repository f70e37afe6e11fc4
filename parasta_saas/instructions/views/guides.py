"""A provider's own guides beside the national ones: the handbook's list, one guide, writing."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import Response, g, request, url_for

from ...core.access import require
from ...core.errors import Invalid, NotFound
from ...core.forms import Form
from ...core.i18n import OWN_NAMES, _
from ...core.pages import invalid, page, sent_on
from ...reference import library
from ...reference import queries as reference
from ...reference.library import KIND_ICONS, KIND_LABELS, Card, Looking
from ...reference.queries import guides as national
from ...reference.views.guides import cards_at, cards_of, steps_by_phase
from .. import policies, queries
from ..models import LocalGuide
from ..queries import guides as found
from ..schemas_guides import TEXTS, WriteLocalGuide, local_words
from ..services import guides as services
from .blueprint import bp
from .map import show_release

INDEX, SHOW, WRITE = (f"instructions/guides/{name}.html" for name in ("index", "show", "write"))


def guides_at(step_key: str) -> list[Card]:
    """The guides of a step, the provider's own first. Two statements."""
    return [*_own_cards(found.local_guides_at(g.actor, step_key)), *cards_at(step_key)]


@bp.get("/guides", endpoint="guides")
def show_guides() -> str:
    """Own guides and national ones, found by the same words."""
    _in_handbook()
    looking = Looking(request.args.get("q", "").replace("\x00", "")[:100].strip())
    own = found.local_guides_of(g.actor)
    kept = [guide for guide in own if not guide.removed_at]
    return page(
        INDEX, "found", words=looking.words, any_own=bool(kept), labels=KIND_LABELS,
        own=_own_cards(filter(looking.takes, kept)), removed=[guide for guide in own if guide.removed_at],
        guides=cards_of(filter(looking.takes, national.library())),
    )  # fmt: skip


@bp.get("/guides/new", endpoint="new_guide")
def begin_guide() -> str:
    require(policies.can_edit_instruction(g.actor))
    return page(WRITE, **_writing(None, Form.blank(WriteLocalGuide, version=0, kind="guide", steps=_asked_step())))


@bp.post("/guides", endpoint="add_guide")
def add_guide() -> Response:
    return _saved(None)


@bp.get("/guides/<uuid:guide_id>", endpoint="guide")
def show_guide(guide_id: UUID) -> str:
    guide = found.local_guide_for(g.actor, guide_id)
    if guide.removed_at and not policies.can_edit_instruction(g.actor):
        raise NotFound()
    release = _in_handbook()
    return page(
        SHOW, guide=guide, kind=_(KIND_LABELS[guide.kind]), icon=KIND_ICONS[guide.kind],
        steps=[step for step in reference.steps_of(release.id) if step.key in guide.steps],
    )  # fmt: skip


@bp.get("/guides/<uuid:guide_id>/edit", endpoint="edit_guide")
def edit_guide(guide_id: UUID) -> str:
    guide = found.local_guide_for(g.actor, guide_id)
    require(policies.can_edit_instruction(g.actor))
    texts = {f"{stem}_{code}": text for stem in TEXTS for code, text in getattr(guide, stem).items()}
    form = Form.blank(WriteLocalGuide, **texts, version=guide.version, kind=guide.kind, steps=guide.steps)
    return page(WRITE, **_writing(guide, form))


@bp.post("/guides/<uuid:guide_id>", endpoint="save_guide")
def save_guide(guide_id: UUID) -> Response:
    return _saved(found.local_guide_for(g.actor, guide_id, lock=True))


@bp.post("/guides/<uuid:guide_id>/removal", endpoint="remove_guide")
def remove_guide(guide_id: UUID) -> Response:
    services.remove_local_guide(g.actor, found.local_guide_for(g.actor, guide_id, lock=True))
    return sent_on(f"{url_for('.guides')}#removed", _("The guide was removed. You can return it from this page."))


@bp.post("/guides/<uuid:guide_id>/return", endpoint="return_guide")
def return_guide(guide_id: UUID) -> Response:
    services.return_local_guide(g.actor, found.local_guide_for(g.actor, guide_id, lock=True))
    return sent_on(url_for(".guides"), _("The guide is in use again."))


def _saved(guide: LocalGuide | None) -> Response:
    require(policies.can_edit_instruction(g.actor))
    form = Form(WriteLocalGuide)
    try:
        if form.valid:
            words = local_words(form.data)
            made = services.write_local_guide(g.actor, words=words, guide=guide, version=form.data["version"])
            return sent_on(url_for(".guide", guide_id=made.id), _("The guide has been saved. It shows at its steps."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(WRITE, "writing", **_writing(guide, form))


def _own_cards(guides: Iterable[LocalGuide]) -> list[Card]:
    main = g.actor.languages[0]
    cards = (
        library.card(one, url=url_for("instructions.guide", guide_id=one.id), own=True, main=main) for one in guides
    )
    return list(library.in_order(cards))


def _asked_step() -> list[str]:
    """The step from whose page the writer came."""
    asked = request.args.get("step", "")[:80]
    return [asked] if asked else []


def _in_handbook() -> Any:
    """The release that the handbook follows; the foot and the menu say what they say on every page of it."""
    book = queries.book_of(g.actor)
    require(policies.can_read_handbook(g.actor))
    show_release(book)
    return book.release


def _writing(guide: LocalGuide | None, form: Form) -> dict[str, Any]:
    release = _in_handbook()
    names = {"title": _("Title"), "summary": _("In a sentence or two"), "body": _("Text"), "url": _("Address")}
    written = [(code, OWN_NAMES[code]) for code in g.actor.languages]
    return {
        "guide": guide, "form": form, "written": written,
        "needed": [code for code, _name in written if len(written) == 1],
        "to": url_for(".save_guide", guide_id=guide.id) if guide else url_for(".add_guide"),
        "kinds": [(kind, _(label)) for kind, label in KIND_LABELS.items()],
        "by_phase": steps_by_phase(reference.phases_of(release.id), reference.steps_of(release.id)),
        "labels": {f"{stem}_{code}": f"{name}, {own}" for stem, name in names.items() for code, own in written}
        | {"steps": _("Steps"), "kind": _("Kind of guide")},
    }  # fmt: skip
