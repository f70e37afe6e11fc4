"""Deadlines, people and facts of a placement in words. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..core.formats import date as long_date
from ..core.formats import short_date, weekday
from ..core.i18n import N_, _, pick
from ..reference.process_map import limit_words, name_of, role_name
from .flow import Stop

# why a step is done, by the event that says so
BECAUSE = {
    "placements.placement_planned": N_("The placement was planned."),
    "planning.session_called": N_("The invitations were sent."),
    "planning.session_closed": N_("Agreed together in the planning session."),
    "agreements.agreement_drafted": N_("The agreement was written."),
    "agreements.agreement_offered": N_("The agreement was sent to be signed."),
    "agreements.agreement_sealed": N_("All have signed."),
    "agreements.person_informed": N_("The agreement was given for information."),
    "feedback.pulse_replied": N_("The provider replied to the workplace."),
}
FROM_BEFORE = ("contact-response", "partnership-agreement")  # noted with the placement, done in the partnership
# roles of the process that somebody of the placement holds
OF_WORKPLACE = ("employer_rep", "workplace_instructor_responsible", "workplace_instructor", "workplace_assessor")
OF_STUDENT = ("student", "guardian")


@dataclass(frozen=True)
class Who:
    """One person of a placement as a page shows them."""

    name: str
    part: str  # instructor, teacher, student, guardian, staff
    words: str
    kind: str | None = None  # of the face: provider, workplace
    you: bool = False
    phone: str = ""


def day_words(day: date, today: date) -> str:
    """to 31.12.; with the year where it is another one than today's."""
    return f"{weekday(day)} {short_date(day) if day.year == today.year else long_date(day)}"


def due_words(stop: Stop, frame: Mapping[str, Any], today: date) -> str:
    """viimeistään to 31.12. · ennen jakson alkua 11.1. · ennen allekirjoittamista; empty without a limit."""
    if stop.limit is None:
        return ""
    if stop.due is None:
        return limit_words(stop.limit, frame)
    day = day_words(stop.due, today)
    if stop.late:
        return _("was due %(day)s", day=day)
    anchor = str(stop.limit["anchor"])
    if not stop.limit["value"] and anchor.startswith(("before:", "at:")):
        return f"{name_of(frame['anchors'], anchor)} {short_date(stop.due)}"
    return _("by %(day)s", day=day)


def name_of_step(stop: Stop) -> str:
    return pick(stop.step.name).text


def in_sentence(words: str) -> str:
    """A name of a step inside a sentence: its first letter small, unless it is an abbreviation."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def begun(words: str) -> str:
    """The beginning of a line: a capital, and the rest as it is."""
    return words[:1].upper() + words[1:]


def responsible(role: str, placement: Any, staff: Mapping[str, str], frame: Mapping[str, Any]) -> tuple[str, str]:
    """(name, role in words) of whoever a step belongs to; the name is empty where nobody is named."""
    words = role_name(frame, role)
    if role == "teacher":
        return placement.teacher_name, words
    if role in OF_WORKPLACE:
        return placement.instructor_name, words
    if role == "student":
        return placement.student_name, words
    return staff.get(role, ""), words


def is_mine(role: str, held: Iterable[str]) -> bool:
    """Whether a step of this role is the reader's; a workplace's steps are for any of its people who may act."""
    held = set(held)
    return role in held or (role in OF_WORKPLACE and not held.isdisjoint(OF_WORKPLACE))


def because(event: str, step_key: str) -> str:
    """Why a step is done, as a sentence."""
    if step_key in FROM_BEFORE:
        return _("Done in the partnership before.")
    return _(BECAUSE[event]) if event in BECAUSE else ""
