"""Words for the states and happenings of a partnership. Pure: no database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..core import formats
from ..core.i18n import N_, _, ngettext

STAGES = {
    "started": N_("Getting started"),
    "active": N_("Working partnership"),
    "paused": N_("On a break"),
}


@dataclass(frozen=True)
class Entry:
    """How one kind of happening is told: a sentence that may hold %(words)s, an icon, whether both sides know."""

    sentence: str
    icon: str
    shared: bool = False


ENTRIES = {
    "opened": Entry(N_("The partnership was opened."), "heart-handshake"),
    "note": Entry("%(words)s", "notes"),
    "call": Entry("%(words)s", "phone"),
    "visit": Entry("%(words)s", "walk"),
    "enquiry": Entry(N_("%(words)s made contact through the contact page."), "message-2", shared=True),
    "answer": Entry(N_("The contact was answered."), "send", shared=True),
    "invited": Entry(N_("%(words)s was invited to Parasta."), "mail", shared=True),
    "joined": Entry(N_("%(words)s came in to Parasta."), "user-plus", shared=True),
    "stage": Entry(N_("Stage is now: %(words)s."), "flag"),
    "coordinator": Entry(N_("%(words)s now looks after the partnership."), "user"),
    "talk": Entry(N_("The next talk is on %(words)s."), "calendar"),
    "placement": Entry(N_("A placement was planned: %(words)s."), "school", shared=True),
    "agreement": Entry(N_("An agreement was signed and sealed: %(words)s."), "signature", shared=True),
    "pulse": Entry(N_("The workplace answered a question: %(words)s"), "message-circle", shared=True),
}
WRITTEN = ("call", "visit", "note")  # the kinds that people write themselves


def stage_name(stage: str) -> str:
    """The stage in the language spoken now."""
    return _(STAGES[stage])


def told(kind: str, words: str) -> str:
    """One happening as a sentence in the language spoken now; `words` is what was written down.

    A stage is written down by its key and a talk by its moment (ISO 8601), so that both are told in any language.
    """
    if kind == "stage":
        words = stage_name(words)
    elif kind == "talk":
        words = formats.date_time(datetime.fromisoformat(words))
    sentence = ENTRIES[kind].sentence
    return words if sentence == "%(words)s" else _(sentence, words=words)


def lasted(since: date, today: date) -> str:
    """How long something has gone on, in years and full months: 2 v 3 kk; less than a month is an empty text."""
    months = (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
    years, rest = divmod(max(months, 0), 12)
    if years and rest:
        return _("%(years)s yr %(months)s mo", years=years, months=rest)
    if years:
        return ngettext("%(num)s year", "%(num)s years", years)
    return ngettext("%(num)s month", "%(num)s months", rest) if rest else ""


def promise(limit: Mapping[str, Any]) -> str:
    """What a provider promises to whoever makes contact. limit: {"value", "unit": working_day | day | month, …}."""
    number, unit = int(limit["value"]), limit["unit"]
    if unit == "working_day":
        return ngettext("We answer within %(num)s working day.", "We answer within %(num)s working days.", number)
    if unit == "day":
        return ngettext("We answer within %(num)s day.", "We answer within %(num)s days.", number)
    return ngettext("We answer within %(num)s month.", "We answer within %(num)s months.", number)
