"""The staff's list of placements, and planning a new one. A placement's own page is in `cases`."""

from typing import Any
from uuid import UUID

from flask import g, request, url_for

from ..core import pages
from ..core.access import require
from ..core.clock import today
from ..core.errors import Invalid, NotFound
from ..core.formats import date_range
from ..core.forms import Form
from ..core.i18n import _, language
from ..tenants import queries as tenants
from ..tenants.entry import organisation_blueprint
from ..tenants.models import Membership
from . import policies, queries, schemas, services
from .models import Student

bp = organisation_blueprint("placements", __name__, "/placements")
INDEX = "placements/index.html"
CHOOSE = "placements/choose.html"
NEW = "placements/new.html"
STATES = ("planned", "agreed", "running", "ended", "all")


@bp.get("/")
def index():
    require(policies.can_list_placements(g.actor))
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    words = request.args.get("q", "")[:100]
    found = queries.placements_of(g.actor, state=state or None, words=words, cursor=request.args.get("cursor"))
    return pages.page(
        INDEX, found=found, list_url=url_for(".index", state=state or None, q=words or None), state=state, words=words,
        today=today(), days=date_range, only_own=g.actor.has("teacher") and not g.actor.has(*queries.WIDE),
    )  # fmt: skip


@bp.get("/new")
def new():
    """Two questions: who goes where; then everything else about that pair."""
    require(policies.can_plan_placements(g.actor))
    form = Form.blank(schemas.PlanPlacement, **request.args.to_dict())
    student, workplace = _pair(request.args)
    if student is None or workplace is None:
        return _choose(form, asked_before="chosen" in request.args)
    return pages.page(NEW, **_asked(student, workplace), form=form)


def _choose(form: Form, *, asked_before: bool) -> str:
    empty = [name for name in ("student", "workplace") if not form.values.get(name)]
    form.errors = {name: [_("Choose one of the options.")] for name in empty} if asked_before else {}
    students, workplaces = queries.students_of(g.actor), queries.workplaces_of(g.actor)
    return pages.page(CHOOSE, form=form, students=students, workplaces=workplaces)


@bp.post("/new")
def plan():
    require(policies.can_plan_placements(g.actor))
    student, workplace = _pair(request.form)
    form = Form(schemas.PlanPlacement)
    if student is None or workplace is None:
        return _choose(form, asked_before=True), 422
    asked = _asked(student, workplace)
    try:
        placement = _plan(form, asked) if form.valid else None
    except Invalid as problem:
        form.refuse(problem)
        placement = None
    if placement is None:
        return pages.invalid(NEW, "content", form=form, **asked)
    return pages.sent_on(url_for("cases.show", placement_id=placement.id), _("The placement is planned."))


def _plan(form: Form, asked: dict[str, Any]) -> Any:
    data = dict(form.data)
    unit, contact, teacher = data.pop("unit", ""), data.pop("contact", ""), data.pop("teacher", None)
    data |= _instructor(contact, asked["contacts"]) | {"student": asked["student"], "workplace": asked["workplace"]}
    data |= {"teacher": _teacher(teacher, asked), "unit": {language(): unit} if unit else {}}
    return services.plan_placement(g.actor, **data)


def _instructor(contact: str, contacts: list[Any]) -> dict[str, str]:
    """The chosen person's details; nothing for one that was typed in."""
    if contact in ("", schemas.OTHER):
        return {}
    known = next((c for c in contacts if str(c.id) == contact), None)
    if known is None:
        raise NotFound()
    return {"instructor_name": known.name, "instructor_email": known.email, "instructor_phone": known.phone}


def _teacher(chosen: UUID | None, asked: dict[str, Any]) -> Membership:
    found = next((t for t in asked["teachers"] if t.id == (chosen or asked["teacher_id"])), None)
    if found is None and chosen:
        raise NotFound()
    if found is None:
        raise Invalid({"teacher": [_("Choose the teacher.")]})
    return found


def _pair(values: Any) -> tuple[Any, Any]:
    """The chosen student and workplace, each only if it is the actor's; None where nothing was chosen."""
    student, workplace = _id(values.get("student")), _id(values.get("workplace"))
    return (
        queries.student_for(g.actor, student) if student else None,
        queries.workplace_for(g.actor, workplace) if workplace else None,
    )


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound() from None


def _asked(student: Student, workplace: Any) -> dict[str, Any]:
    """What the second question shows; refused before anything is typed in vain."""
    require(policies.can_plan_placement(g.actor, student))
    names_others = g.actor.has(*policies.PLANNERS)
    staff = tenants.members_of(g.actor, "teacher", *policies.PLANNERS)
    teachers = [m for m in staff if "teacher" in m.roles] or staff
    if not names_others:
        teachers = [m for m in staff if m.id == g.actor.membership_id]
    return {
        "student": student, "workplace": workplace, "contacts": queries.contacts_of(g.actor, workplace),
        "teachers": teachers, "names_others": names_others,
        "teacher_id": student.teacher_id if names_others else g.actor.membership_id,
    }  # fmt: skip


BLUEPRINTS = (bp,)
