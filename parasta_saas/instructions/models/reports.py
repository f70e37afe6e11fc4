"""What a provider's handbook reports to the national body: numbers, never words."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.clock import now
from ...core.db import National, Reported, db


class Adoption(Reported, db.Model):
    """Which release a provider follows and since when: one row per provider."""

    __tablename__ = "adoption"
    __table_args__ = (UniqueConstraint("tenant_id"),)

    release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    number: Mapped[str]
    since: Mapped[datetime] = mapped_column(default=now)


class Impact(Reported, db.Model):
    """What a draft would mean for one provider, found by running the real merge: counts only."""

    __tablename__ = "impact"
    __table_args__ = (UniqueConstraint("tenant_id", "release_id", "content_sha256"),)

    release_id: Mapped[UUID]  # a draft, which the provider can't see
    content_sha256: Mapped[str]
    clean: Mapped[int]  # steps whose own words merge by themselves
    conflicts: Mapped[int]  # sentences that both changed
    orphans: Mapped[int]  # steps with own words that the draft no longer has
    new_duties: Mapped[int]  # new or stricter steps of the minimum
    out_of_range: Mapped[int]  # own limits outside the new range
    untouched: Mapped[int]  # steps with own words that the draft leaves alone


class AdoptionTotal(National, db.Model):
    """How many providers follow a release, of how many there are: public, and nobody's name in it."""

    __tablename__ = "adoption_total"
    __table_args__ = (UniqueConstraint("release_id"),)

    release_id: Mapped[UUID] = mapped_column(ForeignKey("reference_release.id"))
    number: Mapped[str]
    followers: Mapped[int]
    providers: Mapped[int]
    counted_at: Mapped[datetime] = mapped_column(default=now)


class AdoptionReminder(National, db.Model):
    """When a provider was last reminded of a newer release: one row per provider, seen by the national body alone."""

    __tablename__ = "adoption_reminder"
    __table_args__ = (UniqueConstraint("organisation_id"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[str]
    reminded_at: Mapped[datetime] = mapped_column(default=now)
    reminded_by: Mapped[str]
