"""Sign, or stop the signing with a remark."""

from ...core import links
from ...core.access import Actor, require
from ...core.clock import now, today
from ...core.db import db
from ...core.errors import Conflict
from ...core.events import emit
from ...core.formats import date_time
from ...core.i18n import _
from .. import policies, queries
from ..document_view import Method
from ..events import AgreementRemarked, AgreementSigned
from ..models import Agreement, Signature
from ..rules import Severity, check
from ..writing import facts_of
from .drafting import about


def sign_agreement(actor: Actor, agreement: Agreement, *, sha256: str) -> Signature:
    """Sign the content that was read, once for one's side; the agreement is locked meanwhile."""
    require(policies.can_sign_agreement(actor, agreement))
    given = queries.signatures_of(agreement)
    side = str(policies.side_of(actor, agreement))
    _must_not_have_signed(side, given)
    agreement.must_be_the_one_read(sha256)
    _must_be_lawful_today(agreement)
    signature = Signature(
        tenant_id=agreement.tenant_id, workplace_id=agreement.workplace_id, agreement_id=agreement.id, side=side,
        name=actor.name, email=actor.email, method=Method.LINK if actor.link else Method.SIGN_IN,
        sha256=agreement.sha256, at=now(),
    )  # fmt: skip
    db.session.add(signature)
    db.session.flush()  # the unique key speaks now, not at commit
    if {side, *(s.side for s in given)} >= set(agreement.sides):
        agreement.complete()
    if actor.link is not None:
        links.use(actor.link)
    emit(actor, AgreementSigned(**about(agreement), side=side))
    return signature


def remark_agreement(actor: Actor, agreement: Agreement, *, remark: str) -> None:
    """Say that something is wrong: nobody signs before the coordinator has sent it anew."""
    require(policies.can_remark_agreement(actor, agreement))
    _stop(actor, agreement)
    agreement.remark, agreement.remark_by, agreement.remark_at = remark, actor.name, now()


def name_right_person(actor: Actor, agreement: Agreement, *, right_name: str, right_email: str) -> None:
    """Say that somebody else signs: the coordinator sends that person a link of their own."""
    require(policies.can_remark_agreement(actor, agreement))
    _stop(actor, agreement)
    agreement.right_name, agreement.right_email = right_name, right_email
    agreement.remark_by, agreement.remark_at = actor.name, now()


def _stop(actor: Actor, agreement: Agreement) -> None:
    side = str(policies.side_of(actor, agreement))
    _must_not_have_signed(side, queries.signatures_of(agreement))
    edition = agreement.edition
    agreement.take_back()
    emit(actor, AgreementRemarked(**about(agreement), edition=edition))


def _must_not_have_signed(side: str, given: list[Signature]) -> None:
    mine = next((s for s in given if s.side == side), None)
    if mine is not None:
        raise Conflict(_("%(name)s signed this on %(when)s.", name=mine.name, when=date_time(mine.at)))


def _must_be_lawful_today(agreement: Agreement) -> None:
    """The days go by while an agreement waits: it is signed before its first day, or not at all."""
    findings = check(facts_of(agreement.content, agreement.details, today()))
    stop = next((f for f in findings if f.severity is Severity.BLOCK), None)
    if stop is not None:
        raise Conflict(_("This can't be signed any more. Ask %(name)s for a new agreement: %(why)s",
                         name=agreement.offered_by, why=stop.message))  # fmt: skip
