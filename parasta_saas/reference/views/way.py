"""A draft's way to a release: the commands that may be given now, review, approval, publishing, withdrawal."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import g, url_for

from ...core.clock import today
from ...core.errors import Invalid
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import invalid, page, sent_on
from ...tenants.entry import organisation_blueprint
from .. import comparison, flow, policies, queries, schemas, services
from ..models import Release
from .studio import in_foot, national_only

bp = organisation_blueprint("way", __name__, "/studio/<uuid:release_id>/way")
bp.before_request(national_only)
PAGE = "studio/way.html"
TRANSITION_DAYS = 90


@bp.get("", endpoint="show")
def show_way(release_id: UUID):
    return page(PAGE, **_way(queries.release_for(g.actor, release_id)))


@bp.post("", endpoint="move")
def move_on(release_id: UUID):
    release = queries.draft_for(g.actor, release_id)
    form = Form(schemas.MoveRelease)
    if not form.valid:
        return invalid(PAGE, "way", form=form, **_way(release))
    services.move_release(g.actor, release, command=form.data["command"])
    told = _("The draft is now in the state “%(state)s”.", state=_(flow.LABELS[release.state]))
    return sent_on(url_for(".show", release_id=release_id), told)


@bp.post("/reviews", endpoint="review")
def record_review(release_id: UUID):
    release = queries.draft_for(g.actor, release_id)
    form = Form(schemas.RecordReview)
    try:
        if form.valid:
            services.record_review(g.actor, release, **form.data)
            return sent_on(url_for(".show", release_id=release_id), _("The review has been recorded."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(PAGE, "review_panel", form=form, **_way(release, review_form=form))


@bp.post("/publication")
def publish(release_id: UUID):
    release = queries.draft_for(g.actor, release_id)
    form = Form(schemas.PublishRelease)
    try:
        if form.valid:
            services.publish_release(g.actor, release, **form.data)
            told = _("Release %(number)s is published. Every provider is being offered it now.", number=release.number)
            return sent_on(url_for(".show", release_id=release_id), told)
    except Invalid as problem:
        form.refuse(problem)
    return invalid(PAGE, "publish_panel", form=form, **_way(release, publish_form=form))


@bp.post("/withdrawal")
def withdraw(release_id: UUID):
    release = queries.draft_for(g.actor, release_id)
    form = Form(schemas.WithdrawRelease)
    try:
        if form.valid:
            reason = schemas.texts_of(form.data, "reason")
            new = services.withdraw_release(g.actor, release, number=form.data["number"], reason=reason)
            told = _("Release %(old)s is withdrawn. Release %(new)s has the former content.",
                     old=release.number, new=new.number)  # fmt: skip
            return sent_on(url_for(".show", release_id=new.id), told)
    except Invalid as problem:
        form.refuse(problem)
    return invalid(PAGE, "withdraw_panel", form=form, **_way(release, withdraw_form=form))


def _way(
    release: Release,
    *,
    review_form: Form | None = None,
    publish_form: Form | None = None,
    withdraw_form: Form | None = None,
) -> dict[str, Any]:
    """Where the draft is, what may come next and why not yet, with the forms that belong there."""
    in_foot(release)
    facts = queries.facts_of(g.actor, release)
    base, current = queries.base_of(release), queries.current_release()
    day = (today() + timedelta(days=TRANSITION_DAYS)).isoformat()
    made = queries.comparison_of(release, base)
    return {
        "release": release, "base": base, "facts": facts, "made": made, "flow_labels": flow.LABELS,
        "moves": [
            (row, list(flow.refusals(row, release.state, facts)))
            for row in flow.moves_from(release.state)
            if row.command != "publish" and g.actor.is_national(*row.roles)
        ],
        "suggested": comparison.suggested_number(base.number, made.level) if base and made.level else release.number,
        "claimed": comparison.number_level(base.number, release.number) if base else "",
        "reviews": queries.reviews_of(release), "in_force": release.id == current.id,
        "may_withdraw": policies.can_publish_release(g.actor) and release.id == current.id and base is not None,
        "review_form": review_form or Form.blank(schemas.RecordReview, held_on=today().isoformat()),
        "publish_form": publish_form or Form.blank(schemas.PublishRelease, transition_until=day),
        "withdraw_form": withdraw_form or Form.blank(
            schemas.WithdrawRelease, number=comparison.suggested_number(release.number, "minor")
        ),
    }  # fmt: skip
