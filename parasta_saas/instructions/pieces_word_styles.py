"""What a paragraph of a Word file is: heading, list item, line of the table of contents. Pure.

Word keeps the English name of its own styles in every language ("heading 1"), other programs write Otsikko 1 or
Rubrik 1 as name or id; an own style says its level by its outline level or by the style that it is based on.
"""

import re
from typing import Any, NamedTuple

from docx.oxml.ns import qn

_HEADING = re.compile(r"^(?:heading|otsikko|rubrik|überschrift)[ _-]?([1-9])$", re.I)
_TITLE = re.compile(r"^(?:title|otsikko|rubrik)$", re.I)
_CONTENTS = re.compile(r"^(?:toc|sisluet|sisällysluettelo|innehåll|innehållsförteckning)[ _-]?[1-9]$", re.I)
_ITEM = re.compile(
    r"^(?:list ?(bullet|number)|(merkitty) ?luettelo|(numeroitu) ?luettelo|(punkt|numrerad) ?lista)", re.I
)
_BODY_LEVEL = 9  # Word's outline level of body text
DEEPEST = 5
VAL = qn("w:val")


class Style(NamedTuple):
    """level: of a heading, 0 for the title; mark: of a list's item; contents: a line of the table of contents."""

    level: int | None = None
    mark: str = ""
    depth: int = 0
    contents: bool = False


class Styles:
    """The styles and lists of one file."""

    def __init__(self, part: Any) -> None:
        self._styles = {each.get(qn("w:styleId")): each for each in part.styles.element.iter(qn("w:style"))}
        self._marks = _marks(part)
        self._levels: dict[str, int | None] = {}

    def of(self, p: Any) -> Style:
        """What this paragraph is."""
        own = p.find(qn("w:pPr"))
        style_id = _value(own, "w:pStyle") or ""
        if any(_CONTENTS.match(name) for name in self._names(style_id)):
            return Style(contents=True)
        outline = _value(own, "w:outlineLvl")
        level = int(outline) + 1 if outline and outline.isdigit() else self._level(style_id)
        if level is not None and level <= _BODY_LEVEL:
            return Style(level=level)
        return self._item(own, style_id)

    def _names(self, style_id: str) -> list[str]:
        style = self._styles.get(style_id)
        name = _value(style, "w:name") if style is not None else None
        return [each for each in (name, style_id) if each]

    def _chain(self, style_id: str) -> list[str]:
        """The style and those that it is based on; a circle ends."""
        found: list[str] = []
        while style_id and style_id not in found and len(found) < 20:
            found.append(style_id)
            style = self._styles.get(style_id)
            style_id = (_value(style, "w:basedOn") or "") if style is not None else ""
        return found

    def _level(self, style_id: str) -> int | None:
        if style_id not in self._levels:
            self._levels[style_id] = self._found(style_id)
        return self._levels[style_id]

    def _found(self, style_id: str) -> int | None:
        for each in self._chain(style_id):
            names = self._names(each)
            if known := next((m for name in names if (m := _HEADING.match(name))), None):
                return int(known[1])
            if names and _TITLE.match(names[0]):
                return 0
            style = self._styles.get(each)
            outline = _value(style.find(qn("w:pPr")), "w:outlineLvl") if style is not None else None
            if outline and outline.isdigit():
                return int(outline) + 1
        return None

    def _item(self, own: Any, style_id: str) -> Style:
        numbered = own.find(qn("w:numPr")) if own is not None else None
        for each in () if numbered is not None else self._chain(style_id):
            style = self._styles.get(each)
            inner = style.find(qn("w:pPr")) if style is not None else None
            if inner is not None and (numbered := inner.find(qn("w:numPr"))) is not None:
                break
        if numbered is not None:
            number, depth = _value(numbered, "w:numId") or "0", _value(numbered, "w:ilvl") or "0"
            if number != "0":
                at = min(int(depth), DEEPEST) if depth.isdigit() else 0
                return Style(mark=self._marks.get((number, at), "-"), depth=at)
        known = next((m for name in self._names(style_id) if (m := _ITEM.match(name))), None)
        if known is None:
            return Style()
        return Style(mark="1." if any((part or "").lower().startswith("num") for part in known.groups()) else "-")


def _marks(part: Any) -> dict[tuple[str, int], str]:
    """(number of the list, depth) → the mark of its items in Markdown."""
    relation = next((r for r in part.rels.values() if r.reltype.endswith("/numbering")), None)
    if relation is None:
        return {}
    root = relation.target_part.element
    formats = {
        (abstract.get(qn("w:abstractNumId")), int(level.get(qn("w:ilvl")) or 0)): _value(level, "w:numFmt")
        for abstract in root.iter(qn("w:abstractNum"))
        for level in abstract.iter(qn("w:lvl"))
    }
    found = {}
    for num in root.iter(qn("w:num")):
        of = _value(num, "w:abstractNumId")
        for (abstract_id, depth), written in formats.items():
            if abstract_id == of:
                found[num.get(qn("w:numId")), depth] = "-" if written in ("bullet", "none", None) else "1."
    return found


def _value(place: Any, tag: str) -> str | None:
    inner = place.find(qn(tag)) if place is not None else None
    return None if inner is None else inner.get(VAL)
