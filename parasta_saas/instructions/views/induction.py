"""The induction of a role: begin, one step after the other, the self-check."""

from typing import Any
from uuid import UUID

from flask import Response, g, url_for

from ...core.access import require
from ...core.errors import Conflict, Invalid, NotFound
from ...core.fields import CommandSchema
from ...core.forms import Form
from ...core.i18n import _, pick
from ...core.markdown import to_html
from ...core.pages import invalid, page, sent_on
from ...tenants import queries_units as units
from ...tenants.entry import organisation_blueprint
from .. import learning_changes, policies, version_compare, version_words
from ..learning_check import judge
from ..learning_course import Course, course_of
from ..learning_roles import induction_roles, own_roles
from ..manual_document import Asked, StepPart, document
from ..manual_print import deviation_words
from ..manual_roles import OWN
from ..manual_words import shallow
from ..models import Induction, InductionStep
from ..queries import learning as queries
from ..queries.manual import Manual, manual_of, version_for
from ..reading import marked
from ..schemas_learning import MarkStep, StartInduction, answers_to
from ..services import induction as services
from .guides import guides_at
from .learning import named_roles, spoken
from .manual import reader

bp = organisation_blueprint("induction", __name__, "/induction")
INDEX, SHOW, STEP, CHECK = (f"learning/{name}.html" for name in ("inductions", "induction", "step", "check"))


@bp.before_request
def staff() -> None:
    """Whoever works for the provider."""
    require(policies.can_follow_changes(g.actor))


@bp.get("")
def index() -> str:
    """My inductions, and beginning one."""
    return page(INDEX, "begin", **_index(None))


@bp.post("")
def start() -> Response:
    """Begin the induction of a role, or go on with it."""
    form = Form(StartInduction)
    try:
        if form.valid:
            unit = units.unit_for(g.actor, form.data["unit"]) if "unit" in form.data else None
            if form.data["role"] not in dict(choices(manual_of(g.actor, unit=unit))):
                raise Invalid({"role": [_("Choose one of the roles shown.")]})
            made = services.start_induction(g.actor, role=form.data["role"], unit=unit)
            return sent_on(url_for(".show", induction_id=made.id))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(INDEX, "begin", **_index(form) | {"form": form})


@bp.get("/<uuid:induction_id>")
def show(induction_id: UUID) -> str:
    """How far it has come, and where to go on."""
    induction = queries.induction_for(g.actor, induction_id)
    manual, course, _marks = _course(induction)
    questions = queries.questions_of(g.actor, induction.role)
    return page(SHOW, **_about(induction, manual, course), questions=questions)


@bp.get("/<uuid:induction_id>/steps/<key>")
def step(induction_id: UUID, key: str) -> str | Response:
    """One step as it is read, with what to do next."""
    induction = queries.induction_for(g.actor, induction_id)
    manual, course, marks = _course(induction)
    here = course.at(key)
    if here is None:
        return _gone(induction)
    parts = document(manual.phases, manual.entries, manual.release.frame, reader(), Asked(role=induction.role))
    shown: StepPart = next(s for part in parts for s in part.steps if s.key == key)
    keys = [one.key for one in course.steps]
    at = keys.index(key)
    return page(
        STEP, **_about(induction, manual, course), here=here, step=shown, at=at + 1, guides=guides_at(key),
        before=course.steps[at - 1] if at else None, after=course.after(key),
        rows=_since(induction, manual, marks, key) if here.state == "changed" else (),
        field_name=version_words.field_name, deviation_words=deviation_words,
        written=lambda words: to_html(shallow(words)),
        guidance=lambda one: marked(shallow(one.national_guidance), shallow(one.guidance.text)),
    )  # fmt: skip


@bp.post("/<uuid:induction_id>/steps/<key>")
def mark(induction_id: UUID, key: str) -> Response:
    """This step is read; on to the next one."""
    induction = queries.induction_for(g.actor, induction_id, lock=True)
    manual, course, _marks = _course(induction)
    here, form = course.at(key), Form(MarkStep)
    if here is None:
        return _gone(induction)
    try:
        services.mark_step(g.actor, induction, here, seen=form.data.get("seen", ""), number=manual.number)
    except Conflict as moved:
        return sent_on(url_for(".step", induction_id=induction.id, key=key), str(moved))
    following = course.after(key)
    if following:
        return sent_on(url_for(".step", induction_id=induction.id, key=following.key))
    return _finished(induction, manual)


@bp.get("/<uuid:induction_id>/check")
def check(induction_id: UUID) -> str:
    """The questions of the self-check."""
    induction = queries.induction_for(g.actor, induction_id)
    manual, course, _marks = _course(induction)
    questions = queries.questions_of(g.actor, induction.role)
    form = Form.blank(answers_to([str(question.id) for question in questions]))
    return page(
        CHECK, "questions", **_about(induction, manual, course), form=form, judged=_asked(questions), told=False
    )


@bp.post("/<uuid:induction_id>/check")
def answer(induction_id: UUID) -> Response:
    """Each answer with why, at once; all right: done. Nothing of it is kept but that."""
    induction = queries.induction_for(g.actor, induction_id, lock=True)
    manual, course, _marks = _course(induction)
    questions = queries.questions_of(g.actor, induction.role)
    form = Form(answers_to([str(question.id) for question in questions]))
    answers = {str(q.id): int(form.data[f"q_{q.id}"]) for q in questions if form.data.get(f"q_{q.id}")}
    judged = judge([question.shown() for question in questions], answers if form.valid else {})
    if form.valid and all(one.right for one in judged):
        services.pass_check(g.actor, induction)
        return _finished(induction, manual)
    context = _about(induction, manual, course) | {"judged": judged, "told": form.valid}
    return invalid(CHECK, "questions", form=form, **context)


def choices(manual: Manual) -> list[tuple[str, str]]:
    """Roles that have steps, one's own first, then the other national ones, then local ones."""
    names, mine = named_roles(manual), own_roles(g.actor.roles)
    keys = [*mine, *(role for role in induction_roles() if role not in mine)]
    keys += [key for key in names if key.startswith(OWN)]
    busy = [key for key in keys if learning_changes.steps_of_role(manual.entries, key)]
    return [(key, names.get(key, key).capitalize()) for key in busy]


def _index(form: Form | None) -> dict[str, Any]:
    mine, manual, here = queries.my_inductions(g.actor), manual_of(g.actor), queries.own_unit(g.actor)
    marks, names = queries.marks_of(g.actor, mine), named_roles(manual)
    places = units.units_of(g.actor)
    g.release_number = manual.release.number
    shown = choices(manual)
    begun = {induction.role for induction in mine}
    return {
        "cards": [(i, names.get(i.role, i.role).capitalize(), _short(i, manual, marks.get(i.id, []))) for i in mine],
        "choices": shown, "units": [(str(unit.id), pick(unit.name).text) for unit in places],
        "unit_id": str(here.id) if here else "", "form": form or Form.blank(StartInduction),
        "first": next((key for key, _name in shown if key not in begun), ""),
    }  # fmt: skip


def _short(induction: Induction, manual: Manual, marks: list[InductionStep]) -> tuple[int, int]:
    """(gone through, all) for a card; what has changed since is told on the induction's own page."""
    keys = {entry.key for entry in learning_changes.steps_of_role(manual.entries, induction.role)}
    return len(keys & {mark.step_key for mark in marks}), len(keys)


def _course(induction: Induction) -> tuple[Manual, Course, list[InductionStep]]:
    unit = units.unit_for(g.actor, induction.unit_id) if induction.unit_id else None
    manual = manual_of(g.actor, unit=unit)
    marks = queries.marks_of(g.actor, [induction]).get(induction.id, [])
    g.release_number = manual.release.number
    return manual, course_of(manual.entries, induction.role, marks, g.actor.languages), marks


def _about(induction: Induction, manual: Manual, course: Course) -> dict[str, Any]:
    name = named_roles(manual).get(induction.role, induction.role.removeprefix(OWN))
    return {
        "induction": induction, "manual": manual, "course": course, "role_name": name,
        "unit_name": pick(manual.unit.name).text if manual.unit else "", "blank": Form.blank(CommandSchema),
    }  # fmt: skip


def _gone(induction: Induction) -> Response:
    words = _("This step is no longer part of this role. What you have gone through is kept; go on from here.")
    return sent_on(url_for(".show", induction_id=induction.id), words)


def _finished(induction: Induction, manual: Manual) -> Response:
    """Every step is read: finished, or on to the self-check."""
    course, questions = _course(induction)[1], len(queries.questions_of(g.actor, induction.role))
    if services.finish_if_complete(g.actor, induction, course, questions=questions, number=manual.number):
        return sent_on(url_for(".show", induction_id=induction.id), _("Well done. The induction is finished."))
    if course.complete:
        return sent_on(url_for(".check", induction_id=induction.id), _("Every step is read. A few questions are left."))
    return sent_on(
        url_for(".show", induction_id=induction.id), _("Every answer is right. Some steps are still to read.")
    )


def _asked(questions: list[Any]) -> list[Any]:
    return judge([question.shown() for question in questions], {})


def _since(induction: Induction, manual: Manual, marks: list[InductionStep], key: str) -> tuple[Any, ...]:
    """What reads differently on a step since it was gone through; nothing where that version is not kept."""
    mark = next(mark for mark in marks if mark.step_key == key)
    try:
        before = manual_of(g.actor, unit=manual.unit, version=version_for(g.actor, mark.number)).entry(key)
    except NotFound:
        return ()
    return tuple(version_compare.rows_between(before.view, manual.entry(key).view, spoken()))
