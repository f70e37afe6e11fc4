"""Make an agreement from a session, complete it, send it, take it back, remind."""

from typing import Any
from uuid import UUID

from flask import Response, g

from ...core.access import require
from ...core.errors import Conflict, Invalid, NotFound
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import changed, invalid, sent_on
from ...planning import queries as planning
from ...tenants import queries as tenants
from .. import policies, queries, schemas, services
from ..models import Agreement
from .show import SHOW, STATE_CHANGED, WORDS_CHANGED, bp, here, shown


@bp.post("/from/<uuid:session_id>")
def make(session_id: UUID):
    """Pressed twice it shows the same agreement."""
    agreement = services.draft_agreement(g.actor, planning.session_for(g.actor, session_id))
    return sent_on(here(agreement))


@bp.post("/<uuid:agreement_id>")
def complete(agreement_id: UUID):
    agreement = queries.agreement_for(g.actor, agreement_id, locked=True)
    require(policies.can_edit_agreement(g.actor, agreement))
    form = Form(schemas.CompleteAgreement)
    try:
        if not form.valid:
            raise Invalid(form.errors)
        services.complete_agreement(g.actor, agreement, **_completed(form, agreement))
    except (Invalid, Conflict) as problem:
        return _refused(agreement, problem, form=form)
    return _changed(agreement, _("Saved."), WORDS_CHANGED)


@bp.post("/<uuid:agreement_id>/offer")
def offer(agreement_id: UUID):
    agreement = queries.agreement_for(g.actor, agreement_id, locked=True)
    require(policies.can_offer_agreement(g.actor, agreement))
    form = Form(schemas.OfferAgreement)
    try:
        if not form.valid:
            raise Invalid(form.errors)
        services.offer_agreement(g.actor, agreement, **form.data)
    except (Invalid, Conflict) as problem:
        return _refused(agreement, problem, offer=form)
    return _changed(agreement, _("Sent. The mails to those who sign are on their way."))


@bp.post("/<uuid:agreement_id>/taking-back")
def take_back(agreement_id: UUID):
    agreement = queries.agreement_for(g.actor, agreement_id, locked=True)
    services.take_back_agreement(g.actor, agreement)
    return _changed(agreement, _("Taken back. Nobody can sign it before you send it anew."))


@bp.post("/<uuid:agreement_id>/reminders")
def remind(agreement_id: UUID):
    agreement = queries.agreement_for(g.actor, agreement_id, locked=True)
    services.remind_signers(g.actor, agreement)
    return _changed(agreement, _("A new link is on its way to those who have not signed."))


def _completed(form: Form, agreement: Agreement) -> dict[str, Any]:
    """What was typed, with people in place of their keys; each only if it is one of those offered."""
    typed = dict(form.data)
    key, chosen = typed.pop("signer"), typed.pop("signatory")
    name, email = typed.pop("signer_name"), typed.pop("signer_email")
    language = typed.pop("signer_language")
    signatory = tenants.member_for(g.actor, chosen, "provider_signatory") if chosen else None
    if key == schemas.OTHER:
        return typed | {"signer": queries.Candidate(key, name, email, language), "signatory": signatory}
    people = queries.candidates_of(g.actor, agreement.placement)
    signer = next((p for p in people if p.key == key), None)
    if signer is None:
        raise NotFound()
    return typed | {"signer": signer, "signatory": signatory}


def _refused(agreement: Agreement, problem: Invalid | Conflict, **forms: Form) -> Response:
    """The same page with what was typed and how to mend it; nothing is saved."""
    form = next(iter(forms.values()))
    if isinstance(problem, Invalid):
        form.refuse(problem)
    else:
        form.errors = {"_schema": [str(problem)]}
        form.values = {**form.values, "version": agreement.version}
    # The name of the form in the page is `form` or `offer`; `invalid` passes its own as `form`.
    context = shown(agreement, **forms)
    main = context.pop("form", form)
    answer = invalid(SHOW, "work", form=main, **context)
    answer.status_code = problem.status
    return answer


def _changed(agreement: Agreement, message: str, blocks: tuple[str, ...] = STATE_CHANGED) -> Response:
    return changed(SHOW, *blocks, to=here(agreement), message=message, **shown(agreement))
