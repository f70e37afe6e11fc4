"""What stands around the steps: areas, actors, documents, hand-overs, indicators and links. Pure.

Parts are `{"areas", "actors", "documents", "handovers", "principles", "indicators", "links"}`, each a list
of `{"key", …}`, with `roles_of_actors` {role: actor} and `steps` {step: {"documents": {"in", "out"},
"indicators", "links"}}. A hand-over goes from a step to a step, or to a role that has no step there.
As in BPMN 2.0 a sequence stays inside one actor (pool) and a message goes between two.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..core.i18n import LANGUAGES
from .content import CONFIDENCES, DATA, ContentError, read_release

Thing = Mapping[str, Any]
Keys = Mapping[str, set[str]]

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
GROUPS = ("customer", "producer", "stakeholder")
DOCUMENT_KINDS = ("form", "record", "plan", "agreement", "decision", "feedback", "data")
HANDOVER_KINDS = ("sequence", "message")
LINK_KINDS = ("statute", "guide")
PROPOSAL = "proposal"

# Per list: the fields that must be there, those that may, and the texts in three languages.
SHAPES: dict[str, tuple[set[str], set[str], tuple[str, ...]]] = {
    "areas": ({"key", "name", "phases"}, set(), ("name",)),
    "actors": ({"key", "group", "name", "task"}, set(), ("name", "task")),
    "documents": ({"key", "name", "kind"}, set(), ("name",)),
    "handovers": ({"key", "from", "kind", "name", "document"}, {"to", "to_role"}, ()),
    "principles": ({"key", "name"}, set(), ("name",)),
    "indicators": (
        {"key", "principle", "name", "formula", "target", "confidence"},
        set(),
        ("name", "formula", "target"),
    ),
    "links": ({"key", "kind", "name", "reference", "confidence"}, set(), ("name",)),
}


def read_parts(folder: Path = DATA) -> dict[str, Any]:
    """parts.json of a folder, checked against the release beside it. Raises ContentError."""
    parts: dict[str, Any] = json.loads((folder / "parts.json").read_text("utf-8"))
    if problems := list(check(parts, read_release(folder))):
        raise ContentError(problems)
    return parts


def read_whole(folder: Path = DATA) -> dict[str, Any]:
    """A release with its parts, as it is kept: roles know their actor, steps their documents, indicators and
    links, and each phase has a diagram that is drawn from its steps. Raises ContentError."""
    return joined(read_release(folder), read_parts(folder))


def joined(content: Thing, parts: Thing) -> dict[str, Any]:
    """Release and parts in one; neither is changed."""
    roles = [role | {"actor": actor_of(parts, role["key"])} for role in content["roles"]]
    steps = [step | parts["steps"][step["key"]] for step in content["steps"]]
    diagrams = [
        {"key": phase["key"], "order": phase["order"], "name": phase["name"], "phase_key": phase["key"], "xml": None,
         "drawn": False, "aliases": {}}
        for phase in content["phases"]
    ]  # fmt: skip
    kept = {kind: list(parts[kind]) for kind in SHAPES}
    return {**content, "roles": roles, "steps": steps, "parts": kept, "diagrams": diagrams}


def parts_of(content: Thing) -> dict[str, Any]:
    """The parts of a kept release in the shape of parts.json, so that `check` can read a draft."""
    steps = {
        step["key"]: {"documents": step.get("documents") or {"in": [], "out": []},
                      "indicators": step.get("indicators") or [], "links": step.get("links") or []}
        for step in content["steps"]
    }  # fmt: skip
    roles = {role["key"]: role["actor"] for role in content["frame"]["roles"] if role.get("actor")}
    return {**dict.fromkeys(SHAPES, ()), **content.get("parts", {}), "roles_of_actors": roles, "steps": steps}


def actor_of(parts: Thing, role: str) -> str:
    """The key of the actor (pool) whose lane the role is. KeyError for a role without an actor."""
    actor: str = parts["roles_of_actors"][role]
    return actor


def check(parts: Thing, content: Thing) -> Iterator[str]:
    """Everything that is wrong with the parts of a release, each as `list.key: what`; nothing if whole."""
    if missing := [name for name in (*SHAPES, "roles_of_actors", "steps") if name not in parts]:
        yield from (f"{name}: is missing" for name in missing)
        return
    shapes = [problem for kind in SHAPES for problem in _shape_problems(kind, parts[kind])]
    yield from shapes
    if shapes:  # what follows reads the fields
        return
    known = {kind: {thing["key"] for thing in parts[kind]} for kind in SHAPES}
    known |= {kind: {thing["key"] for thing in content[kind]} for kind in ("phases", "roles", "steps")}
    yield from _area_problems(parts, known)
    yield from _actor_problems(parts, content, known)
    yield from _kind_problems(parts, known)
    yield from _step_problems(parts, known)
    yield from _handover_problems(parts, content, known)


def _shape_problems(kind: str, things: Iterable[Thing]) -> Iterator[str]:
    must, may, texts = SHAPES[kind]
    times = Counter(thing.get("key") for thing in things)
    yield from (f"{kind}.{key}: stands {count} times" for key, count in times.items() if count > 1)
    for thing in things:
        at = f"{kind}.{thing.get('key')}"
        if not KEY.fullmatch(str(thing.get("key"))):
            yield f"{at}: the key is not of small letters, digits and hyphens"
        yield from (f"{at}: {name} is missing" for name in sorted(must - thing.keys()))
        yield from (f"{at}: {name} is unknown" for name in sorted(thing.keys() - must - may))
        for name in texts:
            yield from (f"{at}: {name} {code} is missing" for code in _lacking(thing.get(name)))


def _lacking(text: Mapping[str, str] | None) -> list[str]:
    return [code for code in LANGUAGES if not (text or {}).get(code, "").strip()]


def _strangers(at: str, used: Iterable[Any], known: Iterable[str]) -> Iterator[str]:
    yield from (f"{at}: {key} is unknown" for key in sorted(set(map(str, used)) - set(known)))


def _area_problems(parts: Thing, known: Keys) -> Iterator[str]:
    times = Counter(phase for area in parts["areas"] for phase in area["phases"])
    yield from _strangers("areas", times, known["phases"])
    yield from (
        f"areas: phase {phase} is in {times[phase]} areas" for phase in sorted(known["phases"]) if times[phase] != 1
    )


def _actor_problems(parts: Thing, content: Thing, known: Keys) -> Iterator[str]:
    placed = parts["roles_of_actors"]
    yield from _strangers("roles_of_actors", placed, known["roles"])
    yield from _strangers("roles_of_actors", placed.values(), known["actors"])
    yield from (f"roles_of_actors: {role} has no actor" for role in sorted(known["roles"] - placed.keys()))
    yield from (f"actors.{key}: has no role" for key in sorted(known["actors"] - set(placed.values())))
    group_of = {actor["key"]: actor["group"] for actor in parts["actors"]}
    for role in content["roles"]:
        group = group_of.get(placed.get(role["key"]))
        if group and group != role["group"]:
            yield f"roles_of_actors: {role['key']} is {role['group']}, its actor {group}"


def _kind_problems(parts: Thing, known: Keys) -> Iterator[str]:
    allowed: list[tuple[str, str, Iterable[str]]] = [
        ("actors", "group", GROUPS),
        ("documents", "kind", DOCUMENT_KINDS),
        ("handovers", "kind", HANDOVER_KINDS),
        ("indicators", "principle", known["principles"]),
        ("indicators", "confidence", (PROPOSAL, *CONFIDENCES)),
        ("links", "kind", LINK_KINDS),
        ("links", "confidence", CONFIDENCES),
    ]
    for kind, name, words in allowed:
        for thing in parts[kind]:
            yield from _strangers(f"{kind}.{thing['key']}", [thing[name]], words)
    for link in parts["links"]:
        if link["kind"] == "statute" and not link["reference"]:
            yield f"links.{link['key']}: a statute has no reference"


def _step_problems(parts: Thing, known: Keys) -> Iterator[str]:
    yield from _strangers("steps", parts["steps"], known["steps"])
    yield from (f"steps.{key}: is missing" for key in sorted(known["steps"] - parts["steps"].keys()))
    for key, step in parts["steps"].items():
        used = step["documents"]
        yield from _strangers(f"steps.{key}", (*used["in"], *used["out"]), known["documents"])
        yield from _strangers(f"steps.{key}", step["indicators"], known["indicators"])
        yield from _strangers(f"steps.{key}", step["links"], known["links"])


def _handover_problems(parts: Thing, content: Thing, known: Keys) -> Iterator[str]:
    placed = parts["roles_of_actors"]
    actor_of_step = {step["key"]: placed.get(step["responsible"]) for step in content["steps"]}
    ends = Counter(_ends(handover) for handover in parts["handovers"])
    yield from (f"handovers: {' → '.join(map(str, pair))} twice" for pair, count in ends.items() if count > 1)
    for handover in parts["handovers"]:
        at = f"handovers.{handover['key']}"
        yield from _end_problems(at, handover, known)
        if handover["document"]:
            yield from _strangers(at, [handover["document"]], known["documents"])
        giver = actor_of_step.get(handover["from"])
        taker = actor_of_step.get(handover.get("to")) or placed.get(handover.get("to_role"))
        if giver and taker:
            yield from _way_problems(at, handover, giver == taker)


def _ends(handover: Thing) -> tuple[str, str | None]:
    return handover["from"], handover.get("to") or handover.get("to_role")


def _end_problems(at: str, handover: Thing, known: Keys) -> Iterator[str]:
    to, role = handover.get("to"), handover.get("to_role")
    yield from _strangers(at, [handover["from"], *([to] if to else [])], known["steps"])
    yield from _strangers(at, [role] if role else [], known["roles"])
    if bool(to) == bool(role):
        yield f"{at}: goes either to a step or to a role"
    if to == handover["from"]:
        yield f"{at}: goes to where it comes from"


def _way_problems(at: str, handover: Thing, inside: bool) -> Iterator[str]:
    lacking = _lacking(handover["name"])
    if handover["kind"] == "sequence":
        if not inside:
            yield f"{at}: a sequence leaves its actor"
        if handover.get("to_role"):
            yield f"{at}: a sequence goes to a step"
        # A plain sequence has no name; one with a name has it in every language.
        if len(lacking) < len(LANGUAGES):
            yield from (f"{at}: name {code} is missing" for code in lacking)
    elif handover["kind"] == "message":
        if inside:
            yield f"{at}: a message stays inside one actor"
        yield from (f"{at}: name {code} is missing" for code in lacking)
