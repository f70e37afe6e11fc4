"""The provider's own map on one A3: own steps in their places, and on every step whose words are in force. Pure."""

from collections.abc import Collection, Sequence
from typing import Any

from ..core import i18n
from ..core.i18n import _
from ..reference.process_map import build_map
from .manual_document import EntryOf, mark_of
from .own_steps import in_places


def map_data(
    phases: Sequence[Any], entries: Sequence[EntryOf], waiting: Collection[str], *, release: Any, number: int,
    provider: str, unit: str, day: Any, seal: str, language: str,
) -> dict[str, Any]:  # fmt: skip
    """What reference.printing.print_process_map takes: marks own, ours, adapted, waits and national.

    A step that waits for a national update shows that first: it is the one to look at.
    """
    marks = {entry.key: "waits" if entry.key in waiting else mark_of(entry) for entry in entries}
    national = [entry.national for entry in entries if entry.national is not None]
    steps = in_places(national, [entry.content for entry in entries if entry.own])
    with i18n.using(language):
        edition = _("Handbook version %(number)s", number=number) if number else _("Process map")
        title = " · ".join(filter(None, (provider, unit, edition)))
        return {
            "release": release.number, "date": day, "content_mark": release.frame["content_mark"], "title": title,
            "hash": seal, "areas": (release.parts or {}).get("areas", ()),
            "phases": build_map(phases, steps, mark_of=lambda step: marks[step.key], url_of=lambda step: ""),
        }  # fmt: skip
