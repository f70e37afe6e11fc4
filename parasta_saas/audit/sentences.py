"""A line of the log in words: the event's own sentence in the language of the reader."""

import json

from ..core.events import EVENTS
from ..core.i18n import N_, _

REFUSED = "core.refused"
REFUSAL = N_("%(actor)s tried something that belongs to another role, and was refused.")
UNKNOWN = N_("%(actor)s: %(name)s.")


def sentence(name: str, actor_name: str, body: str) -> str:
    """Who did what. An event that this version does not know is told by its name; `body` is JSON text."""
    values = {**json.loads(body), "actor": actor_name, "name": name}
    try:
        return _(_source(name), **values)
    except (KeyError, ValueError):  # an old line lacks what a newer sentence tells
        return _(UNKNOWN, **values)


def _source(name: str) -> str:
    if name == REFUSED:
        return REFUSAL
    return (EVENTS[name].sentence if name in EVENTS else "") or UNKNOWN
