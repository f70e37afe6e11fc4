"""What differs between a diagram in two releases: boxes and lines added, removed, moved and changed. Pure.

Steps are told by the comparison of the two contents; what is no step, and lines, by the pictures themselves. A place
in a picture is nothing that was decided: moved means another lane, another phase or another turn, never coordinates.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..core.i18n import N_
from . import bpmn, diagrams, drawing, modelling, pictures
from .comparison import Comparison, StepDiff
from .layout import Item, Link
from .layout.measure import SOFT_HYPHEN

Content = Mapping[str, Any]
Paired = tuple[Link | None, Link | None]  # the same line before and after
# Kinds of marks in the order of telling; `both`: moved and changed.
KINDS = {
    "added": N_("New"), "removed": N_("Removed"), "moved": N_("Moved"), "both": N_("Moved and changed"),
    "changed": N_("Changed"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """What one picture holds. `means`: id of a node → key of its step; `frames`: pools and lanes with their names."""

    items: Mapping[str, Item]
    links: tuple[Link, ...]
    frames: Mapping[str, str]
    means: Mapping[str, str]

    def same(self, node: str) -> str:
        """By what a node is known in any picture: its step, else its id."""
        return self.means.get(node, node)

    def named(self, node: str) -> str:
        """What a node or a pool is called."""
        found = self.items.get(node)
        return drawing.spoken(found) if found else self.frames.get(node, node).replace(SOFT_HYPHEN, "")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs, in words. `where`: the lanes before and after, where those differ."""

    kind: str
    name: str
    where: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Redrawn:
    """All that differs. `marks` are by ids of the newer picture, `before` by ids of the older one."""

    marks: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    told: list[Difference] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.told)

    @property
    def elsewhere(self) -> bool:
        """Whether the older picture shows what the newer one can't: what is gone and where things were."""
        return bool({"removed", "moved", "both"} & set(self.before.values()))

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind there are, in the order of telling."""
        return {kind: n for kind in KINDS if (n := len([one for one in self.told if one.kind == kind]))}


def side(content: Content, diagram: Content, language: str) -> Side:
    """What a diagram holds; nothing is laid out for it."""
    means = modelling.aliases_of(content, diagram.get("aliases") or {})
    if diagram.get("xml"):
        document = bpmn.read(str(diagram["xml"]).encode()).document
        steps = {step["key"]: step for step in content["steps"]}
        laid = pictures.picture(document)
        items: Iterable[Item] = (_as_step(put.item, steps.get(means.get(put.item.key, "")), language)
                                 for put in laid.items)  # fmt: skip
        links = tuple(line.link for line in laid.links)
        frames = {pool.key: pool.name for pool in laid.pools} | {lane.key: lane.name for lane in laid.lanes}
    else:
        drawn = diagrams.sketch(content, diagram["phase_key"], language)
        items, links = drawn.items, drawn.links
        frames = {pool.key: pool.name for pool in drawn.pools}
        frames |= {lane.key: lane.name for pool in drawn.pools for lane in pool.lanes}
    found = {item.key: item for item in items}
    return Side(found, links, frames, _ways(found.values()) | means)


def _ways(items: Iterable[Item]) -> dict[str, str]:
    """The way from or to a step of another phase is the same way in whatever lane it begins or ends."""
    ways: dict[str, list[str]] = defaultdict(list)
    for item in items:
        if item.mark == "link":
            ways[item.key.removesuffix(f"-{item.lane_key.removeprefix('lane-')}")].append(item.key)
    return {keys[0]: way for way, keys in ways.items() if len(keys) == 1}


def redrawn(before: Side, after: Side, made: Comparison) -> Redrawn:
    """`made` is the comparison of the two contents that the pictures are of."""
    found = Redrawn()
    diffs = {diff.key: diff for diff in made.steps}
    olds, news = ({one.same(key): item for key, item in one.items.items()} for one in (before, after))
    for same in dict.fromkeys([*news, *olds]):
        old, new = olds.get(same), news.get(same)
        _keep(found, *_of_item(before, after, old, new, diffs.get(same)), old, new)
    for was, now in _paired(before, after):
        kind = "added" if was is None else "removed" if now is None else "changed"
        _keep(found, kind, Difference(kind, _line(after, now) if now else _line(before, was)), was, now)
    found.told.sort(key=lambda one: list(KINDS).index(one.kind))
    return found


def between(before: Content, after: Content, made: Comparison, language: str) -> Iterator[tuple[Content, str, Redrawn]]:
    """(diagram, kind, what differs) of each diagram that differs. kind: added, removed or changed as a whole."""
    olds, news = ({one["key"]: one for one in content.get("diagrams") or ()} for content in (before, after))
    for key in dict.fromkeys([*news, *olds]):
        if key not in olds or key not in news:
            yield (news.get(key) or olds[key], "added" if key in news else "removed", Redrawn())
            continue
        found = redrawn(side(before, olds[key], language), side(after, news[key], language), made)
        if found:
            yield news[key], "changed", found


def _of_item(
    before: Side, after: Side, old: Item | None, new: Item | None, diff: StepDiff | None
) -> tuple[str, Difference]:
    """The mark of a node and the same in words; empty where nothing differs."""
    item = new or old
    assert item is not None
    name = drawing.spoken(item)
    if old is None or new is None:
        kind = "added" if old is None else "removed"
        if diff is not None and diff.moved:  # the step is there on both sides, in another phase
            kind = "moved"
        return kind, Difference(kind, name)
    lanes = (before.named(old.lane_key), after.named(new.lane_key)) if old.lane_key != new.lane_key else ("", "")
    elsewhere = lanes[0] != lanes[1] and new.mark != "link"  # a way goes where its step goes
    moved = elsewhere or bool(diff and diff.moved)
    changed = set(diff.fields) - {"responsible"} if diff else not new.number and _differs(old, new)
    kind = "both" if moved and changed else "moved" if moved else "changed" if changed else ""
    return kind, Difference(kind, name, lanes if elsewhere and all(lanes) else None)


def _differs(old: Item, new: Item) -> bool:
    """The way to another phase bears the number of the step there, which changes with every step before it."""
    said = old.mark != "link" and old.label != new.label
    return said or (old.kind, old.mark) != (new.kind, new.mark)


def _paired(before: Side, after: Side) -> Iterator[Paired]:
    """Lines between the same two nodes that are not the same on both sides."""
    ends: dict[tuple[str, str], tuple[list[Link], list[Link]]] = defaultdict(lambda: ([], []))
    for n, one in enumerate((before, after)):
        for link in one.links:
            ends[one.same(link.source), one.same(link.target)][n].append(link)
    for olds, news in ends.values():
        was = [link for link in olds if _said(link) not in map(_said, news)]
        now = [link for link in news if _said(link) not in map(_said, olds)]
        longest = max(len(was), len(now))
        yield from zip([*was, *[None] * longest][:longest], [*now, *[None] * longest][:longest], strict=True)


def _said(link: Link) -> tuple[str, str]:
    return link.kind, link.label


def _line(one: Side, link: Link | None) -> str:
    assert link is not None
    ends = f"{one.named(link.source)} → {one.named(link.target)}"
    return f"{ends}: {link.label.replace(SOFT_HYPHEN, '')}" if link.label else ends


def _keep(found: Redrawn, kind: str, told: Difference, old: Item | Link | None, new: Item | Link | None) -> None:
    if not kind:
        return
    found.told.append(told)
    if new is not None:
        found.marks[new.key] = kind
    if old is not None:
        found.before[old.key] = kind


def _as_step(item: Item, step: Content | None, language: str) -> Item:
    """A node of a drawing with the name and number of the step it means."""
    if step is None:
        return item
    label = step["name"].get(language) or step["name"].get("fi") or item.label
    return replace(item, label=label, number=str(step["order"]))
