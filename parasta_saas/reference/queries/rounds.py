"""Comment rounds: which of them, and what of what was said there, an actor may read."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import undefer

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ...tenants.models import Organisation
from .. import comparison
from ..models import Comment, Decision, Release, Round
from ..threads import CHANGED, Thread, threads
from .draft import content_of
from .release import base_of, release_for

STAFF = ("national_editor", "national_admin", "system")
FOUND_AT_MOST = 20


class Behind(NamedTuple):
    """A comment that a change rests on, with the answer it got."""

    comment: Comment
    decision: Decision
    round: Round


def is_staff(actor: Actor) -> bool:
    """The national body's own people; not whoever writes on the public page."""
    return actor.is_national(*STAFF)


def rounds_of(actor: Actor) -> list[Round]:
    """The rounds that an actor may see, the newest first."""
    return list(db.session.scalars(_seen(actor).order_by(Round.finished_at.desc().nulls_first(), Round.id.desc())))


def round_for(actor: Actor, round_id: UUID, *, lock: bool = False) -> Round:
    """A round with the text it is about; NotFound where one is not asked. `lock`: it must not end meanwhile."""
    found = _seen(actor).where(Round.id == round_id).options(undefer(Round.content))
    return _there(db.session.scalar(found.with_for_update(read=True) if lock else found))


def desk_round_for(actor: Actor, round_id: UUID, *, lock: bool = False) -> Round:
    """A round that the national body decides on; NotFound for everyone else."""
    if not is_staff(actor):
        raise NotFound()
    found = select(Round).where(Round.id == round_id).options(undefer(Round.content))
    return _there(db.session.scalar(found.with_for_update() if lock else found))


def rounds_on(release: Release) -> list[Round]:
    """The rounds on one draft, the newest first."""
    return list(db.session.scalars(select(Round).where(Round.release_id == release.id).order_by(Round.id.desc())))


def drafts_of(actor: Actor) -> list[Release]:
    """Drafts on which a round may be opened."""
    open_states = ("modelling", "internal_comment", "iteration")
    found = select(Release).where(Release.released_at.is_(None), Release.state.in_(open_states))
    return list(db.session.scalars(found.order_by(Release.id))) if is_staff(actor) else []


def comparison_in(round_: Round) -> tuple[Release | None, comparison.Comparison]:
    """The release that the draft was copied from, and what the text of the round changes against it."""
    base = db.session.get(Release, round_.base_id) if round_.base_id else None
    return base, comparison.compare(content_of(base) if base else {}, round_.content)


def comments_of(actor: Actor, round_: Round) -> list[Comment]:
    """What an actor may read in a round, in order: what shows, and one's own words, also taken back."""
    return list(db.session.scalars(_read(actor).where(Comment.round_id == round_.id).order_by(Comment.id)))


def comment_for(actor: Actor, round_: Round, comment_id: UUID) -> Comment:
    """One comment of a round that an actor may read."""
    return _there(db.session.scalar(_read(actor).where(Comment.round_id == round_.id, Comment.id == comment_id)))


def own_comment_for(actor: Actor, round_: Round, comment_id: UUID) -> Comment:
    """What the actor said, locked; somebody else's words are nobody's to change."""
    found = select(Comment).where(
        Comment.round_id == round_.id, Comment.id == comment_id, Comment.by_public.is_(False),
        Comment.author_id == actor.membership_id, Comment.organisation_id == actor.organisation_id,
    )  # fmt: skip
    return _there(db.session.scalar(found.with_for_update()) if actor.membership_id else None)


def judged_comment_for(actor: Actor, round_: Round, comment_id: UUID) -> Comment:
    """A comment that the national body lets through or answers, locked."""
    if not is_staff(actor):
        raise NotFound()
    found = select(Comment).where(Comment.round_id == round_.id, Comment.id == comment_id)
    return _there(db.session.scalar(found.with_for_update()))


def decisions_of(actor: Actor, round_: Round) -> dict[UUID, Decision]:
    """The answers of a round by comment: all for the national body, for others once the round is finished."""
    found = select(Decision).where(Decision.round_id == round_.id)
    if not is_staff(actor):
        found = found.where(Decision.released_at.is_not(None))
    return {decision.comment_id: decision for decision in db.session.scalars(found)}


def decision_on(comment: Comment) -> Decision | None:
    """The answer to a comment, locked; None before there is one."""
    return db.session.scalar(select(Decision).where(Decision.comment_id == comment.id).with_for_update())


def threads_of(actor: Actor, round_: Round) -> list[Thread]:
    """What was said in a round, as threads with their answers."""
    nation = None if round_.internal else national_id()
    return threads(comments_of(actor, round_), decisions_of(actor, round_), nation)


def national_id() -> UUID | None:
    """The national body; the service has one."""
    return db.session.scalar(select(Organisation.id).where(Organisation.kind == "national").limit(1))


def said_since(round_: Round, since: datetime, sender: str) -> int:
    """How much one network address has said in a round lately."""
    found = select(func.count()).where(
        Comment.round_id == round_.id, Comment.created_at >= since, Comment.sender == sender
    )
    return db.session.scalar(found) or 0


def commenters_of(round_: Round) -> list[UUID]:
    """The organisations for which somebody said something that stands, in order."""
    found = select(Comment.organisation_id).where(
        Comment.round_id == round_.id, Comment.by_public.is_(False), Comment.withdrawn_at.is_(None)
    )
    return sorted(i for i in db.session.scalars(found.distinct()) if i)


def own_comments_of(actor: Actor, round_: Round) -> list[Comment]:
    """What the acting organisation's people said in a round and did not take back."""
    found = select(Comment).where(
        Comment.round_id == round_.id, Comment.organisation_id == actor.organisation_id,
        Comment.by_public.is_(False), Comment.withdrawn_at.is_(None),
    )  # fmt: skip
    return list(db.session.scalars(found.order_by(Comment.id)))


def organisations_called(words: str) -> list[Organisation]:
    """Providers and workplaces whose name holds these words, by name; the first of many."""
    if not words.strip():
        return []
    found = select(Organisation).where(
        Organisation.kind != "national",
        or_(
            Organisation.name.icontains(words.strip(), autoescape=True),
            Organisation.names["sv"].astext.icontains(words.strip(), autoescape=True),
        ),
    )
    return list(db.session.scalars(found.order_by(Organisation.sort_name).limit(FOUND_AT_MOST)))


def organisations_at(slugs: Iterable[str]) -> list[Organisation]:
    """Providers and workplaces by their addresses, by name; an address that is not there is left out."""
    found = select(Organisation).where(Organisation.kind != "national", Organisation.slug.in_(list(slugs)))
    return list(db.session.scalars(found.order_by(Organisation.sort_name)))


def organisations_with(ids: Iterable[str]) -> list[Organisation]:
    """The invited organisations, by name."""
    found = select(Organisation).where(Organisation.id.in_([UUID(i) for i in ids]))
    return list(db.session.scalars(found.order_by(Organisation.sort_name)))


def provider_ids() -> list[UUID]:
    """Every provider."""
    return list(db.session.scalars(select(Organisation.id).where(Organisation.kind == "provider")))


def comments_behind(actor: Actor, release_id: UUID) -> dict[str, list[Behind]]:
    """Step → the comments that its change rests on: taken in, wholly or partly. Others than the national body
    read them once their round is finished."""
    found = (
        select(Comment, Decision, Round)
        .join(Decision, Decision.comment_id == Comment.id)
        .join(Round, Round.id == Comment.round_id)
        .where(Round.release_id == release_id, Decision.outcome.in_(CHANGED), Comment.withdrawn_at.is_(None))
        .where(Comment.hidden_because == "", Decision.step_key.is_not(None))
        .order_by(Comment.id)
    )
    if not is_staff(actor):
        found = found.where(Decision.released_at.is_not(None), Comment.published_at.is_not(None))
    behind: dict[str, list[Behind]] = {}
    for row in db.session.execute(found):
        behind.setdefault(row.Decision.step_key, []).append(Behind(row.Comment, row.Decision, row.Round))
    return behind


def draft_of(actor: Actor, round_: Round) -> tuple[Release, Release | None]:
    """The draft that a round is about, as it stands now, and the release before it; the national body's alone."""
    release = release_for(actor, round_.release_id)
    return release, base_of(release)


def _seen(actor: Actor) -> Select[Any]:
    found = select(Round)
    if is_staff(actor):
        return found
    asked = or_(Round.public.is_(True), Round.invited.contains([str(actor.organisation_id)]))
    return found.where(Round.released_at.is_not(None), asked if actor.organisation_id else Round.public.is_(True))


def _read(actor: Actor) -> Select[Any]:
    found = select(Comment)
    if is_staff(actor):
        return found
    shown = Comment.published_at.is_not(None)
    if not actor.membership_id:
        return found.where(shown)
    return found.where(or_(shown, Comment.author_id == actor.membership_id))


def _there(row: Any) -> Any:
    if row is None:
        raise NotFound()
    return row
