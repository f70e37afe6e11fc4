"""The main pages by name, who looks at them, and where they are in this world."""

import re
from typing import Any

from tests.agreements.story import begin

PAGES: dict[str, tuple[str, ...]] = {
    "guest": ("sign-in", "contact", "reference", "verify", "privacy", "accessibility", "demo", "demo mail", "signing"),
    "aino": ("map", "step", "edit", "updates", "partnerships", "feedback", "log", "organisations"),
    "tapio": ("national map", "studio", "draft", "way", "words for readers"),
    "kerttu": ("new partnership", "partnership", "edit partnership", "enquiries", "enquiry", "placements"),
    "eero": ("placement", "session", "plan a placement", "running placement"),
    "oskari": ("agreements", "agreement"),
    "kaisa": ("today", "own placement", "own session", "own agreements"),
    "ville": ("my page", "my placement"),
}


def addresses(world: Any, cast: Any) -> dict[str, str]:
    """Ville's session has been held and his agreement is on its way to be signed."""
    path = begin(world, cast).ready()
    placements = _linked(cast.eero, "/o/lumo/placements/", r"/o/lumo/placements/[0-9a-f-]{36}")
    ville = next(at for at in placements if "Ville Virta" in cast.eero.get(at).text)
    running = next(at for at in placements if "Iida Isoaho" in cast.eero.get(at).text)
    partnership = _linked(cast.kerttu, "/o/lumo/partnerships", r"/o/lumo/partnerships/[0-9a-f-]{36}")[0]
    return {
        "sign-in": "/sign-in", "contact": "/contact/lumo", "reference": "/reference", "verify": "/verify",
        "privacy": "/privacy", "accessibility": "/accessibility", "demo": "/demo", "demo mail": "/demo/mail",
        "signing": path.link(), "map": "/o/lumo/map", "step": "/o/lumo/map/contact-response",
        "edit": "/o/lumo/map/contact-response/edit", "updates": "/o/lumo/updates",
        "partnerships": "/o/lumo/partnerships", "feedback": "/o/lumo/feedback/", "log": "/o/lumo/log",
        "organisations": "/organisations", "national map": "/o/viitemalli/reference",
        "studio": "/o/viitemalli/studio",
        "draft": (draft := _linked(cast.tapio, "/o/viitemalli/studio", r"/o/viitemalli/studio/[0-9a-f-]{36}")[0]),
        "way": f"{draft}/way",
        "words for readers": f"{draft}/words",
        "new partnership": "/o/lumo/partnerships/new", "partnership": partnership,
        "edit partnership": f"{partnership}/edit", "enquiries": "/o/lumo/enquiries",
        "enquiry": _linked(cast.kerttu, "/o/lumo/enquiries", r"/o/lumo/enquiries/[0-9a-f-]{36}")[0],
        "placements": "/o/lumo/placements/", "placement": ville, "running placement": running,
        "session": f"/o/lumo/sessions/{path.session_id}", "plan a placement": "/o/lumo/placements/new",
        "agreements": "/o/lumo/agreements", "agreement": path.at, "today": "/o/kahvila-kanerva/today",
        "own placement": ville.replace("/lumo/", "/kahvila-kanerva/"),
        "own session": f"/o/kahvila-kanerva/sessions/{path.session_id}",
        "own agreements": "/o/kahvila-kanerva/agreements", "my page": "/o/lumo/my", "my placement": ville,
    }  # fmt: skip


def _linked(visitor: Any, page: str, pattern: str) -> list[str]:
    """Addresses on a page, each once, in its order."""
    found = list(dict.fromkeys(re.findall(pattern, visitor.get(page).text)))
    assert found, f"{page} leads nowhere"
    return found
