"""What a newer national release does to one step of a provider. Pure: texts in, a proposal out.

A step is for information where the provider has no guidance of its own, fits as it is where the merge is
clean in every language, and asks a question for each sentence that both sides changed. Where the new release lets
nobody reword (locked) or leave out (floor), words that do are laid aside: there is nothing to choose.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .merge import Choice, Chunk, MergeResult, merge_texts
from .resolved import not_permitted

Texts = Mapping[str, str]
FIELDS = (
    "guidance", "minimum", "name", "time_limit", "responsible", "participants", "applies_to", "critical", "basis",
    "value", "view",
)  # fmt: skip
MINUTES_A_QUESTION = 2


@dataclass(frozen=True, slots=True)
class Question:
    """One sentence that both sides changed, in one language; `number` counts through all languages."""

    number: int
    language: str
    chunk: Chunk


@dataclass(frozen=True, slots=True)
class Proposal:
    """The merge of one step's guidance, per language that the provider wrote in; `aside` are languages in which
    only the national text can be in force now."""

    merges: Mapping[str, MergeResult]
    aside: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """conflict, clean or information."""
        if not self.merges:
            return "information"
        return "clean" if all(result.clean for result in self.merges.values()) else "conflict"

    @property
    def questions(self) -> list[Question]:
        """Every conflict, languages in their order."""
        chunks = [(language, chunk) for language, result in self.merges.items() for chunk in result.conflicts]
        return [Question(number, language, chunk) for number, (language, chunk) in enumerate(chunks)]

    @property
    def texts(self) -> dict[str, str]:
        """The merged guidance; where a question is open, the provider's own words."""
        return {language: result.text for language, result in self.merges.items()}

    def decide(self, choices: Sequence[Choice]) -> tuple[dict[str, str], list[tuple[str, str]]]:
        """The guidance after all answers, and what goes on the shelf as (language, sentence).

        ValueError unless there is one choice for each question, in their order.
        """
        if len(choices) != len(self.questions):
            raise ValueError(f"{len(self.questions)} questions need as many answers, got {len(choices)}")
        texts, shelf, rest = {}, [], list(choices)
        for language, result in self.merges.items():
            mine, rest = rest[: len(result.conflicts)], rest[len(result.conflicts) :]
            resolved = result.decide(mine)
            texts[language] = resolved.text
            shelf += [(language, sentence) for sentence in resolved.shelf]
        return texts, shelf


def proposal(base: Texts, national: Texts, local: Texts, policy: str = "open") -> Proposal:
    """Merge the national change into the provider's guidance; only languages with a local text take part.

    `policy`: of the new national guidance (resolved.mode).
    """
    if not local:
        return Proposal({})
    merged = merge_texts(base, national, local)
    aside = [code for code in local if not_permitted(policy, national.get(code, ""), merged[code].text)]
    return Proposal({code: merged[code] for code in local if code not in aside}, tuple(aside))


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Which fields of a step a release changed, in the order of FIELDS."""
    return [name for name in FIELDS if before.get(name) != after.get(name)]
