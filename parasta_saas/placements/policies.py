"""Who may write students down and plan placements. Who sees a placement is said in `queries`."""

from uuid import UUID

from ..core.access import Actor
from .models import Student

PLANNERS = ("wl_coordinator", "agreement_coordinator")
STAFF = ("provider_admin", "quality_manager", *PLANNERS, "teacher", "provider_signatory")


def can_list_placements(actor: Actor) -> bool:
    """The staff's list; a teacher's shows their own."""
    return actor.is_provider(*STAFF)


def can_add_student(actor: Actor) -> bool:
    return actor.is_provider("system", "provider_admin", *PLANNERS)


def can_plan_placements(actor: Actor) -> bool:
    """Open the form: teachers and coordinators."""
    return actor.is_provider("teacher", *PLANNERS)


def can_plan_placement(actor: Actor, student: Student) -> bool:
    """A teacher plans for their own students, a coordinator for all."""
    return actor.is_provider(*PLANNERS) or (
        actor.is_provider("teacher") and student.teacher_id is not None and student.teacher_id == actor.membership_id
    )


def can_name_teacher(actor: Actor, teacher_id: UUID) -> bool:
    """A teacher names nobody but themselves."""
    return actor.is_provider(*PLANNERS) or teacher_id == actor.membership_id


def can_move_placement(actor: Actor) -> bool:
    """The service itself, when an agreement has been sealed."""
    return actor.is_system
