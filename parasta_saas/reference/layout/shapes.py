"""The few shapes that every drawing is made of, for screen (SVG) and paper (Typst) alike. Pure; px."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .measure import width
from .model import Box, Point

ROUND = 6  # of the corners of links
Step = tuple[str, float, float] | tuple[str, float, float, float, float] | tuple[str]


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle; `look` is its class on screen and its style on paper."""

    look: str
    box: Box
    round: float = 0

    def extent(self) -> Box:
        """The area it covers."""
        return self.box

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        x, y, w, h = map(_short, self.box)
        return {"kind": "rect", "look": self.look, "x": x, "y": y, "w": w, "h": h, "r": self.round}


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle by its middle and radius."""

    look: str
    x: float
    y: float
    r: float

    def extent(self) -> Box:
        """The area it covers."""
        return Box(self.x - self.r, self.y - self.r, 2 * self.r, 2 * self.r)

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {"kind": "circle", "look": self.look, "x": _short(self.x), "y": _short(self.y), "r": _short(self.r)}


@dataclass(frozen=True, slots=True)
class Path:
    """A line or area: steps as in SVG (M, L, Q and Z)."""

    look: str
    steps: tuple[Step, ...]

    @property
    def d(self) -> str:
        """As the attribute of an SVG path."""
        return "".join(f"{step[0]}{' '.join(f'{_short(n):g}' for n in step[1:])}" for step in self.steps)

    def extent(self) -> Box:
        """The area it covers."""
        xs = [n for step in self.steps for n in step[1::2]]
        ys = [n for step in self.steps for n in step[2::2]]
        return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))  # type: ignore[type-var,operator]

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        steps = [[step[0], *map(_short, step[1:])] for step in self.steps]
        return {"kind": "path", "look": self.look, "steps": steps}


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text: x of its start or middle, y of its foot. `turned`: read from below upward."""

    look: str
    x: float
    y: float
    text: str
    size: float
    middle: bool = False
    turned: bool = False

    def extent(self) -> Box:
        """The area it covers."""
        long, rise = width(self.text, self.size), self.size * 0.8
        start = self.x - long / 2 if self.middle else self.x
        if self.turned:
            return Box(self.x - rise, self.y - long / 2 if self.middle else self.y - long, self.size, long)
        return Box(start, self.y - rise, long, self.size)

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "kind": "text", "look": self.look, "x": _short(self.x), "y": _short(self.y), "text": self.text,
            "size": self.size, "middle": self.middle, "turned": self.turned,
            "long": _short(width(self.text, self.size)),
        }  # fmt: skip


Shape = Rect | Circle | Path | Words


def polygon(look: str, points: Iterable[Point]) -> Path:
    """A closed area."""
    return Path(look, (*_corners(list(points)), ("Z",)))


def line(look: str, points: Sequence[Point]) -> Path:
    """A line with sharp corners."""
    return Path(look, tuple(_corners(points)))


def rounded(look: str, points: Sequence[Point]) -> Path:
    """A right-angled line with its corners rounded."""
    steps: list[Step] = [("M", *points[0])]
    for before, here, after in zip(points[:-2], points[1:-1], points[2:], strict=True):
        steps.append(("L", *_towards(here, before)))
        steps.append(("Q", *here, *_towards(here, after)))
    return Path(look, (*steps, ("L", *points[-1])))


def arrow_head(look: str, points: Sequence[Point], long: float = 10, wide: float = 4.5) -> Path:
    """The head of an arrow at the last of the points."""
    tip, before = points[-1], next((p for p in points[-2::-1] if p != points[-1]), points[-1])
    dx, dy = _sign(tip[0] - before[0]), _sign(tip[1] - before[1])
    foot = (tip[0] - dx * long, tip[1] - dy * long)
    return polygon(
        look, [tip, (foot[0] + dy * wide, foot[1] + dx * wide), (foot[0] - dy * wide, foot[1] - dx * wide)]
    )  # fmt: skip


def diamond(look: str, x: float, y: float, r: float) -> Path:
    """A square on its tip, by its middle: also the mark of a critical point."""
    return polygon(look, [(x, y - r), (x + r, y), (x, y + r), (x - r, y)])


def lines_of(
    look: str, lines: Sequence[str], x: float, y: float, size: float, step: float, *, middle: bool = False
) -> list[Words]:
    """Lines below each other; y is the upper edge of the first."""
    return [
        Words(look, x, y + n * step + step / 2 + size * 0.33, text, size, middle) for n, text in enumerate(lines)
    ]  # fmt: skip


def _corners(points: Sequence[Point]) -> list[Step]:
    return [("L" if n else "M", *point) for n, point in enumerate(points)]


def _towards(here: Point, there: Point) -> Point:
    long = abs(here[0] - there[0]) + abs(here[1] - there[1])
    part = min(ROUND, long / 2) / long if long else 0
    return here[0] + (there[0] - here[0]) * part, here[1] + (there[1] - here[1]) * part


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _short(value: Any) -> float:
    return round(value, 1)
