"""Swimlane diagrams laid out the same way every time. Pure; px at 96 to the inch.

Pools and lanes are rows in the order given. Items stand in columns by the longest way from a beginning (after
Sugiyama, Tagawa and Toda 1981), several in one lane and column below each other; links run at right angles along
free rows or in the gutters between, so that they never cross a box.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from .channels import arrange
from .geometry import MARGIN, frames, plan
from .geometry import items as placed_items
from .grid import build_grid
from .labels import Surroundings, place_labels
from .measure import width, wrap
from .model import (
    DATA,
    EVENTS,
    GATEWAYS,
    NOTES,
    Box,
    Item,
    Laid,
    Lane,
    LayoutError,
    Link,
    PlacedItem,
    PlacedLane,
    PlacedLink,
    PlacedPool,
    Point,
    Pool,
)
from .routes import Router

__all__ = [
    "DATA", "EVENTS", "GATEWAYS", "NOTES", "Box", "Item", "Laid", "Lane", "LayoutError", "Link", "PlacedItem",
    "PlacedLane", "PlacedLink", "PlacedPool", "Point", "Pool", "layout", "width", "wrap",
]  # fmt: skip

TRIES = (0, 20, 44)  # px more in every gutter, while a label of a link finds no free place


def layout(pools: Sequence[Pool], items: Iterable[Item], links: Iterable[Link] = ()) -> Laid:
    """Place everything. The order of `pools` and of lanes is meaning; that of items and links isn't.

    Works without pools too (a bare graph). Raises LayoutError for a key used twice or an unknown lane or end.
    """
    grid = build_grid(pools, items, links)
    routes = Router(grid).run()
    tracks = arrange(grid, routes)
    for extra in TRIES:
        made = plan(grid, routes, tracks, extra)
        pool_frames, lane_frames = frames(made)
        placed = placed_items(made)
        lines = [PlacedLink(route.link, made.points(route)) for route in routes]
        taken = [item.box for item in placed] + [item.label_box for item in placed if item.label_box]
        bottom = max(made.border.values(), default=0) + MARGIN
        left = made.left if pool_frames else 0
        paper = Box(left, 0, made.right - left, bottom)
        frame_boxes = [pool.box for pool in pool_frames] + [lane.box for lane in lane_frames]
        borders = [y for box in frame_boxes for y in (box.y, box.bottom)]
        gaps = [(a.box.bottom, b.box.y) for a, b in pairwise(pool_frames)]
        finished, homeless = place_labels(lines, Surroundings(taken, borders, gaps, paper))
        if not homeless:
            break
    return Laid(made.right + MARGIN, bottom, tuple(pool_frames), tuple(lane_frames), tuple(placed), tuple(finished))
