"""From the tree to shapes, edges and diagrams, and numbers in and out (clause 12.2, DI and DC schemas). Pure."""

import re

from . import names
from .building import SPACE, Builder, foreign, in_order
from .model import Diagram, Edge, Foreign, Shape
from .tree import Element

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_BOUNDS = frozenset(("x", "y", "width", "height"))
_POINT = frozenset(("x", "y"))
_SHAPE, _EDGE = frozenset((names.SHAPE,)), frozenset((names.EDGE,))
_READ = frozenset((names.BOUNDS,)), frozenset((names.WAYPOINT,))


def number(text: str) -> float | None:
    """A finite xsd:double, else None."""
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value + 0.0 if abs(value) != float("inf") else None


def written(value: float) -> str:
    """The shortest text that reads as the same number: 100, not 100.0."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def diagram(element: Element, builder: Builder) -> Diagram:
    """A drawing. A shape without whole bounds, or an edge with strange points, stays foreign in `plane_inner`."""
    planes = [child for child in element.elements() if child.tag == names.PLANE]
    plane = planes[0] if planes else None
    rest = [foreign(c) for c in element.children if c is not plane and not _space(c)]
    shapes: list[Shape] = []
    edges: list[Edge] = []
    pieces: list[Foreign] = []
    for child in plane.children if plane else ():
        if isinstance(child, Element) and child.tag == names.SHAPE and (shape := _shape(child, builder)):
            shapes.append(shape)
        elif isinstance(child, Element) and child.tag == names.EDGE and (edge := _edge(child, builder)):
            edges.append(edge)
        elif not _space(child):
            pieces.append(foreign(child))
    return Diagram(
        _element(plane, builder) if plane else None,
        tuple(shapes),
        tuple(edges),
        element.attributes.get("id"),
        element.attributes.get("name"),
        plane.attributes.get("id") if plane else None,
        builder.attributes(element, "id", "name"),
        builder.attributes(plane, "id", "bpmnElement") if plane else (),
        in_order(rest, names.ORDER_OF_DIAGRAM),
        in_order(pieces, names.ORDER_OF_DRAWN),
    )


def _space(child: object) -> bool:
    return isinstance(child, str) and not child.strip(SPACE)


def _element(element: Element, builder: Builder) -> str | None:
    value = element.attributes.get("bpmnElement")
    return None if value is None else builder.reference(element, value)


def _shape(element: Element, builder: Builder) -> Shape | None:
    bounds = [child for child in element.elements() if child.tag == names.BOUNDS]
    if len(bounds) != 1:
        return None
    numbers = _numbers(bounds[0], _BOUNDS)
    if numbers is None:
        return None
    return Shape(
        _element(element, builder),
        numbers["x"],
        numbers["y"],
        numbers["width"],
        numbers["height"],
        element.attributes.get("id"),
        builder.attributes(element, "id", "bpmnElement"),
        builder.inner(element, names.ORDER_OF_DRAWN, _READ[0]),
    )


def _edge(element: Element, builder: Builder) -> Edge | None:
    points = [_numbers(child, _POINT) for child in element.elements() if child.tag == names.WAYPOINT]
    read = [(point["x"], point["y"]) for point in points if point is not None]
    if len(read) != len(points):
        return None
    return Edge(
        _element(element, builder),
        tuple(read),
        element.attributes.get("id"),
        builder.attributes(element, "id", "bpmnElement"),
        builder.inner(element, names.ORDER_OF_DRAWN, _READ[1]),
    )


def _numbers(element: Element, keys: frozenset[str]) -> dict[str, float] | None:
    """The numbers of bounds or of a point if it holds nothing else. A declared type says nothing new."""
    found = {}
    for key, text in element.attributes.items():
        if key in keys:
            value = number(text)
            if value is None:
                return None
            found[key] = value
        elif not (key.startswith("xmlns") or _is_type(key, text, element)):
            return None
    return found if len(found) == len(keys) and not any(not _space(child) for child in element.children) else None


def _is_type(key: str, text: str, element: Element) -> bool:
    prefix, _colon, local = key.partition(":")
    return local == "type" and element.scope.uri(prefix) == names.XSI and text.endswith(("Point", "Bounds"))
