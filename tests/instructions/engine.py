"""What the whole-overlay engine says of a world, told as the update desk would tell it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from parasta_saas.core.sentences import comparable, split
from parasta_saas.instructions.conflicts import Matter
from parasta_saas.instructions.merge import KEEP_LOCAL, TAKE_NATIONAL, Choice, own_sentences
from parasta_saas.instructions.overlay import OverlayMerge, merge_overlay
from parasta_saas.instructions.rolling import roll_forward, stepwise
from tests.instructions.realm import Nation

Said = set[tuple[str, str]]  # (language, words of one sentence); "" for no language
NATIONAL = {"decision": "accept_national"}
# The engine asks and the desk decides: see `expected`.
DECIDED_BY_THE_DESK = (Matter.POLICY_CONFLICT, Matter.PARAM_INVALID, Matter.ORPHANED)


@dataclass
class Expected:
    """`own`: step → overlay in force; `beside`: step → words of another step that stand in its note."""

    own: dict[str, dict[str, Any]]
    questions: set[str]
    shelf: Said
    meets: dict[str, str]
    splits: dict[str, tuple[str, ...]]
    gone: set[str]
    duties: set[str]
    look_again: set[str]
    places: dict[str, tuple[str, str | None]]
    beside: dict[str, Said] = field(default_factory=dict)


def merged(made: Nation, overlay: Mapping[str, Any], decisions: Mapping[str, Any] | None = None) -> OverlayMerge:
    """The engine itself, over one release or several at once."""
    if len(made.contents) == 2:
        return merge_overlay(made.base, made.theirs, overlay, made.lineages[0], decisions)
    return roll_forward(made.contents, made.lineages, overlay, decisions)


def expected(
    made: Nation, overlay: Mapping[str, Any], answers: Mapping[str, Choice], ways: Mapping[str, str]
) -> Expected:  # fmt: skip
    """The one place where the engine and the desk are allowed to differ. The differences, each with its reason:

    1. POLICY_CONFLICT and PARAM_INVALID: only the national words can be in force, so there is nothing to choose. The
       engine keeps the local words in a question; the desk lays them on the shelf, says so, and asks nothing.
    2. ORPHANED: the same. The engine lays them on the shelf and asks whether they become an own step; the desk lays
       them on the shelf, where that can be done on any later day.
    3. SPLIT_REVIEW: both put the words on the first part. The engine asks; the desk shows the step under "look".
    4. MERGE_REVIEW: the first step's words arrive in both. The engine writes those of the others behind them and asks;
       the desk asks before: into the note of the joint step with their origin (guidance stays what one person wrote
       as a whole), or on the shelf. A number of the others is never set by joining: it lies on the shelf.
    5. Own steps: the desk carries them from release to release, the engine past all of them at once, and the nearest
       neighbour that lives on may be another one. The desk is compared with the engine going release by release.
    6. An orphaned text lies on the engine's shelf whole; on the desk's without the national sentences in it.
    """
    first = merged(made, overlay)
    joint = [c for c in first.conflicts if c.kind is Matter.MERGE_REVIEW and c.field == ""]
    meets = {source: conflict.element for conflict in joint for source in list(conflict.ours)[1:]}
    alone = {**overlay, "steps": {key: own for key, own in overlay["steps"].items() if key not in meets}}
    opened = merged(made, alone)
    decisions = {c.key: NATIONAL for c in opened.conflicts if c.kind in DECIDED_BY_THE_DESK}
    decisions |= {c.key: _decision(answers[c.key]) for c in opened.conflicts if c.key in answers}
    run = merged(made, alone, decisions)
    assert all(c.kind is Matter.SPLIT_REVIEW for c in run.conflicts), run.conflicts
    last = stepwise(made.contents, made.lineages, {"added": overlay.get("added", ())})[-1]
    steps = {step["key"]: step for step in made.base["steps"]}
    out = Expected(
        own=dict(run.overlay.get("steps", {})),
        questions={c.key for c in opened.conflicts if c.kind is Matter.CONFLICT},
        shelf=_shelf(run, steps), meets=meets,
        splits={c.homes[0]: c.homes[1:] for c in opened.conflicts if c.kind is Matter.SPLIT_REVIEW},
        gone={c.element for c in opened.conflicts if c.kind is Matter.ORPHANED and c.field == ""},
        duties={note.element for note in run.notes if note.kind is Matter.NEW_DUTY},
        look_again={note.element for note in run.notes if note.kind is Matter.REVIEW_CONTEXT},
        places={step["key"]: (step["phase"], step["after"]) for step in last.overlay.get("added", ())},
    )  # fmt: skip
    for source, home in meets.items():
        words, numbers = _own_words(overlay["steps"][source], steps[source])
        out.shelf |= numbers if ways[source] == "beside" else words | numbers
        if ways[source] == "beside":
            out.beside.setdefault(home, set()).update(words)
    return out


def sentences(language: str, text: str) -> Said:
    """The sentences of a text; a list's marks are no words."""
    return {(language, comparable(s.text.removeprefix("- "))) for s in split(text).sentences if comparable(s.text)}


def own_words(overlay: Mapping[str, Any], made: Nation) -> Said:
    """Everything that is the provider's own in an overlay on the first release."""
    steps = {step["key"]: step for step in made.base["steps"]}
    found: Said = set()
    for key, own in overlay["steps"].items():
        found |= set().union(*_own_words(own, steps[key]))
    return found


def said(value: Any, language: str | None = None) -> Said:
    """Every sentence in a value of an overlay."""
    if isinstance(value, str):
        return sentences(language or "", value)
    if isinstance(value, Mapping):
        return set().union(*(said(text, code) for code, text in value.items()), set())
    if isinstance(value, list):
        return set().union(*(said(item["text"]) for item in value), set())
    return {("", str(value))}


def _decision(choice: Choice) -> Mapping[str, Any]:
    ready = {KEEP_LOCAL: {"decision": "keep_local"}, TAKE_NATIONAL: NATIONAL}
    return ready.get(choice) or {"decision": "combined", "text": choice}


def _shelf(run: OverlayMerge, steps: Mapping[str, Any]) -> Said:
    found: Said = set()
    for entry in run.shelf:
        national = steps.get(entry.element, {}).get("guidance", {}) if entry.field == "guidance" else {}
        found |= said(entry.value, entry.language) - said(national)
    return found


def _own_words(own: Mapping[str, Any], step: Mapping[str, Any]) -> tuple[Said, Said]:
    """(words, numbers) of the provider's own on one step."""
    words: Said = set()
    for code, text in own.get("guidance", {}).items():
        words |= said(" ".join(own_sentences(step["guidance"].get(code, ""), text)), code)
    for name in ("note", "local_role", "checklist"):
        words |= said(own.get(name) or {})
    limit = own.get("time_limit_value")
    return words, set() if limit is None else {("", str(limit))}
