"""The home of every provider: the national map with the provider's own marks on it."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from flask import g, request, url_for

from ...core import clock
from ...core.access import Actor
from ...core.i18n import N_, _
from ...core.pages import page
from ...reference import queries as reference
from ...reference.process_map import Narrowing, build_map
from .. import policies
from ..deviations import ended
from ..layers import own_content
from ..queries import Book, Waiting
from ..queries.layers import Layers
from ..schemas import NarrowMap
from .blueprint import bp
from .standing import book_here, step_url, switch

MAP = "instructions/map.html"
SHOWN = (("", N_("All"), None), ("critical", N_("Critical"), "critical"), ("ours", N_("How we do it"), "ours"),
         ("waits", N_("Waits"), "waits"))  # fmt: skip
VIEWS = (("", N_("Both views")), ("service", N_("Service process")), ("operating", N_("Operating process")))
FORMS = (("", N_("Both forms of agreement")), ("training_agreement", N_("Training agreement")),
         ("apprenticeship", N_("Apprenticeship")))  # fmt: skip


@bp.get("/map")
def map() -> str:
    """The process map with what is ours and what waits."""
    book, layers, steps = book_here(g.actor)
    show_release(book)
    return page(MAP, "process", **_context(g.actor, book, layers, steps, asked_of(dict(request.args))))


def asked_of(args: dict[str, str]) -> dict[str, str]:
    """What the address asks to see; what it can't mean is left out, as an old bookmark should still open."""
    schema = NarrowMap()
    wrong = schema.validate(args)
    return {k: v for k, v in args.items() if k in schema.fields and k not in wrong and v}


def show_release(book: Book) -> None:
    """The foot of the page names the release; the menu says how many questions wait."""
    g.release_number = book.release.number
    g.nav_counts = {"instructions.updates": sum(w.open for w in book.waiting.values())}


def mark_of(book: Book, key: str, layers: Layers | None = None) -> str:
    """waits before ours: a step that waits is the one to look at. An own step is ours, and so are a unit's words."""
    if key in book.waiting:
        return "waits"
    ours = key in book.local
    if layers and not ours:
        ours = key in layers.own_steps or bool(key in layers.words and layers.words[key].overlay)
    return "ours" if ours else "national"


def _context(actor: Actor, book: Book, layers: Layers, steps: list[Any], asked: dict[str, str]) -> dict[str, Any]:
    marks = {step.key: mark_of(book, step.key, layers) for step in steps}
    inside = Narrowing(view=asked.get("view", ""), form=asked.get("form", ""))
    kept = [step for step in steps if inside.takes(step)]
    shown = {step.key for step in kept if _shows(asked.get("show", ""), step, marks[step.key])}
    phases = build_map(
        reference.phases_of(book.release.id), steps, mark_of=lambda s: marks[s.key],
        off=lambda s: s.key not in shown, phase_url=_map_url(asked), url_of=lambda s: step_url(s.key, layers.unit),
    )  # fmt: skip
    for phase in phases:
        for step in phase["steps_service"] + phase["steps_operating"]:
            step["own"] = step["key"] in layers.own_steps
    return {
        "book": book,
        "organisation": actor.organisation_name,  # a printed map has no bar on top that names it
        "phases": phases,
        "tabs": _tabs(asked, kept, marks),
        "views": _choices("view", VIEWS, asked),
        "forms": _choices("form", FORMS, asked),
        "narrowed": len(shown) < len(steps),
        "whole_url": _map_url({"unit": asked.get("unit", "")}),
        "shown": len(shown),
        "suggestion": _first_to_write(actor, book, layers, steps, marks),
        "waiting": _in_order(book, steps),
        "unit": layers.unit,
        "switch": switch(layers, lambda unit: _map_url({**asked, "unit": str(unit.id) if unit else ""})),
        "ended": ended(overlays_of(book, layers), clock.today()) if "deviations" in book.features else 0,
    }  # fmt: skip


def overlays_of(book: Book, layers: Layers) -> list[dict[str, Any]]:
    """Everything of the provider's own that is in force here."""
    own = [own_content(each)[1] for each in layers.placed]
    words = [row.overlay for row in layers.words.values()]
    return [*(instruction.overlay() for instruction in book.instructions.values()), *own, *words]


def _in_order(book: Book, steps: list[Any]) -> list[Waiting]:
    """As the steps stand; a step that the update adds is not on this map yet."""
    at = {step.key: number for number, step in enumerate(steps)}
    return sorted(book.waiting.values(), key=lambda w: at.get(w.step_key, len(at)))


def _shows(show: str, step: Any, mark: str) -> bool:
    return not show or (step.critical if show == "critical" else mark == show)


def _tabs(asked: dict[str, str], steps: list[Any], marks: dict[str, str]) -> list[dict[str, Any]]:
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


def _first_to_write(
    actor: Actor, book: Book, layers: Layers, steps: list[Any], marks: dict[str, str]
) -> Any | None:  # fmt: skip
    """The first critical step that runs as national, else the first one; only while no update asks for anything."""
    if book.waiting or layers.unit or not policies.can_edit_instruction(actor):
        return None
    left = [step for step in steps if marks[step.key] == "national"]
    return next((step for step in left if step.critical), left[0] if left else None)


def _map_url(asked: dict[str, str]) -> str:
    kept = {name: str(value) for name, value in asked.items() if value}
    return f"{url_for('.map')}?{urlencode(kept)}" if kept else url_for(".map")
