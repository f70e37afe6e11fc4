"""One agreement, as each reader needs it: to complete, to wait for, to sign, to read."""

from typing import Any
from uuid import UUID

from flask import Response, g, url_for

from ...core.clock import today
from ...core.forms import Form
from ...core.i18n import language
from ...core.pages import page, pdf
from ...placements.policies import STAFF
from ...tenants import queries as tenants
from ...tenants.entry import organisation_blueprint
from .. import policies, queries, schemas, wording
from ..document import content_sha256, render_pdf
from ..document_view import view
from ..models import Agreement
from ..models import Signature as Given
from ..rules import Severity, check
from ..services.drafting import shown_unit
from ..writing import facts_of, printed

bp = organisation_blueprint("agreements", __name__, "/agreements")
SHOW = "agreements/show.html"
WORDS_CHANGED = ("work", "reading", "who")  # blocks to show anew
STATE_CHANGED = ("work", "who", "tags_now")


@bp.get("/<uuid:agreement_id>")
def show(agreement_id: UUID):
    return page(SHOW, "work", **shown(queries.agreement_for(g.actor, agreement_id)))


@bp.get("/<uuid:agreement_id>/agreement.pdf")
def document(agreement_id: UUID):
    return pdf_of(queries.agreement_for(g.actor, agreement_id))


def base() -> str:
    """The frame of the page: the staff's, or the portal's."""
    return "base.html" if g.actor.is_provider(*STAFF) else "portal_base.html"


def shown(agreement: Agreement, **more: Any) -> dict[str, Any]:
    """Everything the page shows; a constant number of statements."""
    given = queries.signatures_of(agreement) if agreement.state != "draft" else []
    ours = g.actor.is_provider()
    notices = queries.notices_of(agreement) if ours and agreement.state == "sealed" else []
    side = policies.side_of(g.actor, agreement)
    return {
        "agreement": agreement, "content": agreement.content, "base": base(), "staff": g.actor.is_provider(*STAFF),
        "signatures": given, "notices": notices, "side": side, "own_signature": signature_by(side, given),
        "own_notice": next((n for n in notices if n.member_id == g.actor.membership_id), None),
        "life": wording.life(agreement, given, notices), "state_name": wording.state_name(agreement),
        "pill": wording.PILLS[agreement.state], "form_name": wording.form_name(agreement.form),
        "period": wording.period(agreement), "readable": readable(agreement, given),
        "facts": wording.big_facts(agreement, g.actor.email), "sign_title": wording.sign_title(agreement),
        "blank": lambda: Form.blank(schemas.Nothing), "problem": "", "sides": wording.side_names(),
        "remark": Form.blank(schemas.RemarkAgreement), **_draft(agreement), **more,
    }  # fmt: skip


def signature_by(side: str | None, given: list[Given]) -> Given | None:
    """The signature of one side, if it is there."""
    return next((s for s in given if s.side == side), None)


def readable(agreement: Agreement, given: list[Given]) -> dict[str, Any]:
    """The agreement as sections of words, in the reader's language."""
    return view(agreement.content, agreement.sha256 or content_sha256(agreement.content), language(), printed(given))


def pdf_of(agreement: Agreement) -> Response:
    """The sealed document, or how it would look in print now, in the reader's language."""
    sealed = queries.document_of(agreement, with_pdf=True) if agreement.state == "sealed" else None
    if sealed is not None:
        return pdf(sealed.pdf, f"{agreement.number}.pdf")
    given = printed(queries.signatures_of(agreement)) if agreement.state != "draft" else []
    return pdf(render_pdf(agreement.content, language(), given), f"{agreement.number}.pdf")


def _draft(agreement: Agreement) -> dict[str, Any]:
    """What only those see who work on a draft: findings, the form, sending."""
    if agreement.state != "draft" or not g.actor.is_provider(*STAFF):
        return {"findings": (), "blocked": False, "warned": False}
    findings = check(facts_of(agreement.content, agreement.details, today()))
    found = {"findings": findings, "blocked": any(f.severity is Severity.BLOCK for f in findings),
             "warned": any(f.severity is Severity.WARN for f in findings)}  # fmt: skip
    if not policies.can_edit_agreement(g.actor, agreement):
        return found
    people = queries.candidates_of(g.actor, agreement.placement)
    return found | {
        "people": people, "signatories": tenants.members_of(g.actor, "provider_signatory"),
        "form": Form.blank(schemas.CompleteAgreement, **_values(agreement, people)),
        "offer": Form.blank(schemas.OfferAgreement, reason=agreement.details["reason"]),
    }  # fmt: skip


def _values(agreement: Agreement, people: list[queries.Candidate]) -> dict[str, Any]:
    """The draft as the form shows it: decimals with a comma, days and times as people write them."""
    details = agreement.details
    signer = details["signer"]
    if agreement.right_email:  # the workplace said who it is
        signer = {**signer, "name": agreement.right_name, "email": agreement.right_email}
    known = next((p for p in people if (p.name, p.email) == (signer["name"], signer["email"])), None)
    numbers = ("weekly_hours", "daily_hours", "workplace_weekly_hours", "compensation")
    return {
        **{k: v for k, v in details.items() if k in schemas.CompleteAgreement().fields and k != "signer"},
        **{name: details[name].replace(".", ",") for name in numbers},
        **{name: details[name].replace(":", ".") for name in ("works_from", "works_until")},
        "visits": ", ".join(schemas.shown_day(day) for day in details["visits"]),
        "version": agreement.version, "language": agreement.language, "unit": shown_unit(agreement),
        "signer": known.key if known else schemas.OTHER, "signer_name": "" if known else signer["name"],
        "signer_email": "" if known else signer["email"], "signer_language": signer["language"],
    }  # fmt: skip


def here(agreement: Agreement) -> str:
    """The address of the agreement's page."""
    return url_for("agreements.show", agreement_id=agreement.id)
