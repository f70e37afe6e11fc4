"""The workplace's and the student's own door: what waits, then whom it is about."""

from typing import Any

from flask import g, request, url_for

from ..cases.overview import overviews
from ..cases.views import step_url, when_words
from ..core.access import require
from ..core.clock import now, today
from ..core.formats import date_range
from ..core.pages import page
from ..placements import queries as placements
from ..placements.models import Placement
from ..tenants.entry import organisation_blueprint
from . import policies, queries
from .greeting import day_in_words, greeting
from .tasks import providers_of, tasks_at_work, tasks_of_student

bp = organisation_blueprint("portal", __name__)


@bp.get("/today")
def workplace():
    """Every provider's things on one page: the oldest first, then the students."""
    require(policies.can_open_workplace_portal(g.actor))
    sessions = queries.open_sessions_of(g.actor)
    tasks = tasks_at_work(g.actor, sessions)
    found = placements.placements_of(g.actor, cursor=request.args.get("cursor"))
    return page(
        "portal/workplace.html", tasks=tasks, placements=found, url=url_for(".workplace"),
        here=_in_state(found.items, "running"), coming=_in_state(found.items, "planned", "agreed"),
        session_of={s.placement_id: s for s in reversed(sessions)},
        signs=providers_of((t.provider for t in tasks), (p.provider_name for p in found.items)), **_hello(),
    )  # fmt: skip


@bp.get("/my")
def student():
    """A student's or a guardian's placements: now, next, who."""
    require(policies.can_open_student_portal(g.actor))
    seen = overviews(g.actor, placements.placements_of(g.actor).items)
    return page(
        "portal/student.html", tasks=tasks_of_student(g.actor, seen), overviews=seen, staff=False,
        own=g.actor.has("student"), when=when_words,
        step_url_of=lambda placement: lambda key: step_url(placement, key), **_hello(),
    )  # fmt: skip


def _hello() -> dict[str, Any]:
    return {"hello": greeting(g.actor.name, now()), "day": day_in_words(now()), "days": date_range, "today": today()}


def _in_state(found: list[Placement], *states: str) -> list[Placement]:
    return [p for p in found if p.state_on(today()) in states]


BLUEPRINTS = (bp,)
