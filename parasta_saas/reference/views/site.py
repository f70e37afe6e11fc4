"""Published releases for everyone, each at an address that stays: overview, steps, changes, downloads, feed."""

from typing import Any

from flask import Blueprint, Response, current_app, g, request, url_for

from ...core.canonical import canonical
from ...core.clock import today
from ...core.i18n import LANGUAGES, _, language, pick, using
from ...core.pages import page
from .. import comparison, feed, flow, process_map, queries, telling, threads
from ..content import NOTED
from ..models import Release, Step
from ..queries import rounds
from ..queries import site as site_queries
from ..standing import Standing, standings

bp = Blueprint("site", __name__, url_prefix="/reference")
INDEX, SHOW, STEP, CHANGES = "site/index.html", "site/show.html", "site/step.html", "site/changes.html"


@bp.get("/releases")
def index():
    releases = site_queries.published_releases()
    return page(INDEX, releases=releases, standings=standings(releases, today()), flow_labels=flow.LABELS)


@bp.get("/releases/<number>")
def show(number: str):
    release, shown = _release(number)
    told = _told(release, shown["before"])
    phases, steps = queries.phases_of(release.id), queries.steps_of(release.id)
    return page(
        SHOW, **shown, told=told, noted=NOTED, flow_labels=flow.LABELS, diagrams=queries.diagrams_of(release.id),
        phases=process_map.build_map(phases, steps, url_of=_step_url(release)),
        fallen=process_map.fallen([*(p.name for p in phases), *(s.name for s in steps)]),
    )  # fmt: skip


@bp.get("/releases/<number>/steps/<key>")
def step(number: str, key: str):
    release, shown = _release(number)
    chosen = queries.step_of(release.id, key)
    phases, steps = queries.phases_of(release.id), queries.steps_of(release.id)
    home = url_for(".show", number=release.number)
    return page(
        STEP, **shown, step=chosen, words=process_map.step_words(chosen, release.frame), to_map=home,
        around=_around(chosen, steps, release), phase=next(p for p in phases if p.key == chosen.phase_key),
        phases=process_map.build_map(phases, steps, url_of=_step_url(release), phase_url=home), flow_labels=flow.LABELS,
    )  # fmt: skip


@bp.get("/releases/<number>/changes")
def changes(number: str):
    release, shown = _release(number)
    whole = request.args.get("languages") == "all"
    told = _told(release, shown["before"])
    return page(
        CHANGES, **shown, told=told if whole else told.in_language(language()), whole=whole, flow_labels=flow.LABELS,
        step_url=_step_key_url(release), behind=rounds.comments_behind(g.actor, release.id), outcomes=threads.OUTCOMES,
    )  # fmt: skip


@bp.get("/releases/<number>/release.json")
def download(number: str):
    """The canonical JSON: its SHA-256 is the release's own."""
    release = queries.release_numbered(number[:20])
    answer = Response(mimetype="application/json")
    answer.set_etag(release.sha256)
    answer.last_modified = release.released_at
    answer.headers.update({"Cache-Control": "public, max-age=3600", "X-Content-SHA256": release.sha256})
    answer.headers.set("Content-Disposition", "attachment", filename=f"release-{release.number}.json")
    if not request.if_none_match.contains(release.sha256):  # or it need not even be read
        answer.set_data(canonical(queries.content_of(release)).encode())
    return answer.make_conditional(request)


@bp.get("/feed.xml", endpoint="feed")
def show_feed():
    asked = request.args.get("lang", "")
    with using(asked if asked in LANGUAGES else language()):
        made = _feed(site_queries.published_releases())
        answer = Response(feed.atom(made), mimetype="application/atom+xml")
    answer.headers["Content-Language"] = made.language
    answer.add_etag()
    answer.last_modified = made.updated
    return answer.make_conditional(request)


def _release(number: str) -> tuple[Release, dict[str, Any]]:
    """A published release, with how it stands today and what stands in its place where it is old."""
    release = queries.release_numbered(number[:20])
    releases = site_queries.published_releases()
    standing = standings(releases, today())
    current = next((r for r in releases if standing[r.id].state == "in_force"), None)
    before = next((r for r in releases if r.id == release.based_on_id), None)
    g.release_number = release.number
    return release, {
        "release": release, "standing": standing[release.id], "current": current, "before": before,
        "withdrawn": next((r for r in releases if r.id == release.withdraws_id), None),
    }  # fmt: skip


def _told(release: Release, before: Release | None) -> telling.Told:
    """What a release changes against the one before it, in words."""
    if before is None:
        return telling.Told([], [])
    old, new = queries.content_of(before), queries.content_of(release)
    return telling.tell(comparison.compare(old, new), old, new)


def _feed(releases: list[Release]) -> feed.Feed:
    """The feed in the language spoken now, with addresses as the world knows them."""
    standing = standings(releases, today())
    withdrawn = {r.withdraws_id: r.released_at for r in releases if r.withdraws_id}
    return feed.Feed(
        url=_absolute(".feed", lang=language()), page=_absolute(".index"), title=_("Releases of the reference model"),
        subtitle=_("Example content, not a publication of the ministry"), author="Parasta", language=language(),
        entries=tuple(_entry(r, standing[r.id], withdrawn.get(r.id) or r.released_at) for r in releases),
    )  # fmt: skip


def _entry(release: Release, standing: Standing, updated: Any) -> feed.Entry:
    assert release.released_at is not None
    state = _(flow.LABELS[standing.state])
    summary = pick(release.summary).text or _("The first release: every step is new.")
    return feed.Entry(
        url=_absolute(".show", number=release.number), title=pick(release.title).text, summary=f"{state}. {summary}",
        published=release.released_at, updated=updated, state=standing.state, state_label=state,
        downloads={"application/json": _absolute(".download", number=release.number)},
    )  # fmt: skip


def _absolute(endpoint: str, **values: Any) -> str:
    return f"{current_app.config['PUBLIC_URL']}{url_for(endpoint, **values)}"


def _around(step: Step, steps: list[Step], release: Release) -> list[tuple[str, str, str] | None]:
    """The steps before and after, as ui.neighbours takes them."""
    url, at = _step_url(release), next(i for i, other in enumerate(steps) if other.key == step.key)
    before, after = steps[at - 1] if at else None, steps[at + 1] if at + 1 < len(steps) else None
    return [
        (_("Previous, step %(number)s", number=before.order), pick(before.name).text, url(before)) if before else None,
        (_("Next, step %(number)s", number=after.order), pick(after.name).text, url(after)) if after else None,
    ]


def _step_url(release: Release) -> Any:
    return lambda step: url_for(".step", number=release.number, key=step.key)


def _step_key_url(release: Release) -> Any:
    return lambda key: url_for(".step", number=release.number, key=key)
