"""Load, draft, publish and withdraw releases of the national reference process."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ...core.access import Actor, require
from ...core.clock import today
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.events import emit
from ...core.i18n import _
from .. import comparison, flow, policies, queries
from .. import content as data
from ..events import ReleaseDrafted, ReleasePublished
from ..models import LATER_FIELDS, STEP_FIELDS, Diagram, Phase, Release, Step

Texts = Mapping[str, str]


def load_release(actor: Actor, content: data.Content) -> Release:
    """Bring a whole checked release in from data and publish it: the first set-up and the demo."""
    require(policies.can_load_release(actor))
    if problems := list(data.check(content)):
        raise data.ContentError(problems)

    release = Release(
        number=content["number"], title=content["title"], summary=content.get("summary", {}),
        frame=data.frame_of(content), parts=content.get("parts", {}), drafted_by=actor.name,
    )  # fmt: skip
    _fill(release, content["phases"], content["steps"], content.get("diagrams", ()))
    _fix(actor, release, transition_until=None, in_force_from=None)
    return release


def draft_release(
    actor: Actor, *, number: str, title: Texts | None = None, summary: Texts | None = None, state: str = "workshop"
) -> Release:
    """Begin a draft as a copy of the release in force, with every part. Several drafts may live side by side."""
    require(policies.can_draft_release(actor))
    base = queries.current_release()
    _check_number(number, base)
    release = Release(
        number=number, title=dict(title or data.title_of(number)), summary=dict(summary or {}), state=state,
        based_on_id=base.id, frame=base.frame, parts=base.parts, used_keys=base.used_keys, drafted_by=actor.name,
        amends=[base.number],
    )  # fmt: skip
    _copy(base, release)
    emit(actor, ReleaseDrafted(release_id=release.id, number=number))
    return release


def describe_release(
    actor: Actor, release: Release, *, summary: Texts | None = None, notes: Mapping[str, Texts] | None = None
) -> None:
    """Tell in a few words what a draft changes, and what that means for provider, learner and partner."""
    require(policies.can_draft_release(actor))
    release.require_draft()

    if summary is not None:
        release.summary = {**release.summary, **summary}
    if notes is not None:
        release.notes = {**release.notes, **{who: dict(texts) for who, texts in notes.items()}}


def number_release(actor: Actor, release: Release, *, number: str) -> None:
    """Give a draft another number, as the level of its changes asks."""
    require(policies.can_draft_release(actor))
    release.require_draft()
    if number != release.number:
        _check_number(number, queries.current_release())
        release.number, release.title = number, data.title_of(number)


def publish_release(
    actor: Actor, release: Release, *, transition_until: date, in_force_from: date | None = None
) -> None:
    """Fix an approved draft for good and let every provider be offered it."""
    require(policies.can_publish_release(actor))
    release.require_draft()
    row = flow.move("publish")
    if reasons := list(flow.refusals(row, release.state, queries.facts_of(actor, release))):
        raise Conflict(reasons[0])
    problems: dict[str, list[str]] = {}
    begins = max(in_force_from or today(), today())
    if in_force_from and in_force_from < today():
        problems["in_force_from"] = [_("Set the first day in force to today or later.")]
    if transition_until <= begins:
        problems["transition_until"] = [_("Set the end of the transition after the first day in force.")]
    if problems:
        raise Invalid(problems)

    release.replaces = [queries.current_release().number]
    _fix(actor, release, transition_until=transition_until, in_force_from=in_force_from)


def withdraw_release(actor: Actor, release: Release, *, number: str, reason: Texts) -> Release:
    """Take the release in force back: a new release with the content before it, published at once.

    Nothing is deleted: providers are offered the former content by the same merge, and keep what they wrote.
    """
    require(policies.can_publish_release(actor))
    former = queries.base_of(release)
    if not release.released or former is None or release.id != queries.current_release().id:
        raise Conflict(_("Only the release in force, with one before it, can be withdrawn."))
    if not all(reason.get(code, "").strip() for code in ("fi", "sv")):
        raise Invalid({"reason_fi": [_("Say in Finnish and in Swedish why the release is withdrawn.")]})
    _check_number(number, release)

    taken_back = Release(
        number=number, title=data.title_of(number), summary=dict(reason), state="approved", based_on_id=release.id,
        withdraws_id=release.id, frame=former.frame, parts=former.parts, used_keys=release.used_keys,
        drafted_by=actor.name, replaces=[release.number],
        lineage=_back_again(former, release),
    )  # fmt: skip
    _copy(former, taken_back)
    _fix(actor, taken_back, transition_until=release.transition_until, in_force_from=None)
    return taken_back


def _back_again(former: Release, release: Release) -> list[dict[str, Any]]:
    """What the withdrawn release removed is there again, what it added is gone."""
    old, new = ({step.key for step in queries.steps_of(side.id)} for side in (former, release))
    reason = f"{release.number} → {former.number}"
    gone = [{"kind": "remove", "from": [key], "to": [], "reason": reason} for key in sorted(new - old)]
    back = [{"kind": "restore", "from": [key], "to": [key], "reason": reason} for key in sorted(old - new)]
    return gone + back


def _check_number(number: str, after: Release) -> None:
    if queries.is_taken(number):
        raise Invalid({"number": [_("There is already a release %(number)s. Choose the next number.", number=number)]})
    if not comparison.number_level(after.number, number):
        raise Invalid({"number": [_("Choose a number after %(number)s.", number=after.number)]})


def _copy(base: Release, release: Release) -> None:
    _fill(
        release,
        [phase.content() for phase in queries.phases_of(base.id)],
        [step.content() for step in queries.steps_of(base.id)],
        [diagram.content() for diagram in queries.diagrams_of(base.id, whole=True)],
    )


def _fill(
    release: Release,
    phases: Iterable[Mapping[str, Any]],
    steps: Iterable[Mapping[str, Any]],
    diagrams: Iterable[Mapping[str, Any]],
) -> None:
    """Add a draft with its phases, steps and diagrams."""
    db.session.add(release)
    db.session.flush()  # its parts carry its id
    db.session.add_all(Phase(release_id=release.id, **phase) for phase in phases)
    db.session.add_all(
        Step(
            release_id=release.id, phase_key=step["phase"], **{name: step[name] for name in STEP_FIELDS},
            **{name: step[name] for name in LATER_FIELDS if name in step},
        )
        for step in steps
    )  # fmt: skip
    db.session.add_all(Diagram(release_id=release.id, **diagram) for diagram in diagrams)
    db.session.flush()  # the database refuses parts that come after their release is published


def _fix(actor: Actor, release: Release, *, transition_until: date | None, in_force_from: date | None) -> None:
    content = queries.content_of(release)
    release.publish(
        by=actor.name, sha256=data.content_hash(content), transition_until=transition_until, in_force_from=in_force_from
    )
    for part in queries.parts_of(release.id):
        part.released_at = release.released_at
    emit(actor, ReleasePublished(release_id=release.id, number=release.number))
