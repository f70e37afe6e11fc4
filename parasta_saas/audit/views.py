"""The log of an organisation: who did what, and whether the chain holds."""

from dataclasses import dataclass
from datetime import datetime

from flask import g, request, url_for

from ..core.access import require
from ..core.keyset import BadCursor
from ..core.pages import page
from ..tenants.entry import organisation_blueprint
from . import chain, policies, queries
from .sentences import REFUSED, sentence

bp = organisation_blueprint("audit", __name__)
LINES = 50
LARGEST = 2**31 - 1


@bp.app_context_processor
def way_to_log():
    actor = g.get("actor")
    return {"log_url": url_for("audit.index") if actor and actor.signed_in and policies.can_read_log(actor) else None}


@dataclass(frozen=True)
class Line:
    """One line as it is shown."""

    seq: int
    at: datetime
    sentence: str
    refused: bool
    intact: bool


@dataclass(frozen=True)
class Pager:
    """Neighbouring pages by the number that their lines come before; newer lines are `previous`."""

    previous: int | None
    next: int | None


@bp.get("/log")
def index():
    """Newest first. One line more than shown is fetched: the oldest shown must stand on it."""
    require(policies.can_read_log(g.actor))
    before = _before()
    found = queries.entries_of(g.actor, before=before, limit=LINES + 1)
    whole = chain.whole(queries.every_entry_of(g.actor)) if request.args.get("check") == "all" else None
    shown = list(zip(found, chain.newest_first(found), strict=True))[:LINES]
    lines = [
        Line(e.seq, e.at, sentence(e.name, e.actor_name, e.body), e.name == REFUSED, ok) for e, ok in shown
    ]  # fmt: skip
    return page("audit/index.html", "content", lines=lines, whole=whole, pager=_pager(lines, before, len(found)))


def _pager(lines: list[Line], before: int | None, fetched: int) -> Pager:
    newer = min(lines[0].seq + 1 + LINES, LARGEST) if lines and before else None
    return Pager(newer, lines[-1].seq if fetched > LINES else None)


def _before() -> int | None:
    given = request.args.get("before")
    if given is None:
        return None
    if not given.isascii() or not given.isdigit() or len(given) > 10 or int(given) > LARGEST:
        raise BadCursor
    return int(given)


BLUEPRINTS = (bp,)
