"""What the forms of a draft look at: all of its parts, the keys that were ever used, the steps that are gone."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from ...core.db import db
from ...core.errors import NotFound
from ..elements import KINDS
from ..models import PARTS, Diagram, Phase, Release, Step
from .release import phases_of, steps_of

NAMED = ("anchors", "forms", "bases")
Whole = dict[str, list[dict[str, Any]]]


def whole_of(release: Release) -> Whole:
    """Every thing of a release by its kind, as reference/elements.py takes it. Diagrams without their drawings."""
    parts, frame = release.parts, release.frame
    drawn = select(Diagram.key, Diagram.name, Diagram.phase_key, Diagram.drawn).where(Diagram.release_id == release.id)
    return {
        **{kind: list(parts.get(kind) or ()) for kind in PARTS},
        **{kind: list(frame.get(kind) or ()) for kind in NAMED},
        "roles": [{"actor": None, **role} for role in frame["roles"]],
        "phases": [phase.content() for phase in phases_of(release.id)],
        "steps": [step.content() for step in steps_of(release.id)],
        "diagrams": [dict(row._mapping) for row in db.session.execute(drawn)],
    }


def phase_of(release_id: UUID, key: str) -> Phase:
    """One phase of a release; NotFound where it has none."""
    row = db.session.scalar(select(Phase).where(Phase.release_id == release_id, Phase.key == key))
    if row is None:
        raise NotFound()
    return row


def used_keys() -> set[str]:
    """Every key that any release or draft has or had: steps, phases, roles and parts. None of them is given again."""
    used: set[str] = set()
    for table in (Step, Phase, Diagram):
        used |= set(db.session.scalars(select(table.key).distinct()))
    for parts, frame, removed in db.session.execute(select(Release.parts, Release.frame, Release.used_keys)):
        used |= {thing["key"] for kind in KINDS for thing in (*parts.get(kind, ()), *frame.get(kind, ()))}
        used |= set(removed)
    return used


def published_steps() -> set[str]:
    """The keys of the steps of every published release."""
    return set(db.session.scalars(select(Step.key).where(Step.released_at.is_not(None)).distinct()))


def gone_steps(release: Release) -> dict[str, list[Step]]:
    """Steps that the draft has no more: `base` those of the release it was copied from, `earlier` those of older ones,
    each as it last stood."""
    has = select(Step.key).where(Step.release_id == release.id)
    found = select(Step).join(Release, Release.id == Step.release_id)
    found = found.where(Release.released_at.is_not(None), Step.key.not_in(has))
    gone: dict[str, list[Step]] = {"base": [], "earlier": []}
    stood = list(db.session.scalars(found.order_by(Release.released_at)))
    last = {step.key: step for step in stood} | {s.key: s for s in stood if s.release_id == release.based_on_id}
    for step in sorted(last.values(), key=lambda step: step.order):
        gone["base" if step.release_id == release.based_on_id else "earlier"].append(step)
    return gone
