"""Sign as a member, say what does not match, say that one has read."""

from uuid import UUID

from flask import g

from ...core.access import require
from ...core.errors import Conflict, NotFound
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import changed, invalid, sent_on
from .. import policies, queries, schemas, services
from .show import SHOW, STATE_CHANGED, bp, here, shown


@bp.post("/<uuid:agreement_id>/signature")
def sign(agreement_id: UUID):
    agreement = queries.agreement_for(g.actor, agreement_id, locked=True)
    form = Form(schemas.SignAgreement)
    try:
        services.sign_agreement(g.actor, agreement, sha256=form.data.get("sha256", ""))
    except Conflict as problem:
        return _refused(agreement, form, str(problem))
    return changed(SHOW, *STATE_CHANGED, to=here(agreement), message=_("Signed."), **shown(agreement))


@bp.post("/<uuid:agreement_id>/remark")
def remark(agreement_id: UUID):
    agreement = queries.agreement_for(g.actor, agreement_id, locked=True)
    require(policies.can_remark_agreement(g.actor, agreement))
    form = Form(schemas.RemarkAgreement)
    if not form.valid:
        return invalid(SHOW, "work", **{**shown(agreement, remark=form), "form": form})
    services.remark_agreement(g.actor, agreement, **form.data)
    words = _("Thank you. %(name)s corrects it and you get a new mail.", name=agreement.offered_by)
    return sent_on("/", words)


@bp.post("/<uuid:agreement_id>/reading")
def read(agreement_id: UUID):
    agreement = queries.agreement_for(g.actor, agreement_id)
    notice = queries.own_notice(g.actor, agreement, locked=True)
    if notice is None:
        raise NotFound()
    services.read_notice(g.actor, notice, agreement)
    return changed(SHOW, *STATE_CHANGED, to=here(agreement), message=_("Noted."), **shown(agreement))


def _refused(agreement, form: Form, problem: str):
    answer = invalid(SHOW, "work", **{**shown(agreement, problem=problem), "form": form})
    answer.status_code = 409
    return answer
