"""Who follows which release and how much time is left: late, soon late, in time, up to date. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from ..core.i18n import N_

NEAR = timedelta(days=30)
PAUSE = timedelta(days=7)  # between two reminders to one provider
STATES = {
    "late": N_("Late"), "near": N_("The time is running out"), "waits": N_("In transition"),
    "current": N_("Up to date"), "none": N_("No handbook of its own"),
}  # fmt: skip
REMINDED = ("late", "near")


class Newer(Protocol):
    """What is looked at of a published release."""

    number: Any
    transition_until: Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where a provider stands. state: a key of STATES; `due`: the last day on which its release may be followed."""

    state: str
    due: date | None = None

    @property
    def rank(self) -> int:
        """The most pressing first."""
        return list(STATES).index(self.state)


def place(number: str | None, releases: Sequence[Newer], today: date) -> Place:
    """`releases`: those that have come into force, the newest first. A provider without a handbook of its own
    follows the newest one by itself. The end of the transition to the next release is what counts."""
    if number is None:
        return Place("none")
    newer = []
    for release in releases:
        if release.number == number:
            break
        newer.append(release)
    else:
        return Place("current")  # ahead of all: it follows one that is yet to come into force
    if not newer:
        return Place("current")
    due = min((r.transition_until for r in newer if r.transition_until), default=None)
    if due is None or due - today > NEAR:
        return Place("waits", due)
    return Place("late" if due < today else "near", due)


def may_be_reminded(state: str, reminded_at: datetime | None, now: datetime) -> bool:
    """Whoever is late or soon late, once a week at most."""
    return state in REMINDED and (reminded_at is None or now - reminded_at >= PAUSE)
