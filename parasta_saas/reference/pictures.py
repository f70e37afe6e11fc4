"""A BPMN document as a picture: at the places its file gives, or laid out where it gives none. Pure.

What a drawing holds that a picture doesn't show (expanded inside of sub-processes, groups) stays in the document
and is named in the report of its import.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from .bpmn import Diagram, Document, Lane, Node, Process, Shape, lane_of, nodes_within
from .bpmn import names as tags
from .bpmn.walking import flows_within, lanes_within
from .layout import (
    DATA,
    EVENTS,
    GATEWAYS,
    Box,
    Item,
    Laid,
    Link,
    PlacedItem,
    PlacedLane,
    PlacedLink,
    PlacedPool,
    Pool,
    layout,
    wrap,
)
from .layout import Lane as Row
from .layout.sizes import LABEL, LABEL_LINE, LABEL_WIDTH

KINDS = {
    "startEvent": "start", "endEvent": "end", "intermediateCatchEvent": "catch", "intermediateThrowEvent": "throw",
    "boundaryEvent": "boundary", "exclusiveGateway": "exclusive", "parallelGateway": "parallel",
    "inclusiveGateway": "inclusive", "complexGateway": "complex", "eventBasedGateway": "event_based",
    "dataObjectReference": "data", "dataStoreReference": "store", "textAnnotation": "note",
    **dict.fromkeys(tags.SUBPROCESSES, "subprocess"), "callActivity": "call",
}  # fmt: skip
HEAD, MARGIN = 30.0, 20.0
HIDDEN = {"dataObject", "group"}


def picture(document: Document, *, steps: Mapping[str, Mapping[str, object]] = {}) -> Laid:
    """The first diagram of a document. `steps`: BPMN id → {"label", "number", "critical", "url", "rank"} of the step
    it means, said in the reader's language."""
    items = [_item(node, lane, steps.get(node.id, {})) for node, lane in _nodes(document)]
    links = list(_links(document))
    drawn = document.diagrams[0] if document.diagrams else None
    if drawn is None or not drawn.shapes:
        known = {item.key for item in items} | {pool.key for pool in _pools(document)}
        return layout(_pools(document), items, [a for a in links if a.source in known and a.target in known])
    return _placed(document, drawn, items, links)


def _nodes(document: Document) -> Iterator[tuple[Node, str]]:
    """(node, key of its lane, its pool, or empty) of everything that a picture shows."""
    pools = {p.process: p.id for c in document.collaborations for p in c.participants if p.process}
    for process in document.processes:
        lanes = lane_of(process)
        for node in process.nodes if _without_drawing(document) else nodes_within(process):
            if node.tag not in HIDDEN:
                lane = lanes.get(node.id)
                yield node, lane.id if lane else pools.get(process.id, "")
    for collaboration in document.collaborations:
        yield from ((node, "") for node in collaboration.nodes if node.tag not in HIDDEN)


def _without_drawing(document: Document) -> bool:
    return not any(diagram.shapes for diagram in document.diagrams)


def _item(node: Node, lane: str, step: Mapping[str, object]) -> Item:
    mark = next((d.removesuffix("EventDefinition") for d in node.definitions), "")
    label = str(step.get("label") or node.name or "")
    return Item(
        node.id, lane, KINDS.get(node.tag, "task"), label, rank=int(str(step.get("rank", 0))), mark=mark,
        number=str(step.get("number", "")), critical=bool(step.get("critical")), url=str(step.get("url", "")),
        host=node.attached_to or "",
    )  # fmt: skip


def _links(document: Document) -> Iterator[Link]:
    for collaboration in document.collaborations:
        yield from (Link(m.source, m.target, "message", m.name or "", m.id) for m in collaboration.message_flows)
        yield from (_association(flow) for flow in collaboration.flows)
    for process in document.processes:
        for flow in flows_within(process):
            association = flow.tag == "association"
            yield (
                _association(flow)
                if association
                else Link(flow.source, flow.target, "sequence", flow.name or "", flow.id)
            )


def _association(flow: object) -> Link:
    return Link(flow.source, flow.target, "association", flow.name or "", flow.id)  # type: ignore[attr-defined]


def _pools(document: Document) -> list[Pool]:
    processes = {process.id: process for process in document.processes}
    pools = [
        Pool(p.id, p.name or "", _rows(processes[p.process].lanes) if p.process in processes else ())
        for c in document.collaborations
        for p in c.participants
    ]
    inside = {p.process for c in document.collaborations for p in c.participants}
    return pools + [Pool(p.id, "", _rows(p.lanes)) for p in document.processes if p.id not in inside and p.lanes]


def _rows(lanes: Sequence[Lane]) -> tuple[Row, ...]:
    return tuple(Row(lane.id, lane.name or "", _rows(lane.lanes)) for lane in lanes)


def _placed(document: Document, drawn: Diagram, items: list[Item], links: list[Link]) -> Laid:
    """At the file's places, moved so that the picture begins at the margin (coordinates may be negative)."""
    left = min(s.x for s in drawn.shapes) - MARGIN
    top = min(s.y for s in drawn.shapes) - MARGIN
    boxes = {s.element: _box(s, left, top) for s in drawn.shapes if s.element}
    points = {e.element: tuple((x - left, y - top) for x, y in e.points) for e in drawn.edges if e.element and e.points}
    owners = {lane: pool for pool, process in _owners(document) for lane in _lane_ids(process)}
    pools = tuple(
        PlacedPool(pool.key, pool.name, boxes[pool.key], HEAD if pool.name else 0)
        for pool in _pools(document)
        if pool.key in boxes
    )
    lanes = tuple(
        PlacedLane(lane.id, lane.name or "", owners.get(lane.id, ""), boxes[lane.id], HEAD, depth)
        for process in document.processes
        for lane, depth in lanes_within(process.lane_sets)
        if lane.id in boxes
    )
    put = [_put(item, boxes[item.key], owners) for item in items if item.key in boxes]
    known = {item.key for item in items} | {pool.key for pool in pools}
    lines = tuple(
        PlacedLink(link, points[link.key], _middle(link, points[link.key]))
        for link in links
        if len(points.get(link.key, ())) > 1 and link.source in known and link.target in known
    )
    put.sort(key=lambda p: (p.pool_key, p.item.lane_key, p.box.x, p.box.y))
    width = max([b.right for b in boxes.values()] + [x for line in points.values() for x, _ in line]) + MARGIN
    height = max([b.bottom for b in boxes.values()] + [y for line in points.values() for _, y in line]) + MARGIN
    return Laid(width, height + LABEL_LINE, pools, lanes, tuple(put), lines)


def _box(shape: Shape, left: float, top: float) -> Box:
    return Box(shape.x - left, shape.y - top, shape.width, shape.height)


def _owners(document: Document) -> Iterator[tuple[str, Process]]:
    pools = {p.process: p.id for c in document.collaborations for p in c.participants if p.process}
    for process in document.processes:
        yield pools.get(process.id, process.id), process


def _lane_ids(process: Process) -> list[str]:
    return [lane.id for lane, _ in lanes_within(process.lane_sets)]


def _put(item: Item, box: Box, owners: Mapping[str, str]) -> PlacedItem:
    placed = PlacedItem(item, box, owners.get(item.lane_key, item.lane_key))
    if item.label and item.kind in EVENTS | GATEWAYS | DATA:
        lines = wrap(item.label, LABEL, LABEL_WIDTH)
        around = Box(box.x + box.w / 2 - LABEL_WIDTH / 2, box.bottom + 2, LABEL_WIDTH, LABEL_LINE * len(lines))
        return replace(placed, label_box=around)
    return placed


def _middle(link: Link, points: Sequence[tuple[float, float]]) -> Box | None:
    """A label stands at the middle of the longest piece of its line."""
    if not link.label:
        return None
    pieces = [(abs(bx - ax) + abs(by - ay), (ax + bx) / 2, (ay + by) / 2)
              for (ax, ay), (bx, by) in zip(points, points[1:], strict=False)]  # fmt: skip
    _long, x, y = max(pieces)
    lines = wrap(link.label, LABEL, LABEL_WIDTH)
    return Box(x - LABEL_WIDTH / 2, y - LABEL_LINE * len(lines) - 2, LABEL_WIDTH, LABEL_LINE * len(lines))
