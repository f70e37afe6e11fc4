"""Change what stands around the steps of a draft: phases, areas, actors, roles, documents, hand-overs, and so on."""

from collections.abc import Iterable, Mapping
from typing import Any

from ...core.access import Actor, require
from ...core.canonical import fingerprint
from ...core.db import db
from ...core.errors import Conflict, Invalid, NotFound
from ...core.events import emit
from ...core.i18n import _
from .. import elements, lineage, policies, queries, stepform
from ..events.elements import LineageDeclared, PartChanged
from ..models import PHASE_FIELDS, Diagram, Phase, Release
from ..queries import elements as found
from .steps import order_steps, require_entry

Thing = dict[str, Any]


def add_part(actor: Actor, release: Release, kind: str, *, values: Mapping[str, Any]) -> Thing:
    """Add a phase, role, document or the like to a draft. Its key is made from its name and never given again."""
    require(policies.can_draft_release(actor))
    release.require_open()
    whole = found.whole_of(release)
    thing = elements.thing_of(kind, values, whole)
    name = {"en": f"{thing['from']} to {thing.get('to') or thing.get('to_role')}"} if "from" in thing else thing["name"]
    thing = {"key": elements.suggested_key(name, found.used_keys()), **thing}
    _require_whole(kind, thing, whole)
    _store(release, kind, [*whole[kind], thing])
    return _done(actor, release, kind, thing, "added")


def change_part(
    actor: Actor, release: Release, kind: str, key: str, *, values: Mapping[str, Any], seen: str | None = None
) -> Thing:
    """Change one thing of a draft. `seen`: fingerprint of the thing that the writer had before their eyes."""
    require(policies.can_draft_release(actor))
    release.require_open()
    whole = found.whole_of(release)
    was = _there(whole, kind, key)
    if seen is not None and seen != fingerprint(was):
        raise Invalid({"_schema": [_("Somebody changed this while you were writing. Compare and save again.")]})
    thing = elements.thing_of(kind, values, whole, was)
    _require_whole(kind, thing, whole)
    if thing == was:
        return thing
    _store(release, kind, [thing if other["key"] == key else other for other in whole[kind]])
    if kind == "actors" and thing["group"] != was["group"]:
        roles = [{**r, "group": thing["group"]} if r.get("actor") == key else r for r in whole["roles"]]
        _store(release, "roles", roles)
    return _done(actor, release, kind, thing, "changed")


def remove_part(actor: Actor, release: Release, kind: str, key: str) -> None:
    """Remove a thing that nothing uses; its key is never given again. Conflict says where it is used."""
    require(policies.can_draft_release(actor))
    release.require_open()
    whole = found.whole_of(release)
    thing = _there(whole, kind, key)
    if used := elements.uses(whole).get((kind, key)):
        places = "; ".join(elements.name_in(whole, *place) for place in used[:5])
        raise Conflict(_("This is still used: %(places)s. Take it out there first.", places=places))
    _store(release, kind, [other for other in whole[kind] if other["key"] != key])
    if kind == "phases":
        areas = [{**area, "phases": [phase for phase in area["phases"] if phase != key]} for area in whole["areas"]]
        _store(release, "areas", areas)
    release.used_keys = [*release.used_keys, key]
    _done(actor, release, kind, thing, "removed")


def bring_part_back(actor: Actor, release: Release, kind: str, key: str) -> Thing:
    """Put a removed thing back as it stands in the release before."""
    require(policies.can_draft_release(actor))
    release.require_open()
    base = queries.base_of(release)
    whole, before = found.whole_of(release), found.whole_of(base) if base else {}
    thing = elements.find(before, kind, key)
    if thing is None or elements.find(whole, kind, key):
        raise NotFound()
    # The list tells of what was lacking before, too; a hand-over or area must not point at what is gone.
    if kind in ("handovers", "areas") and (wrong := list(elements.problems(kind, thing, whole))):
        raise Conflict(wrong[0][1])
    spot = [other["key"] for other in before[kind]].index(key)
    _store(release, kind, [*whole[kind][:spot], thing, *whole[kind][spot:]])
    release.used_keys = [used for used in release.used_keys if used != key]
    return _done(actor, release, kind, thing, "brought back")


def shift_phase(actor: Actor, release: Release, key: str, *, by: int) -> bool:
    """Move a phase with its steps one place to the left (-1) or right (1); False at an end."""
    require(policies.can_draft_release(actor))
    release.require_open()
    phases = found.whole_of(release)["phases"]
    if not any(phase["key"] == key for phase in phases):
        raise NotFound()
    moved = [k for k, _all in stepform.shifted([(phase["key"], "") for phase in phases], key, by, [""])]
    if moved == [phase["key"] for phase in phases]:
        return False
    _store(release, "phases", sorted(phases, key=lambda phase: moved.index(phase["key"])))
    order_steps(actor, release)
    _done(actor, release, "phases", {"key": key}, "moved")
    return True


def declare(actor: Actor, release: Release, *, kind: str, old: Iterable[str], new: Iterable[str], reason: str) -> None:
    """Write down what became of a step between the release before and this draft (reference/lineage.py)."""
    require(policies.can_draft_release(actor))
    release.require_open()
    entry = {"kind": kind, "from": stepform.listed(old), "to": stepform.listed(new), "reason": reason.strip()}
    if kind in SAME and not entry["to"]:
        entry["to"] = entry["from"]
    steps = queries.steps_of(release.based_on_id) if release.based_on_id else []
    before = {step.key for step in steps}
    if kind == "restore":
        before = found.published_steps() - before
    require_entry(entry, before, {step.key for step in queries.steps_of(release.id)}, kinds=lineage.KINDS)
    if entry in release.lineage:
        raise Conflict(_("This has already been declared."))
    release.lineage = [*release.lineage, entry]
    release.written_by(actor.membership_id)
    emit(actor, LineageDeclared(release_id=release.id, kind=kind))


def take_declaration_back(actor: Actor, release: Release, *, entry: str) -> None:
    """Take one declaration back; `entry` is its fingerprint. The removal of a step goes with the step only."""
    require(policies.can_draft_release(actor))
    release.require_open()
    chosen = next((each for each in release.lineage if fingerprint(each) == entry), None)
    if chosen is None:
        raise NotFound()
    rest = [each for each in release.lineage if each != chosen]
    there = {step.key for step in queries.steps_of(release.id)}
    if lineage.unreasoned(rest, [key for key in chosen["from"] if key not in there]):
        raise Conflict(_("The step is gone. Bring it back first, or declare first where its content went."))
    release.lineage = rest
    release.written_by(actor.membership_id)
    emit(actor, LineageDeclared(release_id=release.id, kind=chosen["kind"]))


SAME = ("retype", "move", "deprecate", "restore")  # what becomes of a step that keeps its key


def _there(whole: found.Whole, kind: str, key: str) -> Thing:
    thing = elements.find(whole, kind, key)
    if thing is None:
        raise NotFound()
    return thing


def _require_whole(kind: str, thing: Thing, whole: found.Whole) -> None:
    problems: dict[str, list[str]] = {}
    for field, words in elements.problems(kind, thing, whole):
        problems.setdefault(field, [words])
    if problems:
        raise Invalid(problems)


def _store(release: Release, kind: str, things: list[Thing]) -> None:
    if kind == "phases":
        _store_phases(release, things)
    elif kind == "roles":
        roles = [{name: value for name, value in role.items() if value is not None} for role in things]
        release.frame = {**release.frame, "roles": roles}
    else:
        release.put(kind, things)


def _store_phases(release: Release, things: list[Thing]) -> None:
    """Phases stand in a table of their own, numbered 1..n."""
    rows = {phase.key: phase for phase in queries.phases_of(release.id)}
    wanted = {thing["key"]: {"name_soft": {}, **thing, "order": number} for number, thing in enumerate(things, 1)}
    for key in rows.keys() - wanted.keys():
        db.session.delete(rows[key])
    for key, thing in wanted.items():
        fields = {name: thing[name] for name in PHASE_FIELDS}
        if key not in rows:
            db.session.add(Phase(release_id=release.id, **fields))
            continue
        for name, value in fields.items():
            if getattr(rows[key], name) != value:
                setattr(rows[key], name, value)
    _store_diagrams(release, wanted)


def _store_diagrams(release: Release, phases: Mapping[str, Thing]) -> None:
    """Each phase has a diagram that is drawn from its steps; one that a modeller drew is theirs."""
    there = queries.diagrams_of(release.id)
    drawn = {diagram.key for diagram in there} | {diagram.phase_key for diagram in there}
    for diagram in there:
        if diagram.phase_key and not diagram.drawn:
            if diagram.phase_key not in phases:
                db.session.delete(diagram)
            elif diagram.name != phases[diagram.phase_key]["name"]:
                diagram.name = phases[diagram.phase_key]["name"]
    last = max((diagram.order for diagram in there), default=0)
    for number, key in enumerate((key for key in phases if key not in drawn), last + 1):
        name = phases[key]["name"]
        db.session.add(Diagram(release_id=release.id, key=key, order=number, name=name, phase_key=key, aliases={}))


def _done(actor: Actor, release: Release, kind: str, thing: Thing, deed: str) -> Thing:
    release.written_by(actor.membership_id)
    emit(actor, PartChanged(release_id=release.id, kind=kind, key=thing["key"], deed=deed))
    return thing
