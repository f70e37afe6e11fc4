"""Named places in a lower room's page that an upper room may fill, so that imports only lean downward.

A page says `{{ slot('planning.session', session) }}`; `agreements` fills it with its button.
"""

from collections.abc import Callable
from typing import Any

from flask import g, render_template
from markupsafe import Markup

Filler = Callable[..., tuple[str, dict[str, Any]] | None]
SLOTS: dict[str, list[Filler]] = {}


def fills(name: str) -> Callable[[Filler], Filler]:
    """Let a function fill a slot: `filler(actor, thing) -> (template, context)`, or None for nothing."""

    def register(filler: Filler) -> Filler:
        SLOTS.setdefault(name, []).append(filler)
        return filler

    return register


def slot(name: str, *things: Any) -> Markup:
    """What the rooms above put here, in the order of the rooms."""
    filled = (filler(g.actor, *things) for filler in SLOTS.get(name, ()))
    return Markup("").join(Markup(render_template(f[0], **f[1])) for f in filled if f)
