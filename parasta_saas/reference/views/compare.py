"""Compare a draft or release with any other: step by step, word by word, by kind of change."""

from typing import Any
from uuid import UUID

from flask import g, request, url_for

from ...core.i18n import _, language, pick
from ...core.pages import page
from ...tenants.entry import organisation_blueprint
from .. import comparison, queries, redrawn, telling, threads
from ..models import Release
from ..queries import rounds
from ..queries.site import any_numbered
from .studio import in_foot, national_only

bp = organisation_blueprint("compare", __name__, "/studio/<uuid:release_id>/compare")
bp.before_request(national_only)
PAGE = "studio/compare.html"


@bp.get("", endpoint="show")
def show_comparison(release_id: UUID):
    release = queries.release_for(g.actor, release_id)
    in_foot(release)
    return page(PAGE, "comparison", **_compared(release, other_of(release), request.args.get("show", "")))


def other_of(release: Release) -> Release | None:
    """The release or draft that the address asks to compare with (`?with=1.0`), else the one it was copied from."""
    asked = request.args.get("with", "").strip()
    return any_numbered(g.actor, asked[:20]) if asked else queries.base_of(release)


def choices(release: Release) -> list[tuple[str, str]]:
    """Every other release and draft, as a list to choose from."""
    return [
        (r.number, pick(r.title).text if r.released else _("%(number)s, draft", number=r.number))
        for r in queries.releases_of(g.actor)
        if r.id != release.id
    ]


def _compared(release: Release, other: Release | None, kind: str) -> dict[str, Any]:
    """Everything that differs and the part of it that is looked at."""
    made, told = comparison.Comparison(), telling.Told([], [])
    drawn: list[dict[str, Any]] = []
    if other is not None:
        before, after = queries.content_of(other), queries.content_of(release)
        made = comparison.compare(before, after)
        told = telling.tell(made, before, after)
        drawn = _drawn(release, other, redrawn.between(before, after, made, language()))
    return {
        "release": release, "other": other, "made": made, "all": told, "told": told.only(kind),
        "choices": choices(release), "drawn": drawn, "mark_words": redrawn.KINDS,
        "tabs": _tabs(release, other, told, kind), **_number(release, other, made.level),
        "behind": rounds.comments_behind(g.actor, release.id), "outcomes": threads.OUTCOMES,
        "step_url": lambda key: url_for("studio.show", release_id=release.id, step=key),
    }  # fmt: skip


def _drawn(release: Release, other: Release, found: Any) -> list[dict[str, Any]]:
    """The diagrams that differ, each leading to its picture with marks; one that is gone to where it still is."""
    return [
        {
            "name": pick(diagram["name"]), "kind": kind, "counts": one.counts,
            "url": _picture(other, diagram, release) if kind == "removed" else _picture(release, diagram, other),
        }
        for diagram, kind, one in found
    ]  # fmt: skip


def _picture(release: Release, diagram: Any, other: Release) -> str:
    return url_for("modelling.show", release_id=release.id, key=diagram["key"], **_with(other))


def _number(release: Release, other: Release | None, level: str) -> dict[str, str]:
    """The number that fits the changes, and the level that the release's own number claims."""
    if other is None or not level:
        return {"suggested": "", "claimed": ""}
    return {
        "suggested": comparison.suggested_number(other.number, level),
        "claimed": comparison.number_level(other.number, release.number),
    }


def _tabs(release: Release, other: Release | None, told: telling.Told, kind: str) -> list[dict[str, Any]]:
    """All, and one tab for each kind of change that there is."""
    counts = {"": len(told.steps) + len(told.parts), **told.counts}
    labels = {"": _("All"), **{key: _(words) for key, words in telling.KINDS.items()}}
    return [
        {
            "label": labels[key], "count": number, "current": key == (kind if kind in telling.KINDS else ""),
            "url": url_for(".show", release_id=release.id, show=key or None, **_with(other)),
        }
        for key, number in counts.items()
        if number or not key
    ]  # fmt: skip


def _with(other: Release | None) -> dict[str, Any]:
    return {"with": other.number} if other else {}
