"""Steps of a provider's own inside the national order: they keep their nearest national neighbour. Pure.

An own step: `{"key", "phase", "after": key of the step before it (national or own) or None, …its content}`.
The national steps always stand in national order; an own step stands right after its neighbour.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .conflicts import Conflict, Findings, Matter, Note
from .overlay_routes import Routes

Content = Mapping[str, Any]
Step = dict[str, Any]


def carry_steps(
    base: Content, theirs: Content, added: Sequence[Mapping[str, Any]], entries: Iterable[Any], out: Findings
) -> list[Step]:
    """The own steps on the new release. One whose phase is gone goes whole to the shelf, with phases to put it in."""
    told = list(entries)
    before, after = _by_key(base, "steps"), _by_key(theirs, "steps")
    steps = Routes(told, before, after)
    old, new = _phases(base), _phases(theirs)
    phases = Routes(told, old, new)
    own = {str(step["key"]) for step in added}
    carried: list[Step] = []
    for step in sorted(added, key=lambda step: str(step["key"])):
        neighbour = step.get("after")
        if neighbour is not None and neighbour not in own:
            neighbour = _nearest(list(before), str(neighbour), steps)
        phase = _phase(step, neighbour, after, phases)
        if phase is None and new:
            _shelve(step, [*phases.of(str(step.get("phase"))).declared, *_near(list(old), new, step)], new, out)
        elif step["key"] in after:
            _clash(step, after[str(step["key"])], out)
        else:
            carried.append(_moved(step, phase, neighbour, out))
    return _unringed(carried, set(after), out)


def in_order(steps: Sequence[Mapping[str, Any]], added: Sequence[Mapping[str, Any]]) -> list[str]:
    """Keys of national and own steps as they stand: national order holds, own ones behind their neighbour.

    An own step without a neighbour opens its phase.
    """
    behind: dict[Any, list[str]] = {}
    for step in sorted(added, key=lambda step: str(step["key"])):
        place = step.get("after") if step.get("after") is not None else ("phase", step.get("phase"))
        behind.setdefault(place, []).append(str(step["key"]))
    order: list[str] = []
    seen: set[Any] = set()
    for step in steps:
        phase = step.get("phase")
        if phase not in seen:
            seen.add(phase)
            _walk(("phase", phase), behind, order)
        order.append(str(step["key"]))
        _walk(step["key"], behind, order)
    for place in list(behind):
        _walk(place, behind, order)
    return order


def _walk(place: Any, behind: dict[Any, list[str]], order: list[str]) -> None:
    """Everything that stands behind a place, depth first, without recursion (rows of own steps may be long)."""
    waiting = list(reversed(behind.pop(place, [])))
    while waiting:
        key = waiting.pop()
        order.append(key)
        waiting += reversed(behind.pop(key, []))


def _by_key(content: Content, kind: str) -> dict[str, Mapping[str, Any]]:
    return {str(element["key"]): element for element in content.get(kind) or ()}


def _phases(content: Content) -> dict[str, Any]:
    """The phases by key; where a content has none listed, those that its steps name."""
    return _by_key(content, "phases") or {str(s["phase"]): {} for s in content.get("steps") or () if s.get("phase")}


def _nearest(order: list[str], key: str, steps: Routes) -> str | None:
    """The neighbour itself, or the nearest one before it that is still there; None opens the phase."""
    at = order.index(key) if key in order else -1
    for other in [key, *reversed(order[: max(at, 0)])]:
        targets = steps.of(other).targets
        if targets:
            return targets[0]
    return None


def _phase(step: Mapping[str, Any], neighbour: Any, after: Mapping[str, Any], phases: Routes) -> str | None:
    targets = phases.of(str(step.get("phase"))).targets
    if targets:
        return targets[0]
    # Its phase is gone; it goes along only with the very neighbour that it stood behind.
    same = neighbour is not None and neighbour == step.get("after")
    return after[neighbour].get("phase") if same and neighbour in after else None


def _near(order: list[str], new: Mapping[str, Any], step: Mapping[str, Any]) -> list[str]:
    """Phases still there, the nearest to the old place first."""
    at = order.index(step["phase"]) if step.get("phase") in order else 0
    return sorted((key for key in order if key in new), key=lambda key: (abs(order.index(key) - at), order.index(key)))


def _shelve(step: Mapping[str, Any], homes: Sequence[str], new: Mapping[str, Any], out: Findings) -> None:
    there = tuple(dict.fromkeys(home for home in homes if home in new))
    conflict = Conflict(Matter.ORPHANED, str(step["key"]), "added", None, step.get("phase"), dict(step), None, there)
    made = out.decided(conflict)
    if made is None:
        out.conflicts.append(conflict)
    out.put_aside(conflict, dict(step), made)


def _clash(step: Mapping[str, Any], national: Any, out: Findings) -> None:
    """A national step has the own one's key: the national one stands, the own one is kept aside and asked about."""
    conflict = Conflict(Matter.STRUCTURE_CONFLICT, str(step["key"]), "added", None, None, dict(step), dict(national))
    if out.decided(conflict) is None:
        out.conflicts.append(conflict)
    out.put_aside(conflict, dict(step))


def _moved(step: Mapping[str, Any], phase: str | None, neighbour: Any, out: Findings) -> Step:
    if phase == step.get("phase") and neighbour == step.get("after"):
        return dict(step)
    about = {"phase": step.get("phase"), "after": step.get("after")}
    out.notes.append(Note(Matter.MOVED, str(step["key"]), "added", about=about))
    return {**step, "phase": phase, "after": neighbour}


def _unringed(steps: list[Step], national: set[str], out: Findings) -> list[Step]:
    """Own steps that stand behind each other in a ring, or behind one that left, open their phase instead."""
    known = {step["key"]: step for step in steps}
    whole: list[Step] = []
    for step in steps:
        seen, at = {step["key"]}, step.get("after")
        while at in known and at not in seen:
            seen.add(at)
            at = known[at].get("after")
        if at is None or at in national:
            whole.append(step)
            continue
        if at in known:
            ring = {"after": step.get("after")}
            out.notes.append(Note(Matter.STRUCTURE_CONFLICT, str(step["key"]), "added", value=ring))
        step = {**step, "after": None}
        known[step["key"]] = step
        whole.append(step)
    return whole
