"""Mails to those who sign, the seal, and telling the student and a minor's guardian. All in the provider's scope."""

from typing import Any
from uuid import UUID

from flask import current_app

from ..core import mail
from ..core.access import Actor
from ..core.events import on
from ..core.i18n import using
from ..placements import queries as placements
from ..placements import services as placement_services
from ..tenants import queries as tenants
from ..tenants.models import Membership
from . import installation_key, policies, queries, services, wording
from .models import Agreement, Notice, Signature

SIGN_DAYS, READ_DAYS = 30, 90


@on("agreements.agreement_offered", audience="tenant")
def ask_to_sign(actor: Actor, body: dict[str, Any]) -> None:
    """Both sides may sign at once, in either order; a student only where the form asks for it."""
    _ask(actor, _agreement(actor, body), "")


@on("agreements.signing_reminded")
def ask_again(actor: Actor, body: dict[str, Any]) -> None:
    """A new link for those who have not signed; the older one goes on working until its last day."""
    _ask(actor, _agreement(actor, body), f":again-{body['number']}")


@on("agreements.agreement_remarked", audience="tenant")
def tell_coordinator(actor: Actor, body: dict[str, Any]) -> None:
    """What the workplace said goes to the person who sent the agreement."""
    agreement = _agreement(actor, body)
    if not agreement.remarked:  # corrected and sent anew meanwhile
        return
    for member in _coordinators(actor, agreement):
        _mail(
            actor, agreement, f"agreement_remark:{agreement.id}:{body['edition']}:{member.id}", "agreement_remark",
            member, remark=agreement.remark, remark_by=agreement.remark_by, right_name=agreement.right_name,
            right_email=agreement.right_email, address=_address(actor, agreement),
        )  # fmt: skip


@on("agreements.agreement_signed", audience="tenant")
def seal_when_all_have_signed(actor: Actor, body: dict[str, Any]) -> None:
    """The PDF and its seal, in one transaction with the row that says so."""
    agreement = _agreement(actor, body, locked=True)
    if agreement.state != "signed":
        return
    home = current_app.config["PARASTA_HOME"]
    key = installation_key.opened(home, current_app.config["SEAL_KEY"])
    services.seal_agreement(actor, agreement, key=key, address=f"{current_app.config['PUBLIC_URL']}/verify")


@on("agreements.agreement_sealed", audience="tenant")
def agree_on_placement(actor: Actor, body: dict[str, Any]) -> None:
    """The placement is no longer only planned."""
    placement_services.mark_agreed(actor, placements.placement_for(actor, UUID(body["placement_id"]), locked=True))


@on("agreements.agreement_sealed", audience="tenant")
def send_sealed(actor: Actor, body: dict[str, Any]) -> None:
    """Everyone who signed, and the coordinator, get the way to the sealed document."""
    agreement = _agreement(actor, body)
    signatures = queries.signatures_of(agreement)
    for signature in signatures:
        if signature.side != "provider":
            _send_sealed_link(actor, agreement, signature)
    signed = {s.email.lower() for s in signatures if s.side == "provider"}
    ours = {m.id: m for m in _coordinators(actor, agreement)}
    ours |= {m.id: m for m in tenants.members_of(actor, "provider_signatory") if m.email.lower() in signed}
    for member in ours.values():
        _mail(actor, agreement, f"agreement_sealed:{agreement.id}:{member.id}", "agreement_sealed", member,
              address=_address(actor, agreement))  # fmt: skip


@on("agreements.agreement_sealed", audience="tenant")
def inform_student_and_guardian(actor: Actor, body: dict[str, Any]) -> None:
    """As the agreement itself says: the student of a training agreement, and the guardian of a minor."""
    agreement = _agreement(actor, body, locked=True)
    student, member = queries.student_of(agreement)
    told = {party["side"] for party in agreement.content["informed"]}
    if "student" in told:
        services.inform_person(actor, agreement, part="student", member=member)
    for guardian in placements.guardians_of(student) if "guardian" in told else ():
        services.inform_person(actor, agreement, part="guardian", member=guardian)


@on("agreements.person_informed")
def mail_informed(actor: Actor, body: dict[str, Any]) -> None:
    """One mail for each notice of that part, whoever else's event brought us here."""
    agreement = _agreement(actor, body)
    for notice in queries.notices_of(agreement):
        if notice.part == body["part"]:
            _mail_notice(actor, agreement, notice)


def _agreement(actor: Actor, body: dict[str, Any], *, locked: bool = False) -> Agreement:
    return queries.agreement_for(actor, UUID(body["agreement_id"]), locked=locked)


def _ask(actor: Actor, agreement: Agreement, again: str) -> None:
    if agreement.state != "offered":
        return
    signed = {s.side for s in queries.signatures_of(agreement)}
    for side in agreement.sides:
        if side not in signed:
            {"workplace": _ask_workplace, "provider": _ask_provider, "student": _ask_student}[side](
                actor, agreement, f"agreement_to_sign:{agreement.id}:{agreement.edition}:{side}{again}"
            )


def _ask_workplace(actor: Actor, agreement: Agreement, key: str) -> None:
    signer = agreement.details["signer"]
    link = _link("sign", agreement.id, "/sign/%s", SIGN_DAYS, agreement.workplace_id)
    _mail_to(actor, agreement, key, "agreement_to_sign", signer["name"], signer["email"], signer["language"], link,
             days=SIGN_DAYS, address="")  # fmt: skip


def _ask_student(actor: Actor, agreement: Agreement, key: str) -> None:
    _student, member = queries.student_of(agreement)
    link = _link("sign", agreement.id, "/sign/%s", SIGN_DAYS)
    _mail_to(actor, agreement, key, "agreement_to_sign", member.name, member.email, member.language, link,
             days=SIGN_DAYS, address="")  # fmt: skip


def _ask_provider(actor: Actor, agreement: Agreement, key: str) -> None:
    named = agreement.details["provider_signatory"]
    members = tenants.members_of(actor, "provider_signatory")
    for member in [m for m in members if m.name == named] or members:
        _mail(actor, agreement, f"{key}:{member.id}", "agreement_to_sign", member, days=0,
              address=_address(actor, agreement))  # fmt: skip


def _send_sealed_link(actor: Actor, agreement: Agreement, signature: Signature) -> None:
    signer = agreement.details["signer"]
    known = signature.side == "workplace" and signer["email"] == signature.email
    language = signer["language"] if known else agreement.language
    at = agreement.workplace_id if signature.side == "workplace" else None
    link = _link("sign", agreement.id, "/sign/%s", READ_DAYS, at)
    _mail_to(actor, agreement, f"agreement_sealed:{agreement.id}:{signature.side}", "agreement_sealed",
             signature.name, signature.email, language, link, address="")  # fmt: skip


def _mail_notice(actor: Actor, agreement: Agreement, notice: Notice) -> None:
    link = _link("notice", notice.id, "/notice/%s", READ_DAYS)
    _mail_to(actor, agreement, f"agreement_informed:{notice.id}", "agreement_informed", notice.name, notice.email,
             notice.language, link, part=notice.part)  # fmt: skip


def _coordinators(actor: Actor, agreement: Agreement) -> list[Membership]:
    """Who sent it; where that person has left, everybody in the role."""
    members = tenants.members_of(actor, policies.COORDINATOR)
    return [m for m in members if m.id == agreement.offered_by_id] or members


def _link(kind: str, subject_id: UUID, path: str, days: int, organisation_id: UUID | None = None) -> dict[str, Any]:
    link: dict[str, Any] = {"kind": kind, "subject_id": str(subject_id), "path": path, "days": days}
    return link | ({"organisation_id": str(organisation_id)} if organisation_id else {})


def _mail(actor: Actor, agreement: Agreement, key: str, template: str, member: Membership, **more: Any) -> None:
    _mail_to(actor, agreement, key, template, member.name, member.email, member.language, None, **more)


def _mail_to(
    actor: Actor, agreement: Agreement, key: str, template: str, name: str, email: str, language: str,
    link: dict[str, Any] | None, **more: Any,
) -> None:  # fmt: skip
    with using(language):
        words = {
            "title": wording.own_title(agreement), "sign_title": wording.sign_title(agreement),
            "period": wording.period(agreement), "workplace": agreement.placement.workplace_name,
            "student": agreement.content["student"]["name"], "number": agreement.number,
            "asked_by": agreement.offered_by,
        }  # fmt: skip
    mail.queue_mail(actor, key, template, to_name=name, to_address=email, language=language, link=link, **words, **more)


def _address(actor: Actor, agreement: Agreement) -> str:
    return f"{current_app.config['PUBLIC_URL']}/o/{actor.organisation_slug}/agreements/{agreement.id}"
