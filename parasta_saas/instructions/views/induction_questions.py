"""The questions of a role's self-check: editors write them, remove them, have them back."""

from typing import Any
from uuid import UUID

from flask import Response, g, request, url_for

from ...core.access import require
from ...core.errors import Invalid
from ...core.forms import Form
from ...core.i18n import OWN_NAMES, _
from ...core.pages import invalid, page, sent_on
from .. import policies
from ..learning_check import MOST_OPTIONS
from ..models import InductionQuestion
from ..queries import learning as queries
from ..queries.manual import manual_of
from ..schemas_learning import WriteQuestion, question_words
from ..services import induction as services
from .induction import bp, choices
from .learning import named_roles

LIST, WRITE = "learning/questions.html", "learning/question.html"


@bp.get("/questions")
def questions() -> str:
    """Every question by role, and the removed ones."""
    require(policies.can_ask_reading(g.actor))
    manual, found = manual_of(g.actor), queries.questions_of(g.actor)
    names = named_roles(manual)
    kept = [question for question in found if not question.removed_at]
    g.release_number = manual.release.number
    return page(
        LIST, removed=[question for question in found if question.removed_at],
        by_role=[(role, (names.get(role) or role).capitalize(), [q for q in kept if q.role == role])
                 for role in dict.fromkeys(question.role for question in kept)],
        role_named=lambda role: (names.get(role) or role).capitalize(),
    )  # fmt: skip


@bp.get("/questions/new")
def new_question() -> str:
    """An empty question; `role` chooses its role beforehand."""
    require(policies.can_ask_reading(g.actor))
    form = Form.blank(WriteQuestion, version=0, role=request.args.get("role", "")[:120], right="0")
    return page(WRITE, **_writing(None, form))


@bp.post("/questions")
def add_question() -> Response:
    return _saved(None)


@bp.get("/questions/<uuid:question_id>")
def edit_question(question_id: UUID) -> str:
    question = queries.question_for(g.actor, question_id)
    texts = {f"{stem}_{code}": text for stem in ("text", "why") for code, text in getattr(question, stem).items()}
    options = {f"option_{at}_{code}": t for at, words in enumerate(question.options) for code, t in words.items()}
    form = Form.blank(
        WriteQuestion, **texts, **options, version=question.version, role=question.role, right=str(question.right)
    )
    return page(WRITE, **_writing(question, form))


@bp.post("/questions/<uuid:question_id>")
def save_question(question_id: UUID) -> Response:
    return _saved(queries.question_for(g.actor, question_id))


@bp.post("/questions/<uuid:question_id>/removal")
def remove_question(question_id: UUID) -> Response:
    services.remove_question(g.actor, queries.question_for(g.actor, question_id))
    return sent_on(f"{url_for('.questions')}#removed", _("The question was removed. You can return it from this page."))


@bp.post("/questions/<uuid:question_id>/return")
def return_question(question_id: UUID) -> Response:
    services.return_question(g.actor, queries.question_for(g.actor, question_id))
    return sent_on(url_for(".questions"), _("The question is asked again."))


def _saved(question: InductionQuestion | None) -> Response:
    require(policies.can_ask_reading(g.actor))
    form = Form(WriteQuestion)
    try:
        if form.valid:
            words = question_words(form.data, g.actor.languages)
            if words["role"] not in dict(choices(manual_of(g.actor))) and not (
                question and question.role == words["role"]
            ):
                raise Invalid({"role": [_("Choose one of the roles shown.")]})
            services.write_question(g.actor, **words, question=question, version=form.data["version"])
            return sent_on(url_for(".questions"), _("The question has been saved. It is asked at the end."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(WRITE, "writing", **_writing(question, form) | {"form": form})


def _writing(question: InductionQuestion | None, form: Form) -> dict[str, Any]:
    manual = manual_of(g.actor)
    g.release_number = manual.release.number
    shown = choices(manual)
    if question and question.role not in dict(shown):
        shown = [*shown, (question.role, named_roles(manual).get(question.role, question.role).capitalize())]
    places = range(MOST_OPTIONS)
    return {
        "question": question, "form": form, "choices": shown, "places": places,
        "written": [(code, OWN_NAMES[code]) for code in g.actor.languages],
        "to": url_for(".save_question", question_id=question.id) if question else url_for(".add_question"),
        "rights": [(str(at), _("Option %(number)s", number=at + 1)) for at in places],
    }  # fmt: skip
