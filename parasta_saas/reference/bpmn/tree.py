"""XML as a small tree, read with the standard library's expat: nothing is fetched, nothing expanded. Pure.

Names keep the prefixes they have in the file; a `Scope` says what these mean.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, NoReturn
from xml.parsers import expat

from . import names
from .refusal import Refused

_SPACE = re.compile(r"\s*")
_UNBOUND_PREFIX = 27  # expat's XML_ERROR_UNBOUND_PREFIX
_PIECE = 1 << 16
_ROOT = f"{names.BPMN} definitions"  # as expat joins them
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_VALUE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)
# What XML 1.0 can't carry at all (clause 2.2); a reader sees that something stood there.
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Scope:
    """The namespaces in force at a place of the file, and the tags that names have there.

    It points to the scope around it rather than copying it: a file may declare very many.
    """

    __slots__ = ("own", "outer", "_tags")

    def __init__(self, own: dict[str, str], outer: "Scope | None" = None) -> None:
        self.own, self.outer = own, outer
        self._tags: dict[str, str] = {}

    def uri(self, prefix: str) -> str | None:
        """What a prefix means here; None where it is not declared."""
        scope: Scope | None = self
        while scope is not None:
            if prefix in scope.own:
                return scope.own[prefix]
            scope = scope.outer
        return None

    def tag(self, name: str) -> str:
        """A local name within BPMN, else {uri}local."""
        found = self._tags.get(name)
        if found is None:
            prefix, _colon, local = name.rpartition(":")
            uri = self.uri(prefix) or ""
            found = self._tags[name] = local if uri == names.BPMN else f"{{{uri}}}{local}"
        return found


class Aside(NamedTuple):
    """A comment or processing instruction."""

    tag: str
    xml: str


class Element:
    """One element: its name as written, its tag, attributes in order, and children (elements, texts, asides)."""

    __slots__ = ("name", "tag", "attributes", "children", "scope", "outer")

    def __init__(self, name: str, attributes: dict[str, str], scope: Scope, outer: Scope) -> None:
        self.name, self.attributes, self.scope, self.outer = name, attributes, scope, outer
        self.tag = scope.tag(name)
        self.children: list[Element | str | Aside] = []

    def elements(self) -> Iterator["Element"]:
        return (child for child in self.children if type(child) is Element)

    @property
    def text(self) -> str | None:
        """Its text if it holds nothing else, else None."""
        if not self.children:
            return ""
        only = self.children[0]
        return only if len(self.children) == 1 and type(only) is str else None


class Tree(NamedTuple):
    """A file: its root, every element in order, and what stands before and after the root."""

    root: Element
    elements: list[Element]
    before: list[Aside]
    after: list[Aside]


def parse(text: str, *, max_elements: int, max_depth: int) -> Tree:
    """The tree of a whole file. Raises Refused: doctype, too_many, not_xml, prefix, not_bpmn, too_deep."""
    if _declares_a_type(text):
        raise Refused("doctype")
    data = text.encode("utf-8")
    _Check(max_elements, max_depth).run(data)
    return _Builder().build(data)


def _declares_a_type(text: str) -> bool:
    """Whether a DOCTYPE stands before the root. Looked for before anything is parsed."""
    at = 0
    while True:
        at = _end_of_space(text, at)
        if text.startswith("<?", at):
            end = text.find("?>", at + 2) + 2
        elif text.startswith("<!--", at):
            end = text.find("-->", at + 4) + 3
        else:
            return text.startswith("<!", at)
        if end < at:
            return False
        at = end


def _end_of_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


class _Check:
    """Well-formedness with namespaces and the limits, before anything is built: a few calls per element."""

    def __init__(self, max_elements: int, max_depth: int) -> None:
        self.max_elements, self.max_depth = max_elements, max_depth
        self.count = self.depth = 0

    def run(self, data: bytes) -> None:
        parser = expat.ParserCreate("utf-8", " ")
        parser.StartDoctypeDeclHandler = _stop_at_doctype
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        try:
            _feed(parser, data)
        except expat.ExpatError as problem:
            code = "prefix" if problem.code == _UNBOUND_PREFIX else "not_xml"
            raise Refused(code, line=problem.lineno, column=problem.offset + 1) from None

    def start(self, name: str, _attributes: object) -> None:
        if not self.count and name != _ROOT:
            raise Refused("not_bpmn")
        self.count += 1
        self.depth += 1
        if self.count > self.max_elements:
            raise Refused("too_many", most=self.max_elements)
        if self.depth > self.max_depth:
            raise Refused("too_deep", most=self.max_depth)

    def end(self, _name: str) -> None:
        self.depth -= 1


def _feed(parser: expat.XMLParserType, data: bytes) -> None:
    """In pieces: after a refusal in a callback expat still runs on to the end of one."""
    for start in range(0, len(data), _PIECE):
        parser.Parse(data[start : start + _PIECE], False)
    parser.Parse(b"", True)


def _stop_at_doctype(*_parts: object) -> NoReturn:
    raise Refused("doctype")


class _Builder:
    """Takes expat's calls and grows the tree."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.stack: list[Element] = []
        self.words: list[str] = []
        self.around: tuple[list[Aside], list[Aside]] = ([], [])
        self.outermost = Scope({"xml": names.XML, "": ""})

    def build(self, data: bytes) -> Tree:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.words.append
        parser.CommentHandler, parser.ProcessingInstructionHandler = self.comment, self.instruction
        _feed(parser, data)
        return Tree(self.elements[0], self.elements, *self.around)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.words:
            self.flush()
        outer = self.stack[-1].scope if self.stack else self.outermost
        scope = outer
        for key in attributes:
            if key.startswith("xmlns"):
                scope = _widened(outer, attributes)
                break
        element = Element(name, attributes, scope, outer)
        if self.stack:
            self.stack[-1].children.append(element)
        self.stack.append(element)
        self.elements.append(element)

    def end(self, _name: str) -> None:
        if self.words:
            self.flush()
        self.stack.pop()

    def flush(self) -> None:
        text = "".join(self.words)
        self.words.clear()
        if self.stack:
            self.stack[-1].children.append(text)

    def comment(self, words: str) -> None:
        self.put(Aside(names.COMMENT, f"<!--{words}-->"))

    def instruction(self, target: str, words: str) -> None:
        self.put(Aside(names.INSTRUCTION, f"<?{target} {words}?>" if words else f"<?{target}?>"))

    def put(self, aside: Aside) -> None:
        if self.words:
            self.flush()
        if self.stack:
            self.stack[-1].children.append(aside)
        else:
            self.around[1 if self.elements else 0].append(aside)


def _widened(outer: Scope, attributes: dict[str, str]) -> Scope:
    declared = {key[6:]: uri for key, uri in attributes.items() if key == "xmlns" or key.startswith("xmlns:")}
    return Scope(declared, outer) if declared else outer


def escaped(text: str) -> str:
    """Text as it stands between tags (Canonical XML 1.0, clause 2.3)."""
    return _IMPOSSIBLE.sub("\ufffd", text).translate(_TEXT)


def quoted(value: str) -> str:
    """The value of an attribute without its quotes."""
    return _IMPOSSIBLE.sub("\ufffd", value).translate(_VALUE)


def raw(element: Element | Aside | str) -> str:
    """A piece of the tree as canonical XML in the namespaces of its place; empty elements are written short."""
    out: list[str] = []
    _write(element, out.append)
    return "".join(out)


def _write(piece: Element | Aside | str, put: Any) -> None:
    if type(piece) is str:
        put(escaped(piece))
    elif type(piece) is Aside:
        put(piece.xml)
    elif isinstance(piece, Element):
        attributes = "".join(f' {key}="{quoted(value)}"' for key, value in piece.attributes.items())
        if not piece.children:
            put(f"<{piece.name}{attributes}/>")
            return
        put(f"<{piece.name}{attributes}>")
        for child in piece.children:
            _write(child, put)
        put(f"</{piece.name}>")
