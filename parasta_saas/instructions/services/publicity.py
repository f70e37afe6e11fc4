"""How a handbook is read by others: plain words step by step, a public address that is off until it is switched on."""

from collections.abc import Mapping

from ...core.access import Actor, require
from ...core.db import db
from ...core.errors import Conflict
from ...core.events import emit
from ...core.i18n import _
from .. import policies
from ..events_reading import HandbookMadePublic, HandbookTakenBack, PlainTextWritten
from ..models import PlainText, Publicity
from ..queries import reading as queries


class WrittenMeanwhile(Conflict):
    """Somebody else wrote the plain words of this step since the page was opened; `row` is what stands."""

    def __init__(self, row: PlainText) -> None:
        super().__init__(
            _("%(name)s wrote this meanwhile. Both texts are here: put them together.", name=row.edited_by)
        )
        self.row = row


def write_plain_text(actor: Actor, *, step_key: str, text: Mapping[str, str], version: int) -> PlainText:
    """Put the plain words of one step in force. Raises WrittenMeanwhile; `version` 0: nothing stood there."""
    require(policies.can_write_plain_text(actor))
    assert actor.organisation_id is not None
    row = queries.plain_text_on(actor, step_key)
    if row and row.version != version and dict(text) != row.text:
        raise WrittenMeanwhile(row)
    if row is None:
        row = PlainText(tenant_id=actor.organisation_id, step_key=step_key, text={})
        db.session.add(row)
    if dict(text) != row.text:
        row.rewrite(dict(text), by_id=actor.membership_id, by=actor.name)
        emit(actor, PlainTextWritten(step_key=step_key))
    db.session.flush()  # the page shows the version that the next writing builds on
    return row


def make_public(actor: Actor, *, indexed: bool, whole: bool) -> Publicity:
    """Open the public address, or change what it shows."""
    require(policies.can_make_public(actor))
    assert actor.organisation_id is not None
    publicity = queries.publicity_of(actor, lock=True)
    if publicity is None:
        publicity = Publicity(tenant_id=actor.organisation_id)
        db.session.add(publicity)
    publicity.open(indexed=indexed, whole=whole)
    emit(actor, HandbookMadePublic(indexed=indexed, whole=whole))
    return publicity


def take_back(actor: Actor) -> None:
    """Close the public address."""
    require(policies.can_make_public(actor))
    publicity = queries.publicity_of(actor, lock=True)
    if publicity is None:
        raise Conflict(_("The handbook has no public address."))
    publicity.close()
    emit(actor, HandbookTakenBack())
