"""Hold today's practice against the map: begin a round, answer its steps, finish."""

from sqlalchemy.dialects.postgresql import insert

from ...core.access import Actor, require
from ...core.clock import now
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.events import emit
from ...core.i18n import _
from ...core.ids import uuid7
from ...instructions import queries as handbooks
from ...reference.models import Step
from .. import policies
from ..events import MirrorBegun, MirrorFinished, MirrorReopened, StepMirrored
from ..models import Mirror, MirrorAnswer
from ..queries import mirror as queries


def begin_mirror(actor: Actor) -> Mirror:
    """Begin a round through the map of the release that the provider follows. One round at a time."""
    require(policies.can_lead_mirror(actor))
    release = handbooks.book_of(actor).release
    number, mirror_id = queries.last_number(actor) + 1, uuid7()
    row = insert(Mirror).values(
        tenant_id=actor.organisation_id, id=mirror_id, created_at=now(), number=number, release_id=release.id,
        release_number=release.number, state="open", begun_by_id=actor.membership_id, begun_by=actor.name,
        finished_by="", version=1,
    )  # fmt: skip
    if not db.session.execute(row.on_conflict_do_nothing().returning(Mirror.id)).scalar():
        raise Conflict(_("A mirror is under way already. Finish it before you begin a new one."))
    emit(actor, MirrorBegun(mirror_id=mirror_id, number=number))
    return queries.mirror_for(actor, mirror_id)


def answer_step(
    actor: Actor, mirror: Mirror, step: Step, *, outcome: str, note: str = "", news: str = "",
    version: int | None = None,
) -> None:  # fmt: skip
    """Say how a step is today. `version`: of the answer that was on the screen, None where nobody looked at one.

    Raises Invalid where a colleague answered meanwhile, so that neither's words are lost.
    """
    require(policies.can_lead_mirror(actor))
    mirror.require_open()
    answer = queries.answer_on(actor, mirror, step.key)
    if version is not None and version != (answer.version if answer else 0):
        raise Invalid({"_form": [_("%(name)s has answered this step meanwhile. Look at both, then save again.",
                                   name=answer.answered_by if answer else "")]})  # fmt: skip
    if answer is None:
        answer = MirrorAnswer(tenant_id=actor.organisation_id, mirror_id=mirror.id, step_key=step.key)
        db.session.add(answer)
    answer.outcome, answer.note, answer.news = outcome, note, news
    answer.answered_by_id, answer.answered_by, answer.answered_at = actor.membership_id, actor.name, now()
    emit(actor, StepMirrored(mirror_id=mirror.id, step_key=step.key, outcome=outcome))


def finish_mirror(actor: Actor, mirror: Mirror) -> None:
    """The round is done; what has no answer stays so. A workshop of it is closed first."""
    require(policies.can_lead_mirror(actor))
    if queries.going_workshop(actor, mirror):
        raise Conflict(_("A workshop is still going on. Close it first."))
    mirror.finish(by=actor.name)
    emit(actor, MirrorFinished(mirror_id=mirror.id, number=mirror.number))


def reopen_mirror(actor: Actor, mirror: Mirror) -> None:
    """Open a finished round again, unless a newer one has begun."""
    require(policies.can_lead_mirror(actor))
    if queries.last_number(actor) != mirror.number:
        raise Conflict(_("A newer mirror has begun. This one stays as it is."))
    mirror.reopen()
    emit(actor, MirrorReopened(mirror_id=mirror.id, number=mirror.number))
