"""What workplaces answered: who waits for a reply first, and until when."""

from typing import Any
from uuid import UUID

from flask import g, request, url_for

from ...core.access import require
from ...core.clock import now
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import changed, invalid, page
from ...tenants.entry import organisation_blueprint
from .. import policies, queries, schemas, services
from ..models import Pulse
from ..questions import score_words

bp = organisation_blueprint("feedback", __name__, "/feedback")
INDEX = "feedback/index.html"
SHOW = "feedback/show.html"


@bp.get("/")
def index():
    require(policies.can_read_feedback(g.actor))
    waiting = queries.waiting_of(g.actor)
    g.nav_counts = {"feedback.index": len(waiting)}
    return page(
        INDEX, waiting=waiting, answered=queries.answered_of(g.actor, cursor=request.args.get("cursor", "")),
        asked=queries.unanswered_count(g.actor), score_words=score_words, now=now(),
    )  # fmt: skip


@bp.get("/<uuid:pulse_id>")
def show(pulse_id: UUID):
    require(policies.can_read_feedback(g.actor))
    return page(SHOW, **_shown(queries.pulse_for(g.actor, pulse_id)))


@bp.post("/<uuid:pulse_id>/reply")
def reply(pulse_id: UUID):
    require(policies.can_read_feedback(g.actor))
    pulse = queries.pulse_for(g.actor, pulse_id, locked=True)
    form = Form(schemas.ReplyPulse)
    if not form.valid:
        return invalid(SHOW, "reply", **{**_shown(pulse), "form": form})
    services.reply_pulse(g.actor, pulse, **form.data)
    return changed(
        SHOW, "reply", to=url_for(".show", pulse_id=pulse.id), message=_("Your reply is on its way."), **_shown(pulse)
    )


def _shown(pulse: Pulse) -> dict[str, Any]:
    return {"pulse": pulse, "placement": pulse.placement, "form": Form.blank(schemas.ReplyPulse),
            "score_words": score_words, "now": now()}  # fmt: skip
