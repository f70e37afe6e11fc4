"""Who follows which release, by name, for the national body: who is late, and a reminder for them."""

from collections.abc import Callable
from typing import Any

from flask import g, request, url_for

from ...core.access import require
from ...core.clock import today
from ...core.fields import CommandSchema
from ...core.forms import Form
from ...core.i18n import _, ngettext
from ...core.pages import changed, page
from ...reference import queries as reference
from ...reference.views.studio import national_only
from ...tenants.entry import organisation_blueprint
from .. import policies
from ..lateness import REMINDED, STATES
from ..queries.adoption import Row, adoption_of
from ..services import reminders

bp = organisation_blueprint("adoption", __name__, "/adoption")
bp.before_request(national_only)
PAGE = "adoption/index.html"
SORTS: dict[str, Callable[[Row], Any]] = {
    "name": lambda row: row.follower.organisation.sort_name,
    "release": lambda row: (row.follower.number is None, _number(row), row.follower.organisation.sort_name),
    "since": lambda row: (row.follower.since is None, row.follower.since, row.follower.organisation.sort_name),
    "": lambda row: (row.place.rank, row.place.due is None, row.place.due, row.follower.organisation.sort_name),
}


@bp.get("", endpoint="index")
def show_adoption():
    require(policies.can_see_adoption(g.actor))
    return page(PAGE, "providers", **_adoption())


@bp.post("/reminders", endpoint="remind_late")
def remind_late():
    told = reminders.remind_late(g.actor)
    message = ngettext("%(num)s provider was reminded.", "%(num)s providers were reminded.", told)
    return changed(PAGE, "providers", to=url_for(".index"), message=message, **_adoption())


@bp.post("/<provider>/reminders", endpoint="remind")
def remind_one(provider: str):
    name = reminders.remind_provider(g.actor, slug=provider)
    told = _("%(name)s was reminded.", name=name)
    return changed(PAGE, "providers", to=url_for(".index", **_asked()), message=told, **_adoption())


def _adoption() -> dict[str, Any]:
    """The list as it is asked for, with how many stand where."""
    rows, asked = adoption_of(g.actor), _asked()
    shown, sort = asked.get("show", ""), asked.get("sort", "")
    chosen = [row for row in rows if row.place.state == shown] if shown else rows
    current = reference.current_release()
    g.release_number = current.number
    return {
        "current": current, "total": len(rows), "rows": sorted(chosen, key=SORTS[sort]), "sort": sort, "shown": shown,
        "following": sum(row.follower.number == current.number for row in rows), "states": STATES,
        "tabs": _tabs(rows, asked),
        "late": sum(row.place.state in REMINDED for row in rows), "to_remind": sum(row.remindable for row in rows),
        "today": today(), "asked": asked, "form": Form.blank(CommandSchema),
        "sorts": [(key, label, url_for(".index", **{**asked, "sort": key or None})) for key, label in _sort_names()],
    }  # fmt: skip


def _asked() -> dict[str, Any]:
    """Filter and order of the address; words that mean nothing here are dropped."""
    known = {"show": set(STATES), "sort": set(SORTS) - {""}}
    return {name: value for name, words in known.items() if (value := request.args.get(name, "")) in words}


def _tabs(rows: list[Row], asked: dict[str, Any]) -> list[dict[str, Any]]:
    counts = {"": len(rows)} | {state: sum(row.place.state == state for row in rows) for state in STATES}
    return [
        {
            "label": _(STATES[state]) if state else _("All"), "count": number,
            "current": state == asked.get("show", ""),
            "url": url_for(".index", **{**asked, "show": state or None}),
        }
        for state, number in counts.items()
        if number or not state
    ]  # fmt: skip


def _sort_names() -> list[tuple[str, str]]:
    return [("", _("Most pressing first")), ("name", _("By name")), ("release", _("By release")),
            ("since", _("Longest first"))]  # fmt: skip


def _number(row: Row) -> tuple[int, ...]:
    return tuple(int(part) for part in (row.follower.number or "0").split("."))
