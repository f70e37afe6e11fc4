"""The steps of a published release, read once in a process: they never change again, and every provider needs them."""

from functools import lru_cache
from uuid import UUID

from sqlalchemy import inspect, select

from ...core.db import db
from ...reference import queries as reference
from ...reference.models import Release, Step


def steps_by_key(release: Release) -> dict[str, Step]:
    """The steps of a release by key, in order. Those of a published one belong to no session: only to be read."""
    if release.released and release.sha256:
        return dict(_published(release.id, release.sha256))
    return {step.key: step for step in reference.steps_of(release.id)}


@lru_cache(maxsize=8)
def _published(release_id: UUID, sha256: str) -> dict[str, Step]:
    """The content's hash is part of the question, so that another content is never taken for this one."""
    names = {attribute.columns[0].name: attribute.key for attribute in inspect(Step).column_attrs}
    table = Step.__table__
    found = select(table).where(table.c.release_id == release_id).order_by(table.c.position)
    rows = db.session.execute(found).mappings()
    steps = [Step(**{names[name]: value for name, value in row.items()}) for row in rows]
    return {step.key: step for step in steps}
