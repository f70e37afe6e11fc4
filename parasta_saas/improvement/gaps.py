"""From answers to a gap list, and what changed since the mirror before. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

OUTCOMES = ("as_is", "partly", "no", "na")
GAPS = ("partly", "no")
# How far from the national minimum; what does not concern the provider has no distance.
DISTANCE = {"as_is": 0, "partly": 1, "no": 2}


@dataclass(frozen=True)
class Answer:
    """What a provider said of one step."""

    outcome: str
    note: str = ""
    news: str = ""


@dataclass(frozen=True)
class Gap:
    """A step that is done in part or not at all, with what was said of it.

    `change`: new, same, better, worse against the mirror before; empty where that one said nothing.
    """

    step: Any
    outcome: str
    note: str
    news: str
    votes: Mapping[str, int]
    change: str = ""


@dataclass(frozen=True)
class PhaseGaps:
    """The gaps of one phase, in the order of its steps."""

    phase: Any
    gaps: list[Gap]


@dataclass(frozen=True)
class Comparison:
    """Keys of steps by what became of them since the mirror before, each in the order of the steps."""

    closed: list[str] = field(default_factory=list)
    better: list[str] = field(default_factory=list)
    worse: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        return bool(self.closed or self.better or self.worse or self.new or self.same)


def gap_list(
    phases: Iterable[Any], steps: Iterable[Any], answers: Mapping[str, Answer],
    votes: Mapping[str, Mapping[str, int]] | None = None, before: Mapping[str, Answer] | None = None,
) -> list[PhaseGaps]:  # fmt: skip
    """Gaps by phase, phases without gaps left out. Answers on steps that the release has not are ignored.

    phases: things with key; steps: things with key and phase_key, in order; votes: step → outcome → how many.
    """
    by_phase: dict[str, list[Gap]] = {}
    for step in steps:
        answer = answers.get(step.key)
        if answer is None or answer.outcome not in GAPS:
            continue
        change = change_of((before or {}).get(step.key), answer)
        gap = Gap(step, answer.outcome, answer.note, answer.news, (votes or {}).get(step.key, {}), change)
        by_phase.setdefault(step.phase_key, []).append(gap)
    return [PhaseGaps(phase, by_phase[phase.key]) for phase in phases if phase.key in by_phase]


def change_of(before: Answer | None, now: Answer) -> str:
    """new (was no gap), same, better, worse; empty where one of the two has no distance from the minimum."""
    if before is None or before.outcome not in DISTANCE or now.outcome not in DISTANCE:
        return ""
    was, is_now = DISTANCE[before.outcome], DISTANCE[now.outcome]
    if was == is_now:
        return "same"
    if is_now < was:
        return "better"
    return "worse" if was else "new"


def compare(steps: Iterable[Any], before: Mapping[str, Answer], now: Mapping[str, Answer]) -> Comparison:
    """What became of every step that both mirrors answered. `closed`: it was a gap and is none any more."""
    found = Comparison()
    for step in steps:
        was, is_now = before.get(step.key), now.get(step.key)
        if was is None or is_now is None or "as_is" == was.outcome == is_now.outcome:
            continue
        change = change_of(was, is_now)
        if change == "better" and is_now.outcome == "as_is":
            found.closed.append(step.key)
        elif change:
            getattr(found, change).append(step.key)
    return found


def tally(votes: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """(outcome, how many, per cent of all votes) for every outcome; shares are 0 without votes."""
    total = sum(votes.values())
    return [(o, votes.get(o, 0), round(100 * votes.get(o, 0) / total) if total else 0) for o in OUTCOMES]


def leading(votes: Mapping[str, int]) -> str:
    """The outcome with most votes; empty without votes or where two are even, for then people decide by talking."""
    ranked = Counter({o: n for o, n in votes.items() if n}).most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]


def counts(steps: Iterable[Any], answers: Mapping[str, Answer]) -> dict[str, int]:
    """How many steps have each outcome; "" counts those without an answer."""
    found = Counter(answers[step.key].outcome if step.key in answers else "" for step in steps)
    return {outcome: found[outcome] for outcome in (*OUTCOMES, "")}
