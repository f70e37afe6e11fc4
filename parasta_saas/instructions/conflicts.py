"""What a merge of a whole overlay tells: questions, what went on the shelf, and what is only told. Pure data.

A question is known by the SHA-256 over (base, ours, theirs): who has answered it once is never asked again, in
no later run and in no other unit of the same provider (shared/anchors/overlay.md §3).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as given
from enum import StrEnum
from typing import Any

from ..core import wording
from ..core.canonical import fingerprint

DECISIONS = ("accept_national", "keep_local", "combined", "convert_to_own", "discard_with_reason")


class Matter(StrEnum):
    """What a finding is about. The first seven ask a person, the rest are told."""

    CONFLICT = "conflict"  # both sides changed the same sentence or value
    POLICY_CONFLICT = "policy_conflict"  # the local words no longer keep what is locked or the least
    PARAM_INVALID = "param_invalid"  # the local number lies outside what is now permitted
    ORPHANED = "orphaned"  # its element or field is gone; the words are on the shelf
    SPLIT_REVIEW = "split_review"  # its element was split
    MERGE_REVIEW = "merge_review"  # its element became one with another
    STRUCTURE_CONFLICT = "structure_conflict"  # two elements with one key, or local steps in a ring
    REVIEW_CONTEXT = "review_context"  # the national words changed under a local text beside them
    ADJACENT = "adjacent"  # a national and a local change lie side by side
    NEW_DUTY = "new_duty"  # a new national step with a minimum
    CONVERGED = "converged"  # the national words are now what the local ones said
    DEPRECATED = "deprecated"  # stays until the transition ends
    MOVED = "moved"  # the local content followed a rename or a move
    RESTORED = "restored"  # put back by the undoing of an upgrade
    REPLAYED = "replayed"  # answered by an earlier decision
    DISCARDED = "discarded"  # the provider let it go: by, at, reason


ASKING = tuple(Matter)[:7]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One question. `language` is None where the field has none; `homes` are suggested targets, best first."""

    kind: Matter
    element: str
    field: str
    language: str | None
    base: Any
    ours: Any
    theirs: Any
    homes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """By this the decision is found again: SHA-256 over (base, ours, theirs)."""
        return question_key(self.base, self.ours, self.theirs)

    @property
    def suggestion(self) -> str | None:
        """One sentence with the word changes of both sides, to be read by a person; never an answer."""
        texts = (self.base, self.theirs, self.ours)
        if self.kind is not Matter.CONFLICT or not all(isinstance(text, str) for text in texts):
            return None
        return wording.combined(*texts)


@dataclass(frozen=True, slots=True)
class ShelfEntry:
    """Local content that has no place in the text now, with where it came from and where it could go."""

    element: str
    field: str
    language: str | None
    value: Any
    reason: Matter
    homes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Something told that asks nothing. `value` is what the provider had there; `about` says more."""

    kind: Matter
    element: str
    field: str = ""
    language: str | None = None
    value: Any = None
    about: Mapping[str, Any] = given(default_factory=dict)


@dataclass(slots=True)
class Findings:
    """What one run has found so far, with the decisions made before it."""

    decisions: Mapping[str, Mapping[str, Any]] = given(default_factory=dict)
    conflicts: list[Conflict] = given(default_factory=list)
    shelf: list[ShelfEntry] = given(default_factory=list)
    notes: list[Note] = given(default_factory=list)

    def decided(self, conflict: Conflict, allowed: Sequence[str] = DECISIONS) -> Mapping[str, Any] | None:
        """The earlier decision on the same three, told as replayed; None where there is none or it can't hold here.

        ValueError for one that is not whole.
        """
        made = self.decisions.get(conflict.key) if self.decisions else None
        if made is not None:
            check_decision(made)
            if made["decision"] not in allowed:
                return None
            self.tell(Matter.REPLAYED, conflict, {"decision": made["decision"], "key": conflict.key})
        return made

    def tell(self, kind: Matter, of: Conflict, about: Mapping[str, Any], value: Any = None) -> None:
        self.notes.append(Note(kind, of.element, of.field, of.language, value, about))

    def put_aside(self, of: Conflict, value: Any, made: Mapping[str, Any] | None = None) -> None:
        """On the shelf; a discard (with who, when and why) is told instead and keeps the words too."""
        if made is not None and made["decision"] == "discard_with_reason":
            self.tell(Matter.DISCARDED, of, {name: made[name] for name in ("by", "at", "reason")}, value)
        else:
            self.shelf.append(ShelfEntry(of.element, of.field, of.language, value, of.kind, of.homes))


def question_key(base: Any, ours: Any, theirs: Any) -> str:
    """SHA-256 (FIPS 180-4) over the canonical JSON of the three, 64 hexadecimal digits."""
    return fingerprint([base, ours, theirs])


def check_decision(made: Mapping[str, Any]) -> None:
    """ValueError unless it is one of DECISIONS, with words to combine, and who, when and why to discard."""
    if made.get("decision") not in DECISIONS:
        raise ValueError(f"not a decision: {made.get('decision')!r}")
    if made["decision"] == "combined" and "text" not in made and "to" not in made:
        raise ValueError("a combined decision needs its words")
    if made["decision"] == "discard_with_reason" and not all(made.get(name) for name in ("by", "at", "reason")):
        raise ValueError("a discard needs who, when and why")
