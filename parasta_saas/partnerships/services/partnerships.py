"""Opening and looking after a partnership."""

from datetime import datetime
from typing import NamedTuple

from ...core.access import Actor, require
from ...core.clock import now
from ...core.collate import sort_name
from ...core.db import db
from ...core.errors import Invalid
from ...core.events import emit
from ...core.i18n import _
from ...tenants import queries as organisations
from ...tenants import services as tenants
from ...tenants.models import Membership
from .. import policies, queries
from ..events import PartnershipEdited, PartnershipOpened
from ..models import Enquiry, Partnership, WorkplaceRegister
from .contacts import add_contact, invite_contact
from .register import register_workplace
from .timeline import note_down


class Begun(NamedTuple):
    """A partnership, whether it was opened now, and whether its workplace was in the register before."""

    partnership: Partnership
    opened: bool
    workplace_known: bool


def begin_partnership(
    actor: Actor, *, business_id: str, name: str, contact_name: str, contact_email: str, contact_phone: str = "",
    town: str = "", field: str = "", language: str = "fi", invite: bool = False, enquiry: Enquiry | None = None,
) -> Begun:  # fmt: skip
    """Register the workplace, open the partnership, note the contact person and ask them in: one form, one press.

    What is there already is used as it is. An enquiry that led here becomes part of the timeline.
    """
    require(policies.can_open_partnership(actor))
    workplace, known = register_workplace(
        actor, business_id=business_id, name=name, town=town, field=field, language=language
    )
    before = queries.partnership_with(actor, workplace.id)
    partnership = open_partnership(actor, workplace, town=town, field=field, enquiry=enquiry)
    contact = queries.contact_at(actor, partnership, contact_email)
    if contact is None:
        contact = add_contact(
            actor, partnership, name=contact_name, email=contact_email, phone=contact_phone, language=language
        )
        if invite:
            invite_contact(actor, partnership, contact)
    return Begun(partnership, opened=before is None, workplace_known=known)


def open_partnership(
    actor: Actor, workplace: WorkplaceRegister, *, coordinator: Membership | None = None, town: str = "",
    field: str = "", enquiry: Enquiry | None = None,
) -> Partnership:  # fmt: skip
    """Begin to work with a workplace; a second opening gives the partnership that is there.

    Name, town and field are the register's, in the provider's first language where the workplace has a name in it;
    `town` and `field` are the provider's own words for them.
    """
    require(policies.can_open_partnership(actor))
    partnership = queries.partnership_with(actor, workplace.id)
    if partnership is None:
        tenants.relate(actor, workplace.id)
        name = _named(actor, workplace)
        partnership = Partnership(
            tenant_id=actor.organisation_id, workplace_id=workplace.id, workplace_name=name,
            sort_name=sort_name(name), business_id=workplace.business_id, town=town or workplace.town,
            field=field or workplace.field, coordinator_id=coordinator.id if coordinator else actor.membership_id,
            coordinator=coordinator.name if coordinator else actor.name, stage="started",
        )  # fmt: skip
        db.session.add(partnership)
        db.session.flush()  # contacts and timeline refer to it
        note_down(actor, partnership, "opened")
        emit(actor, PartnershipOpened(partnership_id=partnership.id, workplace_id=workplace.id))
    if enquiry is not None:
        _take_over(actor, partnership, enquiry)
    return partnership


def edit_partnership(
    actor: Actor, partnership: Partnership, *, version: int, stage: str, coordinator: Membership | None,
    workplace_goal: str = "", own_goal: str = "", rhythm: str = "", next_talk: str = "",
    next_talk_at: datetime | None = None,
) -> None:  # fmt: skip
    """Set goals, stage, coordinator and the next talk; what changes for others goes on the timeline."""
    require(policies.can_edit_partnership(actor, partnership))
    partnership.check_version(version)
    if next_talk_at != partnership.next_talk_at:
        if next_talk_at and next_talk_at < now():
            raise Invalid({"next_talk_at": [_("This moment has passed. Choose today or a later day.")]})
        if next_talk_at:
            note_down(actor, partnership, "talk", next_talk_at.isoformat())
    if stage != partnership.stage:
        note_down(actor, partnership, "stage", stage)
    if coordinator and coordinator.id != partnership.coordinator_id:
        note_down(actor, partnership, "coordinator", coordinator.name)
        partnership.coordinator_id, partnership.coordinator = coordinator.id, coordinator.name
    partnership.stage, partnership.rhythm = stage, rhythm
    partnership.workplace_goal, partnership.own_goal = workplace_goal, own_goal
    partnership.next_talk, partnership.next_talk_at = next_talk, next_talk_at
    emit(actor, PartnershipEdited(partnership_id=partnership.id))


def _named(actor: Actor, workplace: WorkplaceRegister) -> str:
    names: dict[str, str] = organisations.organisation_with(workplace.id).names
    return names.get(actor.languages[0]) or workplace.name


def _take_over(actor: Actor, partnership: Partnership, enquiry: Enquiry) -> None:
    """The first contact and its answer become part of the timeline, at their own times."""
    if enquiry.partnership_id == partnership.id:
        return
    enquiry.become(partnership.id)
    note_down(actor, partnership, "enquiry", enquiry.person_name, at=enquiry.created_at).by = ""
    if enquiry.answered_at:
        note_down(actor, partnership, "answer", at=enquiry.answered_at).by = enquiry.answered_by
