"""The units of a provider: its campuses and fields, and who works there."""

from typing import Any
from uuid import UUID

from flask import Response, g, url_for

from ..core.access import require
from ..core.errors import Invalid
from ..core.fields import by_language
from ..core.forms import Form
from ..core.i18n import N_, OWN_NAMES, _
from ..core.pages import invalid, page, sent_on
from . import entry, policies, queries
from . import queries_units as found
from . import services_units as services
from .models import OrganisationUnit
from .roles import role_names
from .schemas_units import ChoosePeople, WriteUnit

bp = entry.organisation_blueprint("units", __name__)
INDEX, SHOW = "units/index.html", "units/show.html"
KINDS = {"campus": N_("Campus"), "field": N_("Field")}


@bp.get("/units")
def index() -> str:
    """Every unit with its people; a form for one more."""
    require(policies.can_keep_units(g.actor))
    return page(INDEX, form=Form.blank(WriteUnit, kind="campus"), **_listed())


@bp.post("/units")
def add() -> Response:
    require(policies.can_keep_units(g.actor))
    form = Form(WriteUnit)
    try:
        if form.valid:
            unit = services.add_unit(g.actor, kind=form.data["kind"], name=_name(form))
            return sent_on(url_for(".show", unit_id=unit.id), _("The unit has been added. Say who works there."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(INDEX, "content", form=form, **_listed())


@bp.get("/units/<uuid:unit_id>")
def show(unit_id: UUID) -> str:
    require(policies.can_keep_units(g.actor))
    return page(SHOW, **_about(found.unit_for(g.actor, unit_id)))


@bp.post("/units/<uuid:unit_id>")
def rename(unit_id: UUID) -> Response:
    require(policies.can_keep_units(g.actor))
    unit = found.unit_for(g.actor, unit_id, lock=True)
    form = Form(WriteUnit)
    try:
        if form.valid:
            services.rename_unit(g.actor, unit, kind=form.data["kind"], name=_name(form))
            return sent_on(url_for(".index"), _("Saved."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(SHOW, "content", **(_about(unit) | {"form": form}))


@bp.post("/units/<uuid:unit_id>/people")
def people(unit_id: UUID) -> Response:
    unit = found.unit_for(g.actor, unit_id, lock=True)
    require(policies.can_keep_units(g.actor))
    form = Form(ChoosePeople)
    if not form.valid:
        return invalid(SHOW, "content", **(_about(unit) | {"people_form": form}))
    members = [queries.member_for(g.actor, each, *found.STAFF) for each in sorted(set(form.data["people"]))]
    services.choose_people(g.actor, unit, members)
    return sent_on(url_for(".index"), _("Saved."))


@bp.post("/units/<uuid:unit_id>/closing")
def close(unit_id: UUID) -> Response:
    services.close_unit(g.actor, found.unit_for(g.actor, unit_id, lock=True))
    return sent_on(url_for(".index"), _("The unit is closed. Its words are kept, and you can open it again."))


@bp.post("/units/<uuid:unit_id>/opening")
def reopen(unit_id: UUID) -> Response:
    services.open_unit(g.actor, found.unit_for(g.actor, unit_id, lock=True))
    return sent_on(url_for(".index"), _("The unit takes part again."))


def _name(form: Form) -> dict[str, str]:
    """In the languages that the form shows."""
    return {code: text for code, text in by_language(form.data, "name").items() if code in g.actor.languages}


def _listed() -> dict[str, Any]:
    units = found.units_of(g.actor, closed=True)
    several = len(g.actor.languages) > 1
    return {
        "units": [unit for unit in units if not unit.closed_at], "closed": [unit for unit in units if unit.closed_at],
        "people": found.people_at(g.actor), "kinds": [(key, _(label)) for key, label in KINDS.items()],
        "written": [(code, OWN_NAMES[code] if several else "") for code in g.actor.languages],
    }  # fmt: skip


def _about(unit: OrganisationUnit) -> dict[str, Any]:
    shown = _listed()
    names = {f"name_{code}": text for code, text in unit.name.items()}
    at = [str(member.id) for member in shown["people"].get(unit.id, ())]
    staff = queries.members_of(g.actor, *found.STAFF)
    return shown | {
        "unit": unit, "form": Form.blank(WriteUnit, kind=unit.kind, version=unit.version, **names),
        "people_form": Form.blank(ChoosePeople, people=at),
        "staff": [(str(m.id), m.name, ", ".join(role_names(m.roles))) for m in staff],
    }  # fmt: skip
