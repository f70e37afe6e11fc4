"""What people are told about an agreement: titles, the line of its life, the facts in large."""

from collections.abc import Sequence
from datetime import date, datetime

from ..core import formats
from ..core.i18n import N_, _, language, pick
from . import naming
from .facts import ADULT_AGE
from .models import Agreement, Notice, Signature
from .rulebook import TRAINING_AGREEMENT

FORMS = {"training_agreement": N_("Training agreement"), "apprenticeship": N_("Apprenticeship agreement")}
STATE_NAMES = {
    "draft": N_("Draft"), "offered": N_("To be signed"), "signed": N_("Signed, being sealed"), "sealed": N_("Sealed"),
}  # fmt: skip
PILLS = {"draft": "line", "offered": "waits", "signed": "waits", "sealed": "ok"}
SIDES = {"workplace": N_("Workplace"), "provider": N_("Education provider"), "student": N_("Student")}


def form_name(form: str) -> str:
    """Training agreement or apprenticeship agreement, in the language spoken now."""
    return _(FORMS[form])


def state_name(agreement: Agreement) -> str:
    """The state in a word or two; a stopped one says so."""
    return _("Stopped: something to correct") if agreement.remarked else _(STATE_NAMES[agreement.state])


def sign_title(agreement: Agreement) -> str:
    """Sign Ville's training agreement."""
    whose = naming.whose(agreement.content["student"]["name"], language())
    if agreement.form == TRAINING_AGREEMENT:
        return _("Sign %(whose)s training agreement", whose=whose)
    return _("Sign %(whose)s apprenticeship agreement", whose=whose)


def own_title(agreement: Agreement) -> str:
    """Ville's training agreement."""
    whose = naming.whose(agreement.content["student"]["name"], language())
    if agreement.form == TRAINING_AGREEMENT:
        return _("%(whose)s training agreement", whose=whose)
    return _("%(whose)s apprenticeship agreement", whose=whose)


def period(agreement: Agreement) -> str:
    """11.1.–26.3.2027."""
    days = agreement.content["period"]
    return formats.date_range(date.fromisoformat(days["starts_on"]), date.fromisoformat(days["ends_on"]))


def planned_on(agreement: Agreement) -> str:
    """The day of the session, 11.11.; empty where there was none."""
    day = agreement.content["planned_on"]
    return formats.short_date(date.fromisoformat(day)) if day else ""


def big_facts(agreement: Agreement, reader_email: str) -> list[tuple[str, str, str]]:
    """Who, when, where, teacher: (word, value, smaller words), as somebody reads them who is about to sign."""
    content = agreement.content
    student, guidance = content["student"], content["guidance"]
    born, starts = date.fromisoformat(student["birth_date"]), date.fromisoformat(content["period"]["starts_on"])
    years = formats.age(born, starts)
    who = _("%(name)s, %(years)s years", name=student["name"], years=years) if years < ADULT_AGE else student["name"]
    place = ", ".join(p for p in (pick(content["workplace"]["name"]).text, content["workplace"]["site"]) if p)
    return [
        (_("Who"), who, pick(content["qualification"]["name"]).text),
        (_("When"), period(agreement), content["period"]["schedule"]),
        (_("Where"), place, _instructor(guidance["instructor"], student["name"], reader_email)),
        (_("Teacher"), guidance["teacher"]["name"], _visits(guidance["visits"])),
    ]


def _instructor(instructor: dict[str, str], student: str, reader_email: str) -> str:
    if instructor["email"].lower() == reader_email.lower():
        return _("You are %(whose)s instructor", whose=naming.whose(student, language()))
    return _("Instructor: %(name)s", name=instructor["name"])


def _visits(days: list[str]) -> str:
    if not days:
        return ""
    shown = [formats.short_date(date.fromisoformat(day)) for day in days]
    if len(shown) == 1:
        return _("Visits the workplace on %(day)s", day=shown[0])
    return _("Visits the workplace on %(days)s and %(last)s", days=", ".join(shown[:-1]), last=shown[-1])


def life(
    agreement: Agreement, signatures: Sequence[Signature], notices: Sequence[Notice]
) -> list[tuple[str, str, str]]:
    """Drafted, sent, signed, sealed, told: (words, note, done | now | todo) for the line of stages."""
    told = list(notices)
    rows = [
        (_("Made"), formats.date(agreement.created_at), True),
        (_("Sent"), _when(agreement.offered_at) if agreement.state != "draft" else "",
         agreement.state != "draft"),
        (_("Signed"), f"{len(signatures)} / {len(agreement.sides)}" if agreement.state == "offered"
         else _when(agreement.signed_at), agreement.state in ("signed", "sealed")),
        (_("Sealed"), _when(agreement.sealed_at), agreement.state == "sealed"),
        (_("Given for information"), _when(told[-1].informed_at) if told else "", bool(told)),
    ]  # fmt: skip
    if agreement.state == "sealed" and not agreement.content["informed"]:
        rows.pop()
    now = next((place for place, row in enumerate(rows) if not row[2]), None)
    return [
        (words, note, "done" if done else ("now" if place == now else "todo"))
        for place, (words, note, done) in enumerate(rows)
    ]


def _when(moment: datetime | None) -> str:
    return formats.date(moment) if moment else ""


def side_names() -> dict[str, str]:
    """The sides that sign, in the language spoken now."""
    return {key: _(words) for key, words in SIDES.items()}


def short_state(state: str) -> str:
    """A state in a word or two."""
    return _(STATE_NAMES[state])


def all_states() -> str:
    """What the first tab of the list is called."""
    return _("All")
