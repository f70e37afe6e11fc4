"""Going back from a release: what stood before, with the work done since merged into it. Pure."""

from collections.abc import Mapping
from typing import Any

from . import extras
from .leftovers import Overlay, Piece, Texts
from .merge import TAKE_NATIONAL, merge_texts

TEXTS = ("guidance", "note")


def brought_back(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    current: Mapping[str, Any],
    *,
    old: Texts,
    new: Texts,
    unit: str = "",
) -> tuple[Overlay, list[Piece]]:
    """(the overlay of before with what was written since, what of it found no place).

    `after`: the overlay that the update put in force, the base of the merge. `old`, `new`: national guidance of the
    release gone back to and of the one left. Where both sides changed a sentence, the one before stands and what
    was written since goes to the shelf.
    """
    result: Overlay = {}
    left: list[Piece] = []
    for field in TEXTS:
        was, then, now = (overlay.get(field) or {} for overlay in (before, after, current))
        nation = (old, new) if field == "guidance" else ({}, {})
        texts, shelved = _texts(field, was, then, now, *nation)
        left += shelved
        if texts:
            result[field] = texts
    role, left_role = _role(*(dict(overlay.get("local_role") or {}) for overlay in (before, after, current)))
    left += left_role
    if role:
        result["local_role"] = role
    limits = [overlay.get("time_limit_value") for overlay in (before, after, current)]
    limit = limits[0] if limits[2] == limits[1] else limits[2]
    if limit is not None:
        result["time_limit_value"] = limit
    result |= extras.merged(before, after, current)
    return result, left


def _texts(
    field: str, before: Texts, after: Texts, current: Texts, old: Texts, new: Texts
) -> tuple[dict[str, str], list[Piece]]:
    texts, left = {}, []
    for code in sorted({*before, *after, *current}):
        was, then, now = before.get(code, old.get(code, "")), after.get(code, new.get(code, "")), current.get(code)
        if now == after.get(code):  # nothing was written since
            if code in before:
                texts[code] = before[code]
            continue
        now = new.get(code, "") if now is None else now
        merged = merge_texts({code: then}, {code: was}, {code: now})[code]
        decided = merged.decide([TAKE_NATIONAL] * len(merged.conflicts))
        left += [Piece(field, code, sentence) for sentence in decided.shelf]
        if decided.text.strip() and decided.text.strip() != old.get(code, "").strip():
            texts[code] = decided.text
    return texts, left


def _role(before: dict[str, str], after: dict[str, str], current: dict[str, str]) -> tuple[dict[str, str], list[Piece]]:
    role, left = {}, []
    for code in sorted({*before, *after, *current}):
        since = current.get(code) != after.get(code)
        name = current.get(code) if since else before.get(code)
        if since and name is None and before.get(code) == after.get(code):
            continue
        if name:
            role[code] = name
        if since and name and before.get(code) not in (after.get(code), name, None):
            left.append(Piece("local_role", code, before[code]))
    return role, left
