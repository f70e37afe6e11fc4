"""When all have signed: the sealed document, and those who are told of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from hashlib import sha256

from ...core.access import Actor, require
from ...core.clock import now
from ...core.db import db
from ...core.events import emit
from ...core.i18n import _, using
from ...tenants.models import Membership
from .. import document, policies, queries
from ..document_view import Verification
from ..events import AgreementSealed, NoticeRead, PersonInformed
from ..models import Agreement, Notice, Seal, SealedDocument
from ..seal import SealKey, code_hash, seal, verification_code
from ..writing import printed
from .drafting import about


def seal_agreement(actor: Actor, agreement: Agreement, *, key: SealKey, address: str) -> None:
    """Make the PDF with its signatures and seal it; with the agreement locked, once however often this runs."""
    require(policies.can_seal_agreement(actor))
    if agreement.state != "signed":
        return
    code, at = verification_code(), now()
    signed = printed(queries.signatures_of(agreement))
    with using(agreement.language):
        reason = _("All have signed the agreement %(number)s.", number=agreement.number)
    plain = document.render_pdf(agreement.content, agreement.language, signed, Verification(address, code))
    pdf = _sealed(plain, key, reason, at)
    digest = sha256(pdf).hexdigest()
    db.session.add(SealedDocument(
        tenant_id=agreement.tenant_id, workplace_id=agreement.workplace_id, agreement_id=agreement.id, sha256=digest,
        size=len(pdf), code=code, pdf=pdf,
    ))  # fmt: skip
    db.session.add(Seal(code_hash=bytes.fromhex(code_hash(code)), sha256=digest, sealed_at=at, state="in_force"))
    agreement.close(at)
    emit(actor, AgreementSealed(**about(agreement)))


def _sealed(pdf: bytes, key: SealKey, reason: str, at: datetime) -> bytes:
    # pyHanko runs an event loop of its own; in a thread it may, whatever loop this code is run from.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(seal, pdf, key, reason=reason, at=at).result()


def inform_person(actor: Actor, agreement: Agreement, *, part: str, member: Membership) -> None:
    """Tell the student or a guardian, once; the moment is what the law asks for. With the agreement locked."""
    require(policies.can_inform_person(actor))
    if any(n.email == member.email.lower() for n in queries.notices_of(agreement)):
        return
    db.session.add(Notice(
        tenant_id=agreement.tenant_id, agreement_id=agreement.id, part=part, name=member.name,
        email=member.email.lower(), language=member.language, member_id=member.id,
    ))  # fmt: skip
    db.session.flush()  # another guardian's row is looked for next
    emit(actor, PersonInformed(agreement_id=agreement.id, placement_id=agreement.placement_id, part=part))


def read_notice(actor: Actor, notice: Notice, agreement: Agreement) -> None:
    """The person says that they have read it; saying it twice changes nothing."""
    require(policies.can_read_notice(actor, notice))
    if notice.read():
        fact = NoticeRead(agreement_id=agreement.id, placement_id=agreement.placement_id, part=notice.part)
        emit(actor, fact)
