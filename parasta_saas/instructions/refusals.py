"""What is refused in a local instruction, said so that it can be mended: field of the form → instructions."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..core.i18n import _
from ..reference.process_map import limit_words
from .limits import Range
from .resolved import Refusal


def told(
    refusals: Sequence[Refusal],
    *,
    step: Mapping[str, Any],
    frame: Mapping[str, Any],
    languages: Sequence[str],
    language: str,
) -> dict[str, list[str]]:
    """Correction instructions beside the fields, in the reader's language."""
    errors: dict[str, list[str]] = {}
    for refusal in refusals:
        if refusal.field == "time_limit_value":
            limit = limit_words(step.get("time_limit"), frame, language)
            errors.setdefault(refusal.field, []).append(_limit(refusal.permitted, limit))
        else:
            field = f"{refusal.field}_{languages[0]}"
            errors.setdefault(field, []).append(_words(refusal))
    return errors


def permitted_words(permitted: Range | None) -> str:
    """ "1–2", "5 or more", "30 at most"; empty where no number may be given."""
    if permitted is None:
        return ""
    low, high = permitted
    if low is None:
        return _("%(high)s at most", high=high)
    if high is None:
        return _("%(low)s or more", low=low)
    return str(low) if low == high else f"{low}–{high}"


def _limit(permitted: Range | None, national: str) -> str:
    if permitted is None:
        return _("The national time limit stands on this step. Leave your own limit empty.")
    return _(
        "Write %(permitted)s. The national limit is %(limit)s: yours may be stricter, not looser.",
        permitted=permitted_words(permitted), limit=national,
    )  # fmt: skip


def _words(refusal: Refusal) -> str:
    if refusal.missing:
        return _("Put back what the national text says: %(sentences)s", sentences=" ".join(refusal.missing))
    return _("The national text stands here as it is. Write your own words under How we do it.")
