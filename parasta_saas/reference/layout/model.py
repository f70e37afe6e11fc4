"""What the layout takes and what it gives. Pure; lengths in px (96 to the inch), y grows downward."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

EVENTS = frozenset({"event", "start", "end", "catch", "throw", "boundary"})
GATEWAYS = frozenset({"gateway", "exclusive", "parallel", "inclusive", "event_based", "complex"})
DATA = frozenset({"data", "store"})
NOTES = frozenset({"note"})


class LayoutError(ValueError):
    """The diagram can't be laid out: two things share a key, or a lane or an end of a link is unknown."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of a pool, or a frame around the lanes inside it. Lanes stand in the order given."""

    key: str
    name: str = ""
    lanes: tuple[Lane, ...] = ()


@dataclass(frozen=True, slots=True)
class Pool:
    """An actor. Pools stand in the order given; one without a name gets no head."""

    key: str
    name: str = ""
    lanes: tuple[Lane, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A node. `lane_key` is a lane, a pool, or empty (outside pools).

    kind: one of EVENTS, GATEWAYS, DATA, NOTES; anything else is drawn as a task. `rank` is the declared order and
    breaks every tie, then `key`. `host`: the item that a boundary event sits on. `mark`: message, timer, terminate…
    """

    key: str
    lane_key: str = ""
    kind: str = "task"
    label: str = ""
    rank: int = 0
    number: str = ""
    critical: bool = False
    url: str = ""
    mark: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow between two items or pools. kind: sequence, message or association."""

    source: str
    target: str
    kind: str = "sequence"
    label: str = ""
    key: str = ""


class Box(NamedTuple):
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y of the lower side."""
        return self.y + self.h

    def holds(self, other: Box) -> bool:
        """Whether the other lies wholly inside."""
        return (
            self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom
        )  # fmt: skip

    def meets(self, other: Box, gap: float = 0) -> bool:
        """Whether the insides share an area, or come nearer than the gap."""
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )


Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PlacedPool:
    """`head`: width of the strip with the name at the left, 0 without a name."""

    key: str
    name: str
    box: Box
    head: float


@dataclass(frozen=True, slots=True)
class PlacedLane:
    """`head`: width of the strip with the name; narrow for a name that is written upright. `depth` from 0."""

    key: str
    name: str
    pool_key: str
    box: Box
    head: float
    depth: int = 0


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """An item in its column and row, both from 0. `label_box`: where an event's or gateway's name stands."""

    item: Item
    box: Box
    pool_key: str
    column: int = 0
    row: int = 0
    label_box: Box | None = None


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link as right-angled steps from border to border."""

    link: Link
    points: tuple[Point, ...]
    label_box: Box | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """A diagram with its places. Items stand in reading order: pool, lane, then the way of the flow."""

    width: float
    height: float
    pools: tuple[PlacedPool, ...] = ()
    lanes: tuple[PlacedLane, ...] = ()
    items: tuple[PlacedItem, ...] = ()
    links: tuple[PlacedLink, ...] = field(default=())
