"""The mailed links: sign without an account, and read what one was told."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, g, url_for

from ...core import links
from ...core.errors import AlreadyDone, Conflict
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import invalid, page, sent_on
from ...tenants import entry
from .. import naming, policies, queries, schemas, services, wording
from ..models import Agreement, Signature
from .show import pdf_of, signature_by

signing = Blueprint("signing", __name__)
notice = Blueprint("notice", __name__)
PAGE, REMARK, PERSON = "signing/page.html", "signing/remark.html", "signing/person.html"
NOTICE = "signing/notice.html"


@dataclass(frozen=True)
class Opened:
    """The agreement behind a link. `state`: open, signed, stopped, used, expired."""

    agreement: Agreement
    token: str
    state: str
    signature: Signature | None


def _opened(token: str, *, locked: bool = False) -> Opened:
    link, actor = links.open_link("sign", token)
    entry.act_as_guest(actor)
    agreement = queries.agreement_for(g.actor, link.subject_id, locked=locked)
    given = queries.signatures_of(agreement) if agreement.state != "draft" else []
    own = signature_by(policies.side_of(g.actor, agreement), given)
    return Opened(agreement, token, _state(link, agreement, own), own)


def _state(link: Any, agreement: Agreement, own: Signature | None) -> str:
    if links.expired(link):
        return "expired"
    if own is not None:
        return "signed"
    if agreement.state == "draft":
        return "stopped"
    return "used" if link.used_at or agreement.state != "offered" else "open"


def _shown(opened: Opened, **more: Any) -> dict[str, Any]:
    agreement = opened.agreement
    student = agreement.content["student"]["name"]
    return {
        "opened": opened, "agreement": agreement, "content": agreement.content, "token": opened.token,
        "signature": opened.signature, "student": naming.first_name(student), "person": g.actor,
        "hello": naming.first_name(g.actor.name), "sign_title": wording.sign_title(agreement),
        "own_title": wording.own_title(agreement),
        "facts": wording.big_facts(agreement, g.actor.email), "planned": wording.planned_on(agreement), "problem": "",
        "workplace": agreement.placement.workplace_name, "form": Form.blank(schemas.SignAgreement), **more,
    }  # fmt: skip


# Looking signs nothing and uses nothing up, however often and by whatever machine.
@signing.get("/sign/<token>", endpoint="page")
def signing_page(token: str):
    return page(PAGE, **_shown(_opened(token)))


@signing.post("/sign/<token>")
def sign(token: str):
    """Once. What was signed is what was read: the hash of the content comes with the form."""
    try:
        opened = _opened(token, locked=True)
    except AlreadyDone:  # a double click
        return sent_on(url_for(".page", token=token))
    form = Form(schemas.SignAgreement)
    try:
        if opened.state != "open":
            raise Conflict()
        services.sign_agreement(g.actor, opened.agreement, sha256=form.data.get("sha256", ""))
    except Conflict as problem:
        return page(PAGE, **_shown(opened, problem=str(problem))), 409
    return sent_on(url_for(".page", token=token))


@signing.get("/sign/<token>/agreement.pdf")
def document(token: str):
    opened = _opened(token)
    if opened.state in ("expired", "stopped"):
        raise Conflict(_("This link does not open the agreement now. Ask %(name)s for a new one.",
                         name=opened.agreement.offered_by))  # fmt: skip
    return pdf_of(opened.agreement)


@signing.get("/sign/<token>/remark")
def remark(token: str):
    opened = _opened(token)
    if opened.state != "open":
        return sent_on(url_for(".page", token=token))
    return page(REMARK, **_shown(opened, form=Form.blank(schemas.RemarkAgreement)))


@signing.post("/sign/<token>/remark")
def send_remark(token: str):
    return _stop(token, schemas.RemarkAgreement, REMARK, services.remark_agreement)


@signing.get("/sign/<token>/person")
def person(token: str):
    opened = _opened(token)
    if opened.state != "open":
        return sent_on(url_for(".page", token=token))
    return page(PERSON, **_shown(opened, form=Form.blank(schemas.NameSigner)))


@signing.post("/sign/<token>/person")
def name_person(token: str):
    return _stop(token, schemas.NameSigner, PERSON, services.name_right_person)


def _stop(token: str, schema: Any, template: str, service: Any) -> Any:
    """Either of the two ways not to sign."""
    try:
        opened = _opened(token, locked=True)
    except AlreadyDone:
        return sent_on(url_for(".page", token=token))
    form = Form(schema)
    if opened.state != "open":
        return page(PAGE, **_shown(opened)), 409
    if not form.valid:
        return invalid(template, "content", **_shown(opened, form=form))
    service(g.actor, opened.agreement, **form.data)
    return sent_on(url_for(".page", token=token))


# --- what the student and the guardian were told


def _told(token: str, *, locked: bool = False) -> dict[str, Any]:
    link, actor = links.open_link("notice", token)
    entry.act_as_guest(actor)
    if links.expired(link):
        raise Conflict(_("This link is too old. Sign in to read the agreement, or ask the school for it."))
    row = queries.notice_for(g.actor, locked=locked)
    agreement = queries.agreement_for(g.actor, row.agreement_id)
    return {
        "told": row, "agreement": agreement, "content": agreement.content, "token": token, "person": g.actor,
        "hello": naming.first_name(g.actor.name), "own_title": wording.own_title(agreement),
        "facts": wording.big_facts(agreement, g.actor.email), "planned": wording.planned_on(agreement),
        "form": Form.blank(schemas.Nothing),
        "student": naming.first_name(agreement.content["student"]["name"]),
    }  # fmt: skip


@notice.get("/notice/<token>", endpoint="page")
def notice_page(token: str):
    return page(NOTICE, **_told(token))


@notice.post("/notice/<token>")
def read(token: str):
    """A person presses this; a scanner that opens the link has read nothing."""
    try:
        told = _told(token, locked=True)
    except AlreadyDone:
        return sent_on(url_for(".page", token=token))
    services.read_notice(g.actor, told["told"], told["agreement"])
    return sent_on(url_for(".page", token=token))


@notice.get("/notice/<token>/agreement.pdf")
def notice_document(token: str) -> Response:
    return pdf_of(_told(token)["agreement"])
