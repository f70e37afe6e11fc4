"""Three-way merge of guidance, sentence by sentence: the national text that the local one was written on
(base), the new national text, and the local text. The same three texts give the same answer on any machine.

- Changed by one side only: that side's words stand, no question.
- The same sentence changed by both, or changed by one and removed by the other: a conflict, which a person
  decides. Until then the local words stand. Word by word there is only a suggestion, never an answer.
- Both sides add at the same place: both are kept, national first; the same words are kept once.
- A change beside another is no conflict (see `alignment`); `MergeResult.touching` names such neighbours.
- Two texts count as the same when `comparable` says so; the characters written are the ones put out.

Nothing local is lost: each sentence of the provider's own is in the result or on the shelf (`decide` checks).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from ..core import wording
from ..core.alignment import Hunk, Region, Who, finer_changes, weave
from ..core.sentences import Passage, Sentence, comparable, compose, split
from .limits import merge_limit, merge_value

__all__ = [
    "KEEP_LOCAL", "TAKE_NATIONAL", "Answer", "Choice", "Chunk", "Kind", "LostSentence", "MergeResult",
    "Resolved", "merge", "merge_limit", "merge_texts", "merge_value",
]  # fmt: skip

Sentences = tuple[Sentence, ...]


class Kind(Enum):
    """What happened to a chunk."""

    UNCHANGED = "unchanged"
    NATIONAL = "national"
    LOCAL = "local"
    SAME = "same"
    CONFLICT = "conflict"


class Answer(Enum):
    """The two ready answers to a conflict; a string is the third: words of one's own."""

    KEEP_LOCAL = "keep_local"
    TAKE_NATIONAL = "take_national"


KEEP_LOCAL, TAKE_NATIONAL = Answer.KEEP_LOCAL, Answer.TAKE_NATIONAL
Choice = Answer | str


class LostSentence(RuntimeError):
    """A local sentence would be neither in the text nor on the shelf: our fault, never a user's."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One place in the three texts. `kept` stands in the text (in a conflict: until decided);
    `own` are the sentences here that the provider wrote and the base did not have."""

    kind: Kind
    base: Sentences
    national: Sentences
    local: Sentences
    kept: Sentences
    own: Sentences = ()

    @property
    def base_text(self) -> str:
        return _words(self.base)

    @property
    def national_text(self) -> str:
        return _words(self.national)

    @property
    def local_text(self) -> str:
        return _words(self.local)

    @property
    def text(self) -> str:
        return _words(self.kept)

    @property
    def suggestion(self) -> str | None:
        """For a conflict, one text with both sides' words; None where they changed the same words."""
        if self.kind is not Kind.CONFLICT:
            return None
        return wording.combined(self.base_text, self.national_text, self.local_text)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The text after all answers, and the provider's own sentences that the answers left out of it."""

    text: str
    shelf: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The merged text as chunks in order, with the white space around it."""

    chunks: tuple[Chunk, ...]
    head: str = ""
    tail: str = ""

    @property
    def clean(self) -> bool:
        return not self.conflicts

    @property
    def conflicts(self) -> tuple[Chunk, ...]:
        return tuple(chunk for chunk in self.chunks if chunk.kind is Kind.CONFLICT)

    @property
    def text(self) -> str:
        """The merged text; where a conflict is undecided, the local words."""
        return compose(self.head, (s for chunk in self.chunks for s in chunk.kept), self.tail)

    @property
    def touching(self) -> tuple[int, ...]:
        """Where a national and a local change lie side by side: positions of the first chunk."""
        sides = {Kind.NATIONAL, Kind.LOCAL}
        pairs = enumerate(zip(self.chunks, self.chunks[1:], strict=False))
        return tuple(at for at, (one, two) in pairs if {one.kind, two.kind} == sides)

    def decide(self, choices: Sequence[Choice]) -> Resolved:
        """Answer every conflict, in order. ValueError unless there is exactly one choice for each."""
        if len(choices) != len(self.conflicts):
            raise ValueError(f"{len(self.conflicts)} conflicts need as many choices, got {len(choices)}")
        answers = iter(choices)
        kept: list[Sentence] = []
        for chunk in self.chunks:
            kept += _answered(chunk, next(answers)) if chunk.kind is Kind.CONFLICT else chunk.kept
        own = [sentence for chunk in self.chunks for sentence in chunk.own]
        resolved = Resolved(compose(self.head, kept, self.tail), _left_out(own, kept))
        _prove(own, resolved)
        return resolved


def merge(base: str, national: str, local: str) -> MergeResult:
    """Merge the change base → national into `local`, which was written on `base`."""
    b, n, x = split(base), split(national), split(local)
    base_keys = _keys(b)
    theirs, ours = finer_changes(base_keys, _keys(n)), finer_changes(base_keys, _keys(x))
    written = _written(ours)
    chunks: list[Chunk] = []
    for region in weave(len(base_keys), theirs, ours):
        chunks += _chunks(region, b, n, x, written)
    return MergeResult(tuple(chunks), _pick(b.head, n.head, x.head), _pick(b.tail, n.tail, x.tail))


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


def _two_translations(national: str, local: str) -> MergeResult | None:
    n, x = split(national), split(local)
    if not n.sentences or not x.sentences or _keys(n) == _keys(x):
        return None
    clash = Chunk(Kind.CONFLICT, (), n.sentences, x.sentences, kept=x.sentences, own=x.sentences)
    return MergeResult((clash,), x.head, x.tail)


def _chunks(region: Region, b: Passage, n: Passage, x: Passage, written: frozenset[int]) -> Iterable[Chunk]:
    """The chunks of one region: one, or two where both sides added at the same place."""
    base, new, here = b.sentences[region.base], n.sentences[region.national], x.sentences[region.local]
    own = tuple(x.sentences[i] for i in range(region.local.start, region.local.stop) if i in written)
    if region.who is Who.NOBODY:
        kept = tuple(map(_pick_sentence, base, new, here))
        return (Chunk(Kind.UNCHANGED, base, new, here, kept),)
    if region.who is Who.NATIONAL:
        return (Chunk(Kind.NATIONAL, base, new, here, new),)
    if region.who is Who.LOCAL:
        return (Chunk(Kind.LOCAL, base, new, here, here, own),)
    if [s.key for s in new] == [s.key for s in here]:
        return (Chunk(Kind.SAME, base, new, here, here, own),)
    if base:
        return (Chunk(Kind.CONFLICT, base, new, here, here, own),)
    return _both_added(new, here)


def _both_added(new: Sentences, own: Sentences) -> Iterable[Chunk]:
    """Additions of both sides at one place: all of them once, national first."""
    if _within(new, own):
        return (Chunk(Kind.LOCAL, (), new, own, own, own),)
    if _within(own, new):
        return (Chunk(Kind.NATIONAL, (), new, own, new, own),)
    shared = Counter(s.key for s in new)
    rest = tuple(s for s in own if not _take(shared, s.key))
    return (Chunk(Kind.NATIONAL, (), new, (), new), Chunk(Kind.LOCAL, (), (), own, rest, own))


def _within(few: Sentences, many: Sentences) -> bool:
    """Whether `few` occur in `many` in the same order."""
    rest = iter(s.key for s in many)
    return all(s.key in rest for s in few)


def _take(stock: Counter[str], key: str) -> bool:
    """Use one up, if there is one left."""
    found = stock[key] > 0
    stock[key] -= found
    return found


def _answered(chunk: Chunk, choice: Choice) -> Sentences:
    if choice is KEEP_LOCAL:
        return chunk.local
    if choice is TAKE_NATIONAL:
        return chunk.national
    if not isinstance(choice, str):
        raise TypeError(f"not a choice: {choice!r}")
    own = split(choice).sentences
    around = (*chunk.local, *chunk.national, *chunk.base)
    return (own[0]._replace(lead=around[0].lead), *own[1:]) if own and around else own


def _left_out(own: Iterable[Sentence], kept: Iterable[Sentence]) -> tuple[str, ...]:
    present = Counter(s.key for s in kept)
    return tuple(s.text for s in own if not _take(present, s.key))


def _prove(own: Iterable[Sentence], resolved: Resolved) -> None:
    """Look for every own sentence in the finished text itself, not in what it was made from."""
    text, shelf = comparable(resolved.text), {comparable(sentence) for sentence in resolved.shelf}
    lost = [s.text for s in own if s.key not in text and s.key not in shelf]
    if lost:
        raise LostSentence(f"{len(lost)} local sentences are in neither the text nor the shelf")


def _written(hunks: Iterable[Hunk]) -> frozenset[int]:
    """Positions of the local sentences that the base does not have."""
    return frozenset(i for hunk in hunks for i in range(hunk.x0, hunk.x1))


def _pick(base: str, national: str, local: str) -> str:
    return national if local == base else local


def _pick_sentence(base: Sentence, national: Sentence, local: Sentence) -> Sentence:
    """The same words in all three: whose characters and white space. A text's first lead says nothing."""
    moved = local.lead and local.lead != base.lead
    lead = local.lead if moved else national.lead or local.lead or base.lead
    return Sentence(lead, _pick(base.text, national.text, local.text), local.key)


def _keys(passage: Passage) -> list[str]:
    return [sentence.key for sentence in passage.sentences]


def _words(sentences: Sentences) -> str:
    return compose("", sentences, "")
