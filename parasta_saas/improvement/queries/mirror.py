"""What an actor may see of mirrors: rounds, answers, workshops, votes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ...reference import queries as reference
from ...reference.models import Phase, Step
from ..gaps import Answer
from ..models import Mirror, MirrorAnswer, MirrorParticipant, MirrorVote, MirrorWorkshop
from ..policies import STAFF, can_vote_mirror


@dataclass(frozen=True)
class Round:
    """A mirror with the map that it goes through and what has been answered."""

    mirror: Mirror
    phases: list[Phase]
    steps: list[Step]
    answers: dict[str, MirrorAnswer]

    @property
    def said(self) -> dict[str, Answer]:
        return {key: answer.said for key, answer in self.answers.items()}

    def step(self, key: str) -> Step:
        """The step of that key; NotFound where the release has none."""
        found = next((step for step in self.steps if step.key == key), None)
        if found is None:
            raise NotFound()
        return found

    def next_open(self, after: str = "") -> Step | None:
        """The first step without an answer after this one, else from the beginning; None when all have one."""
        at = next((n for n, step in enumerate(self.steps) if step.key == after), -1)
        return next((s for s in (*self.steps[at + 1 :], *self.steps) if s.key not in self.answers), None)


@dataclass(frozen=True)
class Tally:
    """Votes on one step, by outcome, of the phones in the room."""

    votes: Mapping[str, int]
    phones: int

    @property
    def cast(self) -> int:
        return sum(self.votes.values())


def mirrors_of(actor: Actor) -> list[Mirror]:
    """Every round of the acting provider, the newest first."""
    return list(db.session.scalars(_own(actor).order_by(Mirror.number.desc())))


def mirror_for(actor: Actor, mirror_id: UUID, *, lock: bool = False) -> Mirror:
    """One round; locked where it is about to change; NotFound for anybody else's."""
    found = _own(actor).where(Mirror.id == mirror_id)
    row = db.session.scalar(_locked(found) if lock else found)
    if row is None:
        raise NotFound()
    return row


def last_number(actor: Actor) -> int:
    """The number of the newest round, 0 before the first."""
    _at_staff(actor)
    return db.session.scalar(select(func.max(Mirror.number)).where(Mirror.tenant_id == actor.organisation_id)) or 0


def round_of(actor: Actor, mirror: Mirror) -> Round:
    """The mirror with its map and answers: three statements."""
    release_id = mirror.release_id
    return Round(mirror, reference.phases_of(release_id), reference.steps_of(release_id), answers_of(actor, mirror))


def answers_of(actor: Actor, mirror: Mirror) -> dict[str, MirrorAnswer]:
    """The answers of a round by step."""
    found = select(MirrorAnswer).where(
        MirrorAnswer.tenant_id == actor.organisation_id, MirrorAnswer.mirror_id == mirror.id
    )
    return {answer.step_key: answer for answer in db.session.scalars(found)}


def answer_on(actor: Actor, mirror: Mirror, step_key: str) -> MirrorAnswer | None:
    """The answer on one step, locked because it is about to change."""
    found = select(MirrorAnswer).where(
        MirrorAnswer.tenant_id == actor.organisation_id, MirrorAnswer.mirror_id == mirror.id,
        MirrorAnswer.step_key == step_key,
    )  # fmt: skip
    return db.session.scalar(_locked(found))


def before(actor: Actor, mirror: Mirror) -> Mirror | None:
    """The round before this one."""
    found = _own(actor).where(Mirror.number < mirror.number).order_by(Mirror.number.desc())
    return db.session.scalar(found.limit(1))


def votes_in(actor: Actor, mirror: Mirror) -> dict[str, dict[str, int]]:
    """Step → outcome → votes, of all workshops of a round."""
    found = (
        select(MirrorVote.step_key, MirrorVote.choice, func.count())
        .join(
            MirrorWorkshop,
            (MirrorWorkshop.tenant_id == MirrorVote.tenant_id) & (MirrorWorkshop.id == MirrorVote.workshop_id),
        )
        .where(MirrorVote.tenant_id == actor.organisation_id, MirrorWorkshop.mirror_id == mirror.id)
        .group_by(MirrorVote.step_key, MirrorVote.choice)
    )
    votes: dict[str, dict[str, int]] = {}
    for key, choice, count in db.session.execute(found):
        votes.setdefault(key, {})[choice] = count
    return votes


def going_workshop(actor: Actor, mirror: Mirror) -> MirrorWorkshop | None:
    """The workshop of a round that has not been closed; its day may be over."""
    found = select(MirrorWorkshop).where(
        MirrorWorkshop.tenant_id == actor.organisation_id, MirrorWorkshop.mirror_id == mirror.id,
        MirrorWorkshop.closed_at.is_(None),
    )  # fmt: skip
    return db.session.scalar(found)


def workshop_for(actor: Actor, workshop_id: UUID, *, lock: bool = False) -> MirrorWorkshop:
    """A workshop, for staff or for a phone that holds its code.

    `lock`: staff alone with it, phones beside each other, so that no vote slips in after the votes were shown.
    """
    found = select(MirrorWorkshop).where(
        MirrorWorkshop.tenant_id == actor.organisation_id, MirrorWorkshop.id == workshop_id
    )
    if lock:
        found = found.with_for_update(read=actor.link is not None).execution_options(populate_existing=True)
    row = db.session.scalar(found)
    if row is None or not (actor.is_provider(*STAFF) or can_vote_mirror(actor, row)):
        raise NotFound()
    return row


def tally_of(workshop: MirrorWorkshop) -> Tally:
    """The votes on the step that is open in a workshop that the actor was let to: two statements."""
    found = (
        select(MirrorVote.choice, func.count())
        .where(
            MirrorVote.tenant_id == workshop.tenant_id, MirrorVote.workshop_id == workshop.id,
            MirrorVote.step_key == workshop.step_key,
        )
        .group_by(MirrorVote.choice)
    )  # fmt: skip
    return Tally({row[0]: row[1] for row in db.session.execute(found)}, phones_in(workshop))


def phones_in(workshop: MirrorWorkshop) -> int:
    """How many have joined."""
    found = select(func.count()).select_from(MirrorParticipant).where(*_in(workshop))
    return db.session.scalar(found) or 0


def names_in(workshop: MirrorWorkshop) -> list[str]:
    """First names of those who gave one, in the order of joining."""
    found = select(MirrorParticipant.name).where(*_in(workshop), MirrorParticipant.name != "")
    return list(db.session.scalars(found.order_by(MirrorParticipant.created_at)))


def participant_in(workshop: MirrorWorkshop, participant_id: UUID | None) -> MirrorParticipant | None:
    """The phone that joined this workshop with this id, if there is one."""
    if participant_id is None:
        return None
    return db.session.scalar(select(MirrorParticipant).where(*_in(workshop), MirrorParticipant.id == participant_id))


def vote_of(workshop: MirrorWorkshop, participant: MirrorParticipant) -> str:
    """What a phone has said of the open step; empty before it has."""
    found = select(MirrorVote.choice).where(
        MirrorVote.tenant_id == workshop.tenant_id, MirrorVote.workshop_id == workshop.id,
        MirrorVote.step_key == workshop.step_key, MirrorVote.participant_id == participant.id,
    )  # fmt: skip
    return db.session.scalar(found) or ""


def _in(workshop: MirrorWorkshop) -> tuple[Any, ...]:
    return MirrorParticipant.tenant_id == workshop.tenant_id, MirrorParticipant.workshop_id == workshop.id


def _locked(found: Select[Any]) -> Select[Any]:
    return found.with_for_update().execution_options(populate_existing=True)


def _own(actor: Actor) -> Select[Mirror]:
    _at_staff(actor)
    return select(Mirror).where(Mirror.tenant_id == actor.organisation_id)


def _at_staff(actor: Actor) -> None:
    if not actor.is_provider(*STAFF):
        raise NotFound()


def release_of(workshop: MirrorWorkshop) -> UUID:
    """The release whose steps a workshop goes through."""
    found = select(Mirror.release_id).where(Mirror.tenant_id == workshop.tenant_id, Mirror.id == workshop.mirror_id)
    release_id = db.session.scalar(found)
    assert release_id is not None
    return release_id
