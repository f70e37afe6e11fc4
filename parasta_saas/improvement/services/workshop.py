"""A mirror workshop: open it, let phones in and vote, show the votes, agree on the outcome, go on, close."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from ...core.access import Actor, require
from ...core.clock import end_of_day, now, today
from ...core.db import db
from ...core.errors import Conflict
from ...core.events import emit
from ...core.i18n import _
from ...core.ids import uuid7
from ...core.links import Link
from ...core.tokens import hash_token
from ...reference.models import Step
from .. import codes, policies
from ..events import WorkshopClosed, WorkshopOpened
from ..models import Mirror, MirrorParticipant, MirrorVote, MirrorWorkshop
from ..queries import mirror as queries
from .mirror import answer_step

MOST_PHONES = 300
LEAST = timedelta(hours=2)  # a workshop that begins late in the evening
TRIES = 5  # for a code that nobody has had


def token_of(code: str) -> str:
    """What the link of a code is the hash of. Asks no policy: it only says."""
    return f"mirror:{code}"


def open_workshop(actor: Actor, mirror: Mirror, step: Step) -> MirrorWorkshop:
    """Begin a workshop at this step. The code works until the end of the day, or until it is closed."""
    require(policies.can_lead_mirror(actor))
    mirror.require_open()
    if old := queries.going_workshop(actor, mirror):
        if old.going(now()):
            raise Conflict(_("A workshop is going on already. Open it from the mirror."))
        _close(actor, old)
    workshop_id, until = uuid7(), max(end_of_day(today()), now() + LEAST)
    row = insert(MirrorWorkshop).values(
        tenant_id=actor.organisation_id, id=workshop_id, created_at=now(), mirror_id=mirror.id, step_key=step.key,
        code=_new_code(actor, workshop_id, hours=until - now()), shown=False, opened_by_id=actor.membership_id,
        opened_by=actor.name, expires_at=until, version=1,
    )  # fmt: skip
    if not db.session.execute(row.on_conflict_do_nothing().returning(MirrorWorkshop.id)).scalar():
        raise Conflict(_("A workshop is going on already. Open it from the mirror."))
    emit(actor, WorkshopOpened(workshop_id=workshop_id, mirror_id=mirror.id))
    return queries.workshop_for(actor, workshop_id)


def join_workshop(actor: Actor, workshop: MirrorWorkshop, *, name: str = "") -> MirrorParticipant:
    """Let one more phone in, whenever it comes."""
    require(policies.can_vote_mirror(actor, workshop))
    workshop.require_going()
    if queries.phones_in(workshop) >= MOST_PHONES:
        raise Conflict(_("The workshop is full. Look at the big screen together with your neighbour."))
    participant = MirrorParticipant(
        tenant_id=workshop.tenant_id, id=uuid7(), workshop_id=workshop.id, name=name.split()[0] if name.split() else ""
    )
    db.session.add(participant)
    return participant


def cast_vote(
    actor: Actor, workshop: MirrorWorkshop, participant: MirrorParticipant, *, step_key: str, choice: str
) -> None:
    """One vote per phone and step; voting again changes it, until the votes are shown or the room goes on."""
    require(policies.can_vote_mirror(actor, workshop) and participant.workshop_id == workshop.id)
    workshop.require_going()
    if step_key != workshop.step_key:
        raise Conflict(_("The workshop has gone on to the next step."))
    if workshop.shown:
        raise Conflict(_("The votes are being shown. This step takes no more."))
    row = insert(MirrorVote).values(
        tenant_id=workshop.tenant_id, id=uuid7(), created_at=now(), workshop_id=workshop.id, step_key=step_key,
        participant_id=participant.id, choice=choice, voted_at=now(),
    )  # fmt: skip
    own = ["tenant_id", "workshop_id", "step_key", "participant_id"]
    news = {"choice": row.excluded.choice, "voted_at": row.excluded.voted_at}
    db.session.execute(row.on_conflict_do_update(index_elements=own, set_=news))


def show_votes(actor: Actor, workshop: MirrorWorkshop, *, shown: bool) -> None:
    """Show the votes on all screens, or let people vote again."""
    require(policies.can_lead_mirror(actor))
    workshop.show_votes(shown)


def go_to_step(actor: Actor, workshop: MirrorWorkshop, step: Step) -> None:
    """All screens move to this step."""
    require(policies.can_lead_mirror(actor))
    workshop.go_to(step.key)


def agree_outcome(
    actor: Actor, workshop: MirrorWorkshop, mirror: Mirror, step: Step, after: Step | None, *, outcome: str,
    note: str = "", news: str = "", version: int | None = None,
) -> None:  # fmt: skip
    """Write down what the room says of its step, and go on to the next one where there is one."""
    require(policies.can_lead_mirror(actor))
    workshop.require_going()
    if step.key != workshop.step_key:
        raise Conflict(_("The workshop has gone on to the next step."))
    answer_step(actor, mirror, step, outcome=outcome, note=note, news=news, version=version)
    if after is not None:
        workshop.go_to(after.key)
    else:
        workshop.show_votes(True)


def close_workshop(actor: Actor, workshop: MirrorWorkshop) -> None:
    """Close it: the code opens nothing any more, and first names are forgotten. The votes stay."""
    require(policies.can_lead_mirror(actor))
    _close(actor, workshop)


def _close(actor: Actor, workshop: MirrorWorkshop) -> None:
    if workshop.closed_at is not None:
        return
    workshop.close()
    own = MirrorParticipant.tenant_id == workshop.tenant_id, MirrorParticipant.workshop_id == workshop.id
    db.session.execute(update(MirrorParticipant).where(*own).values(name=""))
    db.session.flush()  # the index of workshops that are going on sees it before a new one begins
    emit(actor, WorkshopClosed(workshop_id=workshop.id, mirror_id=workshop.mirror_id))


def _new_code(actor: Actor, workshop_id: UUID, *, hours: timedelta) -> str:
    """A code that opens this workshop as a guest's link does; a code that was used before is never used again."""
    for _try in range(TRIES):
        code = codes.new_join_code()
        link = insert(Link).values(
            id=uuid7(), created_at=now(), token_hash=hash_token(token_of(code)), kind="mirror",
            organisation_id=actor.organisation_id, subject_id=workshop_id, person_name="", email="",
            language=actor.languages[0], expires_at=now() + hours,
        )  # fmt: skip
        if db.session.execute(link.on_conflict_do_nothing().returning(Link.id)).scalar():
            return code
    raise Conflict(_("No free code was found. Try again."))
