"""Who may do what with an agreement. Whether one sees it at all is said in `queries`."""

from ..core.access import Actor
from ..placements.policies import STAFF
from ..planning.models import PlanningSession
from .models import Agreement, Notice
from .rulebook import APPRENTICESHIP

COORDINATOR = "agreement_coordinator"
SIGNATORIES = ("owner", "signatory")


def can_list_agreements(actor: Actor) -> bool:
    """The provider's staff (a teacher their own) and everybody of the workplace."""
    return actor.is_provider(*STAFF) or actor.is_workplace()


def can_make_agreement(actor: Actor, session: PlanningSession) -> bool:
    """An agreement coordinator, or the teacher of the placement."""
    return _writes(actor, session.placement.teacher_id)


def can_edit_agreement(actor: Actor, agreement: Agreement) -> bool:
    """The same who may make one; the model refuses after it has been sent."""
    return _writes(actor, agreement.placement.teacher_id)


def can_offer_agreement(actor: Actor, agreement: Agreement) -> bool:
    return actor.is_provider(COORDINATOR)


def can_take_back_agreement(actor: Actor, agreement: Agreement) -> bool:
    return actor.is_provider(COORDINATOR)


def can_remind_signers(actor: Actor, agreement: Agreement) -> bool:
    return actor.is_provider(COORDINATOR)


def side_of(actor: Actor, agreement: Agreement) -> str | None:
    """For which side this person may sign: workplace, provider, student; None for everybody else."""
    side = _linked_side(actor, agreement) if actor.link is not None else _own_side(actor, agreement)
    return side if side in agreement.sides else None


def can_sign_agreement(actor: Actor, agreement: Agreement) -> bool:
    return side_of(actor, agreement) is not None


def can_remark_agreement(actor: Actor, agreement: Agreement) -> bool:
    """Whoever is asked to sign from outside the provider."""
    return side_of(actor, agreement) in ("workplace", "student")


def can_seal_agreement(actor: Actor) -> bool:
    """The service itself, when all have signed."""
    return actor.is_system


def can_inform_person(actor: Actor) -> bool:
    """The service itself, when the document is sealed."""
    return actor.is_system


def can_read_notice(actor: Actor, notice: Notice) -> bool:
    """The person who was told: by the mailed link or signed in."""
    if actor.link is not None:
        return actor.link.kind == "notice" and actor.link.subject_id == notice.id
    return actor.membership_id is not None and actor.membership_id == notice.member_id


def _writes(actor: Actor, teacher_id: object) -> bool:
    return actor.is_provider(COORDINATOR) or (
        actor.is_provider("teacher") and actor.membership_id is not None and actor.membership_id == teacher_id
    )


def _linked_side(actor: Actor, agreement: Agreement) -> str | None:
    if actor.link.kind != "sign" or actor.link.subject_id != agreement.id:
        return None
    return "workplace" if actor.kind == "workplace" else "student"


def _own_side(actor: Actor, agreement: Agreement) -> str | None:
    if actor.is_workplace(*SIGNATORIES):
        return "workplace" if actor.organisation_id == agreement.workplace_id else None
    if actor.is_provider("provider_signatory"):
        return "provider"
    # Whoever only studies here sees nothing but their own agreement; staff see others' and sign for nobody.
    own = actor.is_provider("student") and not actor.has(*STAFF)
    return "student" if own and agreement.form == APPRENTICESHIP else None
