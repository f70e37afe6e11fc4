"""The home of every provider: the national map with the provider's own marks on it."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from flask import g, request, url_for

from ...core.access import Actor, require
from ...core.i18n import N_, _
from ...core.pages import page
from ...reference import queries as reference
from ...reference.models import Step
from ...reference.process_map import Narrowing, build_map
from .. import policies, queries
from ..queries import Book, Waiting
from ..schemas import NarrowMap
from .blueprint import bp

MAP = "instructions/map.html"
SHOWN = (("", N_("All"), None), ("critical", N_("Critical"), "critical"), ("ours", N_("How we do it"), "ours"),
         ("waits", N_("Waits"), "waits"))  # fmt: skip
VIEWS = (("", N_("Both views")), ("service", N_("Service process")), ("operating", N_("Operating process")))
FORMS = (("", N_("Both forms of agreement")), ("training_agreement", N_("Training agreement")),
         ("apprenticeship", N_("Apprenticeship")))  # fmt: skip


@bp.get("/map")
def map() -> str:
    """The process map with what is ours and what waits."""
    book = queries.book_of(g.actor)
    require(policies.can_read_handbook(g.actor))
    show_release(book)
    return page(MAP, "process", **_context(g.actor, book, asked_of(dict(request.args))))


def asked_of(args: dict[str, str]) -> dict[str, str]:
    """What the address asks to see; what it can't mean is left out, as an old bookmark should still open."""
    schema = NarrowMap()
    wrong = schema.validate(args)
    return {k: v for k, v in args.items() if k in schema.fields and k not in wrong and v}


def show_release(book: Book) -> None:
    """The foot of the page names the release; the menu says how many questions wait."""
    g.release_number = book.release.number
    g.nav_counts = {"instructions.updates": sum(w.open for w in book.waiting.values())}


def mark_of(book: Book, key: str) -> str:
    """waits before ours: a step that waits is the one to look at."""
    return "waits" if key in book.waiting else "ours" if key in book.local else "national"


def _context(actor: Actor, book: Book, asked: dict[str, str]) -> dict[str, Any]:
    phases, steps = reference.phases_of(book.release.id), reference.steps_of(book.release.id)
    marks = {step.key: mark_of(book, step.key) for step in steps}
    inside = Narrowing(view=asked.get("view", ""), form=asked.get("form", ""))
    kept = [step for step in steps if inside.takes(step)]
    shown = {step.key for step in kept if _shows(asked.get("show", ""), step, marks[step.key])}
    return {
        "book": book,
        "organisation": actor.organisation_name,  # a printed map has no bar on top that names it
        "phases": build_map(
            phases, steps, mark_of=lambda s: marks[s.key], off=lambda s: s.key not in shown, phase_url=url_for(".map"),
            url_of=lambda s: url_for(".step", key=s.key),
        ),
        "tabs": _tabs(asked, kept, marks),
        "views": _choices("view", VIEWS, asked),
        "forms": _choices("form", FORMS, asked),
        "narrowed": len(shown) < len(steps),
        "shown": len(shown),
        "suggestion": _first_to_write(actor, book, steps, marks),
        "waiting": _in_order(book, steps),
    }  # fmt: skip


def _in_order(book: Book, steps: list[Step]) -> list[Waiting]:
    """As the steps stand; a step that the update adds is not on this map yet."""
    at = {step.key: number for number, step in enumerate(steps)}
    return sorted(book.waiting.values(), key=lambda w: at.get(w.step_key, len(at)))


def _shows(show: str, step: Step, mark: str) -> bool:
    return not show or (step.critical if show == "critical" else mark == show)


def _tabs(asked: dict[str, str], steps: list[Step], marks: dict[str, str]) -> list[dict[str, Any]]:
    count = Counter(marks[step.key] for step in steps)
    count[""], count["critical"] = len(steps), sum(step.critical for step in steps)
    return [
        {**choice, "count": count[choice["value"]], "mark": mark}
        for choice, (_value, _label, mark) in zip(
            _choices("show", [(value, label) for value, label, _mark in SHOWN], asked), SHOWN, strict=True
        )
    ]


def _choices(name: str, options: Any, asked: dict[str, str]) -> list[dict[str, Any]]:
    """Links that change one thing and keep what else was asked."""
    return [
        {
            "value": value,
            "label": _(label),
            "url": _map_url({**asked, name: value}),
            "current": asked.get(name, "") == value,
        }
        for value, label in options
    ]


def _first_to_write(actor: Actor, book: Book, steps: list[Step], marks: dict[str, str]) -> Step | None:
    """The first critical step that runs as national, else the first one; only while no update asks for anything."""
    if book.waiting or not policies.can_edit_instruction(actor):
        return None
    left = [step for step in steps if marks[step.key] == "national"]
    return next((step for step in left if step.critical), left[0] if left else None)


def _map_url(asked: dict[str, str]) -> str:
    kept = {name: value for name, value in asked.items() if value}
    return f"{url_for('.map')}?{urlencode(kept)}" if kept else url_for(".map")
