"""An interaction diagram drawn from the steps and hand-overs of a release, and the same as BPMN 2.0. Pure.

Actors are pools, roles are lanes, steps are tasks. A hand-over within an actor is a sequence flow, one between
actors a message flow. What a role receives without a step of its own goes to its actor's pool: one message flow for
all that a step sends there, so that a diagram stays readable. What comes from or goes to another phase begins or
ends in a link event that names the step there.

Contents are as `content.release_content` gives them. Ids in the BPMN tell what an element is: `step-<key>`,
`lane-<role>`, `pool-<actor>`, `flow-<hand-over>`, `flow-<step>-to-<actor>`, `from-…`, `to-…`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..core.i18n import LANGUAGES, pick
from . import bpmn
from .layout import Box, Item, Laid, Lane, Link, PlacedLane, PlacedPool, Pool, layout
from .process_map import soft_name

Content = Mapping[str, Any]
NAMESPACE = "urn:parasta:bpmn:1"


@dataclass(frozen=True, slots=True)
class Sketch:
    """What the layout takes."""

    pools: tuple[Pool, ...]
    items: tuple[Item, ...]
    links: tuple[Link, ...]

    def laid(self) -> Laid:
        """With its places."""
        return layout(self.pools, self.items, self.links)


class Named:
    """A step, plain data, as process_map.soft_name wants it."""

    def __init__(self, step: Content) -> None:
        self.name, self.name_soft = step["name"], step.get("name_soft") or {}


def sketch(
    content: Content, phase_key: str | None, language: str, *, soft: bool = True, urls: Mapping[str, str] = {}
) -> Sketch:
    """The diagram of one phase (None: of the whole) in one language. `urls`: where each step leads."""
    steps = {s["key"]: s for s in content["steps"]}
    inside = [s for s in content["steps"] if phase_key in (None, s["phase"])]
    made = _Making(content, steps, {s["key"] for s in inside}, language)
    for step in inside:
        label = soft_name(Named(step), language) if soft else pick(step["name"], language).text  # type: ignore[arg-type]
        made.add(
            Item(
                f"step-{step['key']}", f"lane-{step['responsible']}", "task", label, rank=step["order"] * 10,
                number=str(step["order"]), critical=step["critical"], url=urls.get(step["key"], ""),
            )
        )  # fmt: skip
    for handover in (content.get("parts") or {}).get("handovers", ()):
        made.hand_over(handover)
    made.send()
    return Sketch(tuple(made.pools()), tuple(made.items.values()), tuple(made.links))


class _Making:
    """Items and links of one diagram while they are put together."""

    def __init__(self, content: Content, steps: Mapping[str, Content], inside: set[str], language: str) -> None:
        self.content, self.steps, self.inside, self.language = content, steps, inside, language
        self.roles = {role["key"]: role for role in content["frame"]["roles"]}
        self.items: dict[str, Item] = {}
        self.links: list[Link] = []
        self.sent: dict[tuple[str, str], dict[str, list[str]]] = {}  # (step, actor) → what is said → to which roles

    def add(self, item: Item) -> str:
        self.items.setdefault(item.key, item)
        return item.key

    def actor(self, role: str) -> str:
        return str(self.roles.get(role, {}).get("actor") or "provider")

    def hand_over(self, handover: Content) -> None:
        """One arrow, with the events that stand for what is outside this diagram."""
        source, target = handover["from"], handover.get("to")
        if source not in self.steps or (target and target not in self.steps):
            return  # an end that is no longer there: the list of hand-overs shows it
        if source in self.inside and not target:
            said = self.sent.setdefault((source, self.actor(handover["to_role"])), {})
            said.setdefault(pick(handover["name"], self.language).text, []).append(handover["to_role"])
        elif source in self.inside:
            self._link(handover, f"step-{source}", self._target(handover))
        elif target in self.inside:
            begin = self._outside(source, f"lane-{self.steps[target]['responsible']}", "catch", "from")
            self.links.append(Link(begin, f"step-{target}", "sequence", "", f"flow-{handover['key']}"))

    def _target(self, handover: Content) -> str:
        target = handover["to"]
        if target in self.inside:
            return f"step-{target}"
        source = self.steps[handover["from"]]
        return self._outside(target, f"lane-{source['responsible']}", "throw", "to")

    def send(self) -> None:
        """One message for all that a step sends to an actor; which role gets it is said where there are several."""
        for (source, actor), said in self.sent.items():
            several = len({role for roles in said.values() for role in roles}) > 1
            words = [f"{name} ({self._role_names(roles)})" if several else name for name, roles in said.items()]
            key = f"flow-{source}-to-{actor}"
            self.links.append(Link(f"step-{source}", f"pool-{actor}", "message", "; ".join(words), key))

    def _role_names(self, roles: Iterable[str]) -> str:
        return ", ".join(pick(self.roles[role]["name"], self.language).text for role in roles)

    def _outside(self, key: str, lane: str, kind: str, word: str) -> str:
        step = self.steps[key]
        label = f"{step['order']} {pick(step['name'], self.language).text}"
        return self.add(
            Item(f"{word}-{key}-{lane.removeprefix('lane-')}", lane, kind, label, rank=step["order"] * 10, mark="link")
        )

    def _link(self, handover: Content, source: str, target: str) -> None:
        message = handover["kind"] == "message" and not target.startswith("to-")
        label = pick(handover["name"], self.language).text
        self.links.append(Link(source, target, "message" if message else "sequence", label, f"flow-{handover['key']}"))

    def pools(self) -> Iterator[Pool]:
        """Actors in their order, each with the roles that have something to do here; who only receives has no lanes."""
        used = {item.lane_key.removeprefix("lane-") for item in self.items.values()}
        told = {actor for _step, actor in self.sent}
        actors = (self.content.get("parts") or {}).get("actors") or [{"key": "provider", "name": {}}]
        for actor in actors:
            lanes = tuple(
                Lane(f"lane-{key}", _capital(pick(role["name"], self.language).text))
                for key, role in self.roles.items()
                if key in used and self.actor(key) == actor["key"]
            )
            if lanes or actor["key"] in told:
                yield Pool(f"pool-{actor['key']}", pick(actor["name"], self.language).text, lanes)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


TAGS = {"task": "task", "catch": "intermediateCatchEvent", "throw": "intermediateThrowEvent"}
DEFINITIONS = {"message": "messageEventDefinition", "link": "linkEventDefinition"}


def document(content: Content, key: str, phase_key: str | None, language: str = "fi") -> bpmn.Document:
    """The diagram as BPMN 2.0 with its places. Names are in one language; every step carries the others, its
    minimum and its mark as extension elements of our own namespace."""
    drawn = sketch(content, phase_key, language, soft=False)
    laid = drawn.laid()
    steps = {f"step-{step['key']}": step for step in content["steps"]}
    collaboration = bpmn.Collaboration(
        f"collaboration-{key}",
        participants=tuple(
            bpmn.Participant(pool.key, pool.name, f"process-{pool.key[5:]}" if pool.lanes else None)
            for pool in drawn.pools
        ),
        message_flows=tuple(
            bpmn.MessageFlow(link.key, link.source, link.target, link.label or None)
            for link in drawn.links
            if link.kind == "message"
        ),
    )
    return bpmn.Document(
        processes=tuple(_process(pool, drawn, steps) for pool in drawn.pools if pool.lanes),
        collaborations=(collaboration,),
        diagrams=(_diagram(key, collaboration.id, laid),),
        attributes=(("id", f"definitions-{key}"), ("targetNamespace", NAMESPACE), ("exporter", "Parasta")),
        namespaces=(*bpmn.model.NAMESPACES, ("parasta", NAMESPACE)),
    )


def _process(pool: Pool, drawn: Sketch, steps: Mapping[str, Content]) -> bpmn.Process:
    lanes = [lane.key for lane in pool.lanes]
    items = [item for item in drawn.items if item.lane_key in lanes]
    own = {item.key for item in items}
    flows = [link for link in drawn.links if link.kind == "sequence" and link.source in own]
    lane_set = bpmn.LaneSet(
        tuple(
            bpmn.Lane(lane.key, lane.name, tuple(item.key for item in items if item.lane_key == lane.key))
            for lane in pool.lanes
        ),
        f"lanes-{pool.key[5:]}",
    )
    return bpmn.Process(
        f"process-{pool.key[5:]}",
        lane_sets=(lane_set,),
        nodes=tuple(_node(item, flows, steps.get(item.key)) for item in items),
        flows=tuple(bpmn.Flow(link.key, link.source, link.target, link.label or None) for link in flows),
    )


def _node(item: Item, flows: Iterable[Link], step: Content | None) -> bpmn.Node:
    inner = list(_said(step)) if step else []
    if item.mark in DEFINITIONS:
        tag = DEFINITIONS[item.mark]
        name = f' name="{_quoted(item.label)}"' if tag == "linkEventDefinition" else ""
        inner.append(bpmn.Foreign(tag, f'<bpmn:{tag} id="{item.key}-event"{name}/>'))
    return bpmn.Node(
        item.key, TAGS[item.kind], item.label,
        incoming=tuple(link.key for link in flows if link.target == item.key),
        outgoing=tuple(link.key for link in flows if link.source == item.key),
        inner=tuple(inner),
    )  # fmt: skip


def _said(step: Content) -> Iterator[bpmn.Foreign]:
    names = "".join(
        f'<parasta:name xml:lang="{code}">{_quoted(step["name"][code])}</parasta:name>'
        for code in LANGUAGES
        if step["name"].get(code)
    )
    facts = f'key="{step["key"]}" view="{step["view"]}" critical="{str(step["critical"]).lower()}"'
    xml = f"<bpmn:extensionElements><parasta:step {facts}>{names}</parasta:step></bpmn:extensionElements>"
    yield bpmn.Foreign("extensionElements", xml)


def _quoted(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _diagram(key: str, element: str, laid: Laid) -> bpmn.Diagram:
    upright = (("isHorizontal", "true"),)
    frames: list[PlacedPool | PlacedLane] = [*laid.pools, *laid.lanes]
    shapes = [_shape(frame.key, frame.box, attributes=upright) for frame in frames]
    shapes += [_shape(put.item.key, put.box, inner=_label(put.label_box)) for put in laid.items]
    edges = [
        bpmn.Edge(line.link.key, line.points, id=f"{line.link.key}-edge", inner=_label(line.label_box))
        for line in laid.links
    ]
    return bpmn.Diagram(element, tuple(shapes), tuple(edges), id=f"diagram-{key}", plane_id=f"plane-{key}")


def _shape(key: str, box: Box, **more: Any) -> bpmn.Shape:
    return bpmn.Shape(key, box.x, box.y, box.w, box.h, id=f"{key}-shape", **more)


def _label(box: Any) -> tuple[bpmn.Foreign, ...]:
    if box is None:
        return ()
    x, y, w, h = (f"{value:g}" for value in box)
    bounds = f'<dc:Bounds x="{x}" y="{y}" width="{w}" height="{h}"/>'
    return (bpmn.Foreign(bpmn.names.LABEL, f"<bpmndi:BPMNLabel>{bounds}</bpmndi:BPMNLabel>"),)
