"""Call everyone to one table."""

from typing import Any
from uuid import UUID

from flask import g, url_for

from ...core.access import require
from ...core.errors import Invalid
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import invalid, page, sent_on
from ...placements import queries as placements
from ...placements.models import Placement
from .. import policies, queries, schemas, services
from .doors import bp

NEW = "planning/new.html"


@bp.get("/placements/<uuid:placement_id>/sessions/new")
def new(placement_id: UUID):
    placement = placements.placement_for(g.actor, placement_id)
    require(policies.can_call_session(g.actor, placement))
    return page(NEW, form=Form.blank(schemas.CallSession), **_asked(placement))


@bp.post("/placements/<uuid:placement_id>/sessions/new")
def call(placement_id: UUID):
    placement = placements.placement_for(g.actor, placement_id, locked=True)
    require(policies.can_call_session(g.actor, placement))
    form = Form(schemas.CallSession)
    try:
        session = services.call_session(g.actor, placement, **form.data) if form.valid else None
    except Invalid as problem:
        form.refuse(problem)
        session = None
    if session is None:
        return invalid(NEW, "content", form=form, **_asked(placement))
    return sent_on(url_for(".show", session_id=session.id), _("The invitations are on their way."))


def _asked(placement: Placement) -> dict[str, Any]:
    student, guardians = queries.members_around(g.actor, placement)
    return {
        "placement": placement, "student": student, "guardians": guardians,
        "steps": [step for step, _own in queries.steps_to_talk_about(g.actor, placement.form)],
        "open_session": queries.open_session_of(placement),
    }  # fmt: skip
