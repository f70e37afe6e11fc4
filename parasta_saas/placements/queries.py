"""Which students and placements an actor may see. RLS separates organisations; this separates people."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from ..core.access import Actor
from ..core.clock import today
from ..core.db import db
from ..core.errors import NotFound
from ..core.keyset import Cursor, Page, decode, page_of
from ..partnerships.models import Partnership, WorkplaceContact, WorkplaceRegister
from ..tenants.models import Membership, Organisation, Relation
from .models import FULL_AGE, Guardianship, Placement, Student

PAGE = 25
WIDE = ("provider_admin", "quality_manager", "wl_coordinator", "agreement_coordinator", "provider_signatory", "system")
WHOLE_WORKPLACE = ("owner", "signatory", "viewer", "contact", "system")


def placement_for(actor: Actor, placement_id: UUID, *, locked: bool = False) -> Placement:
    """The only door to a placement; NotFound for one that is not there or not this actor's."""
    found = select(Placement).where(Placement.id == placement_id, visible(actor))
    return _one(found.with_for_update() if locked else found)


def placement_for_guest(actor: Actor, placement_id: UUID) -> Placement:
    """For rooms above that have already opened the guest's own subject, which hangs on this placement."""
    return _one(select(Placement).where(Placement.id == placement_id, _side(actor)))


def placements_of(
    actor: Actor, *, state: str | None = None, words: str = "", student: Student | None = None,
    cursor: str | None = None, size: int = PAGE,
) -> Page[Placement]:  # fmt: skip
    """The actor's placements by first day: those not ended yet, or of one state, or `state="all"`."""
    at = decode(cursor, date, UUID) if cursor else None
    found = select(Placement).where(visible(actor), _in_state(state, today()))
    if words.strip():
        sought = f"%{_plain(words.strip())}%"
        found = found.where(or_(Placement.student_name.ilike(sought), Placement.workplace_name.ilike(sought)))
    if student is not None:
        found = found.where(Placement.student_id == student.id)
    rows = db.session.scalars(_in_order(found, at, latest_first=state == "ended").limit(size + 1)).all()
    return page_of(rows, size, lambda p: (p.starts_on, p.id), at)


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition that a placement is this actor's to see; upper rooms join it to what hangs on one."""
    if actor.link is not None:
        return and_(_side(actor), Placement.id == actor.link.subject_id)
    if actor.kind == "provider":
        return and_(_side(actor), or_(false(), *_reasons(actor)))
    if actor.kind == "workplace":
        mine = func.lower(Placement.instructor_email) == actor.email.lower()
        return and_(_side(actor), or_(_yes(actor.has(*WHOLE_WORKPLACE)), and_(_yes(actor.has("instructor")), mine)))
    return false()


def _yes(fact: bool) -> ColumnElement[bool]:
    return true() if fact else false()


def _side(actor: Actor) -> ColumnElement[bool]:
    if actor.kind == "workplace":
        return Placement.workplace_id == actor.organisation_id
    return Placement.tenant_id == actor.organisation_id


def _reasons(actor: Actor) -> list[ColumnElement[bool]]:
    """Every reason, one per role, for which somebody of the provider sees a placement."""
    if actor.has(*WIDE):
        return [true()]
    reasons: list[ColumnElement[bool]] = []
    if actor.has("teacher"):
        reasons.append(Placement.teacher_id == actor.membership_id)
    if actor.has("student", "guardian"):
        reasons.append(Placement.student_id.in_(select(Student.id).where(_own_students(actor))))
    return reasons


def _own_students(actor: Actor) -> ColumnElement[bool]:
    """Oneself, and one's children while they are minors."""
    wards = select(Guardianship.student_id).where(
        Guardianship.tenant_id == actor.organisation_id, Guardianship.guardian_id == actor.membership_id
    )
    return and_(
        Student.tenant_id == actor.organisation_id,
        or_(
            and_(_yes(actor.has("student")), Student.member_id == actor.membership_id),
            and_(_yes(actor.has("guardian")), Student.id.in_(wards), Student.birth_date > _born_of_age()),
        ),
    )


def _born_of_age() -> date:
    """Who was born after this day is a minor today; a person of 29.2. comes of age on 1.3."""
    day = today()
    if (day.month, day.day) == (2, 29):
        return date(day.year - FULL_AGE, 2, 28)
    return day.replace(year=day.year - FULL_AGE)


def _in_state(state: str | None, day: date) -> ColumnElement[bool]:
    settled = Placement.state != "planned"
    ended = and_(settled, or_(Placement.ends_on < day, Placement.state == "ended"))
    return {
        "all": true(),
        "planned": Placement.state == "planned",
        "agreed": and_(settled, ~ended, Placement.starts_on > day),
        "running": and_(settled, ~ended, Placement.starts_on <= day),
        "ended": ended,
    }.get(state or "", ~ended)


def _in_order(found: Select[Any], at: Cursor | None, *, latest_first: bool) -> Select[Any]:
    downward = latest_first != bool(at and at.backward)
    key = (Placement.starts_on, Placement.id)
    if at:
        first, second = at.key
        beyond = (Placement.starts_on < first) if downward else (Placement.starts_on > first)
        among = (Placement.id < second) if downward else (Placement.id > second)
        found = found.where(or_(beyond, and_(Placement.starts_on == first, among)))
    return found.order_by(*(column.desc() if downward else column for column in key))


def students_of(actor: Actor) -> list[Student]:
    """Students by name: all for coordinators, a teacher's own, oneself, one's children while minors."""
    return list(db.session.scalars(select(Student).where(_students(actor)).order_by(Student.sort_name, Student.id)))


def student_for(actor: Actor, student_id: UUID) -> Student:
    """The only door to a student; NotFound for one that is not there or not this actor's."""
    return _one(select(Student).where(Student.id == student_id, _students(actor)))


def student_with(actor: Actor, placement: Placement) -> Student | None:
    """The student of a placement the actor has already been shown; None for the workplace, which sees no row."""
    found = select(Student).where(Student.tenant_id == placement.tenant_id, Student.id == placement.student_id)
    return db.session.scalar(found) if actor.kind == "provider" else None


def _students(actor: Actor) -> ColumnElement[bool]:
    ours = Student.tenant_id == actor.organisation_id
    if actor.kind != "provider" or actor.link is not None:
        return false()
    if actor.has(*WIDE):
        return ours
    taught = and_(ours, _yes(actor.has("teacher")), Student.teacher_id == actor.membership_id)
    return or_(taught, _own_students(actor))


def guardians_of(student: Student) -> list[Membership]:
    """Guardians while the student is a minor, by name; nobody from the 18th birthday on."""
    if not student.minor_on(today()):
        return []
    found = (
        select(Membership)
        .join(Guardianship, and_(Guardianship.tenant_id == Membership.organisation_id,
                                 Guardianship.guardian_id == Membership.id))
        .where(Guardianship.tenant_id == student.tenant_id, Guardianship.student_id == student.id)
        .order_by(Membership.sort_name)
    )  # fmt: skip
    return list(db.session.scalars(found))


def workplaces_of(actor: Actor) -> list[Organisation]:
    """Workplaces that the provider works with, by name."""
    found = select(Organisation).join(Relation, Relation.workplace_id == Organisation.id)
    return list(
        db.session.scalars(found.where(Relation.tenant_id == actor.organisation_id).order_by(Organisation.sort_name))
    )


def workplace_for(actor: Actor, workplace_id: UUID) -> Organisation:
    """A workplace that the provider works with; NotFound for any other."""
    found = select(Organisation).join(Relation, Relation.workplace_id == Organisation.id)
    return _one(found.where(Relation.tenant_id == actor.organisation_id, Organisation.id == workplace_id))


def business_id_of(workplace: Organisation) -> str:
    """The business id of a workplace; empty where the register does not have it."""
    found = select(WorkplaceRegister.business_id).where(WorkplaceRegister.id == workplace.id)
    return db.session.scalar(found) or ""


def contacts_of(actor: Actor, workplace: Organisation) -> list[WorkplaceContact]:
    """People of a workplace as this provider knows them, by name."""
    found = (
        select(WorkplaceContact)
        .join(Partnership, and_(Partnership.tenant_id == WorkplaceContact.tenant_id,
                                Partnership.id == WorkplaceContact.partnership_id))
        .where(WorkplaceContact.tenant_id == actor.organisation_id, Partnership.workplace_id == workplace.id)
        .order_by(WorkplaceContact.name)
    )  # fmt: skip
    return list(db.session.scalars(found))


def _one(found: Select[Any]) -> Any:
    row = db.session.scalar(found)
    if row is None:
        raise NotFound()
    return row


def _plain(words: str) -> str:
    """Words for `ilike` in which % and _ stand for themselves."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
