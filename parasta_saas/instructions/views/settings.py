"""What a handbook uses: everything but the one button is switched on here."""

from flask import Response, g, url_for

from ...core.access import require
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import invalid, page, sent_on
from .. import policies, queries
from ..schemas_layers import ChooseFeatures
from ..services import layers as services
from .blueprint import bp
from .map import show_release

SETTINGS = "instructions/settings.html"


@bp.get("/handbook/settings", endpoint="handbook_settings")
def show() -> str:
    """Checkboxes with a sentence each."""
    require(policies.can_choose_features(g.actor))
    book = queries.book_of(g.actor)
    show_release(book)
    chosen = [*sorted(book.features), *(["reviewed"] if book.reviewed else [])]
    return page(SETTINGS, form=Form.blank(ChooseFeatures, features=chosen), book=book)


@bp.post("/handbook/settings", endpoint="choose_features")
def choose() -> Response:
    require(policies.can_choose_features(g.actor))
    form = Form(ChooseFeatures)
    if not form.valid:
        return invalid(SETTINGS, "content", form=form, book=queries.book_of(g.actor))
    chosen = form.data["features"]
    services.choose_features(g.actor, features=chosen, reviewed="reviewed" in chosen)
    return sent_on(url_for(".handbook_settings"), _("Saved. It is in use at once."))
