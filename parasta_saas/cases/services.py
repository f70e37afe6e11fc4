"""Note which steps of a placement are done."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from ..core.access import Actor, require
from ..core.clock import now
from ..core.db import db
from ..core.ids import uuid7
from ..placements.models import Placement
from . import policies
from .models import CompletedStep


def complete_step(
    actor: Actor, placement: Placement, *, step_key: str, because: str, at: datetime | None = None
) -> bool:
    """Note a step as done, once: the first fact counts. True if it was not done before.

    Emits nothing: the row is read off facts that are in the log already.
    """
    require(policies.can_complete_step(actor))
    row = insert(CompletedStep).values(
        tenant_id=placement.tenant_id, workplace_id=placement.workplace_id, id=uuid7(), created_at=now(),
        placement_id=placement.id, step_key=step_key, done_at=at or now(), because=because,
    )  # fmt: skip
    made = row.on_conflict_do_nothing().returning(CompletedStep.id)
    return db.session.execute(made).scalar() is not None
