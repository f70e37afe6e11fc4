"""A unit's own words on top of its provider's: one step as it stands on a campus or in a field. Pure.

A unit's overlay has the shape of a provider's, and `above`: the guidance it was written on, per language. When that
guidance changes, the unit's text is merged with it sentence by sentence; where both changed a sentence, the unit's
stands and the place is told, so that a person of the unit looks. Nothing of the minimum is the unit's to loosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .merge import merge_texts
from .resolved import Refusal, check_overlay, resolve

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stacked:
    """`view` as of `resolved.resolve`; `overlay` what of the unit's is in force.

    `conflicts`: languages in which the unit's guidance and the one above changed the same sentence. `suspended`: what
    of the unit's is not permitted any more, because the text above asks for more now.
    """

    view: dict[str, Any]
    overlay: dict[str, Any] = field(default_factory=dict)
    conflicts: tuple[str, ...] = ()
    suspended: tuple[Refusal, ...] = ()


def stack(step: Mapping[str, Any], provider: Mapping[str, Any], unit: Mapping[str, Any] | None = None) -> Stacked:
    """A national or own step with the provider's overlay and, if given, a unit's `{"overlay", "above"}` on it."""
    above = resolve(step, provider)
    if not unit:
        return Stacked(above)
    overlay = dict(unit["overlay"])
    texts, conflicts = carried(unit.get("above") or {}, above["guidance"], overlay.pop("guidance", {}))
    if texts:
        overlay["guidance"] = texts
    refused = check_overlay(above, overlay)
    for refusal in refused:
        overlay.pop(refusal.field.partition(".")[0], None)
    return Stacked({**resolve(above, overlay), "above": above["local"]}, overlay, conflicts, tuple(refused))


def carried(base: Texts, above: Texts, own: Texts) -> tuple[dict[str, str], tuple[str, ...]]:
    """(a unit's guidance on the text above of today, languages in which both changed a sentence)."""
    languages = sorted(own)
    merged = merge_texts(
        {code: base.get(code, "") for code in languages}, {code: above.get(code, "") for code in languages}, own
    )
    clashes = tuple(code for code in languages if merged[code].conflicts)
    texts = {code: own[code] if code in clashes else merged[code].text for code in languages}
    return {code: text for code, text in texts.items() if text.strip() != above.get(code, "").strip()}, clashes
