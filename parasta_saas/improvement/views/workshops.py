"""A workshop for whoever leads it, and the big screen in the room."""

from typing import Any
from uuid import UUID

import segno
from flask import Response, current_app, g, request, url_for
from markupsafe import Markup

from ...core.access import require
from ...core.clock import now
from ...core.errors import Invalid
from ...core.fields import CommandSchema
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import changed, invalid, is_htmx, page, sent_on
from ...tenants.entry import organisation_blueprint
from .. import codes, gaps, policies, schemas, wording
from ..models import MirrorWorkshop
from ..queries import mirror as queries
from ..services import workshop as services

bp = organisation_blueprint("workshops", __name__, "/workshops")
SHOW, SCREEN = "improvement/workshop.html", "improvement/screen.html"
NOTHING_NEW = ("", 204)


@bp.post("/of/<uuid:mirror_id>")
def begin(mirror_id: UUID):
    require(policies.can_lead_mirror(g.actor))
    mirror = queries.mirror_for(g.actor, mirror_id, lock=True)
    around = queries.round_of(g.actor, mirror)
    workshop = services.open_workshop(g.actor, mirror, around.next_open() or around.steps[0])
    return sent_on(url_for(".show", workshop_id=workshop.id))


@bp.get("/<uuid:workshop_id>")
def show(workshop_id: UUID):
    return page(SHOW, "workshop", **_shown(queries.workshop_for(g.actor, workshop_id)))


@bp.get("/<uuid:workshop_id>/votes")
def votes(workshop_id: UUID):
    """The votes alone, asked for every two seconds by the leader's page; nothing where nothing is new."""
    workshop = queries.workshop_for(g.actor, workshop_id)
    if not is_htmx():
        return sent_on(url_for(".show", workshop_id=workshop_id))
    tally = queries.tally_of(workshop)
    if _seen(workshop, tally):
        return NOTHING_NEW
    return page(SHOW, "votes", **_votes(workshop, tally))


@bp.get("/<uuid:workshop_id>/screen")
def screen(workshop_id: UUID):
    """For everybody to see; moves on by itself."""
    workshop = queries.workshop_for(g.actor, workshop_id)
    tally = queries.tally_of(workshop)
    if _seen(workshop, tally):
        return NOTHING_NEW
    return page(SCREEN, "screen", **_votes(workshop, tally), **_place(workshop), names=queries.names_in(workshop))


@bp.post("/<uuid:workshop_id>/showing")
def showing(workshop_id: UUID):
    require(policies.can_lead_mirror(g.actor))
    workshop, form = queries.workshop_for(g.actor, workshop_id, lock=True), Form(schemas.ShowVotes)
    if not form.valid:
        return invalid(SHOW, "workshop", **{**_shown(workshop), "form": form})
    services.show_votes(g.actor, workshop, shown=form.data["show"] == "yes")
    return _moved(workshop)


@bp.post("/<uuid:workshop_id>/place")
def go_to(workshop_id: UUID):
    require(policies.can_lead_mirror(g.actor))
    workshop, form = queries.workshop_for(g.actor, workshop_id, lock=True), Form(schemas.MoveWorkshop)
    if not form.valid:
        return invalid(SHOW, "workshop", **{**_shown(workshop), "form": form})
    around = queries.round_of(g.actor, queries.mirror_for(g.actor, workshop.mirror_id))
    services.go_to_step(g.actor, workshop, around.step(form.data["step"]))
    return _moved(workshop)


@bp.post("/<uuid:workshop_id>/outcomes/<key>")
def agree(workshop_id: UUID, key: str):
    require(policies.can_lead_mirror(g.actor))
    workshop = queries.workshop_for(g.actor, workshop_id, lock=True)
    mirror = queries.mirror_for(g.actor, workshop.mirror_id, lock=True)
    around, form = queries.round_of(g.actor, mirror), Form(schemas.AnswerStep)
    here, shown = around.step(key), _shown(workshop)
    try:
        if form.valid:
            services.agree_outcome(g.actor, workshop, mirror, here, _after(around, key), **form.data)
            return _moved(workshop, _("Saved: %(outcome)s", outcome=wording.outcome_name(form.data["outcome"])))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(SHOW, "workshop", **{**shown, "form": form})


@bp.post("/<uuid:workshop_id>/closing")
def close(workshop_id: UUID):
    require(policies.can_lead_mirror(g.actor))
    workshop = queries.workshop_for(g.actor, workshop_id, lock=True)
    services.close_workshop(g.actor, workshop)
    return sent_on(url_for("mirrors.show", mirror_id=workshop.mirror_id), _("The workshop is closed. Thank the room!"))


def _moved(workshop: MirrorWorkshop, message: str = "") -> Response:
    to = url_for(".show", workshop_id=workshop.id)
    return changed(SHOW, "workshop", to=to, message=message, **_shown(workshop))


def _after(around: queries.Round, key: str) -> Any:
    at = around.steps.index(around.step(key))
    return around.steps[at + 1] if at + 1 < len(around.steps) else None


def stamp(workshop: MirrorWorkshop, tally: queries.Tally) -> str:
    """What a screen shows, in short: where it is the same, nothing is sent."""
    votes = ".".join(str(tally.votes.get(o, 0)) for o in gaps.OUTCOMES) if workshop.shown else str(tally.cast)
    return f"{workshop.version}-{tally.phones}-{votes}-{int(workshop.going(now()))}"


def _seen(workshop: MirrorWorkshop, tally: queries.Tally) -> bool:
    return request.args.get("seen") == stamp(workshop, tally)


def _votes(workshop: MirrorWorkshop, tally: queries.Tally) -> dict[str, Any]:
    return {
        "workshop": workshop, "tally": tally, "bars": gaps.tally(tally.votes), "stamp": stamp(workshop, tally),
        "outcome_name": wording.outcome_name, "going": workshop.going(now()), "said_code": codes.said(workshop.code),
        "form": Form.blank(CommandSchema),
    }  # fmt: skip


def picture_of(address: str) -> Markup:
    """The address as a QR code: inline SVG with its quiet zone, dark on white in any theme."""
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True))


def _place(workshop: MirrorWorkshop) -> dict[str, Any]:
    """Where the room is, and the way in for phones."""
    around = queries.round_of(g.actor, queries.mirror_for(g.actor, workshop.mirror_id))
    here = around.step(workshop.step_key)
    address = f"{current_app.config['PUBLIC_URL']}{url_for('mirror.page', code=workshop.code)}"
    return {
        "round": around, "step": here, "answer": around.answers.get(here.key), "after": _after(around, here.key),
        "phase": next(p for p in around.phases if p.key == here.phase_key), "total": len(around.steps),
        "public": f"{current_app.config['PUBLIC_URL'].split('//')[-1]}{url_for('mirror.door')}",
        "qr": picture_of(address),
    }  # fmt: skip


def _shown(workshop: MirrorWorkshop) -> dict[str, Any]:
    tally, place = queries.tally_of(workshop), _place(workshop)
    own = place["answer"]
    values = {"outcome": own.outcome, "note": own.note, "news": own.news} if own else {
        "outcome": gaps.leading(tally.votes) if workshop.shown else ""
    }  # fmt: skip
    return {
        **_votes(workshop, tally), **place, "form": Form.blank(schemas.AnswerStep, **values),
        "mirror": place["round"].mirror, "outcomes": wording.outcomes(means=False),
        "version": own.version if own else 0,
    }  # fmt: skip
