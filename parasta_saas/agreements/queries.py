"""Which agreements an actor may see, and what hangs on them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true, tuple_
from sqlalchemy.orm import contains_eager, undefer

from ..core.access import Actor
from ..core.db import db
from ..core.errors import NotFound
from ..core.keyset import Page, decode, page_of
from ..partnerships.models import Partnership, WorkplaceContact
from ..placements import queries as placements
from ..placements.models import Placement, Student
from ..placements.policies import STAFF
from ..planning.models import PlanningSession
from ..tenants.models import Invitation, Membership
from .models import STATES, Agreement, Notice, Seal, SealedDocument, Signature
from .policies import COORDINATOR, SIGNATORIES

PAGE = 25
WAITING = 20  # how many of what waits for me are shown on top


def agreement_for(actor: Actor, agreement_id: UUID, *, locked: bool = False) -> Agreement:
    """The only door to an agreement, with its placement; NotFound for one that is not there or not this actor's."""
    found = _with_placement().where(Agreement.id == agreement_id, _visible(actor))
    return _one(_lock(found) if locked else found)


def agreement_from(actor: Actor, session: PlanningSession) -> Agreement | None:
    """The agreement made from a session, as far as the actor may see it."""
    return db.session.scalar(_with_placement().where(Agreement.session_id == session.id, _visible(actor)))


def agreements_of_placement(actor: Actor, placement: Placement) -> list[Agreement]:
    """The agreements of a placement the actor may see, the newest first."""
    found = _with_placement().where(Agreement.placement_id == placement.id, _visible(actor))
    return list(db.session.scalars(found.order_by(Agreement.id.desc())))


def agreements_with(actor: Actor, workplace_id: UUID, limit: int = 5) -> list[Agreement]:
    """The newest agreements with one workplace."""
    found = _with_placement().where(Agreement.workplace_id == workplace_id, _visible(actor))
    return list(db.session.scalars(found.order_by(Agreement.id.desc()).limit(limit)))


def agreements_of(actor: Actor, *, state: str = "", cursor: str | None = None, size: int = PAGE) -> Page[Agreement]:
    """The actor's agreements, the newest first: all, or of one state."""
    at = decode(cursor, datetime, UUID) if cursor else None
    found = _with_placement().where(_visible(actor))
    if state in STATES:
        found = found.where(Agreement.state == state)
    key = (Agreement.created_at, Agreement.id)
    upward = at is not None and at.backward
    if at is not None:
        here, there = tuple_(*key), tuple_(*at.key)
        found = found.where(here > there if upward else here < there)
    found = found.order_by(*(column.asc() if upward else column.desc() for column in key)).limit(size + 1)
    return page_of(list(db.session.scalars(found)), size, lambda a: (a.created_at, a.id), at)


def waiting_for(actor: Actor) -> list[Agreement]:
    """What waits for this person to sign or to send, the oldest first."""
    reasons = _reasons_to_wait(actor)
    if not reasons:
        return []
    found = _with_placement().where(_visible(actor), or_(*reasons)).order_by(Agreement.id).limit(WAITING)
    return list(db.session.scalars(found))


def _reasons_to_wait(actor: Actor) -> list[ColumnElement[bool]]:
    reasons: list[ColumnElement[bool]] = []
    if actor.is_provider(COORDINATOR):
        reasons.append(Agreement.state == "draft")
    if actor.is_provider("provider_signatory"):
        reasons.append(_unsigned("provider"))
    if actor.is_workplace(*SIGNATORIES):
        reasons.append(_unsigned("workplace"))
    if actor.is_provider("student") and not actor.has(*STAFF):
        reasons.append(and_(Agreement.form == "apprenticeship", _unsigned("student")))
    return reasons


def _unsigned(side: str) -> ColumnElement[bool]:
    given = exists().where(
        Signature.tenant_id == Agreement.tenant_id, Signature.agreement_id == Agreement.id, Signature.side == side,
        Signature.sha256 == Agreement.sha256,
    )  # fmt: skip
    return and_(Agreement.state == "offered", ~given)


def _with_placement() -> Select[Any]:
    joined = and_(Agreement.tenant_id == Placement.tenant_id, Agreement.placement_id == Placement.id)
    return select(Agreement).join(Placement, joined).options(contains_eager(Agreement.placement))


def _lock(found: Select[Any]) -> Select[Any]:
    return found.with_for_update(of=Agreement).execution_options(populate_existing=True)


def _visible(actor: Actor) -> ColumnElement[bool]:
    """Whoever sees the placement sees its agreement; a draft only the staff; a guest only the link's subject."""
    if actor.link is not None:
        return _of_link(actor)
    seen = placements.visible(actor)
    drafts_too = actor.is_provider(*STAFF, "system")
    return seen if drafts_too else and_(seen, Agreement.state != "draft")


def _of_link(actor: Actor) -> ColumnElement[bool]:
    side = Agreement.workplace_id if actor.kind == "workplace" else Agreement.tenant_id
    if actor.link.kind == "notice":
        noticed = select(Notice.agreement_id).where(
            Notice.tenant_id == actor.organisation_id, Notice.id == actor.link.subject_id
        )
        return and_(side == actor.organisation_id, Agreement.id.in_(noticed))
    subject = actor.link.subject_id if actor.link.kind == "sign" else None
    return and_(side == actor.organisation_id, Agreement.id == subject)


# --- numbers


def hold(name: str) -> None:
    """Let one transaction at a time decide about this name; released by commit or rollback."""
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def last_number(tenant_id: UUID, stem: str) -> int:
    """The highest running number behind a stem such as "KS-2026-"; 0 before the first. Asked while held."""
    tail = func.cast(func.substr(Agreement.number, len(stem) + 1), Agreement.edition.type)
    found = select(func.coalesce(func.max(tail), 0)).where(
        Agreement.tenant_id == tenant_id, Agreement.number.startswith(stem, autoescape=True)
    )
    return int(db.session.scalar(found) or 0)


# --- who signs


@dataclass(frozen=True)
class Candidate:
    """Somebody who may sign for the workplace."""

    key: str
    name: str
    email: str
    language: str
    title: str = ""


def candidates_of(actor: Actor, placement: Placement) -> list[Candidate]:
    """Whom the provider knows at the workplace: its owner first, then the instructor, then the others.

    The owner is who was asked in as one, or came in without an invitation of this provider.
    """
    found = (
        select(WorkplaceContact, Invitation.roles)
        .join(Partnership, and_(Partnership.tenant_id == WorkplaceContact.tenant_id,
                                Partnership.id == WorkplaceContact.partnership_id))
        .outerjoin(Invitation, and_(Invitation.tenant_id == WorkplaceContact.tenant_id,
                                    Invitation.id == WorkplaceContact.invitation_id))
        .where(WorkplaceContact.tenant_id == placement.tenant_id, Partnership.workplace_id == placement.workplace_id)
        .order_by(WorkplaceContact.id)
    )  # fmt: skip
    guide, ranked = placement.instructor_email.lower(), []
    for contact, roles in db.session.execute(found).all():
        person = Candidate(str(contact.id), contact.name, contact.email.lower(), contact.language, contact.title)
        owns = "owner" in roles if roles else contact.joined_at is not None
        ranked.append((0 if owns else 1 if person.email == guide else 3, person))
    if guide not in {person.email for _rank, person in ranked}:
        ranked.append((2, Candidate("instructor", placement.instructor_name, guide, "fi")))
    return [person for _rank, person in sorted(ranked, key=lambda pair: pair[0])]


def student_of(agreement_or_placement: Any) -> tuple[Student, Membership]:
    """The student's row and membership; for the provider only."""
    placement = getattr(agreement_or_placement, "placement", agreement_or_placement)
    found = (
        select(Student, Membership)
        .join(Membership, and_(Membership.organisation_id == Student.tenant_id, Membership.id == Student.member_id))
        .where(Student.tenant_id == placement.tenant_id, Student.id == placement.student_id)
    )
    row = db.session.execute(found).one_or_none()
    if row is None:
        raise NotFound()
    return row.Student, row.Membership


# --- signatures, notices, documents


def signatures_of(agreement: Agreement) -> list[Signature]:
    """The signatures on the content as it stands, in the order of signing."""
    found = select(Signature).where(
        Signature.tenant_id == agreement.tenant_id, Signature.agreement_id == agreement.id,
        Signature.sha256 == agreement.sha256,
    )  # fmt: skip
    return list(db.session.scalars(found.order_by(Signature.at, Signature.id)))


def notices_of(agreement: Agreement) -> list[Notice]:
    """Who was informed; no rows for the workplace."""
    found = select(Notice).where(Notice.tenant_id == agreement.tenant_id, Notice.agreement_id == agreement.id)
    return list(db.session.scalars(found.order_by(Notice.id)))


def notice_for(actor: Actor, *, locked: bool = False) -> Notice:
    """The notice that a mailed link leads to."""
    subject = actor.link.subject_id if actor.link is not None and actor.link.kind == "notice" else None
    found = select(Notice).where(Notice.tenant_id == actor.organisation_id, Notice.id == subject)
    return _one(found.with_for_update() if locked else found)


def own_notice(actor: Actor, agreement: Agreement, *, locked: bool = False) -> Notice | None:
    """The notice that a signed-in student or guardian was sent."""
    if not actor.is_provider() or actor.membership_id is None:
        return None
    found = select(Notice).where(
        Notice.tenant_id == actor.organisation_id, Notice.agreement_id == agreement.id,
        Notice.member_id == actor.membership_id,
    )  # fmt: skip
    return db.session.scalar(found.with_for_update() if locked else found)


def document_of(agreement: Agreement, *, with_pdf: bool = False) -> SealedDocument | None:
    """The sealed document, once there is one."""
    found = select(SealedDocument).where(
        SealedDocument.tenant_id == agreement.tenant_id, SealedDocument.agreement_id == agreement.id
    )
    return db.session.scalar(found.options(undefer(SealedDocument.pdf)) if with_pdf else found)


def seal_with(*, code_hash: bytes | None = None, sha256: str | None = None) -> Seal | None:
    """Validity by the hash of a code or of a whole file; never names."""
    wanted = Seal.code_hash == code_hash if code_hash is not None else Seal.sha256 == sha256
    return db.session.scalar(select(Seal).where(wanted if (code_hash or sha256) else ~true()))


def _one(found: Select[Any]) -> Any:
    row = db.session.scalar(found)
    if row is None:
        raise NotFound()
    return row
