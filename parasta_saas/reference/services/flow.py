"""Move a draft along its way: model, comment, translate, review, approve. The table is reference/flow.py."""

from datetime import date

from ...core.access import Actor, require
from ...core.clock import today
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.events import emit
from ...core.i18n import _
from .. import content as data
from .. import flow, policies, queries
from ..events import ImpactAsked, ReleaseApproved, ReleaseMoved, ReviewRecorded
from ..models import Release, Review


def move_release(actor: Actor, release: Release, *, command: str) -> None:
    """Give one command of the table; Conflict with the first reason where it can't be given now."""
    row = flow.move(command)
    require(policies.can_draft_release(actor) and actor.is_national(*row.roles))
    if reasons := list(flow.refusals(row, release.state, queries.facts_of(actor, release))):
        raise Conflict(reasons[0])
    if command == "approve":
        release.approve(by=actor.name)
        emit(actor, ReleaseApproved(release_id=release.id, number=release.number))
        return
    before = release.state
    release.send_back() if command == "send_back" else release.move(row.target)
    emit(actor, ReleaseMoved(release_id=release.id, before=before, after=release.state))


def record_review(actor: Actor, release: Release, *, held_on: date, participants: str, remarks: str = "") -> Review:
    """Keep who reviewed the text as it stands now, and what they remarked."""
    require(policies.can_draft_release(actor))
    release.require_draft()
    if release.state != "review":
        raise Conflict(_("Send the draft to review first."))
    if held_on > today():
        raise Invalid({"held_on": [_("Set the day of the review to today or earlier.")]})
    review = Review(
        release_id=release.id, held_on=held_on, participants=participants, remarks=remarks, recorded_by=actor.name,
        content_sha256=data.content_hash(queries.content_of(release)),
    )  # fmt: skip
    db.session.add(review)
    emit(actor, ReviewRecorded(release_id=release.id))
    return review


def ask_impact(actor: Actor, release: Release) -> None:
    """Have the draft weighed against every provider's handbook; a job does it, in numbers only."""
    require(policies.can_draft_release(actor))
    release.require_draft()
    emit(actor, ImpactAsked(release_id=release.id))


def settle_text(actor: Actor, release: Release, *, place: str) -> None:
    """Say that a text is right although it changed in one language only (reference/translation.py)."""
    require(policies.can_draft_release(actor))
    release.require_draft()
    text = next((text for text in queries.desk_of(release) if text.place == place), None)
    if text is None or text.state not in ("stale", "settled"):
        raise Conflict(_("This text waits for no translation any more."))
    release.settled = {**release.settled, place: text.print}
