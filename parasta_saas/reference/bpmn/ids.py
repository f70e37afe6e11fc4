"""One id, one element: what shares an id, has a wrong one or none gets a new one before the file is understood. Pure.

Of several elements with one id the first keeps it, and references go on meaning the first. An id that XML doesn't
allow (xsd:ID: no spaces or colons, no digit in front) is mended together with every reference to it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from . import names
from .tree import Element

_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_REST = _START + "\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040"
_NAME = re.compile(f"[{_START}][{_REST}]*")  # NCName of Namespaces in XML 1.0
_WRONG = re.compile(f"[^{_REST}]+")
_STARTS = re.compile(f"[{_START}]")
_TEXT_REFERENCES = frozenset(("incoming", "outgoing", "source", "target"))
_REFERENCES = frozenset(
    "bpmnElement default calledElement labelStyle sourceElement targetElement choreographyActivityShape".split()
)


class Renamed(NamedTuple):
    """An element that got another id; `old` is None where the file gave none."""

    tag: str
    old: str | None
    new: str


def settle(elements: list[Element]) -> list[Renamed]:
    """Give every element of BPMN and its drawings an id of its own, in place; what was changed, in the file's order."""
    ours = [element for element in elements if _typed(element.tag)]
    taken = {element.attributes["id"] for element in ours if "id" in element.attributes}
    seen: set[str] = set()
    counters: dict[str, int] = {}
    mended: dict[str, str] = {}
    renamed = []
    for element in ours:
        old = element.attributes.get("id")
        if old is None and element.tag not in names.IDENTIFIED:
            continue
        if old is not None and old not in seen and _NAME.fullmatch(old):
            seen.add(old)
            continue
        new = _free(_proper(old if old is not None else element.tag), taken, counters, 1 if old is None else 2)
        if old is not None and old not in seen:
            mended[old] = new
            seen.add(old)
        element.attributes["id"] = new
        renamed.append(Renamed(element.tag, old, new))
    if mended:
        _follow(ours, mended)
    return renamed


def _typed(tag: str) -> bool:
    """Whether an `id` here is an xsd:ID: in BPMN and in its diagrams; a vendor's own ids are the vendor's business."""
    return tag[0] != "{" or tag.startswith(f"{{{names.BPMNDI}}}")


def _proper(text: str) -> str:
    words = _WRONG.sub("_", text.strip()) or "_"
    return words if _STARTS.match(words) else f"_{words}"


def _free(wanted: str, taken: set[str], counters: dict[str, int], first: int) -> str:
    """`wanted` or, where it is taken or a bare kind (first 1), the next of wanted_2, wanted_3 … (counted on)."""
    found = wanted
    if first == 1 or wanted in taken:
        number = counters.get(wanted, first)
        while f"{wanted}_{number}" in taken:
            number += 1
        counters[wanted] = number + 1
        found = f"{wanted}_{number}"
    taken.add(found)
    return found


def _follow(elements: Iterable[Element], mended: dict[str, str]) -> None:
    for element in elements:
        for key, value in element.attributes.items():
            if (key in _REFERENCES or key.endswith("Ref")) and value in mended:
                element.attributes[key] = mended[value]
        if element.tag.endswith("Ref") or element.tag in _TEXT_REFERENCES:
            text = (element.text or "").strip()
            if text in mended:
                element.children = [mended[text]]


def ids_of(elements: Iterable[Element]) -> Iterator[str]:
    """Every id that a reference may name."""
    return (element.attributes["id"] for element in elements if _typed(element.tag) and "id" in element.attributes)
