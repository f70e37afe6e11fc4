"""Release 1.0, older than the first own words, and the draft 1.1 that Nelli has written and sent to review."""

from datetime import timedelta

from ...core import clock
from ...reference import content, parts, services
from .acting import acting_as


def load() -> None:
    with clock.frozen(clock.now() - timedelta(days=130)), acting_as("tapio") as tapio:
        services.load_release(tapio, parts.read_whole())
    prepared = content.read_changes()
    with clock.frozen(clock.now() - timedelta(days=9)), acting_as("nelli") as nelli:
        draft = services.draft_release(
            nelli, number=prepared["number"], title=prepared["title"], summary=prepared["summary"], state="modelling"
        )
        services.apply_changes(nelli, draft, prepared["changes"])
        services.describe_release(nelli, draft, notes=prepared["notes"])
