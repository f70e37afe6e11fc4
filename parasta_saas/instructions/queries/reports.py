"""What the national body sees of the handbooks: which release, and numbers; never a provider's words."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ...tenants.models import Organisation
from ..impact import Counts
from ..models import Adoption, Impact

COUNTS = tuple(field.name for field in fields(Counts))


@dataclass(frozen=True)
class Follower:
    """A provider and the release it follows; None where it has no handbook of its own yet."""

    organisation: Organisation
    number: str | None
    since: datetime | None


def impacts_of(actor: Actor, release_id: UUID, content_sha256: str) -> list[tuple[str, Counts]]:
    """(provider, counts) for one content of a draft, the most conflicts first."""
    found = (
        select(Organisation.name, *(getattr(Impact, name) for name in COUNTS))
        .join(Organisation, Organisation.id == Impact.tenant_id)
        .where(Impact.release_id == release_id, Impact.content_sha256 == content_sha256)
        .order_by(Impact.conflicts.desc(), Impact.orphans.desc(), Organisation.sort_name)
    )
    _national(actor)
    return [(name, Counts(*counts)) for name, *counts in db.session.execute(found)]


def weighed(actor: Actor, release_id: UUID, content_sha256: str) -> tuple[int, int]:
    """(for how many providers a content has been weighed, how many there are)."""
    _national(actor)
    done = select(func.count()).where(Impact.release_id == release_id, Impact.content_sha256 == content_sha256)
    return db.session.scalar(done) or 0, providers_there_are(actor)


def providers_there_are(actor: Actor) -> int:
    """How many providers there are."""
    _national(actor)
    return db.session.scalar(_providers(func.count())) or 0


def followers_of(actor: Actor) -> list[Follower]:
    """Every provider by name, with the release it follows."""
    _national(actor)
    found = (
        _providers(Organisation, Adoption.number, Adoption.since)
        .outerjoin(Adoption, Adoption.tenant_id == Organisation.id)
        .order_by(Organisation.sort_name)
    )
    return [Follower(*row) for row in db.session.execute(found)]


def _providers(*what: Any) -> Any:
    return select(*what).select_from(Organisation).where(Organisation.kind == "provider")


def _national(actor: Actor) -> None:
    if not actor.is_national():
        raise NotFound()
