"""Diagrams in the studio: look, draw in the browser, bring a file in, take over what a drawing says of the steps."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, g, request, url_for

from ...core.errors import Invalid
from ...core.forms import Form
from ...core.i18n import N_, _, language, ngettext, pick
from ...core.pages import invalid, page, sent_on
from ...tenants.entry import organisation_blueprint
from .. import bpmn, comparison, drawing, gallery, modelling, process_map, queries, redrawn, schemas, services
from ..models import Diagram, Release
from . import compare
from . import diagrams as reading
from .studio import in_foot, national_only

bp = organisation_blueprint("modelling", __name__, "/studio/<uuid:release_id>/diagrams")
bp.before_request(national_only)
INDEX, SHOW, DRAW = "modelling/index.html", "modelling/show.html", "modelling/draw.html"
# The modeller measures and places by style attributes; nothing of ours is loosened elsewhere.
CSP = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'; object-src 'none';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

# What the modeller says of itself: its own English is the key of its dictionary.
WORDS = (
    N_("Activate hand tool"), N_("Activate lasso tool"), N_("Activate create/remove space tool"),
    N_("Activate global connect tool"), N_("Create start event"), N_("Create intermediate/boundary event"),
    N_("Create end event"), N_("Create gateway"), N_("Create task"), N_("Create expanded sub-process"),
    N_("Create data object reference"), N_("Create data store reference"), N_("Create pool/participant"),
    N_("Create group"), N_("Append task"), N_("Append end event"), N_("Append gateway"),
    N_("Append intermediate/boundary event"), N_("Add text annotation"), N_("Change element"), N_("Delete"),
    N_("Connect to other element"), N_("Add lane above"), N_("Add lane below"), N_("Divide into two lanes"),
)  # fmt: skip


@bp.get("")
def index(release_id: UUID):
    return page(INDEX, **_index(queries.release_for(g.actor, release_id)))


@bp.post("", endpoint="bring")
def bring_in(release_id: UUID):
    release = queries.draft_for(g.actor, release_id)
    form = Form(schemas.BringDiagram)
    try:
        if form.valid:
            name = schemas.texts_of(form.data, "name")
            made, _report = services.add_diagram(g.actor, release, name=name, data=form.data["file"])
            return sent_on(url_for(".show", release_id=release_id, key=made.key), _("The diagram has been read."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(INDEX, "bring_form", **_index(release, form))


@bp.get("/<key>")
def show(release_id: UUID, key: str):
    release = queries.release_for(g.actor, release_id)
    return page(SHOW, **_shown(release, queries.diagram_of(release.id, key)))


@bp.get("/<key>.bpmn", endpoint="file")
def download(release_id: UUID, key: str):
    release = queries.release_for(g.actor, release_id)
    return reading.as_file(release, queries.diagram_of(release.id, key))


@bp.get("/<key>.pdf", endpoint="print")
def print_sheet(release_id: UUID, key: str):
    release = queries.release_for(g.actor, release_id)
    return reading.printed(release, key, _step_url(release))


@bp.get("/<key>/drawing")
def draw(release_id: UUID, key: str):
    """The modeller of bpmn-js. Without scripts: download, change elsewhere, bring the file back."""
    release = queries.release_for(g.actor, release_id)
    in_foot(release)
    chosen = queries.diagram_of(release.id, key)
    spoken = {word: _(word) for word in WORDS}
    shown = page(DRAW, release=release, diagram=chosen, form=Form.blank(schemas.KeepDrawing), words=spoken)
    return Response(shown, headers={"Content-Security-Policy": CSP})


@bp.post("/<key>/drawing", endpoint="keep")
def keep_drawing(release_id: UUID, key: str):
    release = queries.draft_for(g.actor, release_id)
    chosen = queries.diagram_of(release.id, key)
    form = Form(schemas.KeepDrawing)
    try:
        if form.valid:
            data = form.data.get("file") or form.data.get("xml", "").encode()
            services.keep_drawing(g.actor, chosen, data=data, version=form.data["version"])
            return sent_on(url_for(".show", release_id=release_id, key=key), _("The drawing has been kept."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(SHOW, "file_form", **_shown(release, chosen, file_form=form, taken=form))


@bp.post("/<key>/taken-over", endpoint="take_over")
def take_over(release_id: UUID, key: str):
    """What a person confirmed of a drawing goes into the steps."""
    release = queries.draft_for(g.actor, release_id)
    chosen = queries.diagram_of(release.id, key)
    form = Form(schemas.TakeOver)
    try:
        if form.valid:
            done = services.take_over(g.actor, chosen, tokens=form.data["tokens"], meant=_meant(), names=_names())
            told = ngettext("%(num)s thing has been taken over.", "%(num)s things have been taken over.", done)
            return sent_on(url_for(".show", release_id=release_id, key=key), told)
    except Invalid as problem:
        form.refuse(problem)
    return invalid(SHOW, "proposals", **_shown(release, chosen, taken=form))


def _meant() -> dict[str, str]:
    """What a person says a drawn box is: a step's key, or a new step."""
    said = {name.removeprefix("meant:"): key for name, key in request.form.items() if name.startswith("meant:")}
    return {node: "" if key == "new" else key for node, key in said.items() if key != "wait"}


def _names() -> dict[str, dict[str, str]]:
    """Names of what is new, by proposal: fields fi:<token> and sv:<token>."""
    names: dict[str, dict[str, str]] = {}
    for field, words in request.form.items():
        code, _colon, token = field.partition(":")
        if code in ("fi", "sv") and token:
            names.setdefault(token, {})[code] = words.strip()[:200]
    return names


@bp.post("/<key>/steps", endpoint="redraw")
def redraw(release_id: UUID, key: str):
    release = queries.draft_for(g.actor, release_id)
    services.draw_from_steps(g.actor, queries.diagram_of(release.id, key))
    return sent_on(url_for(".show", release_id=release_id, key=key), _("The diagram is drawn from the steps again."))


def _index(release: Release, form: Form | None = None) -> dict[str, Any]:
    in_foot(release)
    return {
        "release": release, "diagrams": queries.diagrams_of(release.id),
        "form": form or Form.blank(schemas.BringDiagram),
    }  # fmt: skip


def _shown(
    release: Release, chosen: Diagram, file_form: Form | None = None, taken: Form | None = None
) -> dict[str, Any]:
    in_foot(release)
    content = queries.content_of(release)
    found: list[modelling.Proposal] = []
    report = None
    if chosen.xml:
        read = bpmn.read(chosen.xml.encode())
        report, document = read.report, read.document
        found = modelling.proposals(document, content, chosen.phase_key, chosen.aliases)
    names = {step["key"]: f"{step['order']} {pick(step['name']).text}" for step in content["steps"]}
    roles = dict(process_map.options(release.frame["roles"]))
    return {
        **reading.shown(release, chosen, _step_url(release)), "release": release, "report": report,
        **_against(release, chosen, content), "found": found, "step_names": names, "role_names": roles,
        "file_form": file_form or Form.blank(schemas.KeepDrawing), "form": taken or Form.blank(schemas.TakeOver),
        "typed": request.form,
    }  # fmt: skip


def _against(release: Release, chosen: Diagram, content: dict[str, Any]) -> dict[str, Any]:
    """The picture against the release that is asked for: its marks, the other's picture where things were elsewhere."""
    other = compare.other_of(release)
    shown: dict[str, Any] = {
        "other": other, "choices": compare.choices(release), "told": redrawn.Redrawn(), "marks": {},
        "before": None, "mark_words": redrawn.KINDS,
    }  # fmt: skip
    if other is None:
        return shown
    old = queries.content_of(other)
    was = next((one for one in old.get("diagrams", ()) if one["key"] == chosen.key), None)
    if was is None:
        return shown | {"alone": True}
    made = comparison.compare(old, content)
    sides = (redrawn.side(old, was, language()), redrawn.side(content, chosen.content(), language()))
    told = redrawn.redrawn(*sides, made)
    before = None
    if told.elsewhere:
        laid = gallery.laid_out(old, was, language(), lambda key: "")
        before = {"figure": drawing.figure(laid), "marks": told.before}
    return shown | {"told": told, "marks": told.marks, "before": before}


def _step_url(release: Release) -> Callable[[str], str]:
    return lambda key: url_for("studio.show", release_id=release.id, step=key)
