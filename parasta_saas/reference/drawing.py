"""A laid-out diagram as shapes for the screen and for paper, and the same as text. Pure.

What a shape looks like is decided by its `look`: a class in static/css, a style in templates/print/sheet.typ.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from ..core import i18n
from ..core.i18n import N_, _, pgettext
from .layout import DATA, EVENTS, GATEWAYS, NOTES, Box, Item, Laid, PlacedItem, PlacedLane, PlacedLink, PlacedPool
from .layout.marks import glyph
from .layout.measure import SOFT_HYPHEN, wrap
from .layout.shapes import (
    Circle,
    Rect,
    Shape,
    Words,
    arrow_head,
    diamond,
    line,
    lines_of,
    polygon,
    rounded,
)
from .layout.sizes import LABEL, LABEL_LINE, LABEL_WIDTH, LINE, TASK_PAD, TEXT, fitting, has_head, item_lines

LEVEL_HEAD = 80  # from this width on a head has its name written level

# What an event in the middle of a flow is, by its mark: when it catches, when it throws.
MARK_WORDS = {
    "message": (N_("Message that arrives"), N_("Message that is sent")),
    "link": (N_("From another phase"), N_("To another phase")),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A thing drawn: its shapes, and for a node the name that a screen reader says and where it leads."""

    key: str
    look: str
    shapes: tuple[Shape, ...]
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A whole drawing, from back to front: frames, links, nodes."""

    width: float
    height: float
    frames: tuple[Part, ...]
    links: tuple[Part, ...]
    items: tuple[Part, ...]

    def shapes(self) -> list[Shape]:
        """All shapes from back to front."""
        return [shape for part in (*self.frames, *self.links, *self.items) for shape in part.shapes]


@dataclass(frozen=True, slots=True)
class Entry:
    """One node in words. `lines`: what comes next, what it sends, receives and belongs with."""

    key: str
    name: str
    kind: str
    critical: bool
    url: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A lane, or a pool without lanes, in words. `lines`: links of the pool as a whole."""

    title: str
    entries: tuple[Entry, ...]
    lines: tuple[str, ...] = ()


def figure(laid: Laid, language: str | None = None) -> Figure:
    """The diagram as shapes; the words for critical points and for screen readers in this language."""
    with i18n.using(language or i18n.language()):
        places = _places(laid)
        frames = [_pool(pool) for pool in laid.pools] + [_lane(lane) for lane in laid.lanes]
        items = tuple(_item(item, places) for item in laid.items)
        words = [_link_words(link) for link in laid.links if link.label_box]  # above every line
        return Figure(laid.width, laid.height, tuple(frames), (*map(_link, laid.links), *words), items)


def _pool(pool: PlacedPool) -> Part:
    shapes: list[Shape] = [Rect("pool", pool.box)]
    return Part(pool.key, "pool", (*shapes, *_head("pool", pool.name, pool.box, pool.head)))


def _lane(lane: PlacedLane) -> Part:
    shapes: list[Shape] = [Rect("lane", lane.box)]
    return Part(lane.key, "lane", (*shapes, *_head("lane", lane.name, lane.box, lane.head)))


def heads(laid: Laid, top: float, bottom: float) -> list[Shape]:
    """The heads of pools and lanes between two heights, names in the middle of what is seen; for a part on paper.

    A name that the part has no room for is left out: it stands where the larger part is.
    """
    shapes: list[Shape] = []
    for frame, look in [(pool, "pool") for pool in laid.pools] + [(lane, "lane") for lane in laid.lanes]:
        assert isinstance(frame, PlacedPool | PlacedLane)
        upper, lower = max(frame.box.y, top), min(frame.box.bottom, bottom)
        if upper >= lower:
            continue
        seen = frame.box._replace(y=upper, h=lower - upper)
        room = LINE * len(wrap(frame.name, TEXT, frame.head - 18)) + 8 if frame.head >= LEVEL_HEAD else 90
        whole = seen.h == frame.box.h or seen.h >= room
        shapes += _head(look, frame.name if whole else "", seen, frame.head)
    return shapes


def _head(kind: str, name: str, box: Box, head: float) -> list[Shape]:
    """The strip with the name of a pool or lane: written level where it is wide enough."""
    if not head:  # a pool that a file draws upright
        return [Words(f"{kind}name", box.x + 8, box.y + LINE, name, TEXT)] if name else []
    if head < LEVEL_HEAD:
        return _upright_head(f"{kind}head", f"{kind}name", name, box, head)
    lines = wrap(name, TEXT, head - 18)
    y = box.y + (box.h - LINE * len(lines)) / 2
    strip: list[Shape] = [Rect(f"{kind}head", box._replace(w=head))]
    return strip + lines_of(f"{kind}name", lines, box.x + 10, y, TEXT, LINE)


def _upright_head(look: str, text_look: str, name: str, box: Box, head: float) -> list[Shape]:
    most = max(1, int((head - 6) // LINE))
    lines = wrap(name, TEXT, box.h - 12)
    if len(lines) > most:  # a name longer than its pool: as much as fits
        lines = [*lines[: most - 1], lines[most - 1] + "…"]
    left = box.x + (head - LINE * len(lines)) / 2
    middle = box.y + box.h / 2
    names = (
        Words(text_look, left + LINE * n + LINE / 2 + TEXT * 0.33, middle, text, TEXT, middle=True, turned=True)
        for n, text in enumerate(lines)
    )
    return [Rect(look, box._replace(w=head)), *names]


def _link(placed: PlacedLink) -> Part:
    kind = placed.link.kind if placed.link.kind in ("message", "association") else "sequence"
    points = placed.points
    shapes: list[Shape] = [rounded(kind, points)]
    if kind == "sequence":
        shapes.append(arrow_head("head", points))
    elif kind == "message":
        shapes += [Circle("origin", *points[0], 3.5), arrow_head("openhead", points)]
    return Part(placed.link.key, f"link {kind}", tuple(shapes))


def _link_words(placed: PlacedLink) -> Part:
    box = placed.label_box or Box(0, 0, 0, 0)
    lines = wrap(placed.link.label, LABEL, LABEL_WIDTH)
    words = lines_of("label", lines, box.x + 1, box.y, LABEL, LABEL_LINE)
    return Part(placed.link.key, "words", (Rect("halo", box), *words))


def _item(placed: PlacedItem, places: dict[str, str]) -> Part:
    item, box = placed.item, placed.box
    if item.kind in EVENTS | GATEWAYS | DATA:
        shapes, look = _small(item, box), "small"
        if placed.label_box:
            around = placed.label_box
            shapes.append(Rect("halo", around))
            middle = around.x + around.w / 2
            shapes += lines_of("label", item_lines(item), middle, around.y, LABEL, LABEL_LINE, middle=True)
    elif item.kind in NOTES:
        bracket = [(box.x + 10, box.y), (box.x, box.y), (box.x, box.bottom), (box.x + 10, box.bottom)]
        shapes, look = [line("bracket", bracket), *_inside(item, box)], "note"
    else:
        look = "task critical" if item.critical else "task"
        shapes = [Rect("critbox" if item.critical else "box", box, 4)]
        if item.critical:
            shapes.append(Rect("critedge", box._replace(w=4)))
        shapes += _inside(item, box)
        if item.kind in ("subprocess", "call"):
            shapes.append(Rect("inner", Box(box.x + 4, box.y + 4, box.w - 8, box.h - 8), 3))
    where = places.get(item.key, "")
    words = [spoken(item), _("critical point") if item.critical else "", where]
    return Part(item.key, look, tuple(shapes), ", ".join(filter(None, words)), item.url)


def _small(item: Item, box: Box) -> list[Shape]:
    x, y = box.x + box.w / 2, box.y + box.h / 2
    if item.kind in GATEWAYS:
        return [diamond("critgateway" if item.critical else "gateway", x, y, box.w / 2), *glyph(item, x, y)]
    if item.kind in EVENTS:
        shapes: list[Shape] = [Circle("endevent" if item.kind == "end" else "event", x, y, box.w / 2)]
        if item.kind in ("catch", "throw", "boundary"):
            shapes.append(Circle("innerevent", x, y, box.w / 2 - 3.5))
        return [*shapes, *glyph(item, x, y)]
    if item.kind == "store":
        return [Rect("data", box, 12), line("glyph", [(box.x + 2, box.y + 12), (box.right - 2, box.y + 12)])]
    ear = 10
    outline = [
        (box.x, box.y), (box.right - ear, box.y), (box.right, box.y + ear), (box.right, box.bottom), (box.x, box.bottom)
    ]  # fmt: skip
    fold = [(box.right - ear, box.y), (box.right - ear, box.y + ear), (box.right, box.y + ear)]
    return [polygon("data", outline), line("glyph", fold)]


def _inside(item: Item, box: Box) -> list[Shape]:
    lines, size, step = fitting(item, box)
    high = step * (len(lines) + has_head(item))
    x, y = box.x + TASK_PAD, box.y + (box.h - high) / 2
    shapes: list[Shape] = []
    if has_head(item):
        words = " ".join(filter(None, [item.number, _("critical point") if item.critical else ""]))
        if item.critical:
            shapes.append(diamond("diamond", x + 5, y + step / 2, 5.5))
        look = "critword" if item.critical else "number"
        shapes += lines_of(look, [words], x + 15 * item.critical, y, min(size, LABEL), step)
        y += step
    return shapes + lines_of("critname" if item.critical else "name", lines, x, y, size, step)  # type: ignore[operator]


def spoken(item: Item) -> str:
    """The node's name with its number; what isn't a step says what it is."""
    kind = kind_word(item)
    name = " ".join(filter(None, [item.number, item.label.replace(SOFT_HYPHEN, "")]))
    return f"{kind}: {name}" if kind and name else name or kind or _("Step without a name")


def kind_word(item: Item) -> str:
    """What a node is, in words; empty for a step."""
    if item.kind in ("catch", "throw") and item.mark in MARK_WORDS:
        thrown = item.kind == "throw"
        return _(MARK_WORDS[item.mark][thrown])
    if item.kind in EVENTS:
        words = {"start": pgettext("diagram", "Start"), "end": pgettext("diagram", "End")}
        return words.get(item.kind, pgettext("diagram", "Event"))
    if item.kind in GATEWAYS:
        words = {
            "parallel": pgettext("diagram", "At the same time"),
            "inclusive": pgettext("diagram", "One way or several"),
            "event_based": pgettext("diagram", "What comes first"),
        }
        return words.get(item.kind, pgettext("diagram", "Choice"))
    if item.kind in DATA:
        return pgettext("diagram", "Register") if item.kind == "store" else pgettext("diagram", "Document")
    return pgettext("diagram", "Note") if item.kind in NOTES else ""


def reading(laid: Laid, language: str | None = None) -> list[Section]:
    """The whole diagram as text: a section for each lane in flow order, every node and every link in it."""
    with i18n.using(language or i18n.language()):
        places, names = _places(laid), _names(laid)
        own = _link_lines(laid, names, places)
        entries: dict[str, list[Entry]] = defaultdict(list)
        for placed in laid.items:
            item = placed.item
            entry = Entry(
                item.key, names[item.key], kind_word(item), item.critical, item.url, tuple(own.get(item.key, ()))
            )
            entries[_home(laid, placed)].append(entry)
        keys = ["", *(key for pool in laid.pools for key in _frame_keys(laid, pool))]
        sections = []
        for key in keys:
            lines = tuple(own.get(key, ())) if key else ()
            if entries.get(key) or lines:
                sections.append(Section(_titles(laid).get(key, ""), tuple(entries.get(key, ())), lines))
        return sections


def _home(laid: Laid, placed: PlacedItem) -> str:
    item = placed.item
    if item.host:
        return next(_home(laid, other) for other in laid.items if other.item.key == item.host)
    return item.lane_key


def _frame_keys(laid: Laid, pool: PlacedPool) -> list[str]:
    return [pool.key, *(lane.key for lane in laid.lanes if lane.pool_key == pool.key)]


def _titles(laid: Laid) -> dict[str, str]:
    pools = {pool.key: pool.name for pool in laid.pools}
    titles = dict(pools)
    for lane in laid.lanes:
        titles[lane.key] = ": ".join(filter(None, [pools[lane.pool_key], lane.name]))
    return titles


def _places(laid: Laid) -> dict[str, str]:
    """Where each node stands, in a word or two: its lane, else its pool."""
    names = {pool.key: pool.name for pool in laid.pools} | {lane.key: lane.name for lane in laid.lanes}
    return {placed.item.key: names.get(_home(laid, placed), "").replace(SOFT_HYPHEN, "") for placed in laid.items}


def _names(laid: Laid) -> dict[str, str]:
    """Each node's name, with a number after names that stand more than once; pools by their own names."""
    plain = {placed.item.key: spoken(placed.item) for placed in laid.items}
    count: dict[str, int] = defaultdict(int)
    names: dict[str, str] = {}
    for key, name in plain.items():
        count[name] += 1
        names[key] = f"{name} ({count[name]})" if list(plain.values()).count(name) > 1 else name
    return names | {pool.key: pool.name.replace(SOFT_HYPHEN, "") or pool.key for pool in laid.pools}


def _link_lines(laid: Laid, names: dict[str, str], places: dict[str, str]) -> dict[str, list[str]]:
    lines: dict[str, list[str]] = defaultdict(list)
    for placed in laid.items:
        if placed.item.host:
            lines[placed.item.key].append(_("belongs to: %(name)s", name=names[placed.item.host]))
    for link in (placed.link for placed in laid.links):
        label = link.label.replace(SOFT_HYPHEN, "")
        there, here = _far(link.target, names, places), _far(link.source, names, places)
        if link.kind == "message":
            label = label or _("a message")
            lines[link.source].append(_("sends: %(label)s → %(name)s", label=label, name=there))
            lines[link.target].append(_("receives: %(label)s ← %(name)s", label=label, name=here))
        elif link.kind == "association":
            lines[link.source].append(
                _("together with: %(name)s", name=" ".join(filter(None, [label, names[link.target]])))
            )
        else:
            apart = places.get(link.source) != places.get(link.target)
            following = there if apart else names[link.target]
            if label:
                lines[link.source].append(_("then (%(label)s): %(name)s", label=label, name=following))
            else:
                lines[link.source].append(_("then: %(name)s", name=following))
    return lines


def _far(key: str, names: dict[str, str], places: dict[str, str]) -> str:
    place = places.get(key, "")
    return f"{names[key]} ({place})" if place else names[key]
