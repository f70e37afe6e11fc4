"""Whose door is which."""

from ..core.access import Actor


def can_open_workplace_portal(actor: Actor) -> bool:
    return actor.is_workplace()


def can_open_student_portal(actor: Actor) -> bool:
    return actor.is_provider("student", "guardian")
