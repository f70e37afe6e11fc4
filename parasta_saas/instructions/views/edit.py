"""Write *Näin meillä / Så här gör vi* on a step, see how it reads, publish it, take it back."""

from typing import Any

from flask import Response, g, url_for

from ...core.access import require
from ...core.errors import Invalid
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import invalid, page, sent_on
from ...reference.models import Step
from ...reference.process_map import role_name
from .. import policies, queries, schemas, services
from ..queries import Book
from ..reading import marked
from ..refusals import permitted_words
from ..resolved import permitted_limit
from .blueprint import bp
from .guides import guides_at
from .step import IN_LANGUAGE, about, step_in_book

EDIT = "instructions/edit.html"


@bp.get("/map/<key>/edit")
def edit(key: str) -> str:
    """The form, with the national guidance or our own in it."""
    book, step, _steps = step_in_book(g.actor, key)
    require(policies.can_edit_instruction(g.actor))
    context = _context(book, step)
    form = Form.blank(schemas.EditInstruction, **_written(context["overlay"], step, context["version"]))
    return page(EDIT, form=form, guides=guides_at(key), **context)


@bp.post("/map/<key>/edit")
def publish(key: str) -> Response:
    """Publish in one press."""
    book, step, _steps = step_in_book(g.actor, key)
    form = Form(schemas.EditInstruction)
    require(policies.can_edit_instruction(g.actor))
    if not form.valid:
        return invalid(EDIT, "writing", form=form, **_context(book, step))
    try:
        edition = services.publish_instruction(g.actor, step, **schemas.words_of(form.data))
    except Invalid as problem:
        return invalid(EDIT, "writing", form=form.refuse(problem), **_context(book, step))
    except services.EditedMeanwhile as problem:
        return _compare(form, problem, key)
    return sent_on(url_for(".step", key=key), _said(edition))


@bp.post("/map/<key>/preview")
def preview(key: str) -> str | Response:
    """How the text will read; nothing is saved."""
    book, step, _steps = step_in_book(g.actor, key)
    require(policies.can_edit_instruction(g.actor))
    form = Form(schemas.EditInstruction)
    if not form.valid:
        return invalid(EDIT, "preview", form=form, previewed=[], **_context(book, step))
    return page(EDIT, "preview", form=form, previewed=_previewed(form.data, step), **_context(book, step))


@bp.post("/map/<key>/withdrawal")
def withdraw(key: str) -> Response:
    """Run as national again."""
    _book, step, _steps = step_in_book(g.actor, key)
    form = Form(schemas.ChangeEdition)
    require(policies.can_edit_instruction(g.actor))
    services.withdraw_instruction(g.actor, step, version=form.data.get("version", -1))
    return sent_on(url_for(".step", key=key), _("The step runs as national again. Your own words are in its history."))


@bp.post("/map/<key>/editions/<int:number>/return")
def take_back(key: str, number: int) -> Response:
    """Take an earlier edition back into use."""
    _book, step, _steps = step_in_book(g.actor, key)
    edition = queries.edition_for(g.actor, key, number)
    form = Form(schemas.ChangeEdition)
    made = services.return_edition(g.actor, step, edition, version=form.data.get("version", -1))
    return sent_on(url_for(".step", key=key), _said(made))


def _said(edition: Any) -> str:
    if edition is None:
        return _("The text is the same as before, so nothing was published.")
    return _("Published. Everyone at %(name)s sees it now.", name=g.actor.organisation_name)


def _compare(form: Form, problem: services.EditedMeanwhile, key: str) -> Response:
    """409: what stands now beside what was typed; publishing again is then a knowing choice."""
    book, step, _steps = step_in_book(g.actor, key)
    context = _context(book, step)
    form.values["version"] = context["version"]
    stands = _written(context["overlay"], step, 0)
    differing = {k: v for k, v in stands.items() if k != "version" and (form.values.get(k) or "").strip() != str(v)}
    response = invalid(EDIT, "writing", form=form, conflict=problem, stands=differing, **context)
    response.status_code = problem.status
    return response


def _written(overlay: dict[str, Any], step: Step, version: int) -> dict[str, Any]:
    """The fields of the form as they stand: our own words, else the national guidance."""
    values: dict[str, Any] = {"version": version}
    for code in g.actor.languages:
        own = (overlay.get("guidance") or {}).get(code)
        values[f"guidance_{code}"] = own or step.guidance.get(code, "")
        values[f"note_{code}"] = (overlay.get("note") or {}).get(code, "")
        values[f"local_role_{code}"] = (overlay.get("local_role") or {}).get(code, "")
    return values | {"time_limit_value": overlay.get("time_limit_value") or ""}


def _context(book: Book, step: Step) -> dict[str, Any]:
    instruction = book.instructions.get(step.key)
    several = len(g.actor.languages) > 1
    return {
        **about(g.actor, book, step),
        "overlay": instruction.overlay() if instruction else {},
        "written": [(code, _(IN_LANGUAGE[code]) if several else "") for code in g.actor.languages],
        "role_in": {code: role_name(book.release.frame, step.responsible, code) for code in g.actor.languages},
        "permitted": permitted_words(permitted_limit(step.content())),
        "publish_url": url_for(".publish", key=step.key),
        "preview_url": url_for(".preview", key=step.key),
    }


def _previewed(data: dict[str, Any], step: Step) -> list[dict[str, Any]]:
    words = schemas.words_of(data)
    return [
        {
            "language": code,
            "guidance": marked(step.guidance.get(code, ""), words["guidance"].get(code) or step.guidance.get(code, "")),
            "note": words["note"].get(code, ""),
        }
        for code in g.actor.languages
    ]
