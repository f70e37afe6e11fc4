"""The public door of a workshop: a code, an optional first name, then one step at a time. Looking changes nothing."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, g, request, session, url_for

from ...core import links
from ...core.clock import now
from ...core.errors import Conflict, Invalid, NotFound
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import changed, invalid, is_htmx, page, sent_on
from ...reference import queries as reference
from ...tenants import entry
from .. import codes, schemas, tries, wording
from ..models import MirrorParticipant, MirrorWorkshop
from ..queries import mirror as queries
from ..services import workshop as services

bp = Blueprint("mirror", __name__, url_prefix="/mirror")
DOOR, PHONE = "improvement/door.html", "improvement/phone.html"
NOTHING_NEW = ("", 204)


@bp.get("", endpoint="door")
def door():
    return page(DOOR, form=Form.blank(schemas.JoinWorkshop), known="", provider="")


@bp.post("")
def join():
    form = Form(schemas.JoinWorkshop)
    if not form.valid:
        return _refused(form)
    try:
        workshop = _opened(form.data["join_code"])
        participant = services.join_workshop(g.actor, workshop, name=form.data["first_name"])
    except (Conflict, NotFound) as problem:
        return _refused(form.refuse(Invalid({"join_code": [problem.message]})))
    session["mirror"] = [str(workshop.id), str(participant.id)]
    return sent_on(url_for(".page", code=workshop.code))


@bp.get("/<code>", endpoint="page")
def phone(code: str):
    try:
        workshop = _opened(code)
    except (Conflict, NotFound) as problem:
        form = Form.blank(schemas.JoinWorkshop).refuse(Invalid({"join_code": [problem.message]}))
        return page(DOOR, form=form, known="", provider=""), problem.status
    participant = _mine(workshop)
    if participant is None and workshop.going(now()):
        blank = Form.blank(schemas.JoinWorkshop, join_code=codes.said(workshop.code))
        return page(DOOR, form=blank, known=workshop.code, provider=g.actor.organisation_name)
    shown = _phone(workshop, participant)
    if is_htmx() and request.args.get("seen") == shown["stamp"]:
        return NOTHING_NEW
    return page(PHONE, "phone", **shown)


@bp.post("/<code>", endpoint="vote")
def vote(code: str):
    """One press is one vote. Where the room has gone on, the phone shows where it is now."""
    workshop = _opened(code, lock=True)
    participant, form = _mine(workshop), Form(schemas.CastVote)
    if participant is None:
        return sent_on(url_for(".page", code=workshop.code))
    try:
        if form.valid:
            services.cast_vote(
                g.actor, workshop, participant, step_key=form.data["step"], choice=form.data["choice"]
            )  # fmt: skip
            return changed(PHONE, "phone", to=url_for(".page", code=code), **_phone(workshop, participant))
    except Conflict as problem:
        form.refuse(Invalid({"_form": [problem.message]}))
    return invalid(PHONE, "phone", **{**_phone(workshop, participant), "form": form})


def _opened(typed: str, *, lock: bool = False) -> MirrorWorkshop:
    """The workshop of a code, as whoever holds it. A code that was never one counts as a wrong try."""
    if tries.too_many():
        raise Conflict(_("Too many wrong codes came from your network. Wait ten minutes, then try again."))
    code = codes.read_code(typed)
    try:
        if not code:
            raise NotFound()
        link, guest = links.open_link("mirror", services.token_of(code))
    except NotFound:
        tries.count_wrong()
        raise NotFound(_("No workshop has this code. Look at the big screen and type it again.")) from None
    spoken = g.actor.language if g.actor.language in guest.languages else guest.languages[0]
    entry.act_as_guest(replace(guest, language=spoken))
    return queries.workshop_for(g.actor, link.subject_id, lock=lock)


def _mine(workshop: MirrorWorkshop) -> MirrorParticipant | None:
    """This browser's place in the workshop, by its signed cookie."""
    workshop_id, participant_id = session.get("mirror") or ("", "")
    if workshop_id != str(workshop.id):
        return None
    return queries.participant_in(workshop, UUID(participant_id))


def _phone(workshop: MirrorWorkshop, participant: MirrorParticipant | None) -> dict[str, Any]:
    going = workshop.going(now())
    step = next(
        s for s in reference.steps_of(queries.release_of(workshop)) if s.key == workshop.step_key
    ) if going else None  # fmt: skip
    mine = queries.vote_of(workshop, participant) if participant and going else ""
    return {
        "workshop": workshop, "participant": participant, "going": going, "step": step, "mine": mine,
        "outcomes": wording.outcomes(), "outcome_name": wording.outcome_name, "provider": g.actor.organisation_name,
        "stamp": f"{workshop.version}-{mine}-{int(going)}", "form": Form.blank(schemas.CastVote),
    }  # fmt: skip


def _refused(form: Form) -> Response:
    return invalid(DOOR, "door", form=form, known="", provider="")
