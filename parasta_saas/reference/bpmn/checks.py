"""What a file's elements say about themselves: counts, references without an end, cycles, undrawn elements. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from . import names
from .model import Diagram, Document, Lane
from .report import Warn
from .tree import Element
from .walking import flows_within, holders, lanes_within, nodes_within

_BY_ID = frozenset(
    "messageRef signalRef errorRef escalationRef dataObjectRef dataStoreRef processRef sourceRef targetRef "
    "attachedToRef default bpmnElement flowNodeRef incoming outgoing activityRef categoryValueRef".split()
)
_DRAWINGS = (f"{{{names.BPMNDI}}}", f"{{{names.DC}}}", f"{{{names.DI}}}")
_MEANT = re.compile(r"""<[^>]*\sbpmnElement="([^"]*)\"""")
_NAMED = 10  # how many ids a sentence names at most


def counts(elements: Iterable[Element]) -> dict[str, int]:
    """How many of each kind stand in the file, wherever they stand."""
    found = Counter(element.tag for element in elements)
    return {key: sum(found[tag] for tag in sorted(tags)) for key, tags in names.COUNTED.items()}


def vendors(elements: Iterable[Element]) -> Iterator[Warn]:
    """One warning for each namespace that is not BPMN's own, with how much of it there is."""
    found: Counter[str] = Counter()
    for element in elements:
        if element.tag[0] == "{" and not element.tag.startswith(_DRAWINGS):
            found[element.tag[1:].partition("}")[0]] += 1
        for key in element.attributes:
            if ":" in key and not key.startswith("xmlns:"):
                found[element.scope.uri(key.partition(":")[0]) or ""] += 1
    for uri, count in sorted(found.items()):
        if uri not in names.STANDARD:
            yield Warn("foreign", None, (("namespace", uri or "–"), ("count", count)))


def unresolved(elements: Iterable[Element], ids: set[str], target: str | None) -> Iterator[tuple[str, str]]:
    """(element, reference) for every reference to nothing. A name of another namespace is another file's matter,
    unless it is drawn or linked here."""
    owner = "–"
    for element in elements:
        if element.tag[0] == "{" and not element.tag.startswith(_DRAWINGS):
            continue
        owner = element.attributes.get("id") or owner
        for key, value in element.attributes.items():
            if key in _BY_ID and not _known(value, element, ids, target):
                yield owner, value.strip()
        if element.tag in _BY_ID and not _known(element.text or "", element, ids, target):
            yield owner, (element.text or "").strip()


def _known(value: str, element: Element, ids: set[str], target: str | None) -> bool:
    value = value.strip()
    if value in ids:
        return True
    prefix, colon, local = value.partition(":")
    return bool(colon) and local in ids and element.scope.uri(prefix) == target


def not_drawn(elements: Iterable[Element], drawn: set[str]) -> Iterator[str]:
    """The ids of what a reader expects to see and no drawing shows."""
    for element in elements:
        if element.tag in names.DRAWN:
            found = element.attributes.get("id")
            if found is not None and found not in drawn:
                yield found


def not_shown(elements: Iterable[Element]) -> Iterator[Warn]:
    """Choreographies and conversations: kept, but drawn by other tools only."""
    for element in elements:
        if element.tag in names.NOT_SHOWN:
            yield Warn("not_shown", element.attributes.get("id"), (("tag", element.tag),))


def drawings(diagrams: Iterable[Diagram]) -> Iterator[Warn]:
    """Shapes, edges and second planes that could not be read as such, and lines that lead nowhere."""
    for piece in (piece for diagram in diagrams for piece in (*diagram.plane_inner, *diagram.inner)):
        if piece.tag in (names.SHAPE, names.EDGE, names.PLANE):
            meant = _MEANT.match(piece.xml)
            yield Warn("strange_drawing", meant[1] if meant else None)
    for diagram in diagrams:
        for edge in diagram.edges:
            if len(edge.points) < 2:
                yield Warn("few_points", edge.element or edge.id)


def structure(document: Document) -> Iterator[Warn]:
    """Nodes in two lanes, lanes without a pool, flows without ends, and everything that leads back to itself."""
    pools = {pool.process for each in document.collaborations for pool in each.participants}
    for process in document.processes:
        if process.lanes and process.id not in pools:
            yield Warn("lanes_without_pool", process.id)
        for place in holders(process):
            yield from _lanes([lane for lane, _depth in lanes_within(place.lane_sets)])
        for flow in flows_within(process):
            if not (flow.source and flow.target):
                yield Warn("no_end", flow.id)
    for message in (m for each in document.collaborations for m in each.message_flows):
        if not (message.source and message.target):
            yield Warn("no_end", message.id)
    yield from _cycles(document)


def _lanes(lanes: list[Lane]) -> Iterator[Warn]:
    ids = {lane.id for lane in lanes}
    inside = {lane.id: {inner.id for inner, _ in lanes_within((lane.lane_set,))} for lane in lanes if lane.lane_set}
    stands: dict[str, list[str]] = {}
    for lane in lanes:
        for ref in dict.fromkeys(lane.refs):
            if ref in ids:
                yield Warn("lane_in_lane", lane.id, (("ref", ref),))
            else:
                stands.setdefault(ref, []).append(lane.id)
    for node, found in stands.items():
        # An outer lane may list what stands in its inner ones; only lanes beside one another contradict.
        every = set(found)
        apart = [lane for lane in found if lane not in inside or not inside[lane] & every]
        if len(apart) > 1:
            yield Warn("two_lanes", node, (("lanes", ", ".join(apart[:_NAMED])),))


def _cycles(document: Document) -> Iterator[Warn]:
    """Events attached to themselves, processes that call themselves: harmless to keep, endless to follow."""
    attached: dict[str, list[str]] = {}
    calls: dict[str, list[str]] = {}
    for process in document.processes:
        for node in nodes_within(process):
            if node.attached_to:
                attached[node.id] = [node.attached_to]
            if node.tag == "callActivity":
                calls.setdefault(process.id, []).append(dict(node.attributes).get("calledElement", ""))
    for links in (attached, calls):
        for path in _rounds(links):
            yield Warn("cycle", path[0], (("path", " → ".join((*path, path[0]))),))


def _rounds(links: dict[str, list[str]]) -> Iterator[list[str]]:
    """Ways that lead back to where they begin, cut to their first steps; each link is looked at once."""
    done: set[str] = set()
    for start in links:
        path, places = ([start], {start: 0}) if start not in done else ([], {})
        left = [iter(dict.fromkeys(links[start]))]
        while path:
            after = next(left[-1], None)
            if after is None:
                left.pop()
                done.add(path[-1])
                del places[path.pop()]
            elif after in places:
                yield path[places[after] : places[after] + _NAMED]
            elif after not in done:
                places[after] = len(path)
                path.append(after)
                left.append(iter(dict.fromkeys(links.get(after, ()))))
