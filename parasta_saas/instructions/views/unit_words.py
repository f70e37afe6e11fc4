"""What a unit says of its own on a step: shown, settled where the text above changed, withdrawn, taken back."""

from collections.abc import Mapping
from typing import Any

from flask import Response, g, url_for

from ...core.access import require
from ...core.errors import NotFound
from ...core.forms import Form
from ...core.i18n import N_, _, pick
from ...core.pages import sent_on
from .. import policies
from ..queries.layers import Here
from ..schemas import ChangeEdition
from ..schemas_layers import SettleUnit
from ..services import layers as services
from .blueprint import bp
from .hanging import hanging
from .standing import may_write_here, stand_at, step_url

# What rests while the text above asks for more, or has no room for it.
RESTING = {
    "time_limit_value": N_("The unit's own time limit is looser than the provider's now; that one is in force."),
    "guidance": N_("The guidance above is fixed now, so that the unit's own sentences rest."),
}


def combined(here: Here) -> dict[str, Any]:
    """What of the step in force is not national, as an overlay on it; the unit's note stands in its own place."""
    view, national = here.stacked.view, here.content
    texts = {code: text for code, text in view["guidance"].items() if text != national["guidance"].get(code)}
    limit = (view.get("time_limit") or {}).get("value")
    own = {"guidance": texts, "note": here.overlay.get("note"), "local_role": view["local_role"]}
    if limit != (national.get("time_limit") or {}).get("value"):
        own["time_limit_value"] = limit
    return {name: value for name, value in own.items() if value}


def shown(here: Here) -> dict[str, Any]:
    """The unit's part of a step's page."""
    assert here.unit
    stacked, main = here.stacked, g.actor.languages[0]
    overlay = stacked.overlay
    note = pick(overlay.get("note"), main=main)
    role = pick(overlay.get("local_role"), main=main)
    own_limit = overlay.get("time_limit_value")
    return {
        "name": pick(here.unit.name, main=main).text, "words": here.words, "version": _version(here),
        "note": note if note.text else None, "role": role.text, "limit": own_limit,
        "limit_unit": (stacked.view.get("time_limit") or {}).get("unit", "day"),
        "adapted": bool(overlay.get("guidance")), "hanging": hanging(overlay), "conflicts": _conflicts(here),
        "resting": [_(RESTING[each.field]) for each in stacked.suspended if each.field in RESTING],
        "may_write": may_write_here(g.actor, here.unit), "form": Form.blank(ChangeEdition),
        "edit_url": url_for(".edit", key=here.key, unit=here.unit.id),
        "settle_url": url_for(".settle_unit", key=here.key, unit=here.unit.id),
    }  # fmt: skip


@bp.post("/map/<key>/unit/settlement", endpoint="settle_unit")
def settle(key: str) -> Response:
    """Keep the unit's sentences, or take those above, where both changed."""
    here = _at_unit(key)
    form = Form(SettleUnit)
    if not form.valid:
        return sent_on(step_url(key, here.unit), _("Choose which words stay in force."))
    services.settle_unit_words(g.actor, here, **form.data)
    return sent_on(step_url(key, here.unit), _("Saved. It is in force at once."))


@bp.post("/map/<key>/unit/withdrawal", endpoint="withdraw_unit")
def withdraw(key: str) -> Response:
    here = _at_unit(key)
    services.withdraw_unit_words(g.actor, here, version=_version_typed())
    return sent_on(step_url(key, here.unit), _("The unit does as its provider does. You can take its words back."))


@bp.post("/map/<key>/unit/return", endpoint="return_unit")
def take_back(key: str) -> Response:
    here = _at_unit(key)
    services.return_unit_words(g.actor, here, version=_version_typed())
    return sent_on(step_url(key, here.unit), _("The unit's words are in force again."))


def _at_unit(key: str) -> Here:
    *_rest, here, _steps = stand_at(g.actor, key)
    require(policies.is_staff(g.actor))
    if here.unit is None:
        raise NotFound()
    return here


def _version(here: Here) -> int:
    return here.words.version if here.words else 0


def _version_typed() -> int:
    return int(Form(ChangeEdition).data.get("version", -1))


def _conflicts(here: Here) -> list[Mapping[str, str]]:
    assert here.unit
    return [
        {"language": code, "ours": here.stacked.overlay["guidance"].get(code, ""),
         "above": here.above["guidance"].get(code, "")}
        for code in here.stacked.conflicts
    ]  # fmt: skip
