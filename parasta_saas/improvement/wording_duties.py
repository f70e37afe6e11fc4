"""Words for duties, holders and what is amiss."""

from collections.abc import Mapping
from typing import Any

from ..core.i18n import N_, _, ngettext, pick
from ..reference.process_map import role_name
from .raci import DUTIES, Finding, Holder

DUTY_NAMES = {
    "answers": N_("Answers for it"), "does": N_("Does"), "decides": N_("Decides"), "signs": N_("Signs it"),
    "consulted": N_("Takes part"), "informed": N_("Is told"),
}  # fmt: skip
DUTY_MEANS = {
    "answers": N_("sees that it gets done; one alone"), "does": N_("does the work"), "decides": N_("has the last word"),
    "signs": N_("signs for the provider"), "consulted": N_("is there or is heard"),
    "informed": N_("hears of it afterwards"),
}  # fmt: skip
SOURCES = {
    "national": N_("by the reference process"), "provider": N_("the whole provider's"), "unit": N_("the unit's own"),
}  # fmt: skip


def duty_name(key: str) -> str:
    return _(DUTY_NAMES[key])


def duties() -> list[tuple[str, str]]:
    """(key, name and what it means) for a choice."""
    return [(key, _("%(duty)s: %(means)s", duty=_(DUTY_NAMES[key]), means=_(DUTY_MEANS[key]))) for key in DUTIES]


def holder_name(holder: Holder, frame: Mapping[str, Any], names: Mapping[str, str], main: str) -> str:
    """Who: a role of the model, an own role, a person by name; `main` the provider's first language."""
    if holder.kind == "role":
        return _capital(role_name(frame, holder.value))
    if holder.kind == "own":
        return _capital(pick(holder.texts, main=main).text)
    if holder.kind == "member":
        return names.get(holder.value) or _("a person who has left")
    return _("nobody here")


def finding_words(finding: Finding, who: str, duty: str) -> str:
    """What is amiss, without the step. `who` the holder in words, `duty` the duty in words."""
    words = {
        "no_answer": _("Nobody answers for it."),
        "no_doer": _("Nobody does it."),
        "no_signer": _("Nobody signs it."),
        "two_answer": _("Two or more answer for it. One is enough."),
        "left": _("%(name)s no longer works here (%(duty)s).", name=who, duty=duty.lower()),
        "may_not_sign": _("%(name)s may not sign for the provider.", name=who),
    }
    if finding.kind == "vacant":
        return ngettext(
            "Nobody here is in the role %(role)s. It is needed at one step.",
            "Nobody here is in the role %(role)s. It is needed at %(num)s steps.", len(finding.steps), role=who.lower(),
        )  # fmt: skip
    return words[finding.kind]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
