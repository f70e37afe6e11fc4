"""One question, by a mailed link without an account or signed in. Looking changes nothing; a press does."""

from typing import Any

from flask import Blueprint, g, request, url_for

from ...core import links
from ...core.clock import now
from ...core.errors import Conflict
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import changed, invalid, page
from ...tenants import entry
from .. import queries, schemas, services
from ..models import Pulse
from ..questions import SCALE, score_words

bp = entry.organisation_blueprint("questions", __name__, "/questions")
public = Blueprint("pulse", __name__)
PAGE = "feedback/pulse.html"


@public.get("/pulse/<token>", endpoint="page")
@bp.get("/<uuid:pulse_id>", endpoint="show")
def show(**where: Any):
    return page(PAGE, "pulse", **_shown(_opened(where)))


@public.post("/pulse/<token>")
@bp.post("/<uuid:pulse_id>")
def answer(**where: Any):
    pulse = _opened(where, locked=True)
    pulse.must_be_open()
    form = Form(schemas.AnswerPulse)
    if not form.valid:
        return invalid(PAGE, "pulse", **{**_shown(pulse), "form": form})
    services.answer_pulse(g.actor, pulse, **form.data)
    if g.actor.link is not None:
        links.use(g.actor.link)
    return changed(PAGE, "pulse", to=_here(), **_shown(pulse))


@public.post("/pulse/<token>/seen")
@bp.post("/<uuid:pulse_id>/seen")
def seen(**where: Any):
    pulse = _opened(where, locked=True)
    services.see_reply(g.actor, pulse)
    return changed(PAGE, "pulse", to=_here(), **_shown(pulse))


def _opened(where: dict[str, Any], *, locked: bool = False) -> Pulse:
    """The question behind either door. A link that is too old shows no words and takes none."""
    if "token" not in where:
        return queries.pulse_at_work(g.actor, where["pulse_id"], locked=locked)
    link, actor = links.open_link("pulse", where["token"])
    entry.act_as_guest(actor)
    g.link_expired = links.expired(link)
    pulse = queries.pulse_for(g.actor, link.subject_id, locked=locked)
    if locked and g.link_expired:
        raise Conflict(_too_old(pulse))
    return pulse


def _too_old(pulse: Pulse) -> str:
    name = pulse.placement.teacher_name
    return _("This link is too old. Sign in with your e-mail address, or ask %(name)s.", name=name)


def _here() -> str:
    """The same page, by the door one came in."""
    name = "page" if request.blueprint == "pulse" else "show"
    return url_for(f"{request.blueprint}.{name}", **(request.view_args or {}))


def _state(pulse: Pulse) -> str:
    """expired, open, answered or replied."""
    if g.get("link_expired"):
        return "expired"
    return "open" if pulse.open else "replied" if pulse.replied_at else "answered"


def _title(pulse: Pulse, state: str) -> str:
    if state == "open":
        return _("One question about %(name)s", name=pulse.placement.student_name)
    if state == "replied":
        return _("%(name)s replied to you", name=pulse.replied_by)
    return _("This link is too old") if state == "expired" else _("Thank you for your answer")


def _shown(pulse: Pulse) -> dict[str, Any]:
    state = _state(pulse)
    return {
        "pulse": pulse, "placement": pulse.placement, "state": state, "title": _title(pulse, state),
        "form": Form.blank(schemas.AnswerPulse), "blank": Form.blank(schemas.Nothing), "here": _here(),
        "seen_url": url_for(f"{request.blueprint}.seen", **(request.view_args or {})), "score_words": score_words,
        "scale": [(score, f"{score} · {_(words)}") for score, words in SCALE.items()], "now": now(),
        "base": "portal_base.html" if g.actor.signed_in else "public_base.html",
    }  # fmt: skip
