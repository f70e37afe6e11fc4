"""What one release or draft changes against another: steps, their fields, their places, the parts. Pure.

Contents are as `content.release_content` gives them: {"phases", "steps", "parts"?, …}, steps as plain data.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .changes import StepChange, step_changes

Content = Mapping[str, Any]
# What binds everyone; a change of it is a change of the minimum.
BINDING = ("minimum", "time_limit", "responsible", "participants", "applies_to", "critical", "basis", "view")
TEXTUAL = ("name", "minimum", "guidance")
VALUES = (
    "view", "responsible", "participants", "applies_to", "critical", "basis", "statute", "time_limit", "value",
    "inputs", "outputs", "pulse", "field_policy", "documents", "indicators", "links",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One field that is not one of the three big texts, before and after."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class StepDiff:
    """One step against the release before. kind: added, removed, changed; `moved`: phase or order, too."""

    key: str
    kind: str
    step: Content
    texts: StepChange | None = None
    values: tuple[ValueChange, ...] = ()
    moved: tuple[str, str] | None = None  # phases before and after, or the same phase twice for a new place in it

    @property
    def fields(self) -> list[str]:
        """The names of the fields that changed."""
        return [*(self.texts.fields if self.texts else ()), *(change.field for change in self.values)]


@dataclass(frozen=True, slots=True)
class PartDiff:
    """A part of the release that is no step: kind added, removed or changed."""

    part: str
    key: str
    kind: str
    before: Content | None
    after: Content | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs, steps in the order of the newer content and removed ones at their old place."""

    steps: tuple[StepDiff, ...] = ()
    parts: tuple[PartDiff, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)  # step key → added, removed, moved, changed

    def __bool__(self) -> bool:
        return bool(self.steps or self.parts)

    def of(self, kind: str) -> list[StepDiff]:
        """The steps of one kind: added, removed, changed or moved."""
        return [diff for diff in self.steps if (diff.moved if kind == "moved" else diff.kind == kind)]

    @property
    def level(self) -> str:
        """major: a minimum or a step changes; minor: guidance; patch: wording. Empty: nothing."""
        if any(d.kind != "changed" or set(d.fields) & set(BINDING) for d in self.steps):
            return "major"
        if any(d.moved and d.moved[0] != d.moved[1] for d in self.steps):
            return "major"
        if any(set(d.fields) - {"name"} for d in self.steps) or self.parts:
            return "minor"
        return "patch" if self.steps else ""


def compare(before: Content, after: Content) -> Comparison:
    """What `after` changes against `before`."""
    old = {step["key"]: step for step in before.get("steps", ())}
    new = {step["key"]: step for step in after.get("steps", ())}
    texts = {change.key: change for change in step_changes(old.values(), (s for k, s in new.items() if k in old))}
    places = _moved(old, new)
    diffs = [_diff(key, old.get(key), step, texts.get(key), places.get(key)) for key, step in new.items()]
    diffs += [StepDiff(key, "removed", step) for key, step in old.items() if key not in new]
    kept = tuple(sorted((d for d in diffs if d), key=lambda d: (d.step["order"], d.kind)))
    parts = tuple(_parts(before, after))
    return Comparison(kept, parts, {d.key: _mark(d) for d in kept})


def suggested_number(base: str, level: str) -> str:
    """The number that fits: 1.1 + major → 2.0, minor → 1.2, patch → 1.1.1."""
    numbers = [*map(int, base.split(".")), 0, 0][:3]
    if level == "major":
        return f"{numbers[0] + 1}.0"
    if level == "patch":
        return f"{numbers[0]}.{numbers[1]}.{numbers[2] + 1}"
    return f"{numbers[0]}.{numbers[1] + 1}"


def number_level(base: str, number: str) -> str:
    """Which level a chosen number claims against its base; empty where it does not come after it."""
    old, new = ([*map(int, n.split(".")), 0, 0][:3] for n in (base, number))
    if new <= old:
        return ""
    return "major" if new[0] > old[0] else "minor" if new[1] > old[1] else "patch"


def _diff(
    key: str, was: Content | None, step: Content, texts: StepChange | None, moved: tuple[str, str] | None
) -> StepDiff | None:
    if was is None:
        return StepDiff(key, "added", step)
    values = tuple(
        ValueChange(name, was.get(name), step.get(name))
        for name in VALUES
        if (was.get(name) or None) != (step.get(name) or None)
    )
    return StepDiff(key, "changed", step, texts, values, moved) if texts or values or moved else None


def _moved(old: Mapping[str, Content], new: Mapping[str, Content]) -> dict[str, tuple[str, str]]:
    """Steps in another phase, or at another place among those that both have (the fewest that explain it)."""
    both = [key for key in new if key in old]
    stays = set(_longest_run([old[key]["order"] for key in sorted(both, key=lambda k: new[k]["order"])]))
    return {
        key: (old[key]["phase"], new[key]["phase"])
        for key in both
        if old[key]["phase"] != new[key]["phase"] or old[key]["order"] not in stays
    }


def _longest_run(orders: list[int]) -> list[int]:
    """The longest rising part of a list of different numbers (patience sorting, O(n²) for a few dozen)."""
    best: list[list[int]] = []
    for value in orders:
        before = max((run for run in best if run[-1] < value), key=len, default=[])
        best.append([*before, value])
    return max(best, key=len, default=[])


def _parts(before: Content, after: Content) -> Iterable[PartDiff]:
    old, new = _around_steps(before), _around_steps(after)
    for part in dict.fromkeys([*old, *new]):
        was, now = ({thing["key"]: thing for thing in side.get(part, ())} for side in (old, new))
        for key in dict.fromkeys([*was, *now]):
            if was.get(key) != now.get(key):
                kind = "added" if key not in was else "removed" if key not in now else "changed"
                yield PartDiff(part, key, kind, was.get(key), now.get(key))


def _around_steps(content: Content) -> dict[str, Any]:
    """Parts by kind, with phases and roles, which stand elsewhere in a content."""
    phases = [{k: v for k, v in phase.items() if k != "order"} for phase in content.get("phases", ())]
    roles = list((content.get("frame") or {}).get("roles", ()))
    return {"phases": phases, "roles": roles, **(content.get("parts") or {})}


def _mark(diff: StepDiff) -> str:
    if diff.kind != "changed":
        return diff.kind
    return "changed" if diff.fields else "moved"
