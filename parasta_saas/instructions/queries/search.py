"""What the handbook's search looks through beside the handbook itself: guides and the names that steps had before."""

from sqlalchemy import select

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ...reference.models import Guide, Release, Step
from ...reference.queries import guides as national
from ..models import LocalGuide
from .guides import local_guides_of


def old_names(release: Release) -> dict[str, list[tuple[str, dict[str, str]]]]:
    """The names that steps had in other published releases: key → [(number of the release, name)]. One statement."""
    found = (
        select(Step.key, Release.number, Step.name)
        .join(Release, Release.id == Step.release_id)
        .where(Release.released_at.is_not(None), Release.id != release.id)
        .order_by(Release.released_at)
    )
    names: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for key, number, name in db.session.execute(found):
        names.setdefault(key, []).append((number, name))
    return names


def guides_to_search(actor: Actor) -> tuple[list[LocalGuide], list[Guide]]:
    """(the provider's own guides, the national ones), with their texts. Two statements."""
    if not actor.is_provider():
        raise NotFound()
    return [guide for guide in local_guides_of(actor) if not guide.removed_at], national.library()
