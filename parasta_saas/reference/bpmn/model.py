"""A whole BPMN 2.0 file as values (OMG formal/2011-01-03, clauses 7–10 and 12). Pure.

What is not modelled is kept in its place as `Foreign`: canonical XML that relies on the namespaces of its document.
`inner` holds such children, `attributes` such attributes, both in the file's order within the schema's.
A reference is the id it names. Lengths are the file's own units (pixels); x grows to the right, y downwards.
"""

from dataclasses import dataclass, field

from . import names

Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Foreign:
    """A piece of the file that is carried along unread: documentation, extensions, event definitions, vendors' own."""

    tag: str
    xml: str


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow (clause 8.3.13) or, by its tag, an association (8.3.1). No end: an empty text."""

    id: str
    source: str
    target: str
    name: str | None = None
    tag: str = "sequenceFlow"
    attributes: Attributes = ()
    inner: tuple[Foreign, ...] = ()


@dataclass(frozen=True, slots=True)
class LaneSet:
    """Lanes that divide one process, sub-process or lane (clause 10.7)."""

    lanes: "tuple[Lane, ...]" = ()
    id: str | None = None
    name: str | None = None
    attributes: Attributes = ()
    inner: tuple[Foreign, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: the nodes that stand in it, and lanes within it."""

    id: str
    name: str | None = None
    refs: tuple[str, ...] = ()
    lane_set: LaneSet | None = None
    attributes: Attributes = ()
    inner: tuple[Foreign, ...] = ()

    @property
    def lanes(self) -> "tuple[Lane, ...]":
        return self.lane_set.lanes if self.lane_set else ()


@dataclass(frozen=True, slots=True)
class Node:
    """A task, event, gateway, sub-process, call, piece of data or artifact; a sub-process has nodes of its own."""

    id: str
    tag: str
    name: str | None = None
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    attached_to: str | None = None
    lane_sets: tuple[LaneSet, ...] = ()
    nodes: "tuple[Node, ...]" = ()
    flows: tuple[Flow, ...] = ()
    attributes: Attributes = ()
    inner: tuple[Foreign, ...] = ()

    @property
    def definitions(self) -> tuple[str, ...]:
        """Which kinds of event definition stand in it: ("timerEventDefinition",)."""
        return tuple(piece.tag for piece in self.inner if piece.tag.endswith("EventDefinition"))


@dataclass(frozen=True, slots=True)
class Process:
    """A process (clause 10)."""

    id: str
    name: str | None = None
    lane_sets: tuple[LaneSet, ...] = ()
    nodes: tuple[Node, ...] = ()
    flows: tuple[Flow, ...] = ()
    attributes: Attributes = ()
    inner: tuple[Foreign, ...] = ()

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The outermost lanes."""
        return tuple(lane for lane_set in self.lane_sets for lane in lane_set.lanes)


@dataclass(frozen=True, slots=True)
class Participant:
    """A pool (clause 9.2); without a process it is a closed one."""

    id: str
    name: str | None = None
    process: str | None = None
    attributes: Attributes = ()
    inner: tuple[Foreign, ...] = ()


@dataclass(frozen=True, slots=True)
class MessageFlow:
    """A message from one pool, or a node in it, to another (clause 9.3)."""

    id: str
    source: str
    target: str
    name: str | None = None
    attributes: Attributes = ()
    inner: tuple[Foreign, ...] = ()


@dataclass(frozen=True, slots=True)
class Collaboration:
    """Pools and their messages; `nodes` and `flows` are annotations, groups and associations (clause 9)."""

    id: str
    name: str | None = None
    participants: tuple[Participant, ...] = ()
    message_flows: tuple[MessageFlow, ...] = ()
    nodes: tuple[Node, ...] = ()
    flows: tuple[Flow, ...] = ()
    attributes: Attributes = ()
    inner: tuple[Foreign, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """Where an element is drawn (clause 12.2.3.3)."""

    element: str | None
    x: float
    y: float
    width: float
    height: float
    id: str | None = None
    attributes: Attributes = ()
    inner: tuple[Foreign, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """Along which points a flow is drawn (clause 12.2.3.4)."""

    element: str | None
    points: tuple[tuple[float, float], ...]
    id: str | None = None
    attributes: Attributes = ()
    inner: tuple[Foreign, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagram:
    """One drawing (clause 12.2.3.1) of the process or collaboration `element`."""

    element: str | None = None
    shapes: tuple[Shape, ...] = ()
    edges: tuple[Edge, ...] = ()
    id: str | None = None
    name: str | None = None
    plane_id: str | None = None
    attributes: Attributes = ()
    plane_attributes: Attributes = ()
    inner: tuple[Foreign, ...] = ()
    plane_inner: tuple[Foreign, ...] = ()


@dataclass(frozen=True, slots=True)
class Prefixes:
    """Under which prefixes this document writes the four namespaces; an empty one is the default namespace."""

    bpmn: str = "bpmn"
    bpmndi: str = "bpmndi"
    dc: str = "dc"
    di: str = "di"


NAMESPACES: Attributes = (("bpmn", names.BPMN), ("bpmndi", names.BPMNDI), ("dc", names.DC), ("di", names.DI))


@dataclass(frozen=True, slots=True)
class Document:
    """One file. `attributes` are those of its root; `targetNamespace` is the one that the schema demands."""

    processes: tuple[Process, ...] = ()
    collaborations: tuple[Collaboration, ...] = ()
    diagrams: tuple[Diagram, ...] = ()
    attributes: Attributes = field(default=(("targetNamespace", "urn:parasta"),))
    namespaces: Attributes = NAMESPACES
    prefixes: Prefixes = Prefixes()
    roots: tuple[Foreign, ...] = ()
    before: tuple[Foreign, ...] = ()
    after: tuple[Foreign, ...] = ()
