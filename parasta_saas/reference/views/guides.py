"""The knowledge bank: a library for everyone, inside an organisation and outside; the desk where guides are written."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, g, request, url_for

from ...core.collate import sort_name
from ...core.errors import Invalid, NotFound
from ...core.forms import Form
from ...core.i18n import LANGUAGES, OWN_NAMES, _
from ...core.pages import invalid, page, sent_on
from ...tenants.entry import organisation_blueprint
from .. import library, process_map, queries
from ..library import KIND_ICONS, KIND_LABELS, Card, Looking
from ..models import Guide
from ..queries import guides as found
from ..schemas.guides import TEXTS, WriteGuide, guide_words
from ..services import guides as services
from .studio import national_only

bp = organisation_blueprint("guides", __name__, "/reference/guides")
public = Blueprint("guides_public", __name__, url_prefix="/reference/guides")
desk = organisation_blueprint("guide_desk", __name__, "/studio/guides")
desk.before_request(national_only)
INDEX, SHOW, DESK, WRITE = "guides/index.html", "guides/show.html", "guides/desk.html", "guides/write.html"


def guide_url(key: str, number: int | None = None) -> str:
    """The page of a guide: inside the organisation where the reader acts for one."""
    room = "guides" if getattr(g.get("actor"), "organisation_slug", "") else "guides_public"
    return url_for(f"{room}.edition", key=key, number=number) if number else url_for(f"{room}.show", key=key)


def cards_at(step_key: str) -> list[Card]:
    """The national guides of a step, by title. One statement."""
    return cards_of(found.guides_at(step_key))


def cards_of(guides: Iterable[Guide]) -> list[Card]:
    """Guides as cards that lead to their pages, by title."""
    return list(library.in_order(library.card(guide, url=guide_url(guide.key)) for guide in guides))


@bp.get("", endpoint="index")
@public.get("", endpoint="index")
def show_library():
    release = queries.current_release()
    g.release_number = release.number
    phases, steps = queries.phases_of(release.id), queries.steps_of(release.id)
    asked = _known(release.frame, phases)
    inside = frozenset(s.key for s in steps if s.phase_key == asked["phase"]) if "phase" in asked else None
    looking = Looking(asked.get("q", ""), asked.get("kind", ""), asked.get("role", ""), inside)
    guides = found.library()
    return page(
        INDEX, "found", cards=cards_of(filter(looking.takes, guides)), total=len(guides), asked=asked,
        kinds=[(kind, _(label)) for kind, label in KIND_LABELS.items()], labels=KIND_LABELS,
        phases=process_map.options({"key": phase.key, "name": phase.name} for phase in phases),
        roles=process_map.options(release.frame["roles"]),
    )  # fmt: skip


@bp.get("/<key>", endpoint="show")
@public.get("/<key>", endpoint="show")
def show_guide(key: str):
    editions = found.editions_of(key)
    return _shown(editions[0], editions)


@bp.get("/<key>/<int:number>", endpoint="edition")
@public.get("/<key>/<int:number>", endpoint="edition")
def show_edition(key: str, number: int):
    editions = found.editions_of(key)
    chosen = next((guide for guide in editions if guide.edition == number), None)
    if chosen is None:
        raise NotFound()
    return _shown(chosen, editions)


@desk.get("", endpoint="index")
def show_desk():
    pairs = sorted(found.guides_of(g.actor), key=lambda pair: sort_name(_there(pair[0] or pair[1]).title["fi"]))
    return page(DESK, pairs=pairs, labels=KIND_LABELS)


@desk.get("/new", endpoint="new")
def begin():
    return page(WRITE, **_writing(None, Form.blank(WriteGuide, edition=1, version=0, kind="guide")))


@desk.post("", endpoint="create")
def create():
    return _saved(None)


@desk.get("/<key>", endpoint="edit")
def edit(key: str):
    current, draft = found.guide_for(g.actor, key)
    return page(WRITE, **_writing(key, Form.blank(WriteGuide, **_typed(current, draft)), current, draft))


@desk.post("/<key>", endpoint="save")
def save(key: str):
    return _saved(key)


@desk.post("/<key>/withdrawal", endpoint="withdraw")
def withdraw(key: str):
    current, _draft = found.guide_for(g.actor, key)
    services.withdraw_guide(g.actor, _there(current))
    return sent_on(f"{url_for('.index')}#{key}", _("The guide has been withdrawn. You can return it from this list."))


@desk.post("/<key>/return", endpoint="back")
def take_back(key: str):
    current, _draft = found.guide_for(g.actor, key)
    services.return_guide(g.actor, _there(current))
    return sent_on(f"{url_for('.index')}#{key}", _("The guide is back in the library."))


def _there(guide: Guide | None) -> Guide:
    if guide is None:
        raise NotFound()
    return guide


def _saved(key: str | None) -> Any:
    """Save the form, and publish where that was pressed."""
    form = Form(WriteGuide)
    try:
        if form.valid:
            words, at = guide_words(form.data), {name: form.data[name] for name in ("edition", "version")}
            guide = services.write_guide(g.actor, words=words, key=key, **at)
            if form.data["then"] == "keep":
                return sent_on(url_for(".edit", key=guide.key), _("The draft has been saved. Only the studio sees it."))
            services.publish_guide(g.actor, guide)
            return sent_on(guide_url(guide.key), _("The guide has been published."))
    except Invalid as problem:
        form.refuse(problem)
    current, draft = found.guide_for(g.actor, key) if key else (None, None)
    return invalid(WRITE, "writing", **_writing(key, form, current, draft))


def _typed(current: Guide | None, draft: Guide | None) -> dict[str, Any]:
    """The form's fields as they stand: the draft's words, else those that are published."""
    guide = draft or _there(current)
    texts = {f"{stem}_{code}": text for stem in TEXTS for code, text in getattr(guide, stem).items()}
    at = {"edition": draft.edition, "version": draft.version} if draft else {"edition": guide.edition + 1, "version": 0}
    return {**texts, **at, "kind": guide.kind, "steps": guide.steps, "roles": guide.roles}


def _writing(
    key: str | None, form: Form, current: Guide | None = None, draft: Guide | None = None
) -> dict[str, Any]:  # fmt: skip
    release = queries.current_release()
    steps = queries.steps_of(release.id)
    names = {"title": _("Title"), "summary": _("In a sentence or two"), "body": _("Text"), "url": _("Address")}
    return {
        "key": key, "form": form, "current": current, "draft": draft, "release": release,
        "to": url_for(".save", key=key) if key else url_for(".create"),
        "kinds": [(kind, _(label)) for kind, label in KIND_LABELS.items()],
        "by_phase": steps_by_phase(queries.phases_of(release.id), steps),
        "roles": process_map.options(release.frame["roles"]),
        "labels": {f"{stem}_{code}": f"{name}, {OWN_NAMES[code]}" for stem, name in names.items() for code in LANGUAGES}
        | {"steps": _("Steps"), "roles": _("Roles"), "kind": _("Kind of guide")},
    }  # fmt: skip


def steps_by_phase(phases: Iterable[Any], steps: Iterable[Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """(phase, (key, step) …) for the boxes to tick in a guide's form."""
    rows: dict[str, list[tuple[str, str]]] = {phase.key: [] for phase in phases}
    for step in steps:
        rows[step.phase_key].append((step.key, f"{step.order} {process_map.pick(step.name).text}"))
    return [(f"{phase.order} {process_map.pick(phase.name).text}", rows[phase.key]) for phase in phases]


def _known(frame: dict[str, Any], phases: Iterable[Any]) -> dict[str, str]:
    """What the address asks; a word that means nothing here narrows nothing."""
    may = {
        "phase": {phase.key for phase in phases}, "role": {role["key"] for role in frame["roles"]},
        "kind": set(KIND_LABELS),
    }  # fmt: skip
    asked = {name: request.args.get(name, "").replace("\x00", "") for name in ("q", *may)}
    return {name: words[:100] for name, words in asked.items() if words and (name == "q" or words in may[name])}


def _shown(guide: Guide, editions: list[Guide]) -> str:
    release = queries.current_release()
    g.release_number = release.number
    steps = [step for step in queries.steps_of(release.id) if step.key in guide.steps]
    room = "reference" if getattr(g.actor, "organisation_slug", "") else "reference_public"
    return page(
        SHOW, guide=guide, editions=editions, newest=editions[0], url_of=guide_url, library_url=url_for(".index"),
        kind=_(KIND_LABELS[guide.kind]), icon=KIND_ICONS[guide.kind], all_kinds=KIND_LABELS,
        steps=[(url_for(f"{room}.step", key=step.key), step) for step in steps],
        roles=[process_map.role_name(release.frame, key) for key in guide.roles],
    )  # fmt: skip
