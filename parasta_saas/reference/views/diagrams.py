"""Maps and diagrams for readers: the actor map, interaction diagrams, their BPMN and their A3 prints."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, g, request, url_for

from ...core.i18n import language, pick
from ...core.pages import page, pdf
from ...tenants.entry import organisation_blueprint
from .. import bpmn, drawing, gallery, printing, process_map, queries
from ..models import Diagram, Release

bp = organisation_blueprint("diagrams", __name__, "/reference/diagrams")
public = Blueprint("diagrams_public", __name__, url_prefix="/reference/diagrams")
# Permanent addresses, beside the other downloads of a release.
files = Blueprint("diagram_files", __name__, url_prefix="/reference/releases/<number>/diagrams")


@bp.get("", endpoint="index")
@public.get("", endpoint="index")
def list_diagrams():
    release, pinned = _release()
    return page("diagrams/index.html", release=release, pinned=pinned, diagrams=queries.diagrams_of(release.id))


@bp.get("/actors", endpoint="actors")
@public.get("/actors", endpoint="actors")
def show_actors():
    release, pinned = _release()
    content = queries.content_of(release)
    groups = gallery.actor_map(content, language(), _step_url(pinned))
    fallen = process_map.fallen(gallery.names_of(content, None))
    return page("diagrams/actors.html", release=release, pinned=pinned, groups=groups, fallen=fallen)


@bp.get("/<key>", endpoint="show")
@public.get("/<key>", endpoint="show")
def show_diagram(key: str):
    release, pinned = _release()
    chosen = queries.diagram_of(release.id, key)
    return page("diagrams/show.html", release=release, pinned=pinned, **shown(release, chosen, _step_url(pinned)))


@bp.get("/<key>.bpmn", endpoint="file")
@public.get("/<key>.bpmn", endpoint="file")
def download_bpmn(key: str):
    release, _pinned = _release()
    return as_file(release, queries.diagram_of(release.id, key))


@bp.get("/<key>.pdf", endpoint="print")
@public.get("/<key>.pdf", endpoint="print")
def print_diagram(key: str):
    release, pinned = _release()
    return printed(release, key, _step_url(pinned))


@files.get("/<key>.bpmn", endpoint="bpmn")
def permanent_bpmn(number: str, key: str):
    release = queries.release_numbered(number[:20])
    return as_file(release, queries.diagram_of(release.id, key))


@files.get("/<key>.pdf", endpoint="pdf")
def permanent_pdf(number: str, key: str):
    release = queries.release_numbered(number[:20])
    return printed(release, key, lambda step: url_for("site.step", number=release.number, key=step))


def shown(release: Release, chosen: Diagram, url_of: Callable[[str], str]) -> dict[str, Any]:
    """The picture and the same as text, with the diagrams around it."""
    content = queries.content_of(release)
    laid = gallery.laid_out(content, chosen.content(), language(), url_of)
    return {
        "diagram": chosen, "figure": drawing.figure(laid), "sections": drawing.reading(laid),
        "others": queries.diagrams_of(release.id),
        "fallen": process_map.fallen([chosen.name, *gallery.names_of(content, chosen.phase_key)]),
    }  # fmt: skip


def as_file(release: Release, chosen: Diagram) -> Response:
    """The diagram as a BPMN 2.0 file in the reader's language."""
    content = bpmn.write(gallery.document_of(queries.content_of(release), chosen.content(), language()))
    name = f"{chosen.key}-{release.number}.bpmn"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype="application/xml", headers=headers)


def printed(release: Release, key: str, url_of: Callable[[str], str]) -> Response:
    """An A3 sheet: `actors`, `process` or a diagram."""
    content, spoken = queries.content_of(release), language()
    day = release.released_at or release.created_at
    data: dict[str, Any] = {
        "release": release.number, "date": day.date(), "content_mark": release.frame["content_mark"],
        "hash": release.sha256 or queries.content_print(release), "actors": content.get("parts", {}).get("actors", ()),
        "areas": content.get("parts", {}).get("areas", ()), "roles": release.frame["roles"], "steps": content["steps"],
    }  # fmt: skip
    if key == "actors":
        made = printing.print_actor_map(data, spoken)
    elif key == "process":
        steps = queries.steps_of(release.id)
        data["phases"] = process_map.build_map(queries.phases_of(release.id), steps, url_of=lambda step: "")
        made = printing.print_process_map(data, spoken)
    else:
        chosen = queries.diagram_of(release.id, key)
        laid = gallery.laid_out(content, chosen.content(), spoken, url_of)
        made = printing.print_diagram(data | {"laid": laid, "title": pick(chosen.name).text}, spoken)
    return pdf(made, f"parasta-{key}-{release.number}.pdf")


def _release() -> tuple[Release, str | None]:
    """The release in force, or a published one that the address names."""
    pinned = request.args.get("release") or None
    release = queries.release_numbered(pinned[:20]) if pinned else queries.current_release()
    g.release_number = release.number
    return release, pinned


def _step_url(pinned: str | None) -> Callable[[str], str]:
    room = "reference" if request.blueprint == bp.name else "reference_public"
    return lambda key: url_for(f"{room}.step", key=key, release=pinned)
