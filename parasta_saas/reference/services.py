"""Write, publish and load the national reference process."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ..core.access import Actor, require
from ..core.clock import today
from ..core.db import db
from ..core.errors import Conflict, Invalid
from ..core.events import emit
from ..core.i18n import _
from . import changes as made
from . import content as data
from . import policies, queries
from .events import ReleaseDrafted, ReleasePublished, StepChanged
from .models import STEP_FIELDS, Phase, Release, Step

Texts = Mapping[str, str]


def load_release(actor: Actor, content: data.Content) -> Release:
    """Bring a whole checked release in from data and publish it: the first set-up and the demo."""
    require(policies.can_load_release(actor))
    if problems := list(data.check(content)):
        raise data.ContentError(problems)

    release = Release(
        number=content["number"], title=content["title"], summary=content.get("summary", {}),
        frame=data.frame_of(content), drafted_by=actor.name,
    )  # fmt: skip
    phases, steps = _fill(release, content["phases"], content["steps"])
    _fix(actor, release, phases, steps, transition_until=None)
    return release


def draft_release(actor: Actor, *, number: str, title: Texts | None = None, summary: Texts | None = None) -> Release:
    """Begin a draft as a copy of the release in force, with every phase and step."""
    require(policies.can_draft_release(actor))
    base = queries.current_release()
    if queries.is_taken(number):
        raise Invalid({"number": [_("There is already a release %(number)s. Choose the next number.", number=number)]})
    if data.numeric(number) <= data.numeric(base.number):
        raise Invalid({"number": [_("Choose a number after %(number)s.", number=base.number)]})

    release = Release(
        number=number, title=dict(title or data.title_of(number)), summary=dict(summary or {}),
        based_on_id=base.id, frame=base.frame, drafted_by=actor.name,
    )  # fmt: skip
    _fill(
        release,
        [phase.content() for phase in queries.phases_of(base.id)],
        [step.content() for step in queries.steps_of(base.id)],
    )
    emit(actor, ReleaseDrafted(release_id=release.id, number=number))
    return release


def summarise_release(actor: Actor, release: Release, *, summary: Texts) -> None:
    """Tell providers in a few words what a draft changes."""
    require(policies.can_draft_release(actor))
    release.require_draft()

    release.summary = {**release.summary, **summary}


def change_step(
    actor: Actor,
    step: Step,
    *,
    guidance: Texts | None = None,
    minimum: Texts | None = None,
    name: Texts | None = None,
    version: int | None = None,
) -> bool:
    """Rewrite texts of one step of a draft, language by language; True if anything changed.
    `version`: the one that the writer had before their eyes."""
    require(policies.can_draft_release(actor))
    step.require_draft()
    if version not in (None, step.version):
        raise Invalid({"_schema": [_("Somebody changed this step while you were writing. Compare and save again.")]})

    wanted = {"guidance": guidance, "minimum": minimum, "name": name}
    changed = tuple(field for field, texts in wanted.items() if texts and step.rewrite(field, texts))
    if changed:
        emit(actor, StepChanged(release_id=step.release_id, step_key=step.key, fields=changed))
    return bool(changed)


def apply_changes(actor: Actor, release: Release, changes: Iterable[Mapping[str, Any]]) -> list[Step]:
    """Put prepared edits of guidance into a draft: a sentence at the end, or one in the place of another."""
    require(policies.can_draft_release(actor))
    release.require_draft()

    steps = {step.key: step for step in queries.steps_of(release.id)}
    touched = []
    for change in changes:
        step = steps[change["key"]]
        if change_step(actor, step, guidance=made.edited(step.guidance, change)):
            touched.append(step)
    return touched


def publish_release(
    actor: Actor,
    release: Release,
    *,
    transition_until: date,
    one_language: bool = False,
) -> None:
    """Fix a draft for good and let every provider be offered it. `one_language`: a text that changed in
    Finnish alone, or in Swedish alone, is meant so."""
    require(policies.can_publish_release(actor))
    release.require_draft()
    phases, steps = queries.phases_of(release.id), queries.steps_of(release.id)
    _check_ready(release, steps, transition_until, one_language)

    _fix(actor, release, phases, steps, transition_until=transition_until)


def _fill(
    release: Release, phases: Iterable[Mapping[str, Any]], steps: Iterable[Mapping[str, Any]]
) -> tuple[list[Phase], list[Step]]:
    """Add a draft with its phases and steps."""
    db.session.add(release)
    db.session.flush()  # phases and steps carry its id
    made_phases = [Phase(release_id=release.id, **phase) for phase in phases]
    made_steps = [
        Step(release_id=release.id, phase_key=step["phase"], **{name: step[name] for name in STEP_FIELDS})
        for step in steps
    ]
    db.session.add_all([*made_phases, *made_steps])
    db.session.flush()  # the database refuses parts that come after their release is published
    return made_phases, made_steps


def _check_ready(release: Release, steps: list[Step], transition_until: date, one_language: bool) -> None:
    base = queries.base_of(release)
    in_force = queries.current_release()
    if base and base.id != in_force.id:
        # Publishing it would silently take back what came in between.
        raise Conflict(
            _("Release %(number)s came into force after this draft was begun. Begin a new draft and add your changes.",
              number=in_force.number)
        )  # fmt: skip
    before = [step.content() for step in queries.steps_of(base.id)] if base else []
    changes = made.step_changes(before, [step.content() for step in steps])
    problems = made.not_ready(changes, one_language=one_language)
    if transition_until <= today():
        problems["transition_until"] = [_("Set the end of the transition after today.")]
    for code in ("fi", "sv"):
        if not release.summary.get(code, "").strip():
            problems.setdefault("_schema", []).append(_("Save a summary for providers in Finnish and in Swedish."))
            break
    if problems:
        raise Invalid(problems)


def _fix(
    actor: Actor, release: Release, phases: list[Phase], steps: list[Step], *, transition_until: date | None
) -> None:
    hashed = data.release_hash(
        release.content(), [phase.content() for phase in phases], [step.content() for step in steps]
    )
    release.publish(by=actor.name, sha256=hashed, transition_until=transition_until)
    for part in (*phases, *steps):
        part.released_at = release.released_at
    emit(actor, ReleasePublished(release_id=release.id, number=release.number))
