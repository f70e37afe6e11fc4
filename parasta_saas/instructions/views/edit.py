"""Write *Näin meillä / Så här gör vi* on a step, see how it reads, publish it, take it back."""

from typing import Any

from flask import Response, g, url_for

from ...core.access import require
from ...core.errors import Invalid, NotFound
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import invalid, page, sent_on
from ...reference.process_map import limit_words, role_name
from .. import policies, queries, schemas, services
from ..extras import words_of
from ..queries import Book
from ..queries.layers import Here
from ..reading import marked
from ..refusals import permitted_words
from ..resolved import permitted_limit
from ..schemas_layers import EditStep
from ..services import layers as unit_services
from . import drafts, hanging
from .blueprint import bp
from .guides import guides_at
from .standing import may_write_here, stand_at, step_url
from .step import IN_LANGUAGE, about, about_own, step_in_book

EDIT = "instructions/edit.html"


@bp.get("/map/<key>/edit")
def edit(key: str) -> str:
    """The form, with the guidance that stands or our own in it; with `?unit=` that of a unit."""
    book, here = writable(key)
    here, kept = drafts.with_draft(here)
    form = Form.blank(EditStep, **_written(here), **hanging.values_of(_overlay(here)), kept=kept)
    return page(EDIT, form=form, guides=guides_at(key), **context_of(book, here, form))


@bp.post("/map/<key>/edit")
def publish(key: str) -> Response:
    """Publish in one press; or send it to another person where the provider asks one."""
    book, here = writable(key)
    form = form_of_step()
    try:
        if form.valid:
            if here.unit is None:
                return drafts.put_forward(book, here, form)
            return sent_on(step_url(key, here.unit), _unit_said(here, form, typed_in(form, here, book)))
    except Invalid as problem:
        form.refuse(problem)
    except services.EditedMeanwhile as problem:
        return _compare(form, problem, key)
    return invalid(EDIT, "writing", form=form, **context_of(book, here, form))


@bp.post("/map/<key>/preview")
def preview(key: str) -> str | Response:
    """How the text will read; nothing is saved."""
    book, here = writable(key)
    form = form_of_step()
    context = context_of(book, here, form)
    if not form.valid:
        return invalid(EDIT, "preview", form=form, previewed=[], **context)
    return page(EDIT, "preview", form=form, previewed=_previewed(form.data, _content(here)), **context)


@bp.post("/map/<key>/withdrawal")
def withdraw(key: str) -> Response:
    """Run as national again."""
    book, step, _steps = step_in_book(g.actor, key)
    form = Form(schemas.ChangeEdition)
    require(policies.can_edit_instruction(g.actor))
    if book.reviewed:
        return drafts.propose(step, {}, form)
    services.withdraw_instruction(g.actor, step, version=form.data.get("version", -1))
    return sent_on(url_for(".step", key=key), _("The step runs as national again. Your own words are in its history."))


@bp.post("/map/<key>/editions/<int:number>/return")
def take_back(key: str, number: int) -> Response:
    """Take an earlier edition back into use."""
    book, step, _steps = step_in_book(g.actor, key)
    edition = queries.edition_for(g.actor, key, number)
    form = Form(schemas.ChangeEdition)
    if book.reviewed:
        return drafts.propose(step, drafts.on_today(edition, step), form)
    made = services.return_edition(g.actor, step, edition, version=form.data.get("version", -1))
    return sent_on(url_for(".step", key=key), _said(made))


def writable(key: str) -> tuple[Book, Here]:
    """A step that this person may write on. An own step has a form of its own, but for the words of a unit on it."""
    book, _layers, here, _steps = stand_at(g.actor, key)
    require(may_write_here(g.actor, here.unit))
    if here.own_step and here.unit is None:
        raise NotFound()
    return book, here


def form_of_step() -> Form:
    """What was typed about a step and what hangs on it."""
    return Form(EditStep)


def typed_in(form: Form, here: Here, book: Book) -> dict[str, Any]:
    """The words of a valid form as `drafting.drafted` takes them, with what hangs on the step. Raises Invalid."""
    words = schemas.words_of(form.data)
    words.pop("version")
    return words | hanging.extras_of(form, _overlay(here), book)


def _unit_said(here: Here, form: Form, typed: dict[str, Any]) -> str:
    if unit_services.publish_unit_words(g.actor, here, version=form.data["version"], typed=typed):
        return _("Published. Everyone at %(name)s sees it now.", name=g.actor.organisation_name)
    return _said(None)


def _said(edition: Any) -> str:
    if edition is None:
        return _("The text is the same as before, so nothing was published.")
    return _("Published. Everyone at %(name)s sees it now.", name=g.actor.organisation_name)


def _compare(form: Form, problem: services.EditedMeanwhile, key: str) -> Response:
    """409: what stands now beside what was typed; publishing again is then a knowing choice."""
    book, here = writable(key)
    stands = _written(here)
    form.values["version"] = stands.pop("version")
    differing = {k: v for k, v in stands.items() if (form.values.get(k) or "").strip() != str(v).strip()}
    for name, code, words in words_of(_overlay(here)):
        differing[f"{name}_{code}"] = words
    context = context_of(book, here, form) | {"edited": here.words if here.unit else here.instruction}
    response = invalid(EDIT, "writing", form=form, conflict=problem, stands=differing, **context)
    response.status_code = problem.status
    return response


def _content(here: Here) -> dict[str, Any]:
    """What is written on: the national step, or at a unit the one that its provider made of it."""
    return here.above if here.unit else here.content


def _overlay(here: Here) -> dict[str, Any]:
    """What is written already. A unit's guidance as it came through changes above, the rest as it was written."""
    if here.unit is None:
        return here.overlay
    written = dict(here.words.overlay) if here.words else {}
    written.pop("guidance", None)
    guidance = here.stacked.overlay.get("guidance")
    return written | ({"guidance": guidance} if guidance else {})


def _written(here: Here) -> dict[str, Any]:
    """The fields of the form as they stand: our own words, else the guidance that they stand on."""
    row = here.words if here.unit else here.instruction
    overlay, content = _overlay(here), _content(here)
    values: dict[str, Any] = {"version": row.version if row else 0}
    for code in g.actor.languages:
        own = (overlay.get("guidance") or {}).get(code)
        values[f"guidance_{code}"] = own or content["guidance"].get(code, "")
        values[f"note_{code}"] = (overlay.get("note") or {}).get(code, "")
        values[f"local_role_{code}"] = (overlay.get("local_role") or {}).get(code, "")
    return values | {"time_limit_value": overlay.get("time_limit_value") or ""}


def context_of(book: Book, here: Here, form: Form) -> dict[str, Any]:
    """Everything that the page of the form shows."""
    unit, content, frame = here.unit, _content(here), book.release.frame
    several = len(g.actor.languages) > 1
    own = about_own(g.actor, book, here) if here.own_step else about(g.actor, book, here.step)
    address: dict[str, Any] = {"key": here.key, "unit": unit.id if unit else None}
    return {
        **own, "here": here, "unit": unit, **hanging.context_of(form, _overlay(here), book),
        "labels": hanging.labels(), "national": here.own_step is None, "back_url": step_url(here.key, unit),
        "overlay": _overlay(here),
        "written": [(code, _(IN_LANGUAGE[code]) if several else "") for code in g.actor.languages],
        "role_in": {code: role_name(frame, here.step.responsible, code) for code in g.actor.languages},
        "limit_words": limit_words(content.get("time_limit"), frame),
        "permitted": permitted_words(permitted_limit(content)),
        "publish_url": url_for("instructions.publish", **address),
        "preview_url": url_for("instructions.preview", **address),
        "writing": drafts.about_writing(book, here),
    }  # fmt: skip


def _previewed(data: dict[str, Any], content: dict[str, Any]) -> list[dict[str, Any]]:
    words = schemas.words_of(data)
    return [
        {
            "language": code,
            "guidance": marked(
                content["guidance"].get(code, ""), words["guidance"].get(code) or content["guidance"].get(code, "")
            ),
            "note": words["note"].get(code, ""),
        }
        for code in g.actor.languages
    ]
