"""Remind providers that are late with a newer release, and count publicly how many follow which."""

from collections.abc import Iterable

from sqlalchemy.dialects.postgresql import insert

from ...core.access import Actor, require
from ...core.clock import now, today
from ...core.db import db
from ...core.errors import Conflict, NotFound
from ...core.events import emit
from ...core.i18n import _
from ...core.ids import uuid7
from ...reference import queries as reference
from ...reference.queries import site
from .. import policies
from ..events_reports import ProvidersReminded
from ..lateness import PAUSE, REMINDED
from ..models import AdoptionReminder, AdoptionTotal
from ..queries import adoption as queries
from ..queries import reports


def remind_provider(actor: Actor, *, slug: str) -> str:
    """Remind one provider by its address; returns its name. Once a week at most."""
    require(policies.can_see_adoption(actor))
    row = next((row for row in queries.adoption_of(actor) if row.follower.organisation.slug == slug), None)
    if row is None:
        raise NotFound()
    if row.place.state not in REMINDED:
        raise Conflict(_("This provider is not late. Nothing was sent."))
    if not _remind(actor, [row]):
        raise Conflict(_("This provider has been reminded within a week. Nothing was sent."))
    return row.follower.organisation.name


def remind_late(actor: Actor) -> int:
    """Remind everyone who is late and was not reminded within a week; returns how many."""
    require(policies.can_see_adoption(actor))
    told = _remind(actor, [row for row in queries.adoption_of(actor) if row.remindable])
    if not told:
        raise Conflict(_("Everyone who is late has been reminded within a week. Nothing was sent."))
    return told


def count_adoption(actor: Actor) -> None:
    """Write down for all to read how many providers follow each published release."""
    require(policies.can_count_adoption(actor))
    current = reference.current_release()
    reference.draft_for(actor, current.id)  # one count after the other, so that an older one never comes last
    followers, providers = queries.follower_counts(), reports.providers_there_are(actor)
    rows = [
        dict(
            id=uuid7(), created_at=now(), released_at=now(), counted_at=now(), release_id=release.id,
            number=release.number, followers=followers.get(release.id, 0), providers=providers,
        )
        for release in site.published_releases()
    ]  # fmt: skip
    made = insert(AdoptionTotal).values(rows)
    news = {name: made.excluded[name] for name in ("followers", "providers", "counted_at")}
    db.session.execute(made.on_conflict_do_update(index_elements=["release_id"], set_=news))


def _remind(actor: Actor, late: Iterable[queries.Row]) -> int:
    """Tell those that were not told within a week; the database decides, so that two presses send one mail."""
    number = reference.current_release().number
    rows = [
        dict(
            id=uuid7(), created_at=now(), organisation_id=row.follower.organisation.id, number=number,
            reminded_at=now(), reminded_by=actor.name,
        )
        for row in late
    ]  # fmt: skip
    if not rows:
        return 0
    made = insert(AdoptionReminder).values(rows)
    news = {name: made.excluded[name] for name in ("number", "reminded_at", "reminded_by")}
    once = made.on_conflict_do_update(
        index_elements=["organisation_id"], set_=news, where=AdoptionReminder.reminded_at <= now() - PAUSE
    )
    told = tuple(db.session.execute(once.returning(AdoptionReminder.organisation_id)).scalars())
    if told:
        emit(actor, ProvidersReminded(invited=told, number=number, on=today()))
    return len(told)
