"""Switch the handbook's public address on and off."""

from typing import Any

from flask import Response, g, url_for

from ...core.access import require
from ...core.forms import Form
from ...core.i18n import _, pick
from ...core.pages import invalid, page, sent_on
from ...tenants.entry import organisation_blueprint
from .. import policies
from ..manual_document import mark_of
from ..queries import manual as manuals
from ..queries import reading as queries
from ..queries.manual import Manual
from ..schemas_manual import MakePublic
from ..services import publicity as services
from .public_manual import people_hidden

bp = organisation_blueprint("publicity", __name__, "/handbook/publicity")
SHOW = "manual/publicity.html"


@bp.get("")
def show() -> str:
    """Whether it is public, what it would show, and which steps name people."""
    require(policies.can_make_public(g.actor))
    return page(SHOW, **_context())


@bp.post("")
def open_address() -> Response:
    form = Form(MakePublic)
    require(policies.can_make_public(g.actor))
    if not form.valid:
        return invalid(SHOW, "choices", **(_context() | {"form": form}))
    services.make_public(g.actor, **form.data)
    return sent_on(url_for(".show"), _("The handbook is public now. Copy the address and share it."))


@bp.post("/closing")
def close_address() -> Response:
    services.take_back(g.actor)
    return sent_on(url_for(".show"), _("The public address is closed. You can open it again whenever you like."))


def _context() -> dict[str, Any]:
    manual, publicity = manuals.manual_of(g.actor), queries.publicity_of(g.actor)
    whole, indexed = (publicity.whole, publicity.indexed) if publicity else (True, False)
    return {
        "form": Form.blank(MakePublic, whole="1" if whole else "", indexed="1" if indexed else ""),
        "publicity": publicity, "naming": _naming(manual),
        "address": url_for("public_manual.show", provider=g.actor.organisation_slug, _external=True),
    }  # fmt: skip


def _naming(manual: Manual) -> list[dict[str, Any]]:
    """Steps whose own words name people of the provider: there the public page leaves the names out."""
    tidy = people_hidden(g.actor)
    found = []
    for entry in manual.entries:
        texts = [
            text for layer in (entry.view.get("note"), entry.view.get("guidance")) for text in (layer or {}).values()
        ]
        if mark_of(entry) != "national" and any(tidy(text) != text for text in texts):
            found.append({"key": entry.key, "name": pick(entry.content["name"]).text, "own": entry.own})
    return found
