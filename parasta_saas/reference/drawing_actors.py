"""The actor map as one sheet: groups beside each other, actors with their roles and what each answers for. Pure; px."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from ..core.i18n import _, language, pick
from .layout import Box
from .layout.measure import wrap
from .layout.shapes import Rect, Shape, Words, diamond, lines_of
from .layout.tiles import Sheet

WHOLE, COLUMNS, GAP, PAD = 1512, 6, 22, 12
TITLE, NAME, ROLE, BODY = 19.0, 17.0, 14.5, 14.0
TITLE_LINE, NAME_LINE, ROLE_LINE, BODY_LINE = 24, 22, 19, 18
GROUPS = ("customer", "producer", "stakeholder")

Thing = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RoleBlock:
    """A role: its name, (number, name, critical) of the steps it answers for, and how it else takes part."""

    name: str
    steps: tuple[tuple[str, str, bool], ...]
    takes_part: str


@dataclass(frozen=True, slots=True)
class ActorBlock:
    """An actor: its name, its responsibility in one sentence, its roles."""

    name: str
    task: str
    roles: tuple[RoleBlock, ...]


def actor_sheet(
    actors: Sequence[Thing], roles: Sequence[Thing], steps: Sequence[Thing], paper: tuple[float, float] = (WHOLE, 920)
) -> Sheet:
    """actors: {key, group, name, task}; roles: {key, group, actor?, name}; steps: {order, name, critical,
    responsible, participants, name_soft?}; texts by language. A role without an actor stands in its group by itself.

    Groups share the columns, and columns are as wide, as makes the whole largest on the paper.
    """
    blocks = {group: _actors(group, actors, roles, steps) for group in GROUPS}
    shown = [group for group in GROUPS if blocks[group]] or [GROUPS[0]]
    sheets = [_sheet(blocks, shown, wide) for wide in range(1240, 1961, 90)]
    return max(sheets, key=lambda sheet: min(paper[0] / sheet.width, paper[1] / sheet.height))


def _sheet(blocks: Mapping[str, list[ActorBlock]], shown: list[str], wide: float) -> Sheet:
    unit = (wide - GAP * (len(shown) - 1)) / COLUMNS
    options = [split for split in product(range(1, COLUMNS + 1), repeat=len(shown)) if sum(split) == COLUMNS]
    highs = {
        (group, share): _group(group, blocks[group], 0, share, unit)[0]
        for group in shown
        for share in range(1, COLUMNS + 2 - len(shown))
    }
    shares = min(options, key=lambda split: (max(highs[pair] for pair in zip(shown, split, strict=True)), split))
    shapes: list[Shape] = []
    x, high = 0.0, 0.0
    for group, share in zip(shown, shares, strict=True):
        bottom, drawn = _group(group, blocks[group], x, share, unit)
        shapes += drawn
        high = max(high, bottom)
        x += share * unit + GAP
    return Sheet(wide, high, tuple(shapes))


def group_name(key: str) -> str:
    """The name of a group of actors."""
    names = {"customer": _("Customers"), "producer": _("Producers of the service")}
    return names.get(key) or _("Stakeholders")


def _actors(group: str, actors: Sequence[Thing], roles: Sequence[Thing], steps: Sequence[Thing]) -> list[ActorBlock]:
    found = []
    for actor in (actor for actor in actors if actor["group"] == group):
        own = tuple(_role(role, steps) for role in roles if role.get("actor") == actor["key"])
        found.append(ActorBlock(_text(actor["name"]), _text(actor.get("task")), own))
    known = {actor["key"] for actor in actors}
    alone = [role for role in roles if role["group"] == group and role.get("actor") not in known]
    return found + ([ActorBlock("", "", tuple(_role(role, steps) for role in alone))] if alone else [])


def _role(role: Thing, steps: Sequence[Thing]) -> RoleBlock:
    ordered = sorted(steps, key=lambda step: step["order"])
    own = tuple(
        (
            str(step["order"]),
            (step.get("name_soft") or {}).get(language()) or _text(step["name"]),
            bool(step["critical"]),
        )
        for step in ordered
        if step["responsible"] == role["key"]
    )
    others = ", ".join(str(step["order"]) for step in ordered if role["key"] in step["participants"])
    name = _text(role["name"])
    return RoleBlock(name[:1].upper() + name[1:], own, _("Takes part in: %(steps)s", steps=others) if others else "")


def _group(group: str, actors: list[ActorBlock], x: float, share: int, unit: float) -> tuple[float, list[Shape]]:
    """Its lower edge and its shapes."""
    wide = share * unit
    shapes: list[Shape] = [
        Rect(f"{group}head", Box(x, 0, wide, 36), 4),
        Words(f"{group}name", x + PAD, 25, group_name(group), TITLE),
    ]
    y = 46.0
    for actor in actors:
        y, drawn = _actor(group, actor, x, y, wide, share)
        shapes += drawn
        y += 12
    return y - 12 if actors else y, shapes


def _actor(group: str, actor: ActorBlock, x: float, y: float, wide: float, share: int) -> tuple[float, list[Shape]]:
    names = wrap(actor.name, NAME, wide - 2 * PAD)
    task = wrap(actor.task, BODY, wide - 2 * PAD)
    top = y + PAD - 2
    inside: list[Shape] = [*lines_of("actorname", names, x + PAD, top, NAME, NAME_LINE)]
    top += NAME_LINE * len(names)
    inside += lines_of("task", task, x + PAD, top, BODY, BODY_LINE)
    top += BODY_LINE * len(task) + (10 if names or task else 0)
    columns = max(1, min(share, len(actor.roles)))
    each = (wide - 2 * PAD - 14 * (columns - 1)) / columns
    bottoms = [top] * columns
    highs = [_role_block(role, 0, 0, each)[0] for role in actor.roles]
    for role, column in zip(actor.roles, _balanced(highs, columns), strict=True):
        bottoms[column], drawn = _role_block(role, x + PAD + column * (each + 14), bottoms[column], each)
        inside += drawn
    bottom = max(bottoms) + (PAD - 8 if actor.roles else 2)
    return bottom, [Rect(f"{group}card", Box(x, y, wide, bottom - y), 6), *inside]


def _balanced(highs: Sequence[float], count: int) -> list[int]:
    """The column of each, filled in order one column after the other, so that they end as level as can be."""
    best: list[tuple[float, list[int]]] = [(0.0, []), *((float("inf"), []) for _ in highs)]
    for column in range(count):
        longer = [(0.0, list[int]())] * (len(highs) + 1)
        for end in range(len(highs) + 1):
            longer[end] = min(
                (best[start][0] + sum(highs[start:end]) ** 4, [*best[start][1], *[column] * (end - start)])
                for start in range(end + 1)
            )
        best = longer
    return best[-1][1]


def _role_block(role: RoleBlock, x: float, y: float, wide: float) -> tuple[float, list[Shape]]:
    names = wrap(role.name, ROLE, wide - 10)
    shapes: list[Shape] = [*lines_of("rolename", names, x + 9, y, ROLE, ROLE_LINE)]
    top = y + ROLE_LINE * len(names)
    for number, name, critical in role.steps:
        lead = 46
        lines = wrap(name, BODY, wide - lead - 4)
        if critical:
            shapes.append(diamond("diamond", x + 15, top + BODY_LINE / 2, 5))
        shapes.append(Words("critword" if critical else "number", x + 24, top + 13.6, number, BODY))
        shapes += lines_of("critname" if critical else "name", lines, x + lead, top, BODY, BODY_LINE)
        top += BODY_LINE * len(lines) + 1
    part = wrap(role.takes_part, BODY, wide - 10)
    shapes += lines_of("quiet", part, x + 9, top, BODY, BODY_LINE)
    top += BODY_LINE * len(part)
    return top + 12, [Rect("rolebar", Box(x, y + 2, 2.5, top - y - 3)), *shapes]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else pick(value).text
