"""What a merge of three texts gives: chunks in order, and the text after every question is answered. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from ..core import wording
from ..core.sentences import Sentence, comparable, compose, split

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


class MergeResult:
    """The merged text as chunks in order, with the white space around it.

    One that is known to ask nothing may be given as its text alone: its chunks are made when somebody looks at them.
    """

    __slots__ = ("_apart", "_chunks", "_head", "_look", "_tail", "_written")
    _look: "Callable[[], MergeResult]"

    def __init__(self, chunks: Sequence[Chunk], head: str = "", tail: str = "") -> None:
        self._chunks: tuple[Chunk, ...] | None = tuple(chunks)
        self._head, self._tail = head, tail
        self._written: str | None = None
        self._apart = False

    @classmethod
    def without_question(cls, text: str, look: "Callable[[], MergeResult]", *, touching: bool) -> "MergeResult":
        """A text that asks nothing. `look` makes the chunks; `touching`: whether changes may lie side by side."""
        made = cls.__new__(cls)
        made._chunks, made._written, made._look, made._apart = None, text, look, not touching
        return made

    def _seen(self) -> tuple[Chunk, ...]:
        if self._chunks is None:
            full = self._look()
            self._chunks, self._head, self._tail = full.chunks, full.head, full.tail
        return self._chunks

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        return self._seen()

    @property
    def head(self) -> str:
        self._seen()
        return self._head

    @property
    def tail(self) -> str:
        self._seen()
        return self._tail

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MergeResult) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash(self._parts())

    def __repr__(self) -> str:
        return f"MergeResult({self.chunks!r}, {self.head!r}, {self.tail!r})"

    def _parts(self) -> tuple[tuple[Chunk, ...], str, str]:
        return (self.chunks, self.head, self.tail)

    @property
    def clean(self) -> bool:
        return not self.conflicts

    @property
    def conflicts(self) -> tuple[Chunk, ...]:
        if self._written is not None:
            return ()
        return tuple(chunk for chunk in self.chunks if chunk.kind is Kind.CONFLICT)

    @property
    def text(self) -> str:
        """The merged text; where a conflict is undecided, the local words."""
        if self._written is not None:
            return self._written
        return compose(self.head, (s for chunk in self.chunks for s in chunk.kept), self.tail)

    @property
    def touching(self) -> tuple[int, ...]:
        """Where a national and a local change lie side by side: positions of the first chunk."""
        if self._apart:
            return ()
        sides = {Kind.NATIONAL, Kind.LOCAL}
        pairs = enumerate(zip(self.chunks, self.chunks[1:], strict=False))
        return tuple(at for at, (one, two) in pairs if {one.kind, two.kind} == sides)

    def decide(self, choices: Sequence[Choice]) -> Resolved:
        """Answer every conflict, in order. ValueError unless there is exactly one choice for each."""
        if len(choices) != len(self.conflicts):
            raise ValueError(f"{len(self.conflicts)} conflicts need as many choices, got {len(choices)}")
        if self._written is not None:
            return Resolved(self._written, ())
        answers = iter(choices)
        kept: list[Sentence] = []
        for chunk in self.chunks:
            kept += _answered(chunk, next(answers)) if chunk.kind is Kind.CONFLICT else chunk.kept
        own = [sentence for chunk in self.chunks for sentence in chunk.own]
        resolved = Resolved(compose(self.head, kept, self.tail), _left_out(own, kept))
        _prove(own, resolved)
        return resolved


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
    return tuple(s.text for s in own if not take(present, s.key))


def _prove(own: Iterable[Sentence], resolved: Resolved) -> None:
    """Look for every own sentence in the finished text itself, not in what it was made from."""
    text, shelf = comparable(resolved.text), {comparable(sentence) for sentence in resolved.shelf}
    lost = [s.text for s in own if s.key not in text and s.key not in shelf]
    if lost:
        raise LostSentence(f"{len(lost)} local sentences are in neither the text nor the shelf")


def take(stock: Counter[str], key: str) -> bool:
    """Use one up, if there is one left."""
    found = stock[key] > 0
    stock[key] -= found
    return found


def _words(sentences: Sentences) -> str:
    return compose("", sentences, "")
