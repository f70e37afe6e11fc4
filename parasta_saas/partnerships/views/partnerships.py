"""The partnerships of a provider: list, one partnership, opening and editing."""

from typing import Any
from uuid import UUID

from flask import g, request, url_for

from ...core.access import require
from ...core.clock import local, now, today
from ...core.errors import Conflict, Invalid
from ...core.formats import relative
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import changed, invalid, page, sent_on
from ...tenants import queries as tenants
from ...tenants.entry import organisation_blueprint
from .. import nextstep, policies, queries, schemas, services, wording
from ..models import STAGES, Enquiry, Partnership
from .overtaken import overtaken

bp = organisation_blueprint("partnerships", __name__, "/partnerships")
INDEX, NEW, EDIT, SHOW = (f"partnerships/{name}.html" for name in ("index", "new", "edit", "show"))
COORDINATORS = ("wl_coordinator", "agreement_coordinator", "provider_admin")


@bp.get("")
def index():
    words, stage = request.args.get("q", "")[:100], request.args.get("stage", "")
    found = queries.partnerships_of(g.actor, words=words, stage=stage, cursor=request.args.get("cursor", ""))
    waiting, oldest = queries.waiting_summary(g.actor)
    return page(
        INDEX, "list", found=found, words=words, stage=stage, waiting=waiting, oldest=oldest, now=now(),
        list_url=url_for(".index", q=words or None, stage=stage or None), tabs=_stage_tabs(stage, words),
        first=not (found.items or words or stage) and not queries.has_partnerships(g.actor),
    )  # fmt: skip


@bp.get("/new")
def new():
    require(policies.can_open_partnership(g.actor))
    enquiry = _enquiry(request.args.get("enquiry", ""))
    if enquiry and enquiry.partnership_id:
        return sent_on(url_for(".show", partnership_id=enquiry.partnership_id))
    return page(NEW, form=Form.blank(schemas.BeginPartnership, **_prefilled(enquiry)))


@bp.post("")
def begin():
    form = Form(schemas.BeginPartnership)
    if not form.valid:
        return invalid(NEW, "panel", form=form)
    typed = dict(form.data)
    enquiry_id = typed.pop("enquiry_id")
    enquiry = queries.enquiry_for(g.actor, enquiry_id, lock=True) if enquiry_id else None
    try:
        begun = services.begin_partnership(g.actor, enquiry=enquiry, **typed)
    except Invalid as problem:
        return invalid(NEW, "panel", form=form.refuse(problem))
    return sent_on(url_for(".show", partnership_id=begun.partnership.id), _begun_words(begun))


@bp.get("/<uuid:partnership_id>")
def show(partnership_id: UUID):
    partnership = queries.partnership_for(g.actor, partnership_id)
    return page(SHOW, "timeline", **_shown(partnership))


@bp.get("/<uuid:partnership_id>/edit")
def edit(partnership_id: UUID):
    partnership = queries.partnership_for(g.actor, partnership_id)
    require(policies.can_edit_partnership(g.actor, partnership))
    names = [name for name in schemas.EditPartnership().fields if name != "next_talk_at"]
    values = {name: getattr(partnership, name) for name in names}
    values["next_talk_at"] = local(partnership.next_talk_at) if partnership.next_talk_at else None
    return page(EDIT, form=Form.blank(schemas.EditPartnership, **values), **_edited(partnership))


@bp.post("/<uuid:partnership_id>/edit")
def save(partnership_id: UUID):
    partnership = queries.partnership_for(g.actor, partnership_id, lock=True)
    form = Form(schemas.EditPartnership)
    if not form.valid:
        return invalid(EDIT, "panel", form=form, **_edited(partnership))
    typed = dict(form.data)
    chosen = typed.pop("coordinator_id")
    coordinator = tenants.member_for(g.actor, chosen, *COORDINATORS) if chosen else None
    try:
        services.edit_partnership(g.actor, partnership, coordinator=coordinator, **typed)
    except Invalid as problem:
        return invalid(EDIT, "panel", form=form.refuse(problem), **_edited(partnership))
    except Conflict as problem:
        form.values["version"] = partnership.version
        return overtaken(EDIT, "panel", form=form, problem=problem, **_edited(partnership))
    return sent_on(url_for(".show", partnership_id=partnership.id), _("Saved."))


@bp.post("/<uuid:partnership_id>/entries")
def write_entry(partnership_id: UUID):
    partnership = queries.partnership_for(g.actor, partnership_id)
    form = Form(schemas.WriteEntry)
    if not form.valid:
        return invalid(SHOW, "timeline", form=form, **_shown(partnership, entry_form=form))
    services.write_entry(g.actor, partnership, **form.data)
    return changed(
        SHOW, "timeline", to=url_for(".show", partnership_id=partnership.id),
        message=_("Written on the timeline."), **_shown(partnership),
    )  # fmt: skip


@bp.post("/<uuid:partnership_id>/contacts")
def add_contact(partnership_id: UUID):
    partnership = queries.partnership_for(g.actor, partnership_id)
    form = Form(schemas.AddContact)
    if not form.valid:
        return invalid(SHOW, "people", form=form, **_shown(partnership, contact_form=form))
    try:
        services.add_contact(g.actor, partnership, **form.data)
    except Invalid as problem:
        form.refuse(problem)
        return invalid(SHOW, "people", form=form, **_shown(partnership, contact_form=form))
    return changed(
        SHOW, "people", "next", to=url_for(".show", partnership_id=partnership.id),
        message=_("Contact person added."), **_shown(partnership),
    )  # fmt: skip


@bp.post("/<uuid:partnership_id>/contacts/<uuid:contact_id>/invitation")
def invite_contact(partnership_id: UUID, contact_id: UUID):
    partnership = queries.partnership_for(g.actor, partnership_id)
    contact = queries.contact_for(g.actor, partnership, contact_id)
    services.invite_contact(g.actor, partnership, contact)
    return changed(
        SHOW, "people", "next", "timeline", to=url_for(".show", partnership_id=partnership.id),
        message=_("The invitation is on its way to %(name)s.", name=contact.name), **_shown(partnership),
    )  # fmt: skip


def _enquiry(given: str) -> Enquiry | None:
    try:
        return queries.enquiry_for(g.actor, UUID(given)) if given else None
    except ValueError:
        return None


def _prefilled(enquiry: Enquiry | None) -> dict[str, Any]:
    """What a first contact already told, so that nobody types it again."""
    if enquiry is None:
        return {"language": g.actor.languages[0], "invite": "1"}
    return {
        "name": enquiry.workplace_name, "contact_name": enquiry.person_name, "contact_email": enquiry.email,
        "contact_phone": enquiry.phone, "language": enquiry.language, "invite": "1", "enquiry_id": enquiry.id,
    }  # fmt: skip


def _begun_words(begun: services.Begun) -> str:
    name = begun.partnership.workplace_name
    if not begun.opened:
        return _("%(name)s is already your partner. Here is the partnership.", name=name)
    if begun.workplace_known:
        return _("%(name)s is already in the register. The partnership is open.", name=name)
    return _("The partnership with %(name)s is open.", name=name)


def _shown(partnership: Partnership, **more: Any) -> dict[str, Any]:
    """Everything the page of one partnership shows; `more` are forms that came back."""
    contacts = queries.contacts_of(g.actor, partnership)
    only = request.args.get("only", "")
    entries = queries.timeline_of(g.actor, partnership, only=only, cursor=request.args.get("cursor", ""))
    log = request.args.get("log", "")
    return {
        "partnership": partnership, "contacts": contacts, "entries": entries, "only": only, "log": log, "now": now(),
        "lasted": wording.lasted(local(partnership.created_at).date(), today()),
        "next_step": nextstep.of(partnership, contacts, now()),
        "next_in": relative(partnership.next_talk_at, now()) if partnership.next_talk_at else "",
        "entry_form": Form.blank(schemas.WriteEntry, kind=log if log in wording.WRITTEN else "note"),
        "contact_form": Form.blank(schemas.AddContact, language=g.actor.languages[0]),
        "list_url": url_for(".show", partnership_id=partnership.id, only=only or None),
    } | more  # fmt: skip


def _edited(partnership: Partnership) -> dict[str, Any]:
    people = tenants.members_of(g.actor, *COORDINATORS)
    return {
        "partnership": partnership, "coordinators": [(m.id, m.name) for m in people],
        "stages": [(stage, wording.stage_name(stage)) for stage in STAGES],
    }  # fmt: skip


def _stage_tabs(stage: str, words: str) -> list[dict[str, Any]]:
    every = [("", _("All")), *((s, wording.stage_name(s)) for s in STAGES)]
    return [
        {"label": label, "current": key == stage, "url": url_for(".index", q=words or None, stage=key or None)}
        for key, label in every
    ]
