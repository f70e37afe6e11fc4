"""What the studio looks at: the whole content of a release, its diagrams, its reviews, the facts of its way."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import undefer

from ...core import scope
from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ...core.questions import ask
from .. import bpmn, comparison, gallery, lineage, translation
from .. import content as data
from ..flow import Facts
from ..models import Diagram, Phase, Release, Review, Round, Step
from .release import base_of, current_release, phases_of, release_for, release_numbered, steps_of


def draft_with(actor: Actor, release_id: UUID) -> Release:
    """The release of a step that is being changed, locked: its writers and state are looked at."""
    if not actor.is_national():
        raise NotFound()
    release = db.session.get(Release, release_id, with_for_update=True)
    if release is None:
        raise NotFound()
    return release


def diagrams_of(release_id: UUID, *, whole: bool = False) -> list[Diagram]:
    """The diagrams of a release in order; `whole` with their drawings."""
    found = select(Diagram).where(Diagram.release_id == release_id).order_by(Diagram.order)
    return list(db.session.scalars(found.options(undefer(Diagram.xml)) if whole else found))


def diagram_of(release_id: UUID, key: str) -> Diagram:
    """One diagram with its drawing; NotFound otherwise."""
    found = select(Diagram).where(Diagram.release_id == release_id, Diagram.key == key).options(undefer(Diagram.xml))
    row = db.session.scalar(found)
    if row is None:
        raise NotFound()
    return row


def parts_of(release_id: UUID) -> Iterator[Phase | Step | Diagram]:
    """Everything that is fixed together with its release."""
    yield from phases_of(release_id)
    yield from steps_of(release_id)
    yield from diagrams_of(release_id)


def diagram_xml(number: str, key: str) -> bytes:
    """A diagram of a published release as BPMN 2.0; NotFound for another number or key. For whoever asks."""
    with scope.acting(Actor.system()):
        release = release_numbered(number)
        return bpmn.write(gallery.document_of(content_of(release), diagram_of(release.id, key).content()))


def content_of(release: Release) -> dict[str, Any]:
    """A release as plain data: what is hashed, compared, printed and downloaded."""
    return data.release_content(
        release.content(),
        [phase.content() for phase in phases_of(release.id)],
        [step.content() for step in steps_of(release.id)],
        [diagram.content() for diagram in diagrams_of(release.id, whole=True)],
    )


def comparison_of(release: Release, base: Release | None = None) -> comparison.Comparison:
    """What a release changes against its base, or against another."""
    base = base or base_of(release)
    if base is None:
        return comparison.Comparison()
    return comparison.compare(content_of(base), content_of(release))


def desk_of(release: Release) -> list[translation.Text]:
    """The texts of a draft with what their languages still need."""
    base = base_of(release)
    before = content_of(base) if base else {}
    return translation.desk(before, content_of(release), release.settled)


def reviews_of(release: Release) -> list[Review]:
    """The reviews of a draft, the newest first."""
    return list(db.session.scalars(select(Review).where(Review.release_id == release.id).order_by(Review.id.desc())))


def facts_of(actor: Actor, release: Release) -> Facts:
    """What the guards of the way look at (reference/flow.py)."""
    release = release_for(actor, release.id)
    base, content = base_of(release), content_of(release)
    before = content_of(base) if base else {}
    made = comparison.compare(before, content)
    texts = translation.desk(before, content, release.settled)
    rounds = list(db.session.scalars(select(Round).where(Round.release_id == release.id)))
    sha = data.content_hash(content)
    return Facts(
        changes=len(made.steps) + len(made.parts),
        major=made.level == "major",
        round_running=any(not r.finished for r in rounds),
        round_finished=any(r.finished and r.kind == "open" for r in rounds),
        missing=len(translation.open_texts(texts, "missing")),
        stale=len(translation.open_texts(texts, "stale")),
        unreasoned=len(lineage.unreasoned(release.lineage, [d.key for d in made.of("removed")])),
        noted=data.noted(release.summary, release.notes),
        reviewed=any(review.content_sha256 == sha for review in reviews_of(release)),
        impact_known=bool(ask("impact_known", actor, release.id, sha)),
        author=str(actor.membership_id) in release.authors,
        base_in_force=base is None or base.id == current_release().id,
    )


def content_print(release: Release) -> str:
    """The hash of a draft as it stands: reviews and impact reports are of one content."""
    return data.content_hash(content_of(release))
