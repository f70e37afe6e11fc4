"""Send an agreement to be signed, take it back, remind."""

from io import BytesIO
from uuid import UUID

from pyhanko.pdf_utils.reader import PdfFileReader

from ...core.access import Actor, require
from ...core.clock import today
from ...core.errors import Conflict, Invalid
from ...core.events import emit
from ...core.i18n import _
from .. import policies
from ..document import Unprintable, content_sha256, render_pdf
from ..events import AgreementOffered, AgreementReopened, SigningReminded
from ..models import Agreement
from ..rules import Severity, blocks, check
from ..writing import facts_of
from .drafting import about, rewritten


def offer_agreement(actor: Actor, agreement: Agreement, *, version: int, reason: str = "") -> None:
    """Fix the content and ask both sides to sign; what the rules block is refused, what they warn of needs a reason."""
    require(policies.can_offer_agreement(actor, agreement))
    if version != agreement.version:
        raise Conflict(_("Somebody changed this while you were writing. Open it again and add your change."))
    content = rewritten(actor, agreement)
    _must_be_ready(agreement, content, reason)
    agreement.write({**agreement.details, "reason": reason}, content, agreement.language)
    agreement.offer(content_sha256(content), pages=_pages(content, agreement.language), by_id=actor.membership_id,
                    by=actor.name)  # fmt: skip
    emit(actor, AgreementOffered(**about(agreement)))


def take_back_agreement(actor: Actor, agreement: Agreement) -> None:
    """Make it a draft again; nobody can sign until it is sent anew."""
    require(policies.can_take_back_agreement(actor, agreement))
    agreement.take_back()
    emit(actor, AgreementReopened(**about(agreement)))


def remind_signers(actor: Actor, agreement: Agreement) -> None:
    """Send those who have not signed a new link."""
    require(policies.can_remind_signers(actor, agreement))
    number = agreement.remind()
    ids: dict[str, UUID] = {"agreement_id": agreement.id, "placement_id": agreement.placement_id}
    emit(actor, SigningReminded(**ids, number=number))


def _must_be_ready(agreement: Agreement, content: dict, reason: str) -> None:
    findings = check(facts_of(content, agreement.details, today()))
    if blocks(findings):
        stops = [f.message for f in findings if f.severity is Severity.BLOCK]
        raise Invalid({f"_rule_{number}": [message] for number, message in enumerate(stops)})
    if not agreement.details["provider_signatory"]:
        raise Invalid({"_rules": [_("Name the person who signs for the provider.")]})
    if not reason and any(f.severity is Severity.WARN for f in findings):
        raise Invalid({"reason": [_("Write why the agreement is sent as it is, or correct what is warned of.")]})


def _pages(content: dict, language: str) -> int:
    """How many pages it has in print; what can't be printed can't be signed."""
    try:
        pdf = render_pdf(content, language)
    except Unprintable as problem:
        raise Invalid({"_rules": [str(problem)]}) from None
    return int(PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Count"])
