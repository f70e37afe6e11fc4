"""What a draft of the national process would mean for one provider: the real merge, run dry. Pure.

Steps are plain data (reference content). `own`: step key → {"guidance": {…}, "base": {…} what it was written on,
"limit": int | None, "words": bool}.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ..reference import lineage
from .limits import merge_limit
from .offers import proposal
from .resolved import mode

Step = Mapping[str, Any]
BINDING = ("minimum", "time_limit", "responsible", "participants", "applies_to", "critical")


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers only: nothing of what a provider wrote."""

    clean: int = 0
    conflicts: int = 0
    orphans: int = 0
    new_duties: int = 0
    out_of_range: int = 0
    untouched: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(a + b for a, b in zip(asdict(self).values(), asdict(other).values(), strict=True)))


def weigh(
    before: Mapping[str, Step],
    after: Mapping[str, Step],
    own: Mapping[str, Mapping[str, Any]],
    declared: Iterable[Mapping[str, Any]] = (),
) -> Counts:
    """Counts for one handbook that follows `before` and would follow `after`. `declared`: the draft's lineage."""
    entries = list(declared)
    duties = sum(_is_duty(before.get(key), step) for key, step in after.items())
    total = Counts(new_duties=duties)
    for key, mine in own.items():
        if not mine["words"] and mine["limit"] is None:
            continue
        homes = [home for home in lineage.followers(entries, key) if home in after]
        total += _one(before.get(key), after[homes[0]], mine) if homes else Counts(orphans=1)
    return total


def _one(before: Step | None, after: Step, mine: Mapping[str, Any]) -> Counts:
    offered = proposal(mine["base"], after["guidance"], mine["guidance"], mode(after, "guidance"))
    limit = merge_limit(after.get("time_limit"), mine["limit"], before.get("time_limit") if before else None)
    changed = before is None or before["guidance"] != after["guidance"]
    questions = len(offered.questions)
    return Counts(
        clean=int(changed and not questions), conflicts=questions, out_of_range=int(limit.asks),
        untouched=int(not changed and not limit.asks),
    )  # fmt: skip


def _is_duty(before: Step | None, after: Step) -> bool:
    return before is None or any(before.get(name) != after.get(name) for name in BINDING)
