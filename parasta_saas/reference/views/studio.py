"""The studio of the national body: releases, drafts and what they change, publishing."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import g, request, url_for

from ...core.clock import today
from ...core.errors import Invalid, NotFound
from ...core.forms import Form
from ...core.i18n import LANGUAGES, OWN_NAMES, _
from ...core.pages import changed, invalid, page, sent_on
from ...tenants.entry import organisation_blueprint
from .. import changes, content, process_map, queries, schemas, services
from ..models import Release, Step

bp = organisation_blueprint("studio", __name__, "/studio")
INDEX, SHOW, STEP = "studio/index.html", "studio/show.html", "studio/step.html"
TRANSITION_DAYS = 90


@bp.before_request
def national_only() -> None:
    """For every other organisation there is no studio."""
    if not g.actor.is_national():
        raise NotFound()


@bp.get("")
def index():
    releases = queries.releases_of(g.actor)
    suggested = content.next_number(release.number for release in releases)
    return page(INDEX, releases=releases, form=Form.blank(schemas.DraftRelease, number=suggested))


@bp.post("")
def draft():
    form = Form(schemas.DraftRelease)
    try:
        if form.valid:
            release = services.draft_release(g.actor, **form.data)
            return sent_on(url_for(".show", release_id=release.id), _("The draft has been begun."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(INDEX, "draft_form", form=form, releases=queries.releases_of(g.actor))


@bp.get("/<uuid:release_id>")
def show(release_id: UUID):
    return page(SHOW, **_draft(queries.release_for(g.actor, release_id)))


@bp.post("/<uuid:release_id>/summary")
def summarise(release_id: UUID):
    release = queries.draft_for(g.actor, release_id)
    form = Form(schemas.SummariseRelease)
    if not form.valid:
        return invalid(SHOW, "summary_panel", form=form, **_draft(release, summary_form=form))
    services.summarise_release(g.actor, release, summary=schemas.texts_of(form.data, "summary"))
    return changed(
        SHOW, "summary_panel", to=url_for(".show", release_id=release_id), message=_("The summary has been saved."),
        **_draft(release),
    )  # fmt: skip


@bp.get("/<uuid:release_id>/steps/<key>")
def step(release_id: UUID, key: str):
    release = queries.release_for(g.actor, release_id)
    return page(STEP, **_edited(release, queries.step_of(release.id, key)))


@bp.post("/<uuid:release_id>/steps/<key>")
def change_step(release_id: UUID, key: str):
    chosen = queries.step_for(g.actor, release_id, key)
    form = Form(schemas.ChangeStep)
    try:
        if form.valid:
            texts = {field: schemas.texts_of(form.data, field) for field in changes.FIELDS}
            services.change_step(g.actor, chosen, version=form.data["version"], **texts)
            return sent_on(url_for(".show", release_id=release_id, step=key), _("The step has been saved."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(STEP, "step_form", form=form, **_edited(queries.release_for(g.actor, release_id), chosen, form))


@bp.post("/<uuid:release_id>/publication")
def publish(release_id: UUID):
    release = queries.draft_for(g.actor, release_id)
    form = Form(schemas.PublishRelease)
    try:
        if form.valid:
            services.publish_release(g.actor, release, **form.data)
            told = _("Release %(number)s is in force. Every provider is being offered it now.", number=release.number)
            return sent_on(url_for(".show", release_id=release_id), told)
    except Invalid as problem:
        form.refuse(problem)
    return invalid(SHOW, "publish_panel", form=form, **_draft(release, publish_form=form))


def _in_foot(release: Release) -> None:
    """Every page says of which text it is."""
    g.release_number = release.number if release.released else _("%(number)s, draft", number=release.number)


def _draft(release: Release, *, publish_form: Form | None = None, summary_form: Form | None = None) -> dict[str, Any]:
    """What a release changes, the step that is looked at, and the forms beside it."""
    _in_foot(release)
    base = queries.base_of(release)
    steps = queries.steps_of(release.id)
    before = [step.content() for step in queries.steps_of(base.id)] if base else []
    made = changes.step_changes(before, [step.content() for step in steps]) if base else []
    asked = request.args.get("step") or (made[0].key if made else "")
    return {
        "release": release, "base": base, "made": made, "steps": steps,
        "chosen": next((step for step in steps if step.key == asked), None),
        "change": next((change for change in made if change.key == asked), None),
        "one_sided": [change for change in made if change.one_sided],
        "publish_form": publish_form or Form.blank(
            schemas.PublishRelease, transition_until=(today() + timedelta(days=TRANSITION_DAYS)).isoformat()
        ),
        "summary_form": summary_form or Form.blank(
            schemas.SummariseRelease, **{f"summary_{code}": text for code, text in release.summary.items()}
        ),
    }  # fmt: skip


def _edited(release: Release, chosen: Step, form: Form | None = None) -> dict[str, Any]:
    """One step to be written, with its text in the release before."""
    _in_foot(release)
    base = queries.base_of(release)
    stored = {f"{field}_{code}": text for field in changes.FIELDS for code, text in getattr(chosen, field).items()}
    return {
        "release": release, "base": base, "step": chosen, "stored": stored,
        "before": queries.step_of(base.id, chosen.key) if base else None,
        "words": process_map.step_words(chosen, release.frame), "labels": _labels(),
        "step_form": form or Form.blank(schemas.ChangeStep, **stored),
    }  # fmt: skip


def _labels() -> dict[str, str]:
    """What the summary of mistakes calls each field of a step."""
    names = {"guidance": _("Guidance"), "minimum": _("National minimum"), "name": _("Name")}
    return {f"{field}_{code}": f"{words}, {OWN_NAMES[code]}" for field, words in names.items() for code in LANGUAGES}
