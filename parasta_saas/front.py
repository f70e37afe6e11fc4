"""What every page is given: words, dates, who acts, the way through."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, get_flashed_messages, request, url_for

from .core import formats, i18n, markdown, slots
from .core.access import POLICIES, Actor
from .core.i18n import N_, _

CONTENT_MARK = N_("Example content, not a publication of the ministry")


@dataclass(frozen=True)
class Way:
    """One place in the bar on top: who sees it and where it leads."""

    label: str
    endpoint: str
    kinds: tuple[str, ...]
    roles: tuple[str, ...] = ()
    under: tuple[str, ...] = ()  # blueprints in which it is the current one
    icon: str = ""  # in the tab bar of a phone


STAFF = (
    "provider_admin", "quality_manager", "wl_coordinator", "agreement_coordinator", "teacher", "provider_signatory",
)  # fmt: skip
WAYS = (
    Way(
        N_("Map"),
        "instructions.map",
        ("provider",),
        STAFF,
        (
            "instructions",
            "comments",
            "sharing",
            "imports",
            "manual",
            "plain",
            "publicity",
            "versions",
            "drafts",
            "meetings",
            "reviews",
            "reading",
            "induction",
        ),
    ),
    Way(N_("Updates"), "instructions.updates", ("provider",), ("quality_manager", "provider_admin"), ("updates",)),
    Way(
        N_("Development"),
        "plan.show",
        ("provider",),
        STAFF,
        ("plan", "actions", "mirrors", "workshops", "responsibilities"),
    ),
    Way(N_("Partnerships"), "partnerships.index", ("provider",), STAFF, ("partnerships", "enquiries")),
    Way(N_("Placements"), "placements.index", ("provider",), STAFF, ("placements", "cases", "planning")),
    Way(N_("Agreements"), "agreements.index", ("provider",), STAFF, ("agreements",)),
    Way(N_("Feedback"), "feedback.index", ("provider",), STAFF, ("feedback",)),
    Way(N_("Reference model"), "reference.map", ("national",), (), ("reference", "diagrams")),
    Way(
        N_("Releases"),
        "studio.index",
        ("national",),
        (),
        ("studio", "way", "steps", "elements", "modelling", "compare", "desk", "impact"),
    ),
    Way(N_("Comments"), "studio_rounds.index", ("national",), (), ("studio_rounds", "rounds")),
    Way(N_("Guides"), "guide_desk.index", ("national",), (), ("guide_desk", "guides")),
    Way(N_("Glossary"), "glossary.page", ("national",), (), ("glossary",)),
    Way(N_("Adoption"), "adoption.index", ("national",), (), ("adoption",)),
    Way(
        N_("Today"),
        "portal.workplace",
        ("workplace",),
        (),
        ("portal", "cases", "planning", "questions", "plain", "reader_comments"),
        "sun",
    ),
    Way(N_("Agreements"), "agreements.index", ("workplace",), (), ("agreements",), "file-text"),
    Way(
        N_("My placement"),
        "portal.student",
        ("provider",),
        ("student", "guardian"),
        ("portal", "cases", "planning"),
        "map-pin",
    ),  # fmt: skip
)


def front_of(actor: Actor) -> str:
    """The first page of an organisation, by kind and role."""
    if actor.kind == "national":
        return "reference.map"
    if actor.kind == "workplace":
        return "portal.workplace"
    return "instructions.map" if actor.has(*STAFF) else "portal.student"


def init(app: Flask) -> None:
    app.extensions["parasta_front"] = front_of
    env = app.jinja_env
    i18n.install(env)
    env.trim_blocks = env.lstrip_blocks = True
    env.filters.update(formats.FILTERS, markdown=markdown.to_html)
    env.globals.update(can=_can, asset=_asset, pick=i18n.pick, slot=slots.slot)
    env.globals["ui"] = env.get_template("_ui.html").module
    app.context_processor(_context)


def _can(name: str, *things: Any) -> bool:
    return POLICIES[name](g.actor, *things)


def _context() -> dict[str, Any]:
    actor = g.get("actor")
    messages = get_flashed_messages()
    return {
        "actor": actor if actor and actor.signed_in else None,
        "language": i18n.language(),
        "languages": [(code, i18n.OWN_NAMES[code]) for code in i18n.LANGUAGES],
        "nav": _nav(actor) if actor and actor.signed_in else [],
        "notice": g.get("notice") or (messages[-1] if messages else None),
        "content_mark": _(CONTENT_MARK),
        "release_number": g.get("release_number"),
        "demo": current_app.config["PARASTA_DEMO"],
    }


def _nav(actor: Actor) -> list[dict[str, Any]]:
    counts = g.get("nav_counts", {})
    ways = [way for way in WAYS if actor.kind in way.kinds and (not way.roles or actor.has(*way.roles))]
    here = _here(ways)
    return [
        {
            "label": _(way.label),
            "url": url_for(way.endpoint),
            "current": way is here,
            "count": counts.get(way.endpoint),
            "icon": way.icon,
            "key": way.endpoint.split(".")[-1],
        }
        for way in ways
    ]


def _here(ways: list[Way]) -> Way | None:
    """Where the reader is: a page that is a way itself, else the first way whose blueprint the page is of."""
    own = (way for way in ways if way.endpoint == request.endpoint)
    return next(own, None) or next((way for way in ways if (request.blueprint or "") in way.under), None)


@lru_cache
def _digest(path: str) -> str:
    file = Path(current_app.static_folder or "") / path
    return sha256(file.read_bytes()).hexdigest()[:10] if file.exists() else "0"


def _asset(path: str) -> str:
    return url_for("static", filename=path, v=_digest(path))
