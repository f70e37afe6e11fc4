"""Versions of a handbook read whole and side by side."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from ...core.access import Actor
from ...core.clock import today
from ...core.db import db
from ..models import HandbookVersion
from ..resolved import resolve
from .manual import Manual, manual_of, version_for


def reading_of(manual: Manual) -> dict[str, Mapping[str, Any]]:
    """Every step as it stood, in the order of the process: what version_compare takes."""
    return {entry.key: entry.view for entry in manual.entries}


def national_reading(manual: Manual) -> dict[str, Mapping[str, Any]]:
    """The same steps as the release says them, without a word of the provider's."""
    return {entry.key: resolve(entry.national.content(), {}) for entry in manual.entries if entry.national}


def readings(actor: Actor, number: int, other: int | None) -> tuple[Manual, Manual | None]:
    """One version, and another one where it is named."""
    one = manual_of(actor, version=version_for(actor, number))
    return one, manual_of(actor, version=version_for(actor, other)) if other else None


def in_force_on(actor: Actor, day: date | None = None) -> HandbookVersion | None:
    """The version that was in force on a day (today), without what it holds."""
    found = select(HandbookVersion).where(
        HandbookVersion.tenant_id == actor.organisation_id, HandbookVersion.valid_from <= (day or today())
    )
    return db.session.scalar(found.order_by(HandbookVersion.number.desc()).limit(1))


def changed_since(actor: Actor, number: int) -> dict[str, int]:
    """Steps changed by versions after this one: step → the newest version that changed it.

    What *what is new for my role* and the acknowledgement of reading ask.
    """
    steps = func.unnest(HandbookVersion.changed).label("step_key")
    found = select(steps, func.max(HandbookVersion.number)).where(
        HandbookVersion.tenant_id == actor.organisation_id, HandbookVersion.number > number
    )
    return {row[0]: row[1] for row in db.session.execute(found.group_by("step_key"))}
