"""The library of texts that providers share with each other: find, copy with origin, share, stop sharing."""

from typing import Any
from uuid import UUID

from flask import Response, g, request, url_for

from ...core.access import require
from ...core.errors import Invalid
from ...core.forms import Form
from ...core.i18n import _, pick
from ...core.pages import invalid, page, sent_on
from ...reference import queries as reference
from ...tenants import queries as tenants
from ...tenants.entry import organisation_blueprint
from .. import policies, queries
from ..queries import conversation as found
from ..schemas_conversation import SearchTemplates, ShareWords
from ..services import sharing as services
from .map import show_release
from .step import step_in_book

bp = organisation_blueprint("sharing", __name__, "/shared-texts")
INDEX = "conversation/shared.html"


@bp.get("", endpoint="index")
def show_shared() -> str:
    """Everything that is shared, by step; `q` narrows it."""
    require(policies.can_share_words(g.actor))
    return page(INDEX, "found", **_library())


@bp.post("", endpoint="share")
def share() -> Response:
    require(policies.can_edit_instruction(g.actor))
    form = Form(ShareWords)
    try:
        if form.valid:
            book, step, _steps = step_in_book(g.actor, form.data["step"])
            provider = tenants.organisation_with(g.actor.organisation_id)
            services.share_words(g.actor, step, book.instructions.get(step.key), provider)
            return sent_on(url_for(".index"), _("Other providers can use your own text of this step now."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(INDEX, "content", **(_library() | {"form": form}))


@bp.post("/<uuid:template_id>/withdrawal", endpoint="withdraw")
def withdraw(template_id: UUID) -> Response:
    template = found.template_for(g.actor, template_id, own=True)
    services.withdraw_template(g.actor, template)
    return sent_on(url_for(".index"), _("The text is not shared any more. Copies that others made stay theirs."))


@bp.post("/<uuid:template_id>/copies", endpoint="copy")
def copy(template_id: UUID) -> Response:
    """Behind one's own text of the same step, published at once, with whose words they were."""
    template = found.template_for(g.actor, template_id)
    _book, step, _steps = step_in_book(g.actor, template.step_key)
    services.copy_template(g.actor, template, step)
    return sent_on(url_for("instructions.step", key=step.key), _("The words stand in your own text now. Edit them."))


def said(texts: dict[str, str]) -> Any:
    """A provider's text in the reader's language, else in one that it has."""
    return pick(texts, g.actor.language)


def _library() -> dict[str, Any]:
    search = Form(SearchTemplates, {"q": request.args.get("q", "")})
    words = search.data.get("q", "") if search.valid else ""
    book = queries.book_of(g.actor)
    show_release(book)
    names = {step.key: step for step in reference.steps_of(book.release.id)}
    last = len(names) + 1
    templates = sorted(
        found.templates_of(g.actor, words=words),
        key=lambda t: names[t.step_key].order if t.step_key in names else last,
    )
    shared = {t.step_key for t in templates if t.tenant_id == g.actor.organisation_id}
    own = [(key, pick(step.name).text) for key, step in names.items() if services.sharable(book.instructions.get(key))]
    return {
        "templates": templates, "names": names, "words": words, "said": said, "form": Form.blank(ShareWords),
        "shareable": [(key, name) for key, name in own if key not in shared],
    }  # fmt: skip
