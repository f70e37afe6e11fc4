"""A provider's own steps as steps of the process, and what a version of its handbook holds. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from ..core.canonical import fingerprint
from .extras import extras_in

Content = dict[str, Any]
KEY_PREFIX = "own-"
# What every page about a step asks, and an own step has none of.
_NOTHING: Content = {
    "minimum": {}, "guidance": {}, "value": {}, "inputs": {}, "outputs": {}, "participants": [], "responsible": "",
    "critical": False, "basis": "", "statute": None, "statute_confidence": None, "time_limit": None,
    "field_policy": {}, "name_soft": {}, "pulse": None,
}  # fmt: skip


def is_own(key: str) -> bool:
    """Whether a key is of a provider's own step."""
    return key.startswith(KEY_PREFIX)


def own_content(placed: Mapping[str, Any]) -> tuple[Content, Content]:
    """(the step as national ones are, its overlay) of an own step as `OwnStep.placed()` gives it."""
    step = _NOTHING | {
        "key": placed["key"], "phase": placed["phase"], "after": placed.get("after"), "name": placed.get("name") or {},
        "view": placed.get("view") or "operating", "own": True,
        "applies_to": list(placed.get("applies_to") or ("training_agreement", "apprenticeship")),
    }  # fmt: skip
    texts = {name: placed[name] for name in ("note", "local_role") if placed.get(name)}
    return step, texts | extras_in(placed)


def contents(
    release: str,
    steps: Mapping[str, Mapping[str, Any]],
    own_steps: Iterable[Mapping[str, Any]],
    units: Mapping[str, Mapping[str, Any]],
) -> Content:
    """What one version of a handbook holds, as plain data with its keys in order (models.HandbookVersion.contents).

    `steps`: step → {"edition", "overlay", "base": guidance written on}; `units`: id → {"name", "steps": {step →
    {"overlay", "above"}}}. National words are not in it: the release's number names them.
    """
    return {
        "release": release,
        "steps": {key: dict(steps[key]) for key in sorted(steps)},
        "own_steps": sorted((dict(step) for step in own_steps), key=lambda step: str(step["key"])),
        "units": {key: dict(units[key]) for key in sorted(units)},
    }


def seal_of(held: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of what a version holds."""
    return fingerprint(held)
