"""Who follows which release, by name for the national body; in numbers for everyone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from ...core.access import Actor
from ...core.clock import now, today
from ...core.db import db
from ...reference.queries import site
from ...reference.standing import begins
from ..lateness import Place, may_be_reminded, place
from ..models import Adoption, AdoptionReminder, AdoptionTotal, Impact
from .reports import Follower, followers_of

SETTLED = timedelta(seconds=5)  # a count sees what was committed: longer than any request takes


@dataclass(frozen=True)
class Row:
    """One provider: what it follows, how much time it has, when it was last reminded."""

    follower: Follower
    place: Place
    reminded_at: datetime | None

    @property
    def remindable(self) -> bool:
        return may_be_reminded(self.place.state, self.reminded_at, now())


def adoption_of(actor: Actor) -> list[Row]:
    """Every provider by name; NotFound for everyone but the national body."""
    followers = followers_of(actor)
    releases = [release for release in site.published_releases() if begins(release) <= today()]
    reminded = {r.organisation_id: r.reminded_at for r in db.session.scalars(select(AdoptionReminder))}
    return [Row(f, place(f.number, releases, today()), reminded.get(f.organisation.id)) for f in followers]


def follower_counts() -> dict[UUID, int]:
    """Release → how many providers follow it; complete in the national scope only."""
    found = select(Adoption.release_id, func.count()).group_by(Adoption.release_id)
    return {row[0]: row[1] for row in db.session.execute(found)}


def total_for(release_id: UUID) -> AdoptionTotal | None:
    """How many follow a published release: for everyone; None until it was first counted."""
    return db.session.scalar(select(AdoptionTotal).where(AdoptionTotal.release_id == release_id))


def is_counted(actor: Actor) -> bool:
    """Whether the acting provider's release stands in a count made after it was taken into use."""
    since = db.session.scalar(select(Adoption.since).where(Adoption.tenant_id == actor.organisation_id))
    counted = db.session.scalar(select(func.max(AdoptionTotal.counted_at)))
    return since is not None and counted is not None and counted > since + SETTLED


def weighed_since(release_id: UUID, content_sha256: str, since: datetime) -> int:
    """For how many providers a content has been weighed since a moment (seen by the national body)."""
    found = select(func.count()).where(
        Impact.release_id == release_id, Impact.content_sha256 == content_sha256, Impact.created_at >= since
    )
    return db.session.scalar(found) or 0


def last_weighed(release_id: UUID) -> tuple[str, datetime] | None:
    """(content, moment) of the newest weighing of a draft, whatever its text was; None before the first."""
    found = (
        select(Impact.content_sha256, Impact.created_at)
        .where(Impact.release_id == release_id)
        .order_by(Impact.created_at.desc())
        .limit(1)
    )
    row = db.session.execute(found).one_or_none()
    return (row[0], row[1]) if row else None
