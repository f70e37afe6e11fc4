"""The table: goals and tasks, decisions, who is present, closing. Each side works from its own device."""

from typing import Any
from uuid import UUID

from flask import Response, g

from ...core.access import require
from ...core.errors import Conflict, Invalid
from ...core.formats import date_range
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import changed, invalid, page, sent_on
from .. import policies, queries, schemas, services
from ..closing import missing
from ..models import PlanningSession
from .doors import at, at_both_doors, base, session_at

SHOW = "planning/show.html"
GOAL = "planning/goal.html"


def table(session: PlanningSession, **more: Any) -> dict[str, Any]:
    """Everything the page shows; three statements beside the session's own."""
    goals = queries.goals_of(session)
    side = policies.side_of(g.actor, session)
    return {
        **around(session), "participants": queries.participants_of(session), "agenda": queries.agenda_of(session),
        "goals": goals, "side": side, "missing": missing(goals),
        "waits": [x for x in goals if session.open and side and not x.agreed_by(side)],
        "leads": policies.can_close_session(g.actor, session), "staff": base() == "base.html",
        "guest": g.actor.link is not None, "old_link": g.get("link_expired", False), "days": date_range,
        "propose": Form.blank(schemas.ProposeGoal), "form": None, "problem_in": "", "typed": None, **more,
    }  # fmt: skip


def around(session: PlanningSession) -> dict[str, Any]:
    """What every page of the table needs. `blank()` is a fresh form for each button."""
    return {
        "session": session, "placement": session.placement, "at": at, "base": base(),
        "blank": lambda: Form.blank(schemas.Nothing),
    }  # fmt: skip


def refused(session: PlanningSession, block: str, problem: Conflict | Invalid, **more: Any) -> Response:
    """The same place as it stands now, with what to do; what was typed is kept."""
    form = more.pop("form", None) or Form.blank(schemas.Nothing)
    form.errors = problem.errors if isinstance(problem, Invalid) else {"_schema": [str(problem)]}
    shown = invalid(SHOW, block, **table(session, form=form, problem_in=block, **more))
    shown.status_code = problem.status
    return shown


@at_both_doors("", methods=("GET",))
def show(**where: Any):
    return page(SHOW, "goals", **table(session_at(where)))


@at_both_doors("/goals")
def propose(**where: Any):
    session = session_at(where, locked=True)
    form = Form(schemas.ProposeGoal)
    try:
        if not form.valid:
            raise Invalid(form.errors)
        services.propose_goal(g.actor, session, **form.data)
    except (Conflict, Invalid) as problem:
        return refused(session, "proposal", problem, form=form, propose=form)
    return changed(SHOW, "proposal", "goals", to=at("show") + "#goals", message=_("Your proposal is on the table."),
                   **table(session))  # fmt: skip


@at_both_doors("/goals/<uuid:goal_id>", methods=("GET",))
def goal(goal_id: UUID, **where: Any):
    session = session_at(where)
    found = queries.goal_of(session, goal_id, locked=False)
    require(policies.can_reword_goal(g.actor, session))
    form = Form.blank(schemas.RewordGoal, words=found.words, wording=found.wording)
    return page(GOAL, goal=found, form=form, **around(session))


@at_both_doors("/goals/<uuid:goal_id>")
def reword(goal_id: UUID, **where: Any):
    session = session_at(where, locked=True)
    found = queries.goal_of(session, goal_id)
    form = Form(schemas.RewordGoal)
    try:
        if not form.valid:
            raise Invalid(form.errors)
        services.reword_goal(g.actor, session, found, **form.data)
    except (Conflict, Invalid) as problem:
        form.errors = problem.errors if isinstance(problem, Invalid) else {"words": [str(problem)]}
        form.values = {**form.values, "wording": found.wording}
        shown = invalid(GOAL, "content", form=form, goal=found, **around(session))
        shown.status_code = problem.status
        return shown
    return sent_on(at("show") + "#goals", _("The words are changed. The others answer anew."))


@at_both_doors("/goals/<uuid:goal_id>/agreement")
def agree(goal_id: UUID, **where: Any):
    session = session_at(where, locked=True)
    found = queries.goal_of(session, goal_id)
    form = Form(schemas.AgreeGoal)
    try:
        if not form.valid:
            raise Invalid(form.errors)
        data = {**form.data, "agreed": form.data["agreed"] == "yes"}
        services.agree_goal(g.actor, session, found, **data)
    except (Conflict, Invalid) as problem:
        return refused(session, "goals", problem)
    return changed(SHOW, "goals", to=at("show") + f"#goal-{found.id}", **table(session))


@at_both_doors("/goals/<uuid:goal_id>/removal")
def drop(goal_id: UUID, **where: Any):
    session = session_at(where, locked=True)
    try:
        services.drop_goal(g.actor, session, queries.goal_of(session, goal_id))
    except Conflict as problem:
        return refused(session, "goals", problem)
    return changed(SHOW, "goals", to=at("show") + "#goals", message=_("Left out."), **table(session))


@at_both_doors("/agenda/<uuid:item_id>")
def decide(item_id: UUID, **where: Any):
    session = session_at(where, locked=True)
    item = queries.item_of(session, item_id)
    form = Form(schemas.DecideItem)
    try:
        if not form.valid:
            raise Invalid(form.errors)
        services.decide_item(g.actor, session, item, **form.data)
    except (Conflict, Invalid) as problem:
        form.values = {**form.values, "version": item.version}
        return refused(session, "item", problem, form=form, item=item, typed=item.id)
    return changed(SHOW, "item", to=at("show") + f"#item-{item.id}", message=_("The decision is written down."),
                   **table(session, item=item))  # fmt: skip


@at_both_doors("/participants/<uuid:participant_id>/presence")
def attend(participant_id: UUID, **where: Any):
    session = session_at(where, locked=True)
    participant = queries.participant_of(session, participant_id)
    form = Form(schemas.MarkPresent)
    try:
        present = form.data.get("present") != "no"
        services.mark_present(g.actor, session, participant, present=present)
    except Conflict as problem:
        return refused(session, "people", problem)
    return changed(SHOW, "people", to=at("show") + "#people", **table(session))


@at_both_doors("/closure")
def close(**where: Any):
    session = session_at(where, locked=True)
    try:
        services.close_session(g.actor, session)
    except (Conflict, Invalid) as problem:
        return refused(session, "closing", problem)
    return sent_on(at("show"), _("The session is closed. Everyone gets a mail about what was agreed."))
