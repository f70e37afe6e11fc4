"""Going through a document: every node, lane and flow, who stands where, and plain texts in and out. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from .model import Collaboration, Document, Flow, Foreign, Lane, LaneSet, Node, Process
from .tree import escaped

_TAG = re.compile(r"<[^>]*>")
_REFERENCES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#13;", "\r"), ("&amp;", "&"))  # & last

Place = Process | Node | Collaboration


def nodes_within(place: Place) -> Iterator[Node]:
    """Every node of a process, with those of its sub-processes, outer ones first."""
    for node in place.nodes:
        yield node
        yield from nodes_within(node)


def flows_within(place: Place) -> Iterator[Flow]:
    """Every flow of a process, with those of its sub-processes."""
    yield from place.flows
    for node in place.nodes:
        yield from flows_within(node)


def holders(process: Process) -> list[Process | Node]:
    """The process and every node in it: what may hold lanes, nodes and flows."""
    return [process, *nodes_within(process)]


def lanes_within(lane_sets: Iterable[LaneSet], depth: int = 0) -> Iterator[tuple[Lane, int]]:
    """(lane, depth) of every lane, an outer one before those within it; the outermost have depth 0."""
    for lane_set in lane_sets:
        for lane in lane_set.lanes:
            yield lane, depth
            if lane.lane_set:
                yield from lanes_within((lane.lane_set,), depth + 1)


def lane_of(process: Process) -> dict[str, Lane]:
    """The innermost lane of each node by the node's id; of two lanes as deep, the first."""
    found: dict[str, tuple[int, Lane]] = {}
    for place in holders(process):
        for lane, depth in lanes_within(place.lane_sets):
            for ref in lane.refs:
                if ref not in found or found[ref][0] < depth:
                    found[ref] = (depth, lane)
    return {ref: lane for ref, (_depth, lane) in found.items()}


def linked(document: Document) -> Document:
    """The document with every node's incoming and outgoing taken from its sequence flows (clause 10.2.1)."""
    return replace(document, processes=tuple(_linked_process(process) for process in document.processes))


def _linked_process(process: Process) -> Process:
    return replace(process, nodes=_linked_nodes(process))


def _linked_nodes(place: Process | Node) -> tuple[Node, ...]:
    into: dict[str, list[str]] = {}
    out_of: dict[str, list[str]] = {}
    for flow in place.flows:
        if flow.tag == "sequenceFlow":
            into.setdefault(flow.target, []).append(flow.id)
            out_of.setdefault(flow.source, []).append(flow.id)
    return tuple(
        replace(
            node,
            incoming=tuple(into.get(node.id, ())),
            outgoing=tuple(out_of.get(node.id, ())),
            nodes=_linked_nodes(node),
        )
        for node in place.nodes
    )


def piece(document: Document, tag: str, text: str, attributes: str = "") -> Foreign:
    """A BPMN child that only holds text, e.g. piece(document, "documentation", "Call first.")."""
    name = f"{document.prefixes.bpmn}:{tag}" if document.prefixes.bpmn else tag
    return Foreign(tag, f"<{name}{attributes}>{escaped(text)}</{name}>" if text else f"<{name}{attributes}/>")


def text_of(pieces: Iterable[Foreign], tag: str = "documentation") -> str:
    """The plain text of the children with this tag, one per line ("documentation", an annotation's "text")."""
    return "\n".join(_plain(found.xml) for found in pieces if found.tag == tag)


def _plain(xml: str) -> str:
    text = _TAG.sub("", xml)
    for reference, character in _REFERENCES:
        text = text.replace(reference, character)
    return text.strip()
