"""The list of agreements: what waits for me first, then all of them, the newest first."""

from typing import Any

from flask import g, request, url_for

from ...core.access import require
from ...core.pages import page
from .. import policies, queries, wording
from ..models import STATES
from .show import base, bp

INDEX = "agreements/index.html"


@bp.get("")
def index():
    require(policies.can_list_agreements(g.actor))
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    cursor = request.args.get("cursor")
    return page(
        INDEX, base=base(), state=state, found=queries.agreements_of(g.actor, state=state, cursor=cursor),
        waiting=[] if cursor or state else queries.waiting_for(g.actor), tabs=_tabs(state), words=wording,
        list_url=url_for(".index", state=state or None),
    )  # fmt: skip


def _tabs(state: str) -> list[dict[str, Any]]:
    # Being sealed takes seconds: no tab for it.
    shown = ("draft", "offered", "sealed") if g.actor.is_provider() else ("offered", "sealed")
    names = {"": wording.all_states(), **{key: wording.short_state(key) for key in shown}}
    return [
        {"label": name, "url": url_for(".index", state=key or None), "current": key == state}
        for key, name in names.items()
    ]
