"""What a modeller's drawing would change in a draft: steps added, renamed, given to another role, hand-overs.

Pure. Nothing is taken over by itself: each proposal is for a person to confirm. Steps that a drawing leaves out
stay; a step is removed by its own page, with a reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .bpmn import Document, Match, Place, lane_of, match, places
from .bpmn import names as tags
from .bpmn.walking import flows_within
from .pictures import picture

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that the drawing says and the steps don't.

    kind: new_step, rename, role, new_handover, gone_handover, unsure. `node`: id in the file. `key`: our key, where
    it is known. `values`: what the kind needs (name, role, from, to, candidates).
    """

    kind: str
    node: str
    key: str
    values: Mapping[str, Any]

    @property
    def token(self) -> str:
        """What a form's checkbox carries."""
        return f"{self.kind}:{self.node}"

    @property
    def needs_name(self) -> bool:
        """A new step and a new message have their words in Finnish and in Swedish."""
        return self.kind in ("new_step", "unsure") or (self.kind == "new_handover" and self.values["kind"] == "message")


def known_places(content: Content, phase_key: str | None, language: str) -> list[Place]:
    """The steps of a diagram as the matching wants them."""
    roles = {r["key"]: r["name"].get(language, "") for r in content["frame"]["roles"]}
    return [
        Place(step["key"], "task", step["name"].get(language, ""), roles.get(step["responsible"], ""))
        for step in content["steps"]
        if phase_key in (None, step["phase"])
    ]


def aliases_of(content: Content, kept: Mapping[str, str]) -> dict[str, str]:
    """BPMN id → step key: those of our own exports, and what a person has confirmed before."""
    return {f"step-{step['key']}": step["key"] for step in content["steps"]} | dict(kept)


def tasks(document: Document) -> list[Place]:
    """What may be a step: tasks, calls and closed sub-processes."""
    wanted = tags.TASKS | tags.SUBPROCESSES | {"callActivity"}
    return [place for place in places(document) if place.tag in wanted]


def matches(
    document: Document, content: Content, phase_key: str | None, kept: Mapping[str, str], language: str = "fi"
) -> list[Match]:
    """Which step each task means: by alias, by lineage, as a suggestion, or new."""
    every = [Place(s["key"], "task", s["name"].get(language, "")) for s in content["steps"]]
    inside = {place.id: place for place in known_places(content, phase_key, language)}
    known = [inside.get(place.id, place) for place in every]
    return match(tasks(document), known, aliases_of(content, kept), content.get("lineage") or ())


def proposals(
    document: Document, content: Content, phase_key: str | None, kept: Mapping[str, str], language: str = "fi"
) -> list[Proposal]:
    """Everything the drawing would change, in its own order: steps first, then hand-overs."""
    found = {m.node_id: m for m in matches(document, content, phase_key, kept, language)}
    steps = {step["key"]: step for step in content["steps"]}
    lanes = _roles_of_nodes(document, content, language)
    made = [
        proposal
        for place in tasks(document)
        for proposal in _of_task(place, found[place.id], steps, lanes.get(place.id, ""), language)
    ]
    # A line to a box of which nobody has said yet what it is says nothing.
    means = {node: m.key or f"new:{node}" for node, m in found.items() if m.key or not m.candidates}
    return made + list(_of_flows(document, content, means, phase_key))


def _of_task(place: Place, found: Match, steps: Mapping[str, Content], role: str, language: str) -> Iterator[Proposal]:
    if found.key is None:
        kind = "unsure" if found.candidates else "new_step"
        values = {"name": place.name, "role": role, "candidates": [key for key, _ in found.candidates]}
        yield Proposal(kind, place.id, "", values)
        return
    step = steps[found.key]
    if place.name and place.name != step["name"].get(language, ""):
        yield Proposal("rename", place.id, found.key, {"name": place.name, "was": step["name"].get(language, "")})
    if role and role != step["responsible"]:
        yield Proposal("role", place.id, found.key, {"role": role, "was": step["responsible"]})


def _roles_of_nodes(document: Document, content: Content, language: str) -> dict[str, str]:
    """Node → role, where its lane is one of ours by id or by name."""
    by_id = {f"lane-{role['key']}": role["key"] for role in content["frame"]["roles"]}
    by_name = {
        text.casefold(): role["key"] for role in content["frame"]["roles"] for text in role["name"].values() if text
    }
    roles: dict[str, str] = {}
    for process in document.processes:
        for node, lane in lane_of(process).items():
            roles[node] = str(by_id.get(lane.id) or by_name.get((lane.name or "").casefold(), ""))
    return roles


def _of_flows(
    document: Document, content: Content, means: Mapping[str, str], phase_key: str | None
) -> Iterator[Proposal]:
    drawn = {}
    for kind, flow in _arrows(document):
        if flow.source in means and flow.target in means:
            drawn[(means[flow.source], means[flow.target])] = (kind, flow)
    handovers: Sequence[Content] = (content.get("parts") or {}).get("handovers", ())
    known = {(h["from"], h.get("to")): h for h in handovers}
    for (source, target), (kind, flow) in drawn.items():
        if (source, target) not in known:
            yield Proposal(
                "new_handover", flow.id, "", {"from": source, "to": target, "kind": kind, "name": flow.name or ""}
            )
    inside = {s["key"] for s in content["steps"] if phase_key in (None, s["phase"])}
    there = set(means.values())
    for ends, handover in known.items():
        if set(ends) <= inside & there and ends not in drawn:
            values = {"from": ends[0], "to": ends[1]}
            yield Proposal("gone_handover", handover["key"], handover["key"], values)


def _arrows(document: Document) -> Iterator[tuple[str, Any]]:
    for process in document.processes:
        yield from (("sequence", flow) for flow in flows_within(process) if flow.tag == "sequenceFlow")
    for collaboration in document.collaborations:
        yield from (("message", flow) for flow in collaboration.message_flows)


__all__ = ["Proposal", "aliases_of", "known_places", "matches", "picture", "proposals", "tasks"]
