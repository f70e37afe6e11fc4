"""The merge itself, on any text: every sentence of the three is cut and compared. Pure."""

from collections import Counter
from collections.abc import Iterable

from ..core.alignment import Hunk, Region, Who, finer_changes, weave
from ..core.sentences import Sentence, split
from .chunks import Chunk, Kind, MergeResult, Sentences, take


def by_sentences(base: str, national: str, local: str) -> MergeResult:
    """The merge itself, on any text: every sentence of all three is cut and compared."""
    b, n, x = split(base), split(national), split(local)
    chunks = woven(b.sentences, n.sentences, x.sentences)
    return MergeResult(tuple(chunks), _pick(b.head, n.head, x.head), _pick(b.tail, n.tail, x.tail))


def woven(b: Sentences, n: Sentences, x: Sentences) -> list[Chunk]:
    """The chunks of three rows of sentences, in order; every sentence of each is in exactly one."""
    base_keys = keys(b)
    theirs, ours = finer_changes(base_keys, keys(n)), finer_changes(base_keys, keys(x))
    written = _written(ours)
    chunks: list[Chunk] = []
    for region in weave(len(base_keys), theirs, ours):
        chunks += _chunks(region, b, n, x, written)
    return chunks


def _chunks(region: Region, b: Sentences, n: Sentences, x: Sentences, written: frozenset[int]) -> Iterable[Chunk]:
    """The chunks of one region: one, or two where both sides added at the same place."""
    base, new, here = b[region.base], n[region.national], x[region.local]
    own = tuple(x[i] for i in range(region.local.start, region.local.stop) if i in written)
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
    rest = tuple(s for s in own if not take(shared, s.key))
    both = (Chunk(Kind.NATIONAL, (), new, (), new), Chunk(Kind.LOCAL, (), (), own, rest, own))
    if new[0].opens_paragraph and not any(s.opens_paragraph for s in own):
        return both[::-1]
    return both


def _within(few: Sentences, many: Sentences) -> bool:
    """Whether `few` occur in `many` in the same order."""
    rest = iter(s.key for s in many)
    return all(s.key in rest for s in few)


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


def keys(sentences: Sentences) -> list[str]:
    """What is compared."""
    return [sentence.key for sentence in sentences]
