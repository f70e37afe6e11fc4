"""The change plan: successes first, then what is under way, the plan itself and its reviews."""

from typing import Any
from uuid import UUID

from flask import g, url_for

from ...core.access import require
from ...core.clock import today
from ...core.errors import Invalid
from ...core.forms import Form
from ...core.i18n import OWN_NAMES, _
from ...core.pages import changed, invalid, page, sent_on
from ...tenants import queries as tenants
from ...tenants.entry import organisation_blueprint
from .. import policies, progress, schemas, wording
from ..models.plan import TEXTS
from ..queries import mirror as mirrors
from ..queries import plan as queries
from ..services import plan as services

bp = organisation_blueprint("plan", __name__, "/plan")
SHOW, EDIT = "improvement/plan.html", "improvement/plan_edit.html"


@bp.get("")
def show():
    require(policies.can_read_plan(g.actor))
    return page(SHOW, **shown_plan())


@bp.get("/edit")
def edit():
    require(policies.can_lead_plan(g.actor))
    return page(EDIT, **_writing())


@bp.post("/edit", endpoint="save")
def save():
    require(policies.can_lead_plan(g.actor))
    form = Form(schemas.WritePlan)
    try:
        if form.valid:
            services.write_plan(g.actor, **schemas.plan_of(form.data))
            return sent_on(url_for(".show"), _("The plan has been saved."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(EDIT, "writing", **_writing(form))


@bp.post("/successes")
def tell():
    require(policies.can_tell_success(g.actor))
    form = Form(schemas.TellSuccess)
    if not form.valid:
        return invalid(SHOW, "successes", **{**shown_plan(), "success_form": form})
    services.tell_success(g.actor, words=form.data["words"])
    return changed(SHOW, "successes", to=url_for(".show"), message=_("Well done! It stands first."), **shown_plan())


@bp.post("/successes/<uuid:success_id>/removal")
def remove(success_id: UUID):
    services.remove_success(g.actor, queries.success_for(g.actor, success_id))
    return changed(SHOW, "successes", to=url_for(".show"), message=_("Removed."), **shown_plan(success_id))


@bp.post("/successes/<uuid:success_id>/return", endpoint="return_success")
def take_back(success_id: UUID):
    services.return_success(g.actor, queries.success_for(g.actor, success_id))
    return changed(SHOW, "successes", to=url_for(".show"), message=_("It is shown again."), **shown_plan())


@bp.post("/reviews")
def review():
    require(policies.can_lead_plan(g.actor))
    form = Form(schemas.HoldReview)
    try:
        if form.valid:
            services.hold_review(g.actor, **form.data)
            return sent_on(url_for(".show", _anchor="reviews"), _("The review has been written down."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(SHOW, "reviews", **{**shown_plan(), "review_form": form})


def shown_plan(undo: UUID | None = None) -> dict[str, Any]:
    """Everything that the page of the plan shows: five statements besides the one who looks."""
    plan, actions, reviews = queries.plan_of(g.actor), queries.actions_of(g.actor), queries.reviews_of(g.actor)
    going, day = progress.progress(actions, today()), today()
    stage = progress.stage(
        written=bool(plan and plan.written), going=going, review_on=plan.review_on if plan else None,
        reviewed_on=reviews[0].held_on if reviews else None, today=day,
    )  # fmt: skip
    return {
        "plan": plan, "actions": progress.in_order(actions), "going": going, "reviews": reviews, "today": day,
        "successes": queries.successes_of(g.actor), "stages": _stages(stage), "states": wording.STATE_NAMES,
        "texts": _texts(plan), "mirror": next(iter(mirrors.mirrors_of(g.actor)), None),
        "is_overdue": progress.is_overdue, "success_form": Form.blank(schemas.TellSuccess), "undo": undo,
        "review_form": Form.blank(schemas.HoldReview, held_on=day.isoformat()), "people": people(),
        "form": Form.blank(schemas.PlanNewAction),
    }  # fmt: skip


def people() -> list[tuple[str, str]]:
    """Whom an action can be given to; nobody where one doesn't lead."""
    if not policies.can_lead_plan(g.actor):
        return []
    return [(str(m.id), m.name) for m in tenants.members_of(g.actor, *policies.STAFF)]


def _stages(stage: str) -> list[tuple[str, str, str]]:
    return [
        (_(name), _(words), "now" if key == stage else "todo") for key, (name, words) in wording.STAGES.items()
    ]  # fmt: skip


def _texts(plan: Any) -> list[tuple[str, str, dict[str, str]]]:
    """(key, name, texts) of what has been written."""
    return [(key, _(wording.PLAN_NAMES[key][0]), getattr(plan, key)) for key in TEXTS if plan and getattr(plan, key)]


def _writing(form: Form | None = None) -> dict[str, Any]:
    plan = queries.plan_of(g.actor)
    values: dict[str, Any] = {}
    if plan:
        values = {f"{stem}_{code}": text for stem in TEXTS for code, text in getattr(plan, stem).items()}
        values |= {name: getattr(plan, name) or "" for name in ("starts_on", "ends_on", "review_on")}
    names = {key: (_(name), _(hint)) for key, (name, hint) in wording.PLAN_NAMES.items()}
    written = [(code, OWN_NAMES[code]) for code in g.actor.languages]
    return {
        "plan": plan, "form": form or Form.blank(schemas.WritePlan, **values), "names": names, "written": written,
        "version": plan.version if plan else 0,
        "labels": {f"{k}_{code}": f"{n}, {own}" for k, (n, _h) in names.items() for code, own in written},
    }  # fmt: skip
