"""The studio of the national body: releases, drafts and what they change. Their way stands in way.py."""

from typing import Any
from uuid import UUID

from flask import g, request, url_for

from ...core.clock import today
from ...core.errors import Invalid, NotFound
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import invalid, page, sent_on
from ...tenants.entry import organisation_blueprint
from .. import content, flow, queries, schemas, services
from ..models import Release

bp = organisation_blueprint("studio", __name__, "/studio")
INDEX, SHOW, WORDS = "studio/index.html", "studio/show.html", "studio/words.html"


@bp.before_request
def national_only() -> None:
    """For every other organisation there is no studio."""
    if not g.actor.is_national():
        raise NotFound()


@bp.get("")
def index():
    return page(INDEX, **_index())


@bp.post("")
def draft():
    form = Form(schemas.DraftRelease)
    try:
        if form.valid:
            release = services.draft_release(g.actor, **form.data)
            return sent_on(url_for(".show", release_id=release.id), _("The draft has been begun."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(INDEX, "draft_form", **_index(form))


@bp.get("/<uuid:release_id>")
def show(release_id: UUID):
    return page(SHOW, **_draft(queries.release_for(g.actor, release_id)))


@bp.get("/<uuid:release_id>/words")
def words(release_id: UUID):
    release = queries.release_for(g.actor, release_id)
    in_foot(release)
    return page(WORDS, release=release, form=Form.blank(schemas.DescribeRelease, **_told(release)))


@bp.post("/<uuid:release_id>/words")
def describe(release_id: UUID):
    release = queries.draft_for(g.actor, release_id)
    form = Form(schemas.DescribeRelease)
    try:
        if form.valid:
            notes = {who: schemas.texts_of(form.data, who) for who in content.NOTED}
            summary = schemas.texts_of(form.data, "summary")
            services.describe_release(g.actor, release, summary=summary, notes=notes)
            services.number_release(g.actor, release, number=form.data["number"])
            return sent_on(url_for(".show", release_id=release_id), _("The words for readers have been saved."))
    except Invalid as problem:
        form.refuse(problem)
    in_foot(release)
    return invalid(WORDS, "words_form", form=form, release=release)


def _index(form: Form | None = None) -> dict[str, Any]:
    """Every release with where it stands, and the form for a new draft."""
    releases, current = queries.releases_of(g.actor), queries.current_release()
    taken_back = {release.withdraws_id for release in releases if release.released}
    states = {
        release.id: flow.standing(
            release.state, current=release.id == current.id, withdrawn=release.id in taken_back,
            coming=bool(release.in_force_from and release.in_force_from > today()),
        )
        for release in releases
    }  # fmt: skip
    suggested = content.next_number(current.number, (release.number for release in releases))
    return {
        "releases": releases, "states": states, "flow_labels": flow.LABELS,
        "form": form or Form.blank(schemas.DraftRelease, number=suggested),
    }  # fmt: skip


def in_foot(release: Release) -> None:
    """Every page says of which text it is."""
    g.release_number = release.number if release.released else _("%(number)s, draft", number=release.number)


def _draft(release: Release) -> dict[str, Any]:
    """What a release changes and the step that is looked at."""
    in_foot(release)
    base = queries.base_of(release)
    made = queries.comparison_of(release, base)
    steps = queries.steps_of(release.id)
    asked = request.args.get("step") or (made.steps[0].key if made else "")
    return {
        "release": release, "base": base, "made": made, "steps": steps, "flow_labels": flow.LABELS,
        "chosen": next((step for step in steps if step.key == asked), None),
        "change": next((diff for diff in made.steps if diff.key == asked), None),
    }  # fmt: skip


def _told(release: Release) -> dict[str, str]:
    """The words for readers as the form's fields."""
    said = {"summary": release.summary, **release.notes}
    texts = {f"{stem}_{code}": text for stem, given in said.items() for code, text in given.items()}
    return {**texts, "number": release.number}
