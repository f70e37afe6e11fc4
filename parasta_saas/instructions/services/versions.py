"""Each time something of a handbook comes into force, the whole is kept as a version that never changes."""

from collections.abc import Collection, Mapping
from datetime import date

from ...core.access import Actor, require
from ...core.clock import today
from ...core.db import db
from ...core.events import emit
from ...core.ids import uuid7
from ...reference import queries as reference
from .. import policies
from ..events_versions import VersionPublished
from ..layers import seal_of
from ..models import Handbook, HandbookVersion
from ..queries import manual as queries


def seal_version(
    actor: Actor,
    handbook: Handbook,
    *,
    reason: str,
    changed: Collection[str],
    note: Mapping[str, str] | None = None,
    approved_by: str = "",
    valid_from: date | None = None,
    published_by: str = "",
) -> HandbookVersion:
    """Keep the handbook as it is in force from now on, as version number `handbook.edition`.

    `reason`: as of HandbookVersion; `changed`: keys of steps; `note`: what is new, for readers;
    `published_by`: in whose name, the actor's own where it is not said.
    """
    require(policies.can_seal_version(actor))
    db.session.flush()  # what was published in this command is read back from the database
    release = reference.release_with(handbook.release_id)
    held = queries.contents_of(actor, release)
    version = HandbookVersion(
        tenant_id=actor.organisation_id, id=uuid7(), number=handbook.edition, release_id=release.id,
        release_number=release.number, valid_from=valid_from or today(), reason=reason, changed=sorted(changed),
        note=dict(note or {}), contents=held, sha256=seal_of(held), published_by=published_by or actor.name,
        approved_by=approved_by,
    )  # fmt: skip
    db.session.add(version)
    emit(actor, VersionPublished(version_id=version.id, number=version.number, changed=sorted(changed)))
    return version
