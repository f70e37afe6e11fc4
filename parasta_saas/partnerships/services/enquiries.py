"""First contacts: received from anyone, given to a named person, answered within what was promised."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ...core.access import Actor, require
from ...core.clock import now
from ...core.db import db
from ...core.errors import Invalid
from ...core.events import emit
from ...core.i18n import _
from ...core.questions import ask
from ...core.workdays import deadline
from ...tenants import queries as tenants
from ...tenants.models import Membership
from .. import policies, queries
from ..events import EnquiryAnswered, EnquiryReceived
from ..models import Enquiry
from .timeline import note_down

STEP = "contact-response"  # the step of the process map whose clock runs here
# What release 1.0 of the reference asks at least; used until a provider has a handbook.
NATIONAL: Mapping[str, Any] = {"value": 2, "unit": "working_day", "anchor": "after:enquiry"}
DUTY = ("wl_coordinator", "provider_admin", "quality_manager", "agreement_coordinator")
LOOKS_BACK = timedelta(days=182)  # half a year of answers says how promptly one answers
PER_HOUR, PER_HOUR_NETWORK = 5, 20  # a workplace writes once; a whole town may share one network address


def promised_limit(actor: Actor) -> Mapping[str, Any]:
    """The time limit of the first answer in force at the acting provider. Open to all: it is a promise to all."""
    return ask("time_limit", actor, STEP) or NATIONAL


def duty_person(actor: Actor) -> Membership | None:
    """Who takes the next first contact: of the coordinators the one with fewest waiting, then by name.

    Open to all, because whoever writes is told the name.
    """
    waiting = queries.open_by_person(actor)
    for role in DUTY:
        if people := tenants.members_of(actor, role):
            return min(people, key=lambda m: (waiting.get(m.id, 0), m.sort_name))
    return None


def send_enquiry(
    actor: Actor, *, workplace_name: str, person_name: str, email: str, words: str, phone: str = "", sender: str = ""
) -> Enquiry:  # fmt: skip
    """Take a first contact in and start its clock; refuses kindly when one address sends very many."""
    require(policies.can_send_enquiry(actor))
    _check_rate(actor, email, sender)
    named = duty_person(actor)
    at = now()
    enquiry = Enquiry(
        tenant_id=actor.organisation_id, workplace_name=workplace_name, person_name=person_name, email=email,
        phone=phone, words=words, language=actor.language, created_at=at, sender=sender,
        due_at=deadline(promised_limit(actor), at), named_id=named.id if named else None,
        named=named.name if named else actor.organisation_name,
    )  # fmt: skip
    db.session.add(enquiry)
    db.session.flush()  # the event carries its id
    emit(actor, EnquiryReceived(enquiry_id=enquiry.id))
    return enquiry


def answer_enquiry(actor: Actor, enquiry: Enquiry, *, answer: str) -> None:
    """Answer a first contact: the clock stops and the words go to the enquirer by mail."""
    require(policies.can_answer_enquiry(actor, enquiry))
    enquiry.respond(answer, by=actor.name)
    if enquiry.partnership_id:
        note_down(actor, queries.partnership_for(actor, enquiry.partnership_id), "answer")
    emit(actor, EnquiryAnswered(enquiry_id=enquiry.id))


def _check_rate(actor: Actor, email: str, sender: str) -> None:
    by_email, by_sender = queries.sent_since(actor, now() - timedelta(hours=1), email=email, sender=sender)
    if by_email >= PER_HOUR or (sender and by_sender >= PER_HOUR_NETWORK):
        raise Invalid({"_form": [_("We have got many messages from you just now, and they are safe with us."
                                   " Wait an hour before you send more.")]})  # fmt: skip
