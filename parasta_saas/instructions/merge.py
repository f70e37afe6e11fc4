"""Three-way merge of guidance, sentence by sentence: the national text that the local one was written on
(base), the new national text, and the local text. The same three texts give the same answer on any machine.

- Changed by one side only: that side's words stand, no question.
- The same sentence changed by both, or changed by one and removed by the other: a conflict, which a person
  decides. Until then the local words stand. Word by word there is only a suggestion, never an answer.
- Both sides add at the same place: both are kept, national first (words that go on in a paragraph stand before
  a new paragraph); the same words are kept once.
- A change beside another is no conflict (see `alignment`); `MergeResult.touching` names such neighbours.
- Two texts count as the same when `comparable` says so; the characters written are the ones put out.

Nothing local is lost: each sentence of the provider's own is in the result or on the shelf (`decide` checks).
"""

from collections import Counter
from collections.abc import Mapping
from functools import partial

from ..core.sentences import split
from . import quick
from .chunks import (
    KEEP_LOCAL,
    TAKE_NATIONAL,
    Answer,
    Choice,
    Chunk,
    Kind,
    LostSentence,
    MergeResult,
    Resolved,
    take,
)
from .limits import merge_limit
from .sentencewise import by_sentences, keys

__all__ = [
    "KEEP_LOCAL", "TAKE_NATIONAL", "Answer", "Choice", "Chunk", "Kind", "LostSentence", "MergeResult",
    "Resolved", "merge", "merge_limit", "merge_texts", "own_sentences",
]  # fmt: skip


def merge(base: str, national: str, local: str) -> MergeResult:
    """Merge the change base → national into `local`, which was written on `base`."""
    found = quick.merged(base, national, local)
    if found is None:
        return by_sentences(base, national, local)
    return MergeResult.without_question(
        found[0], partial(by_sentences, base, national, local), touching=found[1]
    )  # fmt: skip


def merge_texts(
    base: Mapping[str, str], national: Mapping[str, str], local: Mapping[str, str]
) -> dict[str, MergeResult]:
    """Each language alone, by language code. A language without a local text follows the national one.

    Where only the base lacks a language, both sides translated the whole text: one question, not two texts.
    """
    results = {}
    for language in sorted({*base, *national, *local}):
        was, new = base.get(language, ""), national.get(language, "")
        own = local.get(language, was)
        translated = not was.strip() and any(text.strip() for text in base.values())
        both = _two_translations(new, own) if translated else None
        results[language] = both or merge(was, new, own)
    return results


def own_sentences(base: str, local: str) -> list[str]:
    """The sentences of a local text that the text it was written on does not have."""
    known = Counter(keys(split(base).sentences))
    return [sentence.text for sentence in split(local).sentences if not take(known, sentence.key)]


def _two_translations(national: str, local: str) -> MergeResult | None:
    n, x = split(national), split(local)
    if not n.sentences or not x.sentences or keys(n.sentences) == keys(x.sentences):
        return None
    clash = Chunk(Kind.CONFLICT, (), n.sentences, x.sentences, kept=x.sentences, own=x.sentences)
    return MergeResult((clash,), x.head, x.tail)
