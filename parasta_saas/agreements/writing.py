"""An agreement written from a placement and what was agreed at the table. Pure.

`details` are plain JSON, kept beside the content: days as ISO text, hours as decimal text, "" for what is not
known. From them and the parties come the terms, from the terms the content, from both the facts for the rules.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any, Protocol

from ..core.i18n import _, pick, using
from . import document
from .document_view import Method
from .facts import AgreementFacts, Suitability
from .rulebook import APPRENTICESHIP

Details = dict[str, Any]
# What was decided about these steps is part of the agreement, in this order.
DECISIONS = ("guidance-plan", "demo-plan", "other-learning")
EMPTY: Details = {
    "schedule": "", "weekly_hours": "", "daily_hours": "", "works_from": "", "works_until": "",
    "workplace_weekly_hours": "", "safety": "", "visits": [], "production": False, "tools": False, "staff": False,
    "hoks_extract": False, "dangerous_work": False, "dangerous_work_notice_on": "", "basic_education": "", "pay": "",
    "collective_agreement": "", "trial_ends_on": "", "compensation": "", "reason": "",
}  # fmt: skip


class Decided(Protocol):
    """One step on the agenda, as far as the agreement is concerned."""

    step_key: str
    title: Mapping[str, str]
    decision: str


@dataclass(frozen=True)
class Party:
    """One organisation: its name by language, and its business id where there is one."""

    name: dict[str, str]
    business_id: str = ""


@dataclass(frozen=True)
class Parties:
    """Everybody whom the agreement names and whom the placement does not describe."""

    provider: Party
    workplace: Party
    birth_date: date
    guardians: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heading:
    """What stands above the agreement."""

    number: str
    edition: int
    form: str
    language: str
    drafted_on: date


def decided_words(agenda: Iterable[Decided], language: str) -> str:
    """The decisions on guidance, demonstration and other learning, one a line, each but the first with its name."""
    decided = {item.step_key: item for item in agenda if item.decision.strip()}
    found = [decided[key] for key in DECISIONS if key in decided]
    return "\n".join(
        item.decision if item.step_key == DECISIONS[0] else f"{pick(item.title, language).text}: {item.decision}"
        for item in found
    )


def content_of(heading: Heading, placement: Any, parties: Parties, details: Details) -> document.Content:
    """The whole content as it will be signed."""
    terms = document.AgreementTerms(
        number=heading.number, version=heading.edition, form=heading.form, language=heading.language,
        drafted_on=heading.drafted_on, provider=_provider(parties, details),
        workplace=_workplace(placement, parties, details), student=_student(placement, parties),
        qualification=document.Unit(placement.qualification_code, dict(placement.qualification)),
        units=_units(details), goals=tuple(details["goals"]), tasks=tuple(details["tasks"]),
        period=_period(placement, details), guidance=_guidance(placement, details),
        planned_on=_day(details["planned_on"]), employment=_employment(heading.form, details),
        safety=details["safety"], attachments=_attachments(heading.language, details),
    )  # fmt: skip
    return document.agreement_content(terms)


def facts_of(content: document.Content, details: Details, on: date) -> AgreementFacts:
    """What the rules look at; `on` is the day of signing, today for a draft."""
    period, employment = content["period"], content["employment"] or {}
    instructor = content["guidance"]["instructor"]
    return AgreementFacts(
        form=content["form"], signed_on=on, starts_on=_day(period["starts_on"]), ends_on=_day(period["ends_on"]),
        student_birth_date=_day(content["student"]["birth_date"]),
        basic_education_finished={"yes": True, "no": False}.get(details["basic_education"]),
        guardian_named=bool(content["student"]["guardian"]),
        units=tuple((unit["code"], pick(unit["name"]).text) for unit in content["units"]),
        goals=tuple(content["goals"]), tasks=tuple(content["tasks"]), hoks_extract=details["hoks_extract"],
        instructor_name=instructor["name"], instructor_email=instructor["email"],
        instructor_phone=instructor["phone"], workplace_name=pick(content["workplace"]["name"]).text,
        business_id=content["workplace"]["business_id"], suitability=_suitability(details),
        part_time_percent=period["part_time_percent"], weekly_hours=_amount(details["weekly_hours"]),
        daily_hours=_amount(details["daily_hours"]), works_from=_clock(details["works_from"]),
        works_until=_clock(details["works_until"]),
        workplace_weekly_hours=_amount(details["workplace_weekly_hours"]),
        compensation_eur=_amount(details["compensation"]), pay=details["pay"],
        trial_ends_on=_day(employment.get("trial_ends_on")), dangerous_work=details["dangerous_work"],
        dangerous_work_notice_on=_day(details["dangerous_work_notice_on"]),
    )  # fmt: skip


def printed(signatures: Iterable[Any]) -> list[document.Signature]:
    """Signatures as the document shows them; a PDF dates itself to the second."""
    return [document.Signature(s.name, s.side, s.at.replace(microsecond=0), Method(s.method)) for s in signatures]


def _provider(parties: Parties, details: Details) -> document.Organisation:
    contact = document.Contact(**details["coordinator"])
    return document.Organisation(
        parties.provider.name, parties.provider.business_id, details["provider_signatory"], contact
    )


def _workplace(placement: Any, parties: Parties, details: Details) -> document.Organisation:
    signer = details["signer"]
    return document.Organisation(
        parties.workplace.name, placement.business_id, signer["name"],
        document.Contact(signer["name"], signer["email"]), placement.site,
    )  # fmt: skip


def _student(placement: Any, parties: Parties) -> document.Student:
    return document.Student(placement.student_name, parties.birth_date, ", ".join(parties.guardians))


def _units(details: Details) -> tuple[document.Unit, ...]:
    return (document.Unit(details["unit_code"], dict(details["unit"])),) if details["unit"] else ()


def _period(placement: Any, details: Details) -> document.Period:
    return document.Period(
        placement.starts_on, placement.ends_on, details["schedule"], _amount(details["weekly_hours"]),
        details["part_time_percent"],
    )  # fmt: skip


def _guidance(placement: Any, details: Details) -> document.Guidance:
    return document.Guidance(
        document.Contact(placement.instructor_name, placement.instructor_email, details["instructor_phone"]),
        document.Contact(placement.teacher_name, "", placement.teacher_phone),
        tuple(date.fromisoformat(day) for day in details["visits"]), details["support"],
    )  # fmt: skip


def _employment(form: str, details: Details) -> document.Employment | None:
    if form != APPRENTICESHIP:
        return None
    return document.Employment(
        details["pay"], details["collective_agreement"], _day(details["trial_ends_on"]),
        _amount(details["compensation"]) or Decimal(0),
    )  # fmt: skip


def _attachments(language: str, details: Details) -> tuple[str, ...]:
    if not details["hoks_extract"]:
        return ()
    with using(language):
        return (_("The part of the student's plan (HOKS) that this agreement is about"),)


def _suitability(details: Details) -> Suitability:
    return Suitability(details["production"], details["tools"], details["staff"])


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _clock(iso: str) -> time | None:
    return time.fromisoformat(iso) if iso else None


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None
