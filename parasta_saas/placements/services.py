"""Write students down and plan their placements."""

from datetime import date

from ..core.access import Actor, require
from ..core.clock import today
from ..core.db import db
from ..core.errors import Invalid
from ..core.events import emit
from ..core.i18n import _
from ..tenants.models import Membership, Organisation
from . import policies, queries
from .events import GuardianAdded, PlacementPlanned, StudentAdded
from .models import Guardianship, Placement, Student
from .period import period_problems
from .qualifications import names_of

FORMS = ("training_agreement", "apprenticeship")


def add_student(
    actor: Actor, *, member: Membership, birth_date: date, qualification_code: str, teacher: Membership | None = None
) -> Student:
    """Write a member of the provider down as a student."""
    require(policies.can_add_student(actor))
    student = Student(
        tenant_id=actor.organisation_id, member_id=member.id, name=member.name, sort_name=member.sort_name,
        birth_date=birth_date, qualification_code=qualification_code, teacher_id=teacher.id if teacher else None,
    )  # fmt: skip
    db.session.add(student)
    db.session.flush()  # guardianships and placements refer to it
    emit(actor, StudentAdded(student_id=student.id))
    return student


def add_guardian(actor: Actor, student: Student, *, member: Membership) -> Guardianship:
    """Name a guardian; it ends by itself on the student's 18th birthday."""
    require(policies.can_add_student(actor))
    if not student.minor_on(today()):
        raise Invalid({"student": [_("The student is of age: nobody else is told.")]})
    guardianship = Guardianship(tenant_id=actor.organisation_id, guardian_id=member.id, student_id=student.id)
    db.session.add(guardianship)
    emit(actor, GuardianAdded(student_id=student.id))
    return guardianship


def plan_placement(
    actor: Actor, *, student: Student, workplace: Organisation, teacher: Membership, form: str,
    instructor_name: str, instructor_email: str, starts_on: date, ends_on: date, instructor_phone: str = "",
    site: str = "", unit: dict[str, str] | None = None, unit_code: str = "", part_time_percent: int = 100,
    weekly_hours: int | None = None,
) -> Placement:  # fmt: skip
    """Plan a period at a workplace. Names are written down as they are today, for both sides to read."""
    require(policies.can_plan_placement(actor, student))
    require(policies.can_name_teacher(actor, teacher.id))
    problems = period_problems(starts_on, ends_on, today())
    if not 1 <= part_time_percent <= 100:
        problems["part_time_percent"] = [_("Write a share between 1 and 100 per cent.")]
    if problems:
        raise Invalid(problems)
    placement = Placement(
        tenant_id=actor.organisation_id, workplace_id=workplace.id, student_id=student.id, student_name=student.name,
        student_is_minor=student.minor_on(starts_on), teacher_id=teacher.id, teacher_name=teacher.name,
        teacher_phone=teacher.phone, provider_name=actor.organisation_name, workplace_name=workplace.name,
        business_id=queries.business_id_of(workplace), site=site, instructor_name=instructor_name,
        instructor_email=instructor_email.lower(), instructor_phone=instructor_phone, form=form,
        qualification_code=student.qualification_code, qualification=names_of(student.qualification_code),
        unit_code=unit_code, unit=unit or {}, starts_on=starts_on, ends_on=ends_on,
        part_time_percent=part_time_percent, weekly_hours=weekly_hours,
    )  # fmt: skip
    db.session.add(placement)
    db.session.flush()  # the event and the way to its page carry its id
    emit(actor, PlacementPlanned(tenant_id=placement.tenant_id, workplace_id=workplace.id, placement_id=placement.id))
    return placement


def mark_agreed(actor: Actor, placement: Placement) -> None:
    """The agreement is sealed: no longer only planned. Called by a handler above, any number of times."""
    require(policies.can_move_placement(actor))
    placement.agree()
