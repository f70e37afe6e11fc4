"""A national update tried out: how each step would read, before anything is in force. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..core import wording

Segments = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Tried:
    """One step: `texts` by language with what is new and gone; `fate` as of succession.FATES; `open`: not decided."""

    key: str
    name: Mapping[str, str]
    order: int
    fate: str
    texts: Mapping[str, Segments]
    minimum: Mapping[str, Segments]
    shelf: int
    open: bool


def rehearse(
    states: Sequence[Any],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    languages: Sequence[str],
    pieces: Mapping[str, int],
) -> list[Tried]:
    """Every step that reads otherwise after the update, in the order of the new release.

    `states`: items with their proposal (queries.ItemState); `before`, `after`: steps by key; `pieces`: own words of
    a step that would go to the shelf, counted. An open question reads as the provider's own words.
    """
    found = []
    for state in states:
        old: Any = before.get(state.item.source_key) or before.get(state.item.step_key)
        new: Any = after.get(state.item.step_key)
        name, order = (new or old).name, (new or old).order
        texts, minimum = {}, {}
        for code in languages:
            was, now = _reads(state, old, code), _will_read(state, new, code)
            if was.strip() != now.strip():
                texts[code] = _segments(was, now)
            least = [(step.minimum.get(code, "") if step else "") for step in (old, new)]
            if least[0].strip() != least[1].strip():
                minimum[code] = _segments(*least)
        shelf = pieces.get(state.item.step_key, 0)
        if texts or minimum or shelf or state.item.fate in ("gone", "meets", "new"):
            found.append(
                Tried(state.item.step_key, name, order, state.item.fate, texts, minimum, shelf, bool(state.open))
            )
    return sorted(found, key=lambda each: (each.fate in ("gone", "meets"), each.order))


def _reads(state: Any, old: Any, code: str) -> str:
    return state.local.get(code) or (old.guidance.get(code, "") if old else "")


def _will_read(state: Any, new: Any, code: str) -> str:
    if new is None or state.item.fate in ("gone", "meets"):
        return ""
    if state.item.fate == "returns":
        return (state.item.overlay.get("guidance") or {}).get(code) or new.guidance.get(code, "")
    return state.result.get(code) or new.guidance.get(code, "")


def _segments(was: str, now: str) -> Segments:
    return [(s.kind, s.words.strip()) for s in wording.diff(was, now) if s.words.strip()]
