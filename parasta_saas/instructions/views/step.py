"""One step: the national minimum, what is our own, the guidance, who, and what was published when."""

from typing import Any

from flask import g, url_for

from ...core.access import Actor, require
from ...core.errors import NotFound
from ...core.forms import Form
from ...core.i18n import N_, _, pick
from ...core.pages import page
from ...reference import queries as reference
from ...reference.models import Step
from ...reference.process_map import Frame, basis_of, build_map, form_names, limit_words, role_name
from .. import policies, queries
from ..drafting import changes_between
from ..models import InstructionEdition
from ..queries import Book
from ..queries.layers import Here
from ..reading import read
from ..schemas import ChangeEdition
from . import unit_words
from .blueprint import bp
from .guides import guides_at
from .hanging import hanging
from .map import show_release
from .standing import stand_at, step_url, switch

STEP, OWN, EDITION = (f"instructions/{name}.html" for name in ("step", "own_step", "edition"))
# How sure the project is of the section that a statute is quoted by.
CONFIDENCE = {
    "high": N_("the section has been checked"),
    "medium": N_("the section is still to be confirmed"),
    "low": N_("the section is uncertain"),
}
IN_LANGUAGE = {"fi": N_("in Finnish"), "sv": N_("in Swedish"), "en": N_("in English")}


@bp.get("/map/<key>")
def step(key: str) -> str:
    """A step as it is done here; with `?unit=` at a unit."""
    book, layers, here, steps = stand_at(g.actor, key)
    show_release(book)
    unit = layers.unit
    way = build_map(
        reference.phases_of(book.release.id), steps, url_of=lambda s: step_url(s.key, unit),
        phase_url=url_for(".map", unit=unit.id if unit else None),
    )  # fmt: skip
    beside = {
        "way": way, "phase": next(p for p in way if p["key"] == here.step.phase_key), "here": here,
        "switch": switch(layers, lambda chosen: step_url(key, chosen)), **_beside(here.step, steps),
        "hanging": hanging(here.overlay), "at_unit": unit_words.shown(here) if unit else None, "unit": unit,
        "guides": guides_at(key),
    }  # fmt: skip
    if here.own_step:
        return page(OWN, "content", **about_own(g.actor, book, here), **beside)
    context = about(g.actor, book, here.step, unit_words.combined(here) if unit else None)
    return page(
        STEP, "content", history=_history(queries.editions_of(g.actor, key)), **context, **beside,
        waits=book.waiting.get(key), confidence=_(CONFIDENCE.get(here.step.statute_confidence or "", "")),
    )  # fmt: skip


@bp.get("/map/<key>/editions/<int:number>")
def edition(key: str, number: int) -> str:
    """What was in force with one publication; whoever writes may take it back into use."""
    book, here, _steps = step_in_book(g.actor, key)
    then = queries.edition_for(g.actor, key, number)
    instruction = book.instructions[key]
    return page(
        EDITION, form=Form.blank(ChangeEdition), edition=then, step=here, name=pick(here.name).text,
        version=instruction.version, current=then.edition == instruction.edition, hanging=hanging(then.overlay),
        reading=_reading(g.actor, then.resolved, then.overlay),
    )  # fmt: skip


def step_in_book(actor: Actor, key: str) -> tuple[Book, Step, list[Step]]:
    """The provider's book, the step with this key in its release, and all steps; NotFound where there is none."""
    book = queries.book_of(actor)
    require(policies.can_read_handbook(actor))
    steps = reference.steps_of(book.release.id)
    found = next((s for s in steps if s.key == key), None)
    if found is None:
        raise NotFound()
    show_release(book)
    return book, found, steps


def about(actor: Actor, book: Book, step: Step, overlay: dict[str, Any] | None = None) -> dict[str, Any]:
    """The words of a step that every page about it shows, the minimum first. `overlay`: not the provider's alone."""
    frame: Frame = book.release.frame
    instruction = book.instructions.get(step.key)
    if overlay is None:
        overlay = instruction.overlay() if instruction else {}
    return {
        "step": step,
        "name": pick(step.name).text,
        "release": book.release.number,
        "instruction": instruction if instruction and instruction.is_local else None,
        "version": instruction.version if instruction else 0,
        "reading": _reading(actor, step.content(), overlay),
        "basis": basis_of(frame, step.basis),
        "limit_words": limit_words(step.time_limit, frame),
        "anchor": limit_words({**(step.time_limit or {}), "value": 0}, frame) if _is_counted(step) else "",
        "responsible": role_name(frame, step.responsible),
        "participants": [role_name(frame, role) for role in step.participants],
        "forms": form_names(frame, step.applies_to),
    }


def about_own(actor: Actor, book: Book, here: Here) -> dict[str, Any]:
    """The words of a step of the provider's own."""
    frame: Frame = book.release.frame
    return {
        "step": here.step,
        "name": pick(here.step.name, main=actor.languages[0]).text,
        "release": book.release.number,
        "own_step": here.own_step,
        "reading": _reading(actor, here.content, unit_words.combined(here) if here.unit else here.overlay),
        "forms": form_names(frame, here.step.applies_to),
    }


def _reading(actor: Actor, content: dict[str, Any], overlay: dict[str, Any]) -> Any:
    return read(content, overlay, reader=actor.language, working=actor.languages)


def _is_counted(step: Step) -> bool:
    return step.time_limit is not None and step.time_limit["anchor"] != "every"


def _history(editions: list[InstructionEdition]) -> list[dict[str, Any]]:
    """Newest first: when, who, what."""
    befores = [*editions[1:], None]
    return [
        {"edition": edition, "changes": changes_between(before.overlay if before else {}, edition.overlay)}
        for edition, before in zip(editions, befores, strict=False)
    ]


def _beside(here: Any, steps: list[Any]) -> dict[str, Any]:
    """The step before and the one after."""
    at = steps.index(here)
    return {"before": steps[at - 1] if at else None, "after": steps[at + 1] if at + 1 < len(steps) else None}
