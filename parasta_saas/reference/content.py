"""The reference process as data: read from files, checked, written the one canonical way.

A release is `{"number", "title", "content_mark", "phases", "roles", "anchors", "forms", "bases", "steps"}`;
every text for people is `{"fi", "sv", "en"}`. No database and no clock here.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from ..core.canonical import fingerprint
from ..core.i18n import LANGUAGES
from ..core.sentences import split

DATA = Path(__file__).parent / "data"
FRAME = ("content_mark", "roles", "anchors", "forms", "bases")
VIEWS = ("service", "operating")
NOTED = ("provider", "learner", "partner")  # each is told what a release changes for them
MODES = ("locked", "param", "floor", "open")
CONFIDENCES = ("high", "medium", "low")
STEP_TEXTS = ("name", "value", "minimum", "guidance", "inputs", "outputs")
GUIDANCE_SENTENCES = range(3, 8)  # a release may grow a step's guidance by one sentence

Content = Mapping[str, Any]


class ContentError(ValueError):
    """The data files don't make a whole release; `problems` says where."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


def read_release(folder: Path = DATA) -> dict[str, Any]:
    """frame.json and the steps-*.json of a folder as one checked release. Raises ContentError."""
    content: dict[str, Any] = json.loads((folder / "frame.json").read_text("utf-8"))
    content["steps"] = [
        step for file in sorted(folder.glob("steps-*.json")) for step in json.loads(file.read_text("utf-8"))
    ]
    if problems := list(check(content)):
        raise ContentError(problems)
    return content


def read_changes(file: Path = DATA / "release-1.1.json") -> dict[str, Any]:
    """Prepared edits: `{"number", "title", "summary", "transition_days", "changes": [{"key", …}]}`."""
    changes: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return changes


def check(content: Content) -> Iterator[str]:
    """Everything that is wrong with a release, each as `step.field: what`; nothing if it is whole."""
    kinds = ("phases", "roles", "anchors", "forms", "bases")
    known = {kind: {thing["key"] for thing in content[kind]} for kind in kinds}
    for kind in ("phases", "steps"):
        yield from _order_problems(kind, content[kind])
    for phase in content["phases"]:
        yield from _text_problems(phase["key"], phase, ("name", "short"))
    for step in content["steps"]:
        yield from _text_problems(step["key"], step, STEP_TEXTS + (("pulse",) if step["critical"] else ()))
        yield from _step_problems(step, known)


def release_content(
    release: Content, phases: Iterable[Content], steps: Iterable[Content], diagrams: Iterable[Content] = ()
) -> dict[str, Any]:
    """What the hash of a release covers: its own facts, phases and steps in order, and diagrams where it has any."""
    drawn = list(diagrams)
    return {**release, "phases": list(phases), "steps": list(steps)} | ({"diagrams": drawn} if drawn else {})


def content_hash(content: Content) -> str:
    """SHA-256 of the canonical JSON of a release, 64 hexadecimal digits; the same on every machine."""
    return fingerprint(content)


def noted(summary: Content, notes: Content) -> bool:
    """Whether everyone is told in Finnish and in Swedish what changes: all, provider, learner and partner."""
    told = [summary, *(notes.get(who) or {} for who in NOTED)]
    return all((texts.get(code) or "").strip() for texts in told for code in ("fi", "sv"))


def frame_of(content: Content) -> dict[str, Any]:
    """What stands beside the phases and steps: mark of the content, roles, anchors, forms, bases."""
    return {name: content[name] for name in FRAME}


def title_of(number: str) -> dict[str, str]:
    """The title of a release in three languages, from its number."""
    return {"fi": f"Viitemalli {number}", "sv": f"Referensmodell {number}", "en": f"Reference model {number}"}


def numeric(number: str) -> tuple[int, ...]:
    """1.10 → (1, 10), so that 1.10 comes after 1.9. ValueError for other text."""
    return tuple(int(part) for part in number.split("."))


def next_number(current: str, taken: Iterable[str]) -> str:
    """The first free number after the release in force: 1.0 with drafts 1.1 and 2.0 → 1.2."""
    major, minor, *_ = numeric(current)
    used = set(taken)
    return next(number for step in count(minor + 1) if (number := f"{major}.{step}") not in used)


def _order_problems(kind: str, things: list[Content]) -> Iterator[str]:
    if [thing["order"] for thing in things] != list(range(1, len(things) + 1)):
        yield f"{kind}: order does not run from 1 without a gap"
    if len({thing["key"] for thing in things}) != len(things):
        yield f"{kind}: a key stands twice"


def _text_problems(key: str, thing: Content, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        texts = thing.get(name) or {}
        yield from (f"{key}.{name}: {code} is missing" for code in LANGUAGES if not texts.get(code, "").strip())


def _step_problems(step: Content, known: Mapping[str, set[str]]) -> Iterator[str]:
    key, limit = step["key"], step["time_limit"]
    wanted = [
        ("phase", {step["phase"]}, known["phases"]),
        ("roles", {step["responsible"], *step["participants"]}, known["roles"]),
        ("applies_to", set(step["applies_to"]), known["forms"]),
        ("basis", {step["basis"]}, known["bases"]),
        ("view", {step["view"]}, set(VIEWS)),
        ("field_policy", set(step["field_policy"].values()), set(MODES)),
        ("time_limit", {limit["anchor"]} if limit else set(), known["anchors"]),
        ("statute_confidence", {step["statute_confidence"]} if step["statute"] else set(), set(CONFIDENCES)),
    ]
    for name, used, allowed in wanted:
        if used - allowed:
            yield f"{key}.{name}: {', '.join(sorted(map(str, used - allowed)))} is unknown"
    for code in LANGUAGES:
        count = len(split(step["guidance"].get(code, "")).sentences)
        if count not in GUIDANCE_SENTENCES:
            yield f"{key}.guidance: {code} has {count} sentences"
