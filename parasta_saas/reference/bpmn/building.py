"""From the tree of a file to the values of `model`: processes, collaborations and what stands in them. Pure.

Only what fits wholly is modelled; anything else stays as `Foreign` in its place.
"""

from collections.abc import Mapping

from . import names
from .model import (
    Attributes,
    Collaboration,
    Flow,
    Foreign,
    Lane,
    LaneSet,
    MessageFlow,
    Node,
    Participant,
    Process,
)
from .tree import Aside, Element, raw

SPACE = " \t\r\n"  # what XML calls space; a no-break space is a text
_ARTIFACT_LAST = dict.fromkeys(names.ARTIFACTS | {"association"}, 1)


class Builder:
    """Builds values, and gathers the namespaces that have to be declared at the root of what is written again."""

    def __init__(self, root: Element, ids: set[str]) -> None:
        self.ids = ids
        self.target = root.attributes.get("targetNamespace")
        self.namespaces: dict[str, str] = {}
        self.local_prefixes: set[str] = set()  # declared anew further in, with another meaning
        for key, value in root.attributes.items():
            if key == "xmlns" or key.startswith("xmlns:"):
                self.namespaces[key[6:]] = value

    def reference(self, element: Element, value: str | None) -> str:
        """The id that is meant: a QName of the file's own namespace loses its prefix (clause 8.1)."""
        value = (value or "").strip()
        if value in self.ids or ":" not in value:
            return value
        prefix, _colon, local = value.partition(":")
        return local if local in self.ids and element.scope.uri(prefix) == self.target else value

    def attributes(self, element: Element, *read: str) -> Attributes:
        """What is left of the attributes; declarations of namespaces move to the root where nothing is in the way."""
        kept = []
        for key, value in element.attributes.items():
            if key in read:
                continue
            if key.startswith("xmlns") and (key == "xmlns" or key[5] == ":"):
                if self.declared(key[6:], value, element.outer.uri(key[6:])):
                    continue
                self.local_prefixes.add(key[6:])
            kept.append((key, value))
        return tuple(kept)

    def declared(self, prefix: str, uri: str, outside: str | None) -> bool:
        """Whether the root declares this, or does so from now on."""
        if prefix and outside is None:
            return self.namespaces.setdefault(prefix, uri) == uri
        return outside == uri and self.namespaces.get(prefix) == uri

    def inner(self, element: Element, order: Mapping[str, int], *read: frozenset[str]) -> tuple[Foreign, ...]:
        """The children that are not read, in the order of the schema."""
        pieces = [
            foreign(child)
            for child in element.children
            if not (type(child) is Element and any(child.tag in tags for tags in read)) and not blank(child)
        ]
        return in_order(pieces, dict(order))

    def refs(self, element: Element, tag: str) -> tuple[str, ...]:
        return tuple(self.reference(child, child.text) for child in element.elements() if child.tag == tag)

    def process(self, element: Element) -> Process:
        return Process(
            element.attributes["id"],
            element.attributes.get("name"),
            self.lane_sets(element, "laneSet"),
            self.nodes(element),
            self.flows(element),
            self.attributes(element, "id", "name"),
            self.inner(element, names.ORDER_OF_PROCESS, names.NODES, names.FLOWS, _LANE_SET),
        )

    def nodes(self, element: Element) -> tuple[Node, ...]:
        found = [self.node(child) for child in element.elements() if child.tag in names.NODES]
        return tuple(sorted(found, key=lambda node: _ARTIFACT_LAST.get(node.tag, 0)))

    def node(self, element: Element) -> Node:
        holds = element.tag in names.SUBPROCESSES
        ends = _ENDS if plain(element, _ENDS) else _NOTHING
        read = (ends, names.NODES, names.FLOWS, _LANE_SET) if holds else (ends,)
        attached = element.attributes.get("attachedToRef")
        return Node(
            element.attributes["id"],
            element.tag,
            element.attributes.get("name"),
            self.refs(element, "incoming") if ends else (),
            self.refs(element, "outgoing") if ends else (),
            None if attached is None else self.reference(element, attached),
            self.lane_sets(element, "laneSet") if holds else (),
            self.nodes(element) if holds else (),
            self.flows(element) if holds else (),
            self.attributes(element, "id", "name", "attachedToRef"),
            self.inner(element, names.ORDER_OF_NODE, *read),
        )

    def flows(self, element: Element) -> tuple[Flow, ...]:
        found = [
            Flow(
                child.attributes["id"],
                *self.ends(child),
                child.attributes.get("name"),
                child.tag,
                self.attributes(child, "id", "name", "sourceRef", "targetRef"),
                self.inner(child, names.ORDER_OF_NODE),
            )
            for child in element.elements()
            if child.tag in names.FLOWS
        ]
        return tuple(sorted(found, key=lambda flow: _ARTIFACT_LAST.get(flow.tag, 0)))

    def ends(self, element: Element) -> tuple[str, str]:
        asked = element.attributes.get
        return self.reference(element, asked("sourceRef")), self.reference(element, asked("targetRef"))

    def lane_sets(self, element: Element, tag: str) -> tuple[LaneSet, ...]:
        return tuple(
            LaneSet(
                tuple(self.lane(lane) for lane in child.elements() if lane.tag == "lane"),
                child.attributes.get("id"),
                child.attributes.get("name"),
                self.attributes(child, "id", "name"),
                self.inner(child, names.ORDER_OF_LANE, _LANE),
            )
            for child in element.elements()
            if child.tag == tag
        )

    def lane(self, element: Element) -> Lane:
        refs = _FLOW_NODE_REF if plain(element, _FLOW_NODE_REF) else _NOTHING
        within = self.lane_sets(element, "childLaneSet")
        return Lane(
            element.attributes["id"],
            element.attributes.get("name"),
            self.refs(element, "flowNodeRef") if refs else (),
            within[0] if len(within) == 1 else None,
            self.attributes(element, "id", "name"),
            self.inner(element, names.ORDER_OF_LANE, refs, _CHILD_LANE_SET if len(within) == 1 else _NOTHING),
        )

    def collaboration(self, element: Element) -> Collaboration:
        read = (frozenset(("participant", "messageFlow")), names.ARTIFACTS, _ASSOCIATION)
        return Collaboration(
            element.attributes["id"],
            element.attributes.get("name"),
            tuple(self.participant(child) for child in element.elements() if child.tag == "participant"),
            tuple(self.message_flow(child) for child in element.elements() if child.tag == "messageFlow"),
            tuple(self.node(child) for child in element.elements() if child.tag in names.ARTIFACTS),
            tuple(flow for flow in self.flows(element) if flow.tag == "association"),
            self.attributes(element, "id", "name"),
            self.inner(element, names.ORDER_OF_COLLABORATION, *read),
        )

    def participant(self, element: Element) -> Participant:
        process = element.attributes.get("processRef")
        return Participant(
            element.attributes["id"],
            element.attributes.get("name"),
            None if process is None else self.reference(element, process),
            self.attributes(element, "id", "name", "processRef"),
            self.inner(element, names.ORDER_OF_NODE),
        )

    def message_flow(self, element: Element) -> MessageFlow:
        return MessageFlow(
            element.attributes["id"],
            *self.ends(element),
            element.attributes.get("name"),
            self.attributes(element, "id", "name", "sourceRef", "targetRef"),
            self.inner(element, names.ORDER_OF_NODE),
        )


_NOTHING: frozenset[str] = frozenset()
_ENDS = frozenset(("incoming", "outgoing"))
_LANE_SET, _LANE, _CHILD_LANE_SET = frozenset(("laneSet",)), frozenset(("lane",)), frozenset(("childLaneSet",))
_FLOW_NODE_REF, _ASSOCIATION = frozenset(("flowNodeRef",)), frozenset(("association",))


def plain(element: Element, tags: frozenset[str]) -> bool:
    """Whether every child with these tags is a bare reference, so that an id says all of it."""
    return all(
        child.text is not None and child.text.strip() and not child.attributes
        for child in element.elements()
        if child.tag in tags
    )


def blank(child: Element | Aside | str) -> bool:
    """Whether this is only the space between elements."""
    return type(child) is str and not child.strip(SPACE)


def foreign(child: Element | Aside | str) -> Foreign:
    """A piece of the tree, kept as it is."""
    if isinstance(child, str):
        return Foreign(names.TEXT, raw(child.strip(SPACE)))
    return Foreign(child.tag, raw(child))


def in_order(pieces: list[Foreign], order: dict[str, int]) -> tuple[Foreign, ...]:
    """The pieces in the order of the schema; equal ones stay in the file's."""
    return tuple(sorted(pieces, key=lambda piece: names.rank(order, piece.tag)))
