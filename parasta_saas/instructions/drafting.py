"""From what a person typed to the sparse overlay of a step, and from two overlays to what changed between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .extras import EXTRAS, extras_in
from .limits import merge_limit
from .merge import merge_texts

TEXTS = ("guidance", "note", "local_role")
Texts = Mapping[str, str]
Overlay = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One field that an edition changed. `languages` for texts, `before` and `after` for the time limit."""

    field: str
    languages: tuple[str, ...] = ()
    before: int | None = None
    after: int | None = None


def drafted(
    national: Mapping[str, Any], current: Mapping[str, Any], languages: Sequence[str], typed: Mapping[str, Any]
) -> Overlay:
    """The overlay that the typed words make on a national step.

    An empty text and the national text itself are no words of the provider's own, nor is the national limit.
    What stands in languages that the provider doesn't work in now is kept, and so are the extras not typed.
    """
    overlay: Overlay = extras_in({**current, **typed})
    for field in TEXTS:
        kept = {code: text for code, text in (current.get(field) or {}).items() if code not in languages}
        words = {code: (typed.get(field) or {}).get(code, "").strip() for code in languages}
        if field == "guidance":
            words = {code: "" if _same(text, national["guidance"].get(code)) else text for code, text in words.items()}
        texts = kept | {code: text for code, text in words.items() if text}
        if texts:
            overlay[field] = texts
    value = typed.get("time_limit_value")
    if value is not None and value != (national.get("time_limit") or {}).get("value"):
        overlay["time_limit_value"] = value
    return overlay


def carried_over(overlay: Mapping[str, Any], written_on: Mapping[str, Any], national: Mapping[str, Any]) -> Overlay:
    """An overlay of an earlier national step, put on the one in force now.

    Guidance is merged sentence by sentence; where both sides changed a sentence the provider's own words stand.
    A limit of its own that the national step now overtakes is left out.
    """
    carried = {field: dict(overlay[field]) for field in TEXTS if overlay.get(field)}
    if "guidance" in carried:
        merged = merge_texts(written_on["guidance"], national["guidance"], carried["guidance"])
        carried["guidance"] = {code: merged[code].text for code in carried["guidance"]}
    own = overlay.get("time_limit_value")
    if own is not None and not merge_limit(national.get("time_limit"), own, written_on.get("time_limit")).asks:
        carried["time_limit_value"] = own
    languages = sorted({code for field in TEXTS for code in carried.get(field, {})})
    return drafted(national, extras_in(overlay), languages, carried)


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What a new edition changed, field by field."""
    found = []
    for field in TEXTS:
        was, now = before.get(field) or {}, after.get(field) or {}
        languages = tuple(code for code in sorted({*was, *now}) if was.get(code) != now.get(code))
        if languages:
            found.append(Change(field, languages))
    found += [Change(name) for name in EXTRAS if (before.get(name) or None) != (after.get(name) or None)]
    limits = before.get("time_limit_value"), after.get("time_limit_value")
    if limits[0] != limits[1]:
        found.append(Change("time_limit", before=limits[0], after=limits[1]))
    return found


def _same(text: str, national: str | None) -> bool:
    return text.replace("\r\n", "\n") == (national or "").strip()
