"""The induction of a role: its steps, which of them are done, which have changed since. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ..core.canonical import fingerprint
from .learning_changes import steps_of_role
from .manual_document import EntryOf, labels_of
from .version_compare import LISTS, TEXTS


class Marked(Protocol):
    """What is asked of models.InductionStep."""

    @property
    def step_key(self) -> str: ...
    @property
    def seal(self) -> str: ...


@dataclass(frozen=True, slots=True)
class CourseStep:
    """One step of an induction. state: todo, done, changed (gone through, reads differently now)."""

    key: str
    label: str
    name: Mapping[str, str]
    critical: bool
    seal: str
    state: str


@dataclass(frozen=True, slots=True)
class Course:
    """All steps of a role, in order."""

    steps: tuple[CourseStep, ...]

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def done(self) -> int:
        return sum(step.state == "done" for step in self.steps)

    @property
    def changed(self) -> int:
        return sum(step.state == "changed" for step in self.steps)

    @property
    def complete(self) -> bool:
        return bool(self.steps) and self.done == self.total

    @property
    def next(self) -> CourseStep | None:
        """Where to go on: the first step that is not done."""
        return next((step for step in self.steps if step.state != "done"), None)

    def at(self, key: str) -> CourseStep | None:
        """One step; None where the role has none with this key any more."""
        return next((step for step in self.steps if step.key == key), None)

    def after(self, key: str) -> CourseStep | None:
        """The next step that is not done behind this one, else the first one before it."""
        keys = [step.key for step in self.steps]
        at = keys.index(key) + 1 if key in keys else 0
        return next((step for step in (*self.steps[at:], *self.steps[:at])
                     if step.state != "done" and step.key != key), None)  # fmt: skip


def course_of(entries: Sequence[EntryOf], role: str, marked: Collection[Marked], languages: Sequence[str]) -> Course:
    """The steps of a role with what has been gone through. A mark on a step that is gone counts for nothing."""
    seals, labels = {mark.step_key: mark.seal for mark in marked}, labels_of(entries)
    return Course(tuple(_step(entry, labels[entry.key], seals, languages) for entry in steps_of_role(entries, role)))


def seal_of(view: Mapping[str, Any], languages: Sequence[str]) -> str:
    """SHA-256 of what a reader reads on a step, 64 hexadecimal digits: when it differs, the step is read again."""
    texts = {
        field: {code: text for code, text in (view.get(field) or {}).items() if code in languages and text}
        for field in TEXTS
    }
    rest = {field: view.get(field) or None for field in (*LISTS, "deviation", "params")}
    return fingerprint({**texts, **rest, "time_limit": (view.get("time_limit") or {}).get("value")})


def _step(entry: EntryOf, label: str, seals: Mapping[str, str], languages: Sequence[str]) -> CourseStep:
    seal = seal_of(entry.view, languages)
    known = seals.get(entry.key)
    state = "todo" if known is None else "done" if known == seal else "changed"
    return CourseStep(entry.key, label, entry.content["name"], bool(entry.content.get("critical")), seal, state)
