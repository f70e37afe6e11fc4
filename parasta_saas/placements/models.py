"""Students, their guardians, and placements at workplaces."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Shared, TenantOwned, Versioned, db, member_fk, relation_fk, tenant_fk
from ..core.formats import age

FULL_AGE = 18


class Student(TenantOwned, Versioned, db.Model):
    """A person who studies with the provider; the workplace does not see this row."""

    __tablename__ = "student"
    __table_args__ = (UniqueConstraint("tenant_id", "member_id"), member_fk("member_id"), member_fk("teacher_id"))

    member_id: Mapped[UUID]
    name: Mapped[str]
    sort_name: Mapped[str]
    birth_date: Mapped[date]
    qualification_code: Mapped[str]
    teacher_id: Mapped[UUID | None]

    def minor_on(self, day: date) -> bool:
        """Under 18 on that day."""
        return age(self.birth_date, day) < FULL_AGE


class Guardianship(TenantOwned, db.Model):
    """A guardian of a student who is a minor; it ends by itself on the 18th birthday."""

    __tablename__ = "guardianship"
    __table_args__ = (
        UniqueConstraint("tenant_id", "guardian_id", "student_id"),
        member_fk("guardian_id"),
        tenant_fk("student_id", "student"),
    )

    guardian_id: Mapped[UUID]
    student_id: Mapped[UUID]


class Placement(Shared, Versioned, db.Model):
    """One student's period at one workplace: what both sides may read. Names are snapshots."""

    __tablename__ = "placement"
    __table_args__ = (
        relation_fk(),
        tenant_fk("student_id", "student"),
        member_fk("teacher_id"),
        UniqueConstraint("tenant_id", "workplace_id", "id"),
        Index("ix_placement_order", "tenant_id", "starts_on", "id"),
        Index("ix_placement_student", "tenant_id", "student_id"),
    )

    student_id: Mapped[UUID]
    student_name: Mapped[str]
    student_is_minor: Mapped[bool]
    teacher_id: Mapped[UUID]
    teacher_name: Mapped[str]
    teacher_phone: Mapped[str] = mapped_column(default="")
    provider_name: Mapped[str]
    workplace_name: Mapped[str]
    business_id: Mapped[str]
    site: Mapped[str] = mapped_column(default="")
    instructor_name: Mapped[str]
    instructor_email: Mapped[str]
    instructor_phone: Mapped[str] = mapped_column(default="")
    form: Mapped[str]  # training_agreement or apprenticeship
    qualification_code: Mapped[str]
    qualification: Mapped[dict[str, str]]
    unit_code: Mapped[str] = mapped_column(default="")
    unit: Mapped[dict[str, str]] = mapped_column(default=dict)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    part_time_percent: Mapped[int] = mapped_column(default=100)
    weekly_hours: Mapped[int | None]
    state: Mapped[str] = mapped_column(default="planned")  # planned, then agreed; the rest follows from the days

    def state_on(self, day: date) -> str:
        """planned, agreed, running or ended: what is written and what the calendar adds to it."""
        if self.state == "planned":
            return "planned"
        if day > self.ends_on or self.state == "ended":
            return "ended"
        return "running" if day >= self.starts_on else "agreed"

    def agree(self) -> None:
        """The agreement is sealed; said twice it changes nothing."""
        if self.state == "planned":
            self.state = "agreed"
