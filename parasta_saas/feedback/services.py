"""Ask the workplace one question, answer it, reply to the answer, read the reply."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from ..cases import queries as cases
from ..core import workdays
from ..core.access import Actor, require
from ..core.clock import now
from ..core.db import db
from ..core.errors import NotFound
from ..core.events import emit
from ..core.i18n import _
from ..core.ids import uuid7
from ..placements import queries as placements
from ..placements.models import Placement
from . import events, policies, queries
from .models import Pulse
from .questions import REPLY_LIMIT, may_ask, wants_reply


def ask_pulse(actor: Actor, placement: Placement, *, step_key: str) -> Pulse | None:
    """Ask about one critical point; None where it was asked before or another question is still open."""
    require(policies.can_ask_pulse(actor))
    placement = placements.placement_for(actor, placement.id, locked=True)
    if not may_ask(queries.pulses_on(actor, placement), step_key, now()):
        return None
    step = cases.step_of(cases.rules_of(actor, placement.tenant_id), step_key)
    if not step.pulse:
        raise NotFound()
    pulse_id = uuid7()
    row = insert(Pulse).values(
        tenant_id=placement.tenant_id, workplace_id=placement.workplace_id, id=pulse_id, created_at=now(),
        placement_id=placement.id, step_key=step_key, question=step.pulse, words="", answered_by="", answered_email="",
        answered_language="", named=queries.replier_of(actor, placement).name, reply="", replied_by="", version=1,
    )  # fmt: skip
    db.session.execute(row)
    pulse = queries.pulse_for(actor, pulse_id)
    emit(actor, events.PulseAsked(**_about(pulse)))
    return pulse


def answer_pulse(actor: Actor, pulse: Pulse, *, score: int, words: str = "") -> None:
    """Answer for the workplace, once. A low score or any words get a reply from the named person, in time."""
    require(policies.can_answer_pulse(actor, pulse))
    due_at = _due(actor, pulse.tenant_id) if wants_reply(score, words) else None
    pulse.answer(score, words, by=actor.name, email=actor.email, language=actor.language, due_at=due_at)
    emit(actor, events.PulseAnswered(**_about(pulse)))


def reply_pulse(actor: Actor, pulse: Pulse, *, reply: str) -> None:
    """Say back to the workplace, once, by name."""
    require(
        policies.can_reply_pulse(actor, pulse),
        _("%(name)s replies to this. You can read it here.", name=pulse.named),
    )
    pulse.give_reply(reply, by=actor.name)
    emit(actor, events.PulseReplied(**_about(pulse), at=now().isoformat()))


def see_reply(actor: Actor, pulse: Pulse) -> None:
    """Note that the workplace has read the reply."""
    require(policies.can_see_reply(actor, pulse))
    if pulse.see_reply():
        emit(actor, events.ReplySeen(**_about(pulse)))


def _due(actor: Actor, tenant_id: UUID) -> datetime | None:
    """The last moment for a reply, by the provider's own limit on own-feedback, else the national one."""
    rules = cases.rules_of(actor, tenant_id)
    limit = cases.step_of(rules, REPLY_LIMIT).time_limit
    if limit is None:
        return None
    return workdays.deadline({**limit, "value": rules.limits.get(REPLY_LIMIT, limit["value"])}, now())


def _about(pulse: Pulse) -> dict[str, Any]:
    return {
        "tenant_id": pulse.tenant_id, "workplace_id": pulse.workplace_id, "pulse_id": pulse.id,
        "placement_id": pulse.placement_id, "step_key": pulse.step_key,
    }  # fmt: skip
