"""Comments as threads: what they are about, which still wait for an answer, what was answered in all. Pure.

A decision answers a comment with everything said under it. What is said or edited later opens the thread again,
except what the national body says itself: so nothing that counts goes without an answer.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from ..core.i18n import N_, pick
from ..core.sentences import split

OUTCOMES = {
    "accepted": N_("Taken in"),
    "partly": N_("Taken in partly"),
    "rejected": N_("Not taken in"),
    "out_of_scope": N_("Outside this round"),
}
COMMENTED = ("minimum", "guidance", "name", "value", "inputs", "outputs", "pulse")
WRITTEN = ("minimum", "guidance", "name")  # a suggestion for these goes into the draft in one press
CHANGED = ("accepted", "partly")


class Said(Protocol):
    """What is asked of a comment (models/round.py)."""

    id: UUID
    parent_id: UUID | None
    organisation_id: UUID | None
    by_public: bool
    question_key: str | None
    step_key: str | None

    @property
    def stands(self) -> bool: ...
    @property
    def waits(self) -> bool: ...
    @property
    def said_at(self) -> Any: ...


@dataclass(frozen=True)
class Thread:
    """One comment, what was said under it in order, and the answer, if there is one."""

    root: Any
    replies: tuple[Any, ...] = ()
    decision: Any = None
    national_id: UUID | None = None

    @property
    def place(self) -> str:
        """What it is about: step:key, question:key or whole."""
        return place_of(self.root)

    @property
    def waits(self) -> int:
        """How much of it nobody has looked at yet."""
        return sum(said.waits for said in (self.root, *self.replies))

    @property
    def open(self) -> bool:
        """It stands and has no answer that is newer than everything said in it."""
        return bool(self.root.stands and not self.decided)

    @property
    def decided(self) -> bool:
        return self.decision is not None and self.decision.decided_at >= max(said.said_at for said in self._others())

    def _others(self) -> list[Any]:
        replies = (r for r in self.replies if r.stands and not self.by_nation(r))
        return [self.root, *replies]

    def by_nation(self, said: Any) -> bool:
        """Said by the national body itself, in a round that others comment."""
        return bool(said.parent_id and said.organisation_id == self.national_id and not said.by_public)


def place_of(said: Said) -> str:
    """What a comment is about, as an address says it."""
    if said.question_key:
        return f"question:{said.question_key}"
    return f"step:{said.step_key}" if said.step_key else "whole"


def threads(
    comments: Iterable[Any], decisions: Mapping[UUID, Any], national_id: UUID | None = None
) -> list[Thread]:  # fmt: skip
    """Comments in order as threads; a reply whose comment is not among them is left out with it."""
    said = list(comments)
    under: dict[UUID, list[Any]] = {}
    for comment in said:
        if comment.parent_id:
            under.setdefault(comment.parent_id, []).append(comment)
    return [
        Thread(root, tuple(under.get(root.id, ())), decisions.get(root.id), national_id)
        for root in said
        if not root.parent_id
    ]


def tally(found: Iterable[Thread]) -> dict[str, int]:
    """How many comments had which outcome, in the order of OUTCOMES; only what stands and is answered."""
    counts = Counter(thread.decision.outcome for thread in found if thread.root.stands and thread.decision)
    return {outcome: counts[outcome] for outcome in OUTCOMES}


def texts_of(step: Mapping[str, Any], language: str | None = None) -> list[tuple[str, str, str]]:
    """(field, language, text) of a step for commenting, in the language spoken or the one that has words."""
    found = []
    for field in COMMENTED:
        picked = pick(step.get(field) or {}, language)
        if picked.text:
            found.append((field, picked.language, picked.text))
    return found


def sentences_of(text: str) -> list[tuple[int, str]]:
    """(index, words) of the sentences of a text that have anything to read in them."""
    return [(i, sentence.text) for i, sentence in enumerate(split(text).sentences) if sentence.key]
