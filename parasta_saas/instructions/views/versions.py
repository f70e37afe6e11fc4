"""Versions of the handbook: all of them, one read whole, two side by side, one as a file, a step taken back."""

from typing import Any

from flask import Response, g, request, url_for

from ...core.access import require
from ...core.canonical import canonical
from ...core.clock import today
from ...core.errors import Conflict, Invalid, NotFound
from ...core.fields import CommandSchema
from ...core.forms import Form
from ...core.i18n import _, pick
from ...core.pages import page, sent_on
from ...reference import queries as reference
from ...tenants.entry import organisation_blueprint
from .. import policies, queries, version_compare, version_words
from ..models import HandbookVersion, InstructionDraft
from ..queries import layers
from ..queries import manual as manuals
from ..queries import versions as found
from ..queries.manual import Manual
from ..reading import read
from ..schemas_versions import RestoreStep
from ..services import restoring as services
from .map import show_release

bp = organisation_blueprint("versions", __name__, "/versions")


@bp.before_request
def staff_and_students() -> None:
    """Whoever reads the handbook reads its versions."""
    require(policies.can_read_handbook(g.actor))


@bp.get("")
def index() -> str:
    """Every version, the newest first."""
    book, versions = queries.book_of(g.actor), manuals.versions_of(g.actor)
    show_release(book)
    names = {step.key: step.name for step in reference.steps_of(book.release.id)}
    names |= {step.key: step.content["name"] for step in layers.own_steps_of(g.actor) if not step.removed_at}
    current = next((version for version in versions if version.valid_from <= today()), None)
    return page(
        "versions/index.html", versions=versions, names=names, current=current,
        reason_name=version_words.reason_name,
    )  # fmt: skip


@bp.get("/<int:number>")
def show(number: int) -> str:
    """The handbook as this version had it, whole."""
    version = _version(number)
    manual, book = manuals.manual_of(g.actor, version=version), queries.book_of(g.actor)
    show_release(book)
    read_steps = {entry.key: _read(entry) for entry in manual.entries}
    return page(
        "versions/show.html", version=version, manual=manual, read_steps=read_steps, newest=book.edition,
        reason_name=version_words.reason_name, blank=Form.blank(CommandSchema), units=_units(version),
        may=_restorable(manual, book) if policies.can_edit_instruction(g.actor) else {},
    )  # fmt: skip


@bp.get("/<int:number>/file")
def file(number: int) -> Response:
    """The version as canonical JSON: the bytes that its SHA-256 is of."""
    version = _version(number)
    answer = Response(canonical(version.contents), mimetype="application/json")
    answer.headers.add(
        "Content-Disposition", "attachment", filename=f"{g.actor.organisation_slug}-handbook-{number}.json"
    )
    return answer


@bp.get("/<int:number>/compare")
def compare(number: int) -> str:
    """This version against another one (`with=3`) or the national text of its release (`with=national`)."""
    versions = manuals.versions_of(g.actor)
    one, two = found.readings(g.actor, _version(number).number, _other(number, [v.number for v in versions]))
    before = found.reading_of(two) if two else found.national_reading(one)
    changes = version_compare.between(before, found.reading_of(one), g.actor.languages)
    show_release(queries.book_of(g.actor))
    return page(
        "versions/compare.html", version=one.version, other=two.version if two else None, changes=changes,
        choices=[version for version in versions if version.number != number],
        field_name=version_words.field_name, phases={phase.key: phase for phase in one.phases},
    )  # fmt: skip


@bp.post("/<int:number>/steps/<key>/return")
def restore(number: int, key: str) -> Response:
    """A step's words as this version had them, in force again as a new publication."""
    require(policies.can_edit_instruction(g.actor))
    version = _version(number)
    step = reference.step_of(queries.book_of(g.actor).release.id, key)
    form = Form(RestoreStep)
    try:
        made = services.restore_step(g.actor, version, step, seen=form.data.get("version", -1))
    except Invalid as problem:
        raise Conflict(" ".join(words for each in problem.errors.values() for words in each)) from None
    to = url_for("instructions.step", key=key)
    if made is None:
        return sent_on(to, _("The text is the same as before, so nothing was published."))
    if isinstance(made, InstructionDraft):
        return sent_on(url_for("drafts.index"), _("The draft is saved. It is not in force yet."))
    return sent_on(to, _("The words of version %(number)s are in force again.", number=number))


def _version(number: int) -> HandbookVersion:
    """One version with what it holds; a number that no column can keep is nowhere."""
    if number > 2**31 - 1:
        raise NotFound()
    return manuals.version_for(g.actor, number)


def _other(number: int, numbers: list[int]) -> int | None:
    """What the address asks to compare with, else the version before; None for the national text."""
    asked = request.args.get("with", "").strip()
    if not asked:
        return next((other for other in numbers if other < number), None)
    if asked != "national" and not (asked.isdecimal() and int(asked[:9]) in numbers):
        raise NotFound()
    return None if asked == "national" else int(asked[:9])


def _read(entry: Any) -> Any:
    return read(entry.content, entry.overlay, reader=g.actor.language, working=g.actor.languages)


def _restorable(manual: Manual, book: queries.Book) -> dict[str, int]:
    """Steps whose words differ from what stands now: step → version of its instruction."""
    there = {step.key for step in reference.steps_of(book.release.id)}
    now = {key: (i.overlay(), i.version) for key, i in book.instructions.items()}
    return {
        entry.key: now.get(entry.key, ({}, 0))[1]
        for entry in manual.entries
        if not entry.own and entry.key in there and dict(entry.overlay) != now.get(entry.key, ({}, 0))[0]
    }


def _units(version: HandbookVersion) -> list[dict[str, Any]]:
    """Units that had words of their own in it."""
    return [
        {"name": pick(unit["name"]).text, "count": len(unit["steps"])}
        for unit in version.contents["units"].values()
        if unit["steps"]
    ]
