"""One run of the process for one placement: which steps are done, by facts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.clock import now
from ..core.db import Shared, db, relation_fk, shared_fk


class CompletedStep(Shared, db.Model):
    """A step is done for a placement; written by handlers, once per step."""

    __tablename__ = "completed_step"
    __table_args__ = (
        relation_fk(),
        shared_fk("placement_id", "placement"),
        UniqueConstraint("tenant_id", "placement_id", "step_key"),
    )

    placement_id: Mapped[UUID]
    step_key: Mapped[str]
    done_at: Mapped[datetime] = mapped_column(default=now)
    because: Mapped[str]  # name of the event
