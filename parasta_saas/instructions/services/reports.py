"""What a handbook reports to the national body: which release it follows, what a draft would mean for it."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from ...core.access import Actor, require
from ...core.clock import now
from ...core.db import db
from ...core.ids import uuid7
from ...reference.models import Release
from .. import policies
from ..models import Adoption, Impact


def report_adoption(actor: Actor, release: Release) -> None:
    """Tell that the provider follows this release from now on."""
    require(policies.can_report(actor))
    row = insert(Adoption).values(
        tenant_id=actor.organisation_id, id=uuid7(), created_at=now(), release_id=release.id, number=release.number,
        since=now(),
    )  # fmt: skip
    news = {"release_id": row.excluded.release_id, "number": row.excluded.number, "since": row.excluded.since}
    db.session.execute(row.on_conflict_do_update(index_elements=["tenant_id"], set_=news))


def report_impact(actor: Actor, *, release_id: UUID, content_sha256: str, counts: Mapping[str, int]) -> None:
    """Tell in numbers what a draft would mean here; one row per content, and the last weighing counts."""
    require(policies.can_report(actor))
    row = insert(Impact).values(
        tenant_id=actor.organisation_id, id=uuid7(), created_at=now(), release_id=release_id,
        content_sha256=content_sha256, **counts,
    )  # fmt: skip
    news = {name: row.excluded[name] for name in (*counts, "created_at")}
    once = row.on_conflict_do_update(index_elements=["tenant_id", "release_id", "content_sha256"], set_=news)
    db.session.execute(once)
