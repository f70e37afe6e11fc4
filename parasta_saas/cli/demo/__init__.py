"""Load the reference and the cast with a small, lively history: as parasta_app, through services, no SQL."""

from importlib import import_module
from importlib.util import find_spec

from .people import BY_SLUG, PEOPLE, PLACES

PARTS = (
    "organisations", "reference", "instructions", "studio", "rounds", "guides", "imports", "conversation", "learning",
    "partnerships", "improvement", "placements", "planning", "agreements", "feedback",
)  # fmt: skip


def load_all() -> None:
    """Everything the demo and the tests start from; each part commits in its own scope."""
    for part in PARTS:
        if find_spec(f"{__name__}.{part}"):
            import_module(f"{__name__}.{part}").load()


__all__ = ["BY_SLUG", "PEOPLE", "PLACES", "load_all"]
