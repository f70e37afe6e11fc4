"""Actions of the change plan, one by one, and their birth from a gap."""

from typing import Any
from uuid import UUID

from flask import g, url_for

from ...core.access import require
from ...core.clock import today
from ...core.errors import Invalid, NotFound
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import changed, invalid, page, sent_on
from ...tenants import queries as tenants
from ...tenants.entry import organisation_blueprint
from ...tenants.models import Membership
from .. import policies, progress, schemas, wording
from ..models import PlanAction
from ..queries import mirror as mirrors
from ..queries import plan as queries
from ..services import actions as services
from .mirrors import GAPS, shown_gaps
from .plan import SHOW as PLAN
from .plan import people, shown_plan

bp = organisation_blueprint("actions", __name__, "/plan/actions")
SHOW = "improvement/action.html"


@bp.post("")
def add():
    require(policies.can_lead_plan(g.actor))
    form = Form(schemas.PlanNewAction)
    try:
        if form.valid:
            services.plan_action(g.actor, **_with_owner(form.data))
            return changed(
                PLAN, "actions", to=url_for("plan.show", _anchor="actions"), message=_("The action is on the plan."),
                **shown_plan(),
            )  # fmt: skip
    except Invalid as problem:
        form.refuse(problem)
    return invalid(PLAN, "actions", **{**shown_plan(), "form": form})


@bp.post("/from/<uuid:mirror_id>/<key>")
def from_gap(mirror_id: UUID, key: str):
    require(policies.can_lead_plan(g.actor))
    mirror, form = mirrors.mirror_for(g.actor, mirror_id), Form(schemas.ActionFromGap)
    around = mirrors.round_of(g.actor, mirror)
    step, answer = around.step(key), around.answers.get(key)
    if answer is None:
        raise NotFound()
    try:
        if form.valid:
            given = _with_owner(form.data)
            owner = given["owner"] or tenants.member_for(g.actor, g.actor.membership_id)
            services.action_from_gap(g.actor, mirror, step, answer, owner=owner, due_on=given["due_on"])
            return _on_plan(mirror_id)
    except Invalid as problem:
        form.refuse(problem)
    return invalid(GAPS, "gaps", **{**shown_gaps(mirror_id), "form": form, "form_at": key})


@bp.get("/<uuid:action_id>")
def show(action_id: UUID):
    require(policies.can_read_plan(g.actor))
    return page(SHOW, **_shown(queries.action_for(g.actor, action_id)))


@bp.post("/<uuid:action_id>")
def change(action_id: UUID):
    action, form = queries.action_for(g.actor, action_id, lock=True), Form(schemas.ChangeAction)
    require(policies.can_lead_plan(g.actor))
    try:
        if form.valid:
            services.change_action(g.actor, action, **_with_owner(form.data))
            return sent_on(url_for("plan.show", _anchor="actions"), _("The action has been saved."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(SHOW, "action", **{**_shown(action), "form": form})


@bp.post("/<uuid:action_id>/state")
def move(action_id: UUID):
    action, form = queries.action_for(g.actor, action_id, lock=True), Form(schemas.MoveAction)
    try:
        if form.valid:
            services.move_action(g.actor, action, **form.data)
            said = _("Marked: %(state)s", state=_(wording.STATE_NAMES[action.state]))
            return sent_on(url_for("plan.show", _anchor="actions"), said)
    except Invalid as problem:
        form.refuse(problem)
    require(policies.can_move_action(g.actor, action))
    return invalid(SHOW, "action", **{**_shown(action), "move_form": form})


def _on_plan(mirror_id: UUID):
    return changed(
        GAPS, "gaps", to=url_for("mirrors.gaps_of", mirror_id=mirror_id), message=_("The action is on the plan."),
        **shown_gaps(mirror_id),
    )  # fmt: skip


def _with_owner(data: dict[str, Any]) -> dict[str, Any]:
    """The chosen person instead of an id; NotFound for whoever is not of the staff here."""
    owner: Membership | None = None
    if data["owner"]:
        owner = tenants.member_for(g.actor, data["owner"], *policies.STAFF)
    return {**data, "owner": owner}


def _shown(action: PlanAction) -> dict[str, Any]:
    values = {"title": action.title, "details": action.details, "owner": action.owner_id, "due_on": action.due_on or ""}
    return {
        "action": action, "form": Form.blank(schemas.ChangeAction, **values), "people": people(), "today": today(),
        "move_form": Form.blank(schemas.MoveAction), "states": wording.STATE_NAMES,
        "overdue": progress.is_overdue(action, today()),
    }  # fmt: skip
