"""Change the steps of a draft: texts, facts, place; add, remove and bring back."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import case, update
from sqlalchemy.orm.attributes import set_committed_value

from ...core.access import Actor, require
from ...core.db import db
from ...core.errors import Conflict, Invalid, NotFound
from ...core.events import emit
from ...core.i18n import LANGUAGES, _
from .. import changes as made
from .. import elements, lineage, policies, queries, stepform
from ..events import StepChanged
from ..events.elements import StepAdded, StepBroughtBack, StepMoved, StepRemoved
from ..models import LATER_FIELDS, STEP_FIELDS, Release, Step
from ..queries import elements as found

Texts = Mapping[str, str]
Values = Mapping[str, Any]
Invalids = dict[str, list[str]]


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
    wanted = {"guidance": guidance, "minimum": minimum, "name": name}
    texts = {field: words for field, words in wanted.items() if words}
    return rewrite_step(actor, step, texts=texts, version=version)


def rewrite_step(
    actor: Actor,
    step: Step,
    *,
    texts: Mapping[str, Texts],
    facts: Values | None = None,
    place: tuple[str, str] | None = None,
    version: int | None = None,
) -> bool:
    """Rewrite a step: texts by field, with `facts` everything else (reference/stepform.py), with `place` where it
    stands: its phase and the step before it ("first", or "" for the end of the phase). True if anything changed."""
    require(policies.can_draft_release(actor))
    release = queries.draft_with(actor, step.release_id)
    release.require_open()
    if version not in (None, step.version):
        raise Invalid({"_schema": [_("Somebody changed this step while you were writing. Compare and save again.")]})
    if facts is not None:
        _require_whole(found.whole_of(release), step, texts, facts, place)

    changed = tuple(field for field, words in texts.items() if _rewrite(step, field, words))
    changed += tuple(field for field, value in (facts or {}).items() if _put(step, field, value))
    if place and (place[1] or place[0] != step.phase_key):
        _place(release, step, *place)
        changed += ("place",)
    if changed:
        release.written_by(actor.membership_id)
        emit(actor, StepChanged(release_id=step.release_id, step_key=step.key, fields=changed))
    return bool(changed)


def apply_changes(actor: Actor, release: Release, changes: Iterable[Mapping[str, Any]]) -> list[Step]:
    """Put prepared edits of guidance into a draft: a sentence at the end, or one in the place of another."""
    require(policies.can_draft_release(actor))
    release.require_open()

    steps = {step.key: step for step in queries.steps_of(release.id)}
    touched = []
    for change in changes:
        step = steps[change["key"]]
        if change_step(actor, step, guidance=made.edited(step.guidance, change)):
            touched.append(step)
    return touched


def add_step(
    actor: Actor,
    release: Release,
    *,
    name: Texts,
    phase: str,
    view: str,
    responsible: str,
    basis: str,
    after: str = "",
    key: str = "",
    **texts: Texts,
) -> Step:
    """Add a step to a draft. Its key is made from its name where none is given, and no release has ever had it."""
    require(policies.can_draft_release(actor))
    release.require_open()
    whole, used = found.whole_of(release), found.used_keys()
    content = {
        **_blank(whole), "name": dict(name), "phase": phase, "view": view, "responsible": responsible, "basis": basis,
        **{field: dict(words) for field, words in texts.items()},
    }  # fmt: skip
    problems = _told(_first_problems(content, whole))
    if key and (key in used or not elements.KEY.fullmatch(key)):
        problems["key"] = [_("Choose a key of small letters and hyphens that no release has had.")]
    if problems:
        raise Invalid(problems)

    step = _made(release, {**content, "key": key or elements.suggested_key(name, used)})
    _place(release, step, phase, after)
    release.written_by(actor.membership_id)
    emit(actor, StepAdded(release_id=release.id, step_key=step.key))
    return step


def remove_step(
    actor: Actor, step: Step, *, kind: str = "remove", to: Iterable[str] = (), reason: str = ""
) -> list[str]:
    """Take a step out of a draft, with the reason and where its content went: `kind` remove, merge, split or rename.
    The hand-overs that began or ended there go with it; returns their keys. A step that only this draft has needs
    no reason."""
    require(policies.can_draft_release(actor))
    release = queries.draft_with(actor, step.release_id)
    release.require_open()
    if any(step.key in entry["to"] for entry in release.lineage):
        told = _("It is declared that another step goes on in this one. Take that declaration back first.")
        raise Conflict(told)
    base = {each.key for each in queries.steps_of(release.based_on_id)} if release.based_on_id else set()
    if step.key in base:
        entry = {"kind": kind, "from": [step.key], "to": stepform.listed(to), "reason": reason.strip()}
        after = {each.key for each in queries.steps_of(release.id)} - {step.key}
        require_entry(entry, base, after, kinds=lineage.ENDS)
        release.lineage = [*_without(release.lineage, step.key), entry]

    gone = [h for h in release.parts.get("handovers", ()) if step.key in (h["from"], h.get("to"))]
    if gone:
        release.put("handovers", [h for h in release.parts["handovers"] if h not in gone])
    release.used_keys = [*release.used_keys, step.key]
    db.session.delete(step)
    _renumber(release, [(s.key, s.phase_key) for s in queries.steps_of(release.id)])
    release.written_by(actor.membership_id)
    emit(actor, StepRemoved(release_id=release.id, step_key=step.key))
    return [handover["key"] for handover in gone]


def bring_step_back(actor: Actor, release: Release, *, key: str) -> Step:
    """Put a removed step back as it last stood, with its hand-overs. One that an older release had is declared as
    restored; one of the release before stands as if it had never been gone."""
    require(policies.can_draft_release(actor))
    release.require_open()
    gone = found.gone_steps(release)
    former = next((step for step in (*gone["base"], *gone["earlier"]) if step.key == key), None)
    if former is None:
        raise NotFound()
    content = _fitting(former.content(), found.whole_of(release))
    step = _made(release, content)
    _place(release, step, content["phase"], _place_before(former, release))
    _hand_over_again(release, former)
    release.used_keys = [used for used in release.used_keys if used != key]
    release.lineage = _without(release.lineage, key)
    if former in gone["earlier"]:
        number = queries.release_with(former.release_id).number
        reason = _("Brought back from release %(number)s.", number=number)
        release.lineage = [*release.lineage, {"kind": "restore", "from": [key], "to": [key], "reason": reason}]
    release.written_by(actor.membership_id)
    emit(actor, StepBroughtBack(release_id=release.id, step_key=key))
    return step


def shift_step(actor: Actor, step: Step, *, by: int) -> bool:
    """Move a step one place up (-1) or down (1), from the edge of a phase into the next one; False at an end."""
    require(policies.can_draft_release(actor))
    release = queries.draft_with(actor, step.release_id)
    release.require_open()
    places = [(s.key, s.phase_key) for s in queries.steps_of(release.id)]
    phases = [phase.key for phase in queries.phases_of(release.id)]
    moved = stepform.shifted(places, step.key, by, phases)
    if moved == places:
        return False
    step.phase_key = dict(moved)[step.key]
    _renumber(release, moved)
    release.written_by(actor.membership_id)
    emit(actor, StepMoved(release_id=release.id, step_key=step.key))
    return True


def order_steps(actor: Actor, release: Release) -> None:
    """Number the steps anew after their phases changed places."""
    require(policies.can_draft_release(actor))
    _renumber(release, [(s.key, s.phase_key) for s in queries.steps_of(release.id)])


def require_entry(entry: Values, before: set[str], after: set[str], *, kinds: Iterable[str]) -> None:
    """Stop with what is wrong with a lineage entry. Asks no policy: its callers have."""
    words = {
        "kind": _("Choose one of the options."),
        "from": _("Choose a step of the release before."),
        "to": _("Choose where the content went: one step, or at least two where it was split."),
        "reason": _("Write why. The reason is read by those who follow the step."),
    }
    problems = {field: [words[field]] for field in lineage.problems(entry, before, after)}
    if entry["kind"] not in kinds:
        problems["kind"] = [words["kind"]]
    if problems:
        raise Invalid(problems)


def _require_whole(
    whole: found.Whole, step: Step, texts: Mapping[str, Texts], facts: Values, place: tuple[str, str] | None
) -> None:
    """Stop with everything that is wrong with the step as it would be."""
    phase, after = place or (step.phase_key, "")
    content = {**step.content(), **facts, **texts, "phase": phase}
    content["field_policy"] = {**step.field_policy, **facts["field_policy"]}
    left = tuple(f"{field}_" for field in stepform.TEXTS if field not in texts)  # not written now, not asked now
    problems = _told(p for p in stepform.problems(content, whole) if not left or not p[0].startswith(left))
    if after and after != "first" and after not in {s["key"] for s in whole["steps"] if s["phase"] == phase}:
        problems["after"] = [_("Choose a step of the same phase.")]
    if problems:
        raise Invalid(problems)


def _first_problems(content: Values, whole: found.Whole) -> Iterable[elements.Problem]:
    """What a new step needs at once; the rest may be written later."""
    asked = ("name", "phase", "view", "responsible", "basis")
    return [problem for problem in stepform.problems(content, whole) if problem[0].startswith(asked)]


def _told(problems: Iterable[elements.Problem]) -> Invalids:
    told: Invalids = {}
    for field, words in problems:
        told.setdefault(field, [words])
    return told


def _rewrite(step: Step, field: str, texts: Texts) -> bool:
    """Put the languages that differ in place; a pulse question without words is none."""
    was: Texts = getattr(step, field) or {}
    new = {code: text for code, text in texts.items() if text != was.get(code, "")}
    changed = bool(new) and step.rewrite(field, new)
    if field == "pulse" and changed and not any((step.pulse or {}).values()):
        step.pulse = None
    return changed


def _put(step: Step, field: str, value: Any) -> bool:
    """Put a fact in place; lists that hold the same are the same."""
    was = getattr(step, field)
    if field == "field_policy":
        value = {**was, **value}
    if _alike(was) == _alike(value):
        return False
    setattr(step, field, value)
    return True


def _alike(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _alike(item) for key, item in value.items() if item or item == 0} or None
    return sorted(value) if isinstance(value, list) and value else value or None


def _blank(whole: found.Whole) -> dict[str, Any]:
    """A step of which nothing is said yet."""
    empty = {field: dict.fromkeys(LANGUAGES, "") for field in stepform.TEXTS}
    return {
        **empty, "pulse": None, "name_soft": {}, "order": len(whole["steps"]) + 1, "participants": [],
        "applies_to": [form["key"] for form in whole["forms"]], "critical": False, "statute": None,
        "statute_confidence": None, "time_limit": None, "field_policy": dict(stepform.DEFAULT_POLICY),
    }  # fmt: skip


def _made(release: Release, content: Values) -> Step:
    fields = {name: content[name] for name in (*STEP_FIELDS, *LATER_FIELDS) if name in content}
    step = Step(release_id=release.id, phase_key=content["phase"], **fields)
    db.session.add(step)
    return step


def _fitting(content: dict[str, Any], whole: found.Whole) -> dict[str, Any]:
    """A former step in the draft of today: without parts that are gone, in a phase that is there."""
    keys = {kind: {thing["key"] for thing in whole[kind]} for kind in ("roles", "documents", "indicators", "links")}
    if content["responsible"] not in keys["roles"]:
        raise Conflict(_("The responsible role of this step is gone. Bring the role back first."))
    phases = [phase["key"] for phase in whole["phases"]]
    documents = content.get("documents") or {}
    return {
        **content, "phase": content["phase"] if content["phase"] in phases else phases[0],
        "participants": [key for key in content["participants"] if key in keys["roles"]],
        "documents": {side: [k for k in listed if k in keys["documents"]] for side, listed in documents.items()},
        **{kind: [k for k in content.get(kind) or () if k in keys[kind]] for kind in ("indicators", "links")},
    }  # fmt: skip


def _place_before(former: Step, release: Release) -> str:
    """The nearest step before it in its old release that still stands in the same phase of the draft."""
    here = {step.key for step in queries.steps_of(release.id) if step.phase_key == former.phase_key}
    before = [s.key for s in queries.steps_of(former.release_id) if s.order < former.order and s.key in here]
    return before[-1] if before else "first"


def _hand_over_again(release: Release, former: Step) -> None:
    """The hand-overs that went with a step, where both of their ends are there."""
    there = {step.key for step in queries.steps_of(release.id)}
    has = {handover["key"] for handover in release.parts.get("handovers", ())}
    back = [
        handover for handover in queries.release_with(former.release_id).parts.get("handovers", ())
        if former.key in (handover["from"], handover.get("to")) and handover["key"] not in has
        and handover["from"] in there and handover.get("to", former.key) in there
    ]  # fmt: skip
    if back:
        release.put("handovers", [*release.parts.get("handovers", ()), *back])


def _without(entries: Iterable[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """A lineage in which nothing is said any more about the end of one step."""
    kept = []
    for entry in entries:
        rest = [each for each in entry["from"] if each != key] if entry["kind"] in lineage.ENDS else entry["from"]
        if rest:
            kept.append({**entry, "from": rest})
    return kept


def _place(release: Release, step: Step, phase: str, after: str) -> None:
    """Put a step into a phase: after another, "first", or "" as the last."""
    places = [(s.key, s.phase_key) for s in queries.steps_of(release.id)]
    try:
        places = stepform.placed(places, step.key, phase, after)
    except KeyError:
        raise Invalid({"after": [_("Choose a step of the same phase.")]}) from None
    step.phase_key = phase
    _renumber(release, places)


def _renumber(release: Release, places: Iterable[tuple[str, str]]) -> None:
    """Number the steps 1..n. Steps that only slide along keep their version: nobody's open form of them is stale."""
    phases = [phase.key for phase in queries.phases_of(release.id)]
    order = {key: number for number, key in enumerate(stepform.in_order(places, phases), 1)}
    slid = [step for step in queries.steps_of(release.id) if step.order != order[step.key]]
    if not slid:
        return
    numbers = case({step.key: order[step.key] for step in slid}, value=Step.__table__.c.key)
    table = Step.__table__
    db.session.execute(
        update(table).where(table.c.id.in_([step.id for step in slid])).values(position=numbers)  # type: ignore[arg-type]
    )
    for step in slid:
        set_committed_value(step, "order", order[step.key])
