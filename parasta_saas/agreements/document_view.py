"""How the content of an agreement is laid out for reading: sections of rows, lists and boxes.

The Typst template draws what this module decides, and decides nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from parasta_saas.agreements.rulebook import TRAINING_AGREEMENT
from parasta_saas.core import formats
from parasta_saas.core.i18n import N_, _, language, pgettext, pick, using

Content = dict[str, Any]
Block = dict[str, Any]

TITLES = {
    "training_agreement": N_("Training agreement"),
    "apprenticeship": N_("Apprenticeship agreement"),
}
SIDES = {
    "workplace": N_("Workplace"),
    "provider": N_("Education provider"),
    "student": N_("Student"),
    "guardian": N_("Guardian"),
}
MADE_IN = {
    "fi": N_("The agreement was made in Finnish. This is the same agreement in English."),
    "sv": N_("The agreement was made in Swedish. This is the same agreement in English."),
    "en": N_("The agreement was made in English."),
}


class Method(StrEnum):
    """How the signer was known."""

    LINK = "link"
    SIGN_IN = "sign_in"
    PASSKEY = "passkey"
    PAPER = "paper"


METHODS = {
    Method.LINK: N_("Personal link sent by e-mail"),
    Method.SIGN_IN: N_("Signed in to the service"),
    Method.PASSKEY: N_("Signed in with a passkey"),
    Method.PAPER: N_("On paper, entered by the provider"),
}


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature given: who, for which side, when (aware), how."""

    name: str
    side: str
    signed_at: datetime
    method: Method


@dataclass(frozen=True, slots=True)
class Verification:
    """Where a reader checks the document: address of the page and the code, as written for people."""

    url: str
    code: str


def view(
    content: Content,
    sha256: str,
    reader_language: str,
    signatures: Sequence[Signature] = (),
    verification: Verification | None = None,
) -> dict[str, Any]:
    """Everything the template needs, as words in fi, sv or en."""
    title = TITLES[content["form"]]
    with using(reader_language):
        return {
            "lang": reader_language,
            "own_lang": content["language"],
            "title": _(title),
            "provider": _text(content["provider"]["name"]),
            "number": pgettext(
                "agreement",
                "Number %(number)s, version %(version)s",
                number=content["number"],
                version=content["version"],
            ),
            "student": content["student"]["name"],
            "state": _state(content, signatures),
            "complete": not _awaited(content, signatures),
            "key_facts": _key_facts(content),
            "sections": _sections(content),
            "signing": _signing(content, signatures),
            "checking": _checking(content, sha256, verification),
            "mark": _text(content["mark"]),
            "page": pgettext("agreement", "Page"),
            "hash_label": _("Content hash (SHA-256)"),
            "hash": sha256,
        }


def _text(texts: dict[str, str]) -> str:
    return pick(texts).text


def _coded(thing: Content) -> str:
    """A name with its code, where the code is known."""
    return f"{_text(thing['name'])} ({thing['code']})" if thing["code"] else _text(thing["name"])


def _day(iso: str) -> str:
    return formats.date(date.fromisoformat(iso))


def _days(period: Content) -> str:
    return formats.date_range(date.fromisoformat(period["starts_on"]), date.fromisoformat(period["ends_on"]))


def _number(text: str) -> str:
    return formats.number(Decimal(text))


def _awaited(content: Content, signatures: Sequence[Signature]) -> list[dict[str, Any]]:
    signed = {str(signature.side) for signature in signatures}
    return [party for party in content["signatories"] if party["side"] not in signed]


def _state(content: Content, signatures: Sequence[Signature]) -> str:
    if not _awaited(content, signatures):
        return pgettext("agreement", "Signed")
    return pgettext("agreement", "Waiting for signatures") if signatures else pgettext("agreement", "Draft, not signed")


def _key_facts(content: Content) -> list[Block]:
    period, guidance = content["period"], content["guidance"]
    return [
        {
            "label": pgettext("agreement", "Who"),
            "value": content["student"]["name"],
            "note": _text(content["qualification"]["name"]),
        },
        {"label": pgettext("agreement", "When"), "value": _days(period), "note": period["schedule"]},
        {
            "label": pgettext("agreement", "Where"),
            "value": _text(content["workplace"]["name"]),
            "note": pgettext("agreement", "Instructor: %(name)s", name=guidance["instructor"]["name"]),
        },
        {
            "label": pgettext("agreement", "Teacher"),
            "value": guidance["teacher"]["name"],
            "note": _text(content["provider"]["name"]),
        },
    ]


def _sections(content: Content) -> list[Block]:
    sections = [
        (pgettext("agreement", "Parties"), [{"kind": "parties", "parties": _parties(content)}]),
        (pgettext("agreement", "Student"), [_rows(_student(content))]),
        (pgettext("agreement", "Period and working time"), [_rows(_period(content))]),
        (pgettext("agreement", "What is learnt"), _learning(content)),
        (pgettext("agreement", "Guidance and support"), [_rows(_guidance(content))]),
        (pgettext("agreement", "Terms of employment"), [_rows(_employment(content))]),
        (
            pgettext("agreement", "Terms"),
            [{"kind": "numbered", "items": [_text(c["text"]) for c in content["clauses"]]}],
        ),
        (
            pgettext("agreement", "What signing means"),
            [{"kind": "bullets", "items": [_text(t) for t in content["signing_means"]]}],
        ),
        (pgettext("agreement", "What the agreement is based on"), _basis(content)),
    ]
    return [
        {"title": title, "blocks": blocks}
        for title, blocks in sections
        if any(block.get("rows") or block.get("items") or block.get("parties") for block in blocks)
    ]


def _rows(rows: Sequence[tuple[str, ...]]) -> Block:
    """Label, value, and "code" for what is compared or typed; rows without a value are left out."""
    return {"kind": "rows", "rows": [list(row) for row in rows if row[1]]}


def _parties(content: Content) -> list[Block]:
    workplace = (
        pgettext("agreement", "Workplace")
        if content["form"] == TRAINING_AGREEMENT
        else pgettext("agreement", "Employer")
    )
    return [
        _party(pgettext("agreement", "Education provider"), content["provider"]),
        _party(workplace, content["workplace"]),
    ]


def _party(role: str, party: Content) -> Block:
    rows = [
        (pgettext("agreement", "Business ID"), party["business_id"]),
        (pgettext("agreement", "Site"), party["site"]),
        (pgettext("agreement", "Signs"), party["signatory"]),
        (pgettext("agreement", "Contact person"), _contact(party["contact"])),
    ]
    return {"role": role, "name": _text(party["name"]), **_rows(rows)}


def _contact(contact: Content) -> str:
    return "\n".join(part for part in (contact["name"], contact["phone"], contact["email"]) if part)


def _student(content: Content) -> list[tuple[str, str]]:
    student, qualification = content["student"], content["qualification"]
    return [
        (pgettext("agreement", "Name"), student["name"]),
        (pgettext("agreement", "Date of birth"), _day(student["birth_date"])),
        (pgettext("agreement", "Guardian"), student["guardian"]),
        (pgettext("agreement", "Qualification"), _coded(qualification)),
    ]


def _period(content: Content) -> list[tuple[str, str]]:
    period = content["period"]
    hours = (
        pgettext("agreement", "%(hours)s hours", hours=_number(period["weekly_hours"]))
        if period["weekly_hours"]
        else ""
    )
    percent = period["part_time_percent"]
    return [
        (pgettext("agreement", "Period"), _days(period)),
        (pgettext("agreement", "Working days"), period["schedule"]),
        (pgettext("agreement", "A week on average"), hours),
        (
            pgettext("agreement", "Extent"),
            pgettext("agreement", "Full time") if percent == 100 else formats.percent(percent / 100),
        ),
        (
            pgettext("agreement", "Breaks"),
            "\n".join(f"{_days(one)} {one['reason']}".strip() for one in period["breaks"]),
        ),
        (pgettext("agreement", "Safety at work"), content["safety"]),
    ]


def _learning(content: Content) -> list[Block]:
    units = "\n".join(_coded(unit) for unit in content["units"])
    planned = _day(content["planned_on"]) if content["planned_on"] else ""
    return [
        _rows([(pgettext("agreement", "Unit of the qualification"), units)]),
        {
            "kind": "numbered",
            "caption": pgettext("agreement", "Goals"),
            "items": content["goals"],
            "own": True,
        },
        {
            "kind": "bullets",
            "caption": pgettext("agreement", "Key tasks"),
            "items": content["tasks"],
            "own": True,
        },
        _rows(
            [
                (pgettext("agreement", "Planned together"), planned),
                (pgettext("agreement", "Attachments"), "\n".join(content["attachments"])),
            ]
        ),
    ]


def _guidance(content: Content) -> list[tuple[str, str]]:
    guidance = content["guidance"]
    return [
        (pgettext("agreement", "Responsible workplace instructor"), _contact(guidance["instructor"])),
        (pgettext("agreement", "Teacher"), _contact(guidance["teacher"])),
        (pgettext("agreement", "Teacher's visits"), ", ".join(_day(day) for day in guidance["visits"])),
        (pgettext("agreement", "Support agreed"), guidance["support"]),
    ]


def _employment(content: Content) -> list[tuple[str, str]]:
    terms = content["employment"]
    if terms is None:
        return []
    return [
        (pgettext("agreement", "Pay"), terms["pay"]),
        (pgettext("agreement", "Collective agreement"), terms["collective_agreement"]),
        (
            pgettext("agreement", "Trial period ends"),
            _day(terms["trial_ends_on"]) if terms["trial_ends_on"] else "",
        ),
        (
            pgettext("agreement", "Training compensation a month"),
            formats.euros(Decimal(terms["compensation_eur"])),
        ),
    ]


def _basis(content: Content) -> list[Block]:
    note = _("Section numbers that are uncertain have been left out.")
    return [
        {"kind": "bullets", "items": [_text(text) for text in content["basis"]]},
        {"kind": "note", "text": note},
    ]


def _signing(content: Content, signatures: Sequence[Signature]) -> Block:
    given = {str(signature.side): signature for signature in signatures}
    informed = ", ".join(f"{party['name']} ({_side(party, content['form']).lower()})" for party in content["informed"])
    return {
        "title": pgettext("agreement", "Signatures"),
        "boxes": [_box(party, content["form"], given.get(party["side"])) for party in content["signatories"]],
        "informed_label": pgettext("agreement", "For information"),
        "informed": informed,
    }


def _side(party: Content, form: str) -> str:
    if party["side"] == "workplace" and form != TRAINING_AGREEMENT:
        return pgettext("agreement", "Employer")
    side = SIDES[party["side"]]
    return _(side)


def _box(party: Content, form: str, signature: Signature | None) -> Block:
    organisation = _text(party["organisation"])
    box = {"side": _side(party, form), "organisation": organisation, "signed": signature is not None}
    if signature is None:
        return box | {"name": party["name"], "lines": [pgettext("agreement", "Signature awaited")]}
    signed = pgettext("agreement", "Signed %(when)s", when=formats.date_time(signature.signed_at))
    return box | {"name": signature.name, "lines": [signed, _(METHODS[signature.method])]}


def _checking(content: Content, sha256: str, verification: Verification | None) -> Block:
    sealed = _("The seal of the file and the page below show whether anything has changed after the sealing.")
    notes = [sealed] if verification else []
    if language() != content["language"]:
        made_in = MADE_IN[content["language"]]
        notes.append(_(made_in))
    rows = [
        (pgettext("agreement", "Address"), verification.url if verification else ""),
        (pgettext("agreement", "Code"), verification.code if verification else "", "code"),
        (_("Content hash (SHA-256)"), " ".join(sha256[i : i + 8] for i in range(0, 64, 8)), "code"),
    ]
    return {"title": pgettext("agreement", "Checking that this is genuine"), "notes": notes, **_rows(rows)}
