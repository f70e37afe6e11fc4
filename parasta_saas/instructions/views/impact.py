"""What a draft would mean for every provider, in numbers only: asked for, worked out, read."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import g, request, url_for

from ...core.clock import now
from ...core.fields import CommandSchema
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import changed, page
from ...reference import queries as reference
from ...reference import services as reference_services
from ...reference.models import Release
from ...reference.views.studio import in_foot, national_only
from ...tenants.entry import organisation_blueprint
from .. import impact_report
from ..queries import adoption, reports

bp = organisation_blueprint("impact", __name__, "/studio/<uuid:release_id>/impact")
bp.before_request(national_only)
PAGE = "impact/show.html"
SLACK = timedelta(seconds=5)  # clocks of two machines


@bp.get("", endpoint="show")
def show_impact(release_id: UUID):
    release = reference.release_for(g.actor, release_id)
    return page(PAGE, "report", **_report(release, _moment(request.args.get("asked", ""))))


@bp.post("", endpoint="ask")
def ask_impact(release_id: UUID):
    release = reference.draft_for(g.actor, release_id)
    reference_services.ask_impact(g.actor, release)
    asked = now()
    to = url_for(".show", release_id=release.id, asked=int(asked.timestamp()))
    told = _("The draft is being weighed against every handbook.")
    return changed(PAGE, "report", to=to, message=told, **_report(release, asked))


def _report(release: Release, asked: datetime | None) -> dict[str, Any]:
    """The report as far as it is. `asked`: when somebody pressed the button; then only newer rows count as done."""
    in_foot(release)
    sha = reference.content_print(release)
    rows = reports.impacts_of(g.actor, release.id, sha)
    providers, last = reports.providers_there_are(g.actor), adoption.last_weighed(release.id)
    done = adoption.weighed_since(release.id, sha, asked - SLACK) if asked else len(rows)
    kind = request.args.get("show", "")
    return {
        "release": release, "providers": providers, "done": done, "running": asked is not None and done < providers,
        "asked": int(asked.timestamp()) if asked else None, "report": impact_report.report(rows),
        "rows": impact_report.of_kind(rows, kind), "tabs": _tabs(release, rows, kind),
        "weighed_at": last[1] if last and last[0] == sha else None, "stale": last is not None and last[0] != sha,
        "form": Form.blank(CommandSchema),
    }  # fmt: skip


def _tabs(release: Release, rows: list[impact_report.Weighed], kind: str) -> list[dict[str, Any]]:
    names = {"": _("All providers"), "touched": _("Own words touched"), "conflicts": _("Questions"),
             "orphans": _("Orphans"), "out_of_range": _("Out of range")}  # fmt: skip
    return [
        {
            "label": label, "count": len(impact_report.of_kind(rows, key)),
            "current": key == (kind if kind in names else ""),
            "url": url_for(".show", release_id=release.id, show=key or None),
        }
        for key, label in names.items()
    ]  # fmt: skip


def _moment(words: str) -> datetime | None:
    """Seconds since 1970 from the address, within the last day; else nobody asked."""
    if not words.isdecimal() or len(words) > 11:
        return None
    asked = datetime.fromtimestamp(int(words), UTC)
    return asked if now() - timedelta(days=1) <= asked <= now() + SLACK else None
