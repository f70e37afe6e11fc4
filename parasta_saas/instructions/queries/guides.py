"""A provider's own guides: everyone at the provider reads them, nobody else."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import defer

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ..models import LocalGuide


def local_guides_of(actor: Actor) -> list[LocalGuide]:
    """Every guide of the acting provider's own, the removed ones, too."""
    return list(db.session.scalars(_own(actor).order_by(LocalGuide.id)))


def local_guides_at(actor: Actor, step_key: str) -> list[LocalGuide]:
    """The provider's own guides of one step, without their texts. One statement."""
    here = _own(actor).where(LocalGuide.removed_at.is_(None), LocalGuide.steps.contains([step_key]))
    return list(db.session.scalars(here.order_by(LocalGuide.id).options(defer(LocalGuide.body))))


def local_guide_for(actor: Actor, guide_id: UUID, *, lock: bool = False) -> LocalGuide:
    """One guide of the acting provider's own, removed or not; NotFound for anybody else's."""
    found = _own(actor).where(LocalGuide.id == guide_id)
    row = db.session.scalar(found.with_for_update().execution_options(populate_existing=True) if lock else found)
    if row is None:
        raise NotFound()
    return row


def _own(actor: Actor) -> Select[LocalGuide]:
    if not actor.is_provider():
        raise NotFound()
    return select(LocalGuide).where(LocalGuide.tenant_id == actor.organisation_id)
