"""Plain words, the public address, and the handbook as a related workplace reads it."""

from sqlalchemy import select
from sqlalchemy.orm import undefer

from ...core.access import Actor
from ...core.db import db
from ...core.errors import NotFound
from ...reference import queries as reference
from ...tenants.models import Organisation, Relation
from ..layers import contents
from ..models import HandbookVersion, PlainText, Publicity
from .manual import Manual, entries_of


def plain_texts_of(actor: Actor, provider: Organisation | None = None) -> dict[str, PlainText]:
    """The plain words by step: of the acting provider, or of one that the acting workplace has a relation with."""
    tenant = provider.id if provider else actor.organisation_id
    rows = db.session.scalars(select(PlainText).where(PlainText.tenant_id == tenant))
    return {row.step_key: row for row in rows}


def plain_text_on(actor: Actor, step_key: str) -> PlainText | None:
    """The plain words of one step, locked because they are about to change; None where nothing was written yet."""
    _at_provider(actor)
    found = select(PlainText).where(PlainText.tenant_id == actor.organisation_id, PlainText.step_key == step_key)
    return db.session.scalar(found.with_for_update().execution_options(populate_existing=True))


def publicity_of(actor: Actor, *, lock: bool = False) -> Publicity | None:
    """Whether the acting provider's handbook is public; None where it never was."""
    _at_provider(actor)
    found = select(Publicity).where(Publicity.tenant_id == actor.organisation_id)
    return db.session.scalar(found.with_for_update().execution_options(populate_existing=True) if lock else found)


def partner_manual(actor: Actor, provider: Organisation) -> Manual:
    """The last published version of a provider's handbook as a workplace reads it; the national one before the first.

    The database shows a version to workplaces with a relation alone; the view has asked for the relation before.
    """
    found = select(HandbookVersion).where(HandbookVersion.tenant_id == provider.id)
    version = db.session.scalar(
        found.order_by(HandbookVersion.number.desc()).limit(1).options(undefer(HandbookVersion.contents))
    )
    release = reference.release_with(version.release_id) if version else reference.current_release()
    held = version.contents if version else contents(release.number, {}, [], {})
    entries = entries_of(reference.steps_of(release.id), held, None)
    return Manual(version.number if version else 0, release, reference.phases_of(release.id), entries, None, version)


def partners_of(actor: Actor) -> list[Organisation]:
    """The providers that the acting workplace works with, by name. One statement."""
    found = (
        select(Organisation)
        .join(Relation, Relation.tenant_id == Organisation.id)
        .where(Relation.workplace_id == actor.organisation_id)
    )
    return list(db.session.scalars(found.order_by(Organisation.sort_name)))


def _at_provider(actor: Actor) -> None:
    if not actor.is_provider():
        raise NotFound()
