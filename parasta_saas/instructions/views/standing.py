"""Where a reader stands: which handbook, at which unit if any, on which step."""

from typing import Any
from uuid import UUID

from flask import g, request, url_for

from ...core.access import Actor, require
from ...core.errors import NotFound
from ...core.i18n import _, pick
from ...reference import queries as reference
from ...tenants import queries_units as units
from ...tenants.models import OrganisationUnit
from .. import policies, queries
from ..own_steps import in_places
from ..queries import Book
from ..queries import layers as found
from ..queries.layers import Here, Layers


def asked_unit() -> UUID | None:
    """The unit of the address, `?unit=<id>`; NotFound for what is no id."""
    asked = request.args.get("unit", "")
    if not asked:
        return None
    try:
        return UUID(asked)
    except ValueError:
        raise NotFound() from None


def book_here(actor: Actor) -> tuple[Book, Layers, list[Any]]:
    """The handbook with its layers at the unit asked for, and every step in its place."""
    book = queries.book_of(actor)
    require(policies.can_read_handbook(actor))
    layers = found.layers_of(actor, book, asked_unit())
    return book, layers, in_places(reference.steps_of(book.release.id), layers.placed)


def stand_at(actor: Actor, key: str) -> tuple[Book, Layers, Here, list[Any]]:
    """The same, and one step; NotFound where there is none."""
    book, layers, steps = book_here(actor)
    return book, layers, found.here_of(book, layers, steps, key), steps


def step_url(key: str, unit: OrganisationUnit | None) -> str:
    """A step's page, at the same unit."""
    return url_for("instructions.step", key=key, unit=unit.id if unit else None)


def may_write_here(actor: Actor, unit: OrganisationUnit | None) -> bool:
    """Editors everywhere; at a unit also the people who work there. One statement for these."""
    if policies.can_edit_instruction(actor) or unit is None or not policies.is_staff(actor):
        return policies.can_edit_instruction(actor)
    return policies.can_edit_unit(actor, units.works_at(actor, unit))


def switch(layers: Layers, url_of: Any) -> list[dict[str, Any]]:
    """Links between the whole provider and its units; [] where no units are in use. url_of(unit or None)."""
    if not layers.units:
        return []
    whole = {"label": _("Whole provider"), "url": url_of(None), "current": layers.unit is None}
    return [whole] + [
        {
            "label": pick(unit.name, main=g.actor.languages[0]).text, "url": url_of(unit),
            "current": unit is layers.unit,
        }
        for unit in layers.units
    ]  # fmt: skip
