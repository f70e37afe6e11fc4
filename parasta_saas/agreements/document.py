"""What an agreement says, as canonical content with a hash, and the PDF made of it.

Whoever signs, signs the content: it holds the clauses themselves in three languages, so that a later
change of a translation changes no agreement. The PDF is one way to look at the content.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import typst

from parasta_saas.agreements import document_words as words
from parasta_saas.agreements.document_view import Signature, Verification, view
from parasta_saas.agreements.facts import is_minor
from parasta_saas.agreements.rules import Side, parties
from parasta_saas.core.errors import ParastaError
from parasta_saas.core.i18n import _

__all__ = [
    "AgreementTerms",
    "Break",
    "Contact",
    "Employment",
    "Guidance",
    "Organisation",
    "Period",
    "Signature",
    "Student",
    "Unit",
    "Unprintable",
    "Verification",
    "agreement_content",
    "canonical_json",
    "content_sha256",
    "render_pdf",
]

SCHEMA = "parasta.agreement/1"
PRINT = Path(__file__).resolve().parents[2] / "templates" / "print"
FONTS = Path(__file__).resolve().parents[1] / "static" / "vendor" / "fonts"
# Accessible (ISO 14289-1) and archivable (ISO 19005-2 level A) at once, as far as Typst checks it.
STANDARDS: list[Any] = ["ua-1", "a-2a"]

Texts = Mapping[str, str]
Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Contact:
    """A person to reach."""

    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A party, who signs for it and whom to call. `name` may differ by language."""

    name: Texts
    business_id: str
    signatory: str
    contact: Contact
    site: str = ""


@dataclass(frozen=True, slots=True)
class Student:
    """The student; `guardian` is named for a minor."""

    name: str
    birth_date: date
    guardian: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A qualification or a unit of one."""

    code: str
    name: Texts


@dataclass(frozen=True, slots=True)
class Break:
    """Days in the period when the student is not at the workplace."""

    starts_on: date
    ends_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Period:
    """When; `schedule` in the makers' own words, hours a week, percent of full time."""

    starts_on: date
    ends_on: date
    schedule: str = ""
    weekly_hours: Decimal | None = None
    part_time_percent: int = 100
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, slots=True)
class Guidance:
    """Who guides and how."""

    instructor: Contact
    teacher: Contact
    visits: tuple[date, ...] = ()
    support: str = ""


@dataclass(frozen=True, slots=True)
class Employment:
    """Of an apprenticeship only: the employment's terms and the compensation in euros a month."""

    pay: str
    collective_agreement: str
    trial_ends_on: date | None = None
    compensation_eur: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class AgreementTerms:
    """Everything agreed, before it becomes content."""

    number: str
    version: int
    form: str
    language: str
    drafted_on: date
    provider: Organisation
    workplace: Organisation
    student: Student
    qualification: Unit
    units: tuple[Unit, ...]
    goals: tuple[str, ...]
    tasks: tuple[str, ...]
    period: Period
    guidance: Guidance
    planned_on: date | None = None
    employment: Employment | None = None
    safety: str = ""
    attachments: tuple[str, ...] = ()


class Unprintable(ParastaError):
    """A text that no font can show; the message names it."""

    status = 422


def agreement_content(terms: AgreementTerms) -> Content:
    """The whole agreement as plain JSON: ISO days, decimals as text, texts by language."""
    minor = is_minor(terms.student.birth_date, terms.period.starts_on)
    sides = parties(terms.form, minor=minor)
    plain: Content = _plain(terms)
    return plain | {
        "schema": SCHEMA,
        "signatories": [_party(terms, side) for side in sides.signs],
        "informed": [_party(terms, side) for side in sides.informed],
        "clauses": words.clauses(terms.form, minor=minor),
        "signing_means": words.signing_means(terms.form),
        "basis": words.basis(terms.form, minor=minor),
        "mark": words.mark(),
    }


def canonical_json(content: Content) -> str:
    """The content as one text: keys sorted, no spaces, characters as they are (UTF-8 when written)."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def content_sha256(content: Content) -> str:
    """SHA-256 (FIPS 180-4) of the canonical content, 64 hexadecimal digits."""
    return sha256(canonical_json(content).encode()).hexdigest()


def render_pdf(
    content: Content,
    language: str,
    signatures: Sequence[Signature] = (),
    verification: Verification | None = None,
    *,
    fonts: Path = FONTS,
) -> bytes:
    """The agreement in fi, sv or en as PDF/UA-1 and PDF/A-2a; the same input gives the same bytes.

    Raises Unprintable when a text has a character that no font holds: render once before offering
    an agreement for signing, so that nobody meets it afterwards.
    """
    shown = view(content, content_sha256(content), language, signatures, verification)
    compiler = typst.Compiler(PRINT / "agreement.typ", root=PRINT, font_paths=_fonts(fonts))
    try:
        pdf = compiler.compile(
            format="pdf",
            sys_inputs={"view": json.dumps(shown, ensure_ascii=False)},
            pdf_standards=STANDARDS,
            timestamp=_made_at(content, signatures),
        )
    except typst.TypstError as error:
        missing = re.search(r'the text `"(.*?)"` could not be displayed', str(error))
        if missing is None:
            raise
        raise Unprintable(_("Write %(text)s in other letters: it can't be printed.", text=missing[1])) from error
    assert isinstance(pdf, bytes)  # a list only for images of several pages
    return pdf


def _made_at(content: Content, signatures: Sequence[Signature]) -> datetime:
    # The clock would make two renderings differ: the last signature, or the day of the draft, dates the file.
    signed = max((signature.signed_at for signature in signatures), default=None)
    return (signed or datetime.fromisoformat(content["drafted_on"]).replace(tzinfo=UTC)).astimezone(UTC)


@lru_cache(maxsize=4)
def _fonts(folder: Path) -> typst.Fonts:
    # Without the folder (front-end packages not built yet) the embedded Libertinus Serif is used.
    return typst.Fonts(include_system_fonts=False, font_paths=[folder] if folder.is_dir() else [])


def _party(terms: AgreementTerms, side: Side) -> dict[str, Any]:
    organisation: Texts = {}
    if side is Side.PROVIDER:
        name, organisation = terms.provider.signatory, terms.provider.name
    elif side is Side.WORKPLACE:
        name, organisation = terms.workplace.signatory, terms.workplace.name
    else:
        name = terms.student.guardian if side is Side.GUARDIAN else terms.student.name
    return {"side": side.value, "name": name, "organisation": dict(organisation)}


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    # Decimal text keeps 37.5 and 37.50 one and the same.
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
