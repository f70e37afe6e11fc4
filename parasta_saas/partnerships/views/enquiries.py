"""First contacts that wait for an answer, and answering them."""

from uuid import UUID

from flask import g, request, url_for

from ...core.clock import now
from ...core.errors import Conflict
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import changed, invalid, page
from ...tenants.entry import organisation_blueprint
from .. import queries, schemas, services, wording
from ..services.enquiries import LOOKS_BACK
from .overtaken import overtaken

bp = organisation_blueprint("enquiries", __name__, "/enquiries")
INDEX, SHOW = "enquiries/index.html", "enquiries/show.html"


@bp.get("")
def index():
    answered = queries.answered_enquiries(g.actor, cursor=request.args.get("cursor", ""))
    return page(
        INDEX, waiting=queries.waiting_enquiries(g.actor), answered=answered, now=now(),
        punctual=queries.punctuality(g.actor, now() - LOOKS_BACK),
        promise=wording.promise(services.promised_limit(g.actor)),
    )  # fmt: skip


@bp.get("/<uuid:enquiry_id>")
def show(enquiry_id: UUID):
    enquiry = queries.enquiry_for(g.actor, enquiry_id)
    return page(SHOW, "panel", enquiry=enquiry, form=Form.blank(schemas.AnswerEnquiry), now=now())


@bp.post("/<uuid:enquiry_id>/answer")
def answer(enquiry_id: UUID):
    enquiry = queries.enquiry_for(g.actor, enquiry_id, lock=True)
    form = Form(schemas.AnswerEnquiry)
    if not form.valid:
        return invalid(SHOW, "panel", form=form, enquiry=enquiry, now=now())
    try:
        services.answer_enquiry(g.actor, enquiry, **form.data)
    except Conflict as problem:
        return overtaken(SHOW, "panel", form=form, problem=problem, enquiry=enquiry, now=now())
    return changed(
        SHOW, "panel", to=url_for(".show", enquiry_id=enquiry.id), message=_("The answer is on its way."),
        enquiry=enquiry, form=Form.blank(schemas.AnswerEnquiry), now=now(),
    )  # fmt: skip
