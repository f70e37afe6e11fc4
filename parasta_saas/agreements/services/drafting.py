"""Write an agreement from a closed planning session, and complete it."""

from dataclasses import replace
from typing import Any

from ...core.access import Actor, require
from ...core.clock import local, today
from ...core.db import db
from ...core.errors import Conflict
from ...core.events import emit
from ...core.i18n import _
from ...placements import queries as placements
from ...placements.models import Placement
from ...planning import queries as planning
from ...planning.closing import agreed_words
from ...planning.models import PlanningSession
from ...tenants import queries as tenants
from ...tenants.models import Membership, Organisation
from .. import policies, queries, writing
from ..events import AgreementDrafted, AgreementEdited
from ..models import Agreement
from ..queries import Candidate
from ..rulebook import APPRENTICESHIP
from ..writing import Details, Heading, Parties, Party

# KoulutusSopimus and OppiSopimus; UtbildningsAvtal and LäroAvtal where a provider works in Swedish first.
STEMS = {"fi": ("KS", "OS"), "sv": ("UA", "LA"), "en": ("TA", "AP")}


def draft_agreement(actor: Actor, session: PlanningSession) -> Agreement:
    """The agreement of a closed session, already written; a second press finds the one that is there."""
    require(policies.can_make_agreement(actor, session))
    if session.open:
        raise Conflict(_("Close the session first. The agreement is made from what was agreed there."))
    queries.hold(f"agreement:{session.tenant_id}")
    known = queries.agreement_from(actor, session)
    if known is not None:
        return known
    agreement = _written(actor, session, _language(actor))
    db.session.add(agreement)
    db.session.flush()  # the event and the way to its page carry its id
    emit(actor, AgreementDrafted(**about(agreement)))
    return agreement


def complete_agreement(
    actor: Actor, agreement: Agreement, *, version: int, language: str, signer: Candidate,
    signatory: Membership | None, unit: str, **known: Any,
) -> None:  # fmt: skip
    """What the rules need beside placement and session: hours, the workplace's preconditions, who signs."""
    require(policies.can_edit_agreement(actor, agreement))
    if version != agreement.version:
        raise Conflict(_("Somebody changed this while you were writing. Open it again and add your change."))
    details: Details = {**agreement.details, **known, "signer": _signer(signer)}
    if signatory is not None:
        details["provider_signatory"] = signatory.name
    if unit != shown_unit(agreement):
        details["unit"] = {language: unit} if unit else {}
    heading = replace(heading_of(agreement), language=language)
    agreement.write(details, _content(actor, heading, agreement.placement, details), language)
    emit(actor, AgreementEdited(agreement_id=agreement.id, placement_id=agreement.placement_id))


def about(agreement: Agreement) -> dict[str, Any]:
    """The ids that every shared event about an agreement carries. Asks no policy: it changes nothing."""
    return {
        "tenant_id": agreement.tenant_id, "workplace_id": agreement.workplace_id, "agreement_id": agreement.id,
        "placement_id": agreement.placement_id,
    }  # fmt: skip


def heading_of(agreement: Agreement) -> Heading:
    """What stands above the agreement as it is now. Asks no policy: it changes nothing."""
    return Heading(
        agreement.number, agreement.edition, agreement.form, agreement.language, local(agreement.created_at).date()
    )


def shown_unit(agreement: Agreement) -> str:
    """The unit as it stands in the form, in the agreement's language. Asks no policy: it changes nothing."""
    return agreement.details["unit"].get(agreement.language) or next(iter(agreement.details["unit"].values()), "")


def rewritten(actor: Actor, agreement: Agreement) -> dict[str, Any]:
    """The content made anew, with today's edition and names. Asks no policy: offering, which calls it, does."""
    return _content(actor, heading_of(agreement), agreement.placement, agreement.details)


def _written(actor: Actor, session: PlanningSession, language: str) -> Agreement:
    placement = session.placement
    number = _next_number(actor, placement.form)
    details = _details(actor, session, language)
    heading = Heading(number, 1, placement.form, language, today())
    return Agreement(
        tenant_id=placement.tenant_id, workplace_id=placement.workplace_id, placement_id=placement.id,
        session_id=session.id, number=number, form=placement.form, language=language, details=details,
        content=_content(actor, heading, placement, details), state="draft", edition=1,
    )  # fmt: skip


def _next_number(actor: Actor, form: str) -> str:
    """KS-2026-0001; asked while the tenant's numbers are held."""
    assert actor.organisation_id is not None
    stem = f"{STEMS[_language(actor)][form == APPRENTICESHIP]}-{today().year}-"
    return f"{stem}{queries.last_number(actor.organisation_id, stem) + 1:04d}"


def _language(actor: Actor) -> str:
    return actor.languages[0] if actor.languages else "fi"


def _details(actor: Actor, session: PlanningSession, language: str) -> Details:
    placement, goals = session.placement, planning.goals_of(session)
    signatories = tenants.members_of(actor, "provider_signatory")
    me = tenants.member_for(actor, actor.membership_id)  # type: ignore[arg-type]
    return writing.EMPTY | {
        "goals": agreed_words(goals, "goal"), "tasks": agreed_words(goals, "task"),
        "planned_on": local(min(session.starts_at, session.closed_at or session.starts_at)).date().isoformat(),
        "support": writing.decided_words(planning.agenda_of(session), language),
        "unit": dict(placement.unit), "unit_code": placement.unit_code,
        "weekly_hours": str(placement.weekly_hours or ""), "part_time_percent": placement.part_time_percent,
        "instructor_phone": placement.instructor_phone, "signer": _signer(queries.candidates_of(actor, placement)[0]),
        "provider_signatory": signatories[0].name if signatories else "",
        "coordinator": {"name": me.name, "email": me.email, "phone": me.phone},
    }  # fmt: skip


def _signer(person: Candidate) -> dict[str, str]:
    return {"name": person.name, "email": person.email, "language": person.language}


def _content(actor: Actor, heading: Heading, placement: Placement, details: Details) -> dict[str, Any]:
    student, _member = queries.student_of(placement)
    parties = Parties(
        provider=_party(tenants.organisation_with(placement.tenant_id)),
        workplace=_party(tenants.organisation_with(placement.workplace_id)),
        birth_date=student.birth_date, guardians=tuple(g.name for g in placements.guardians_of(student)),
    )  # fmt: skip
    return writing.content_of(heading, placement, parties, details)


def _party(organisation: Organisation) -> Party:
    return Party({organisation.languages[0]: organisation.name, **organisation.names})
