"""Two doors to one table: an address for members, a mailed link for the workplace's instructor without an account."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, g, request, url_for

from ...core import links
from ...core.errors import Conflict
from ...core.i18n import _
from ...placements.policies import STAFF
from ...tenants import entry
from .. import queries
from ..models import PlanningSession

bp = entry.organisation_blueprint("planning", __name__)
guest = Blueprint("planning_guest", __name__)

View = Callable[..., Any]


def at_both_doors(rule: str, methods: tuple[str, ...] = ("POST",)) -> Callable[[View], View]:
    """Let a view stand at both doors; it is given `session_id` or `token`, whichever the address has."""

    def register(view: View) -> View:
        bp.add_url_rule(f"/sessions/<uuid:session_id>{rule}", view_func=view, methods=list(methods))
        guest.add_url_rule(f"/session/<token>{rule}", view_func=view, methods=list(methods))
        return view

    return register


def session_at(where: dict[str, Any], *, locked: bool = False) -> PlanningSession:
    """The session behind either door. An old link still shows, but changes nothing."""
    if "token" not in where:
        return queries.session_for(g.actor, where["session_id"], locked=locked)
    link, actor = links.open_link("session", where["token"])
    entry.act_as_guest(actor)
    g.link_expired = links.expired(link)
    if locked and g.link_expired:
        raise Conflict(_("This link is too old. Ask the teacher for a new one."))
    return queries.session_for(g.actor, link.subject_id, locked=locked)


def at(name: str, **more: Any) -> str:
    """The address of something about this session, through the door one came in by."""
    door = {k: v for k, v in (request.view_args or {}).items() if k in ("session_id", "token")}
    return url_for(f"{request.blueprint}.{name}", **door, **more)


def base() -> str:
    """The frame of the page: the staff's, the portal's, or the one of people without an account."""
    if not g.actor.signed_in:
        return "public_base.html"
    return "base.html" if g.actor.is_provider(*STAFF) else "portal_base.html"
