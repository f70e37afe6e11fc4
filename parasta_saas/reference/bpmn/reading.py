"""Reading a BPMN 2.0 file from any tool (OMG formal/2011-01-03, clause 15). Pure: no file, no network, no clock."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from . import checks, names
from .building import Builder, foreign
from .drawing import diagram
from .encodings import decoded
from .ids import ids_of, settle
from .model import Document, Foreign, Lane, LaneSet, Prefixes
from .refusal import Refused
from .report import Report, Warn
from .tree import Element, Tree, parse

MOST_BYTES, MOST_ELEMENTS, MOST_LEVELS = 10 * 1024 * 1024, 100_000, 100


class Reading(NamedTuple):
    """A file as it was understood, and what was noticed on the way."""

    document: Document
    report: Report


def read(
    data: bytes, *, max_bytes: int = MOST_BYTES, max_elements: int = MOST_ELEMENTS, max_depth: int = MOST_LEVELS
) -> Reading:
    """The whole file, losslessly, and a report. Raises Refused with the reason; never anything else.

    A file longer than `max_bytes` is refused by its length, one with a DOCTYPE before it is parsed.
    """
    if len(data) > max_bytes:
        raise Refused("too_large", most=max_bytes // (1024 * 1024))
    text, encoding, belied = decoded(data)
    tree = parse(text, max_elements=max_elements, max_depth=max_depth)
    renamed = settle(tree.elements)
    ids = set(ids_of(tree.elements))
    document = _document(tree, ids)
    early = [Warn("encoding", None, (("declared", belied), ("used", encoding)))] if belied else []
    for change in renamed:
        if change.old is None:
            early.append(Warn("id_given", change.new, (("new", change.new),)))
        else:
            early.append(Warn("renamed", change.new, (("old", change.old), ("new", change.new))))
    broken = tuple(checks.unresolved(tree.elements, ids, tree.root.attributes.get("targetNamespace")))
    undrawn = tuple(checks.not_drawn(tree.elements, _drawn(tree.elements, ids)))
    early += [Warn("unresolved", element, (("ref", ref or "–"),)) for element, ref in broken]
    return Reading(
        document,
        Report(
            checks.counts(tree.elements),
            encoding,
            dict(sorted(Counter(piece.tag for piece in _kept(document)).items())),
            tuple(renamed),
            broken,
            undrawn,
            (*early, *_warnings(tree, document, undrawn)),
        ),
    )


def _warnings(tree: Tree, document: Document, undrawn: tuple[str, ...]) -> Iterator[Warn]:
    yield from checks.structure(document)
    yield from checks.drawings(document.diagrams)
    if document.diagrams:
        yield from (Warn("not_drawn", element) for element in undrawn)
    elif undrawn:
        yield Warn("no_diagram")
    yield from checks.not_shown(tree.elements)
    yield from checks.vendors(tree.elements)


def _drawn(elements: list[Element], ids: set[str]) -> set[str]:
    """Every id that a shape or edge names, whichever prefix it uses."""
    named = {e.attributes["bpmnElement"].strip() for e in elements if "bpmnElement" in e.attributes}
    return named | {name.partition(":")[2] for name in named if name not in ids}


_ROOTS = frozenset(("process", "collaboration"))


def _document(tree: Tree, ids: set[str]) -> Document:
    root, builder = tree.root, Builder(tree.root, ids)
    processes = tuple(builder.process(child) for child in root.elements() if child.tag == "process")
    collaborations = tuple(builder.collaboration(c) for c in root.elements() if c.tag == "collaboration")
    diagrams = tuple(diagram(child, builder) for child in root.elements() if child.tag == names.DIAGRAM)
    roots = builder.inner(root, names.ORDER_OF_ROOTS, _ROOTS, frozenset((names.DIAGRAM,)))
    prefixes = _prefixes(builder, root)
    return Document(
        processes,
        collaborations,
        diagrams,
        tuple((k, v) for k, v in root.attributes.items() if k != "xmlns" and not k.startswith("xmlns:")),
        tuple(builder.namespaces.items()),
        prefixes,
        roots,
        tuple(foreign(aside) for aside in tree.before),
        tuple(foreign(aside) for aside in tree.after),
    )


def _prefixes(builder: Builder, root: Element) -> Prefixes:
    """The file's own prefixes where they mean the same everywhere, else new ones, declared at the root."""
    first = root.name.rpartition(":")[0]
    return Prefixes(
        _prefix(builder, names.BPMN, first, "bpmn"),
        _prefix(builder, names.BPMNDI, None, "bpmndi"),
        _prefix(builder, names.DC, None, "dc"),
        _prefix(builder, names.DI, None, "di"),
    )


def _prefix(builder: Builder, uri: str, first: str | None, usual: str) -> str:
    taken, unsafe = builder.namespaces, builder.local_prefixes
    own = [first] if first is not None else []
    own += [prefix for prefix, meaning in taken.items() if meaning == uri]
    for prefix in own:
        if prefix not in unsafe:
            return prefix
    found, number = usual, 1
    while found in taken or found in unsafe:
        number += 1
        found = f"{usual}{number}"
    taken[found] = uri
    return found


def _kept(document: Document) -> Iterator[Foreign]:
    """Every piece that is carried along unread."""
    yield from (*document.roots, *document.before, *document.after)
    waiting: list[object] = [*document.processes, *document.collaborations, *document.diagrams]
    while waiting:
        thing = waiting.pop()
        for name in ("inner", "plane_inner"):
            yield from getattr(thing, name, ())
        for name in _WITHIN:
            waiting.extend(getattr(thing, name, ()))
        if isinstance(thing, LaneSet):
            waiting.extend(thing.lanes)
        elif isinstance(thing, Lane) and thing.lane_set:
            waiting.append(thing.lane_set)


_WITHIN = ("lane_sets", "nodes", "flows", "participants", "message_flows", "shapes", "edges")
