"""Writing a document as BPMN 2.0 XML: UTF-8, LF, two spaces a level, children in the schema's order. Pure.

The same document gives the same bytes always, and reading them gives the document again, so that
writing what was read from what was written changes no byte.
"""

from collections.abc import Iterable

from . import names
from .drawing import written
from .model import (
    NAMESPACES,
    Collaboration,
    Diagram,
    Document,
    Edge,
    Flow,
    Foreign,
    Lane,
    LaneSet,
    MessageFlow,
    Node,
    Participant,
    Process,
    Shape,
)
from .tree import escaped, quoted

Block = tuple[float, str]  # (its place among its siblings, the whole element with its indentation)
Given = tuple[tuple[str, str | None], ...]


def write(document: Document) -> bytes:
    """The file. Valid against the OMG's schema where every reference and demanded attribute is there."""
    return _Pen(document).document().encode("utf-8")


class _Pen:
    """Knows the prefixes of one document."""

    def __init__(self, source: Document) -> None:
        self.source = source
        used = source.prefixes
        self.bpmn, self.bpmndi, self.dc, self.di = (
            f"{prefix}:" if prefix else "" for prefix in (used.bpmn, used.bpmndi, used.dc, used.di)
        )

    def document(self) -> str:
        source = self.source
        used = source.prefixes
        meant = dict(source.namespaces)
        for prefix, (_usual, uri) in zip((used.bpmn, used.bpmndi, used.dc, used.di), NAMESPACES, strict=True):
            meant.setdefault(prefix, uri)
        declared = [(f"xmlns:{prefix}" if prefix else "xmlns", uri) for prefix, uri in meant.items()]
        flowing = names.ORDER_OF_ROOTS[names.FLOWING]
        blocks = self.pieces(source.roots, names.ORDER_OF_ROOTS, 1)
        blocks += [(flowing + 0.1, self.collaboration(each)) for each in source.collaborations]
        blocks += [(flowing + 0.2, self.process(each)) for each in source.processes]
        blocks += [(flowing + 0.3, self.diagram(each)) for each in source.diagrams]
        root = self.element("definitions", (*declared, *source.attributes), blocks, 0)
        before, after = (tuple(piece.xml for piece in pieces) for pieces in (source.before, source.after))
        return "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', *before, root, *after, ""))

    def element(self, tag: str, attributes: Iterable[tuple[str, str | None]], blocks: list[Block], depth: int) -> str:
        return _element(self.bpmn + tag, attributes, blocks, depth)

    def pieces(self, inner: tuple[Foreign, ...], order: dict[str, int], depth: int) -> list[Block]:
        pad = "  " * depth
        return [(names.rank(order, piece.tag), f"{pad}{piece.xml}") for piece in inner]

    def refs(self, tag: str, refs: tuple[str, ...], order: dict[str, int], depth: int) -> list[Block]:
        name, pad = self.bpmn + tag, "  " * depth
        return [(order[tag], f"{pad}<{name}>{escaped(ref)}</{name}>") for ref in refs]

    def process(self, process: Process) -> str:
        blocks = self.pieces(process.inner, names.ORDER_OF_PROCESS, 2)
        blocks += self.flowing(process, names.ORDER_OF_PROCESS, 2)
        return self.element("process", _named(process), blocks, 1)

    def flowing(self, place: Process | Node | Collaboration, order: dict[str, int], depth: int) -> list[Block]:
        """Lane sets, flow elements, then artifacts (clauses 10.1 and 7.2.3)."""
        flowing = order[names.FLOWING]
        lane_sets = () if isinstance(place, Collaboration) else place.lane_sets
        blocks: list[Block] = [(order["laneSet"], self.lane_set("laneSet", each, depth)) for each in lane_sets]
        for node in place.nodes:
            blocks.append((flowing + (0.3 if node.tag in names.ARTIFACTS else 0.1), self.node(node, depth)))
        for flow in place.flows:
            blocks.append((flowing + (0.4 if flow.tag == "association" else 0.2), self.flow(flow, depth)))
        return blocks

    def node(self, node: Node, depth: int) -> str:
        order, inside = names.ORDER_OF_NODE, depth + 1
        blocks = self.pieces(node.inner, order, inside)
        blocks += self.refs("incoming", node.incoming, order, inside)
        blocks += self.refs("outgoing", node.outgoing, order, inside)
        blocks += self.flowing(node, order, inside)
        attached = ("attachedToRef", node.attached_to)
        return self.element(node.tag, (*_own(node), attached, *node.attributes), blocks, depth)

    def flow(self, flow: Flow | MessageFlow, depth: int) -> str:
        ends: Given = (("sourceRef", flow.source or None), ("targetRef", flow.target or None))
        name = flow.tag if isinstance(flow, Flow) else "messageFlow"
        blocks = self.pieces(flow.inner, names.ORDER_OF_NODE, depth + 1)
        return self.element(name, (*_own(flow), *ends, *flow.attributes), blocks, depth)

    def lane_set(self, tag: str, lane_set: LaneSet, depth: int) -> str:
        blocks = self.pieces(lane_set.inner, names.ORDER_OF_LANE, depth + 1)
        blocks += [(names.LAST - 1, self.lane(lane, depth + 1)) for lane in lane_set.lanes]
        return self.element(tag, _named(lane_set), blocks, depth)

    def lane(self, lane: Lane, depth: int) -> str:
        order = names.ORDER_OF_LANE
        blocks = self.pieces(lane.inner, order, depth + 1)
        blocks += self.refs("flowNodeRef", lane.refs, order, depth + 1)
        if lane.lane_set:
            blocks.append((order["childLaneSet"], self.lane_set("childLaneSet", lane.lane_set, depth + 1)))
        return self.element("lane", _named(lane), blocks, depth)

    def collaboration(self, collaboration: Collaboration) -> str:
        order = names.ORDER_OF_COLLABORATION
        blocks = self.pieces(collaboration.inner, order, 2)
        blocks += [(order["participant"], self.participant(each)) for each in collaboration.participants]
        blocks += [(order["messageFlow"], self.flow(each, 2)) for each in collaboration.message_flows]
        blocks += self.flowing(collaboration, order, 2)
        return self.element("collaboration", _named(collaboration), blocks, 1)

    def participant(self, participant: Participant) -> str:
        given = (*_own(participant), ("processRef", participant.process), *participant.attributes)
        return self.element("participant", given, self.pieces(participant.inner, names.ORDER_OF_NODE, 3), 2)

    def diagram(self, diagram: Diagram) -> str:
        order = names.ORDER_OF_DRAWN
        blocks = self.pieces(diagram.plane_inner, order, 3)
        blocks += [(order[names.SHAPE] - 0.1, self.shape(shape)) for shape in diagram.shapes]
        blocks += [(order[names.EDGE] - 0.1, self.edge(edge)) for edge in diagram.edges]
        given = (("id", diagram.plane_id), ("bpmnElement", diagram.element), *diagram.plane_attributes)
        plane = _element(f"{self.bpmndi}BPMNPlane", given, blocks, 2)
        around = [(names.ORDER_OF_DIAGRAM[names.PLANE] - 0.1, plane)]
        around += self.pieces(diagram.inner, names.ORDER_OF_DIAGRAM, 2)
        return _element(f"{self.bpmndi}BPMNDiagram", _named(diagram), around, 1)

    def shape(self, shape: Shape) -> str:
        order = names.ORDER_OF_DRAWN
        x, y, width, height = (written(n) for n in (shape.x, shape.y, shape.width, shape.height))
        bounds = f'        <{self.dc}Bounds x="{x}" y="{y}" width="{width}" height="{height}"/>'
        blocks = [(order[names.BOUNDS] + 0.0, bounds), *self.pieces(shape.inner, order, 4)]
        return _element(f"{self.bpmndi}BPMNShape", _drawn(shape), blocks, 3)

    def edge(self, edge: Edge) -> str:
        order, start = names.ORDER_OF_DRAWN, f"        <{self.di}waypoint"
        blocks: list[Block] = [
            (order[names.WAYPOINT], f'{start} x="{written(x)}" y="{written(y)}"/>') for x, y in edge.points
        ]
        return _element(f"{self.bpmndi}BPMNEdge", _drawn(edge), blocks + self.pieces(edge.inner, order, 4), 3)


def _element(name: str, attributes: Iterable[tuple[str, str | None]], blocks: list[Block], depth: int) -> str:
    pad = "  " * depth
    given = "".join(f' {key}="{quoted(value)}"' for key, value in attributes if value is not None)
    if not blocks:
        return f"{pad}<{name}{given}/>"
    inside = "\n".join(text for _place, text in sorted(blocks, key=_place))
    return f"{pad}<{name}{given}>\n{inside}\n{pad}</{name}>"


def _place(block: Block) -> float:
    return block[0]


def _own(thing: Node | Flow | MessageFlow | Participant) -> Given:
    return (("id", thing.id), ("name", thing.name))


def _named(thing: Process | Collaboration | LaneSet | Lane | Diagram) -> Given:
    return (("id", thing.id), ("name", thing.name), *thing.attributes)


def _drawn(thing: Shape | Edge) -> Given:
    return (("id", thing.id), ("bpmnElement", thing.element), *thing.attributes)
