"""On which step a piece of an old handbook belongs: a suggestion with its reasons. A person decides. Pure.

Each step is a weighted bag of stems, parts of words and terms of the field (TF-IDF over the steps); a piece is
compared with each by cosine. The reasons are the piece's own words that counted the most.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from math import log, sqrt
from typing import NamedTuple

from ..reference.glossary import find
from .pieces import Piece
from .pieces_language import stem, words_of

PART = 5  # letters of a part of a word: perehdyttäminen and työhönperehdytys share some
PART_WEIGHT, TERM_WEIGHT = 0.45, 1.2
FIELDS = {"name": 4.0, "minimum": 2.0, "guidance": 1.0, "outputs": 1.0, "inputs": 0.6, "value": 0.6}
TITLE, PATH, TEXT = 4.0, 0.8, 1.0
MOST_WORDS = 1_500  # of a piece: what it is about is said by then
LEAST, SURE, AHEAD = 0.06, 0.28, 1.25
REASONS = 4

Bag = dict[str, float]


class Suggestion(NamedTuple):
    """A step with its score (0 to 1) and the words of the piece that speak for it."""

    key: str
    score: float
    words: tuple[str, ...]


class Index(NamedTuple):
    """The steps in one language, ready to be compared."""

    language: str
    bags: dict[str, Bag]
    rare: dict[str, float]


def index(steps: Mapping[str, Mapping[str, str]], language: str) -> Index:
    """steps: key → texts in that language by the names of FIELDS; missing ones are empty."""
    raw = {key: _bag(((texts.get(n) or "", w) for n, w in FIELDS.items()), language) for key, texts in steps.items()}
    seen = Counter(feature for bag in raw.values() for feature in bag)
    rare = {feature: log(1 + len(raw) / count) for feature, count in seen.items()}
    return Index(language, {key: _normal(bag, rare) for key, bag in raw.items()}, rare)


def suggest(steps: Index, piece: Piece, *, most: int = 3) -> list[Suggestion]:
    """The best steps for a piece, best first; none where nothing speaks for any."""
    texts = [(piece.title, TITLE), (" ".join(piece.path[-2:]), PATH), (piece.text, TEXT)]
    bag = _normal(_bag(texts, steps.language), steps.rare)
    scores = {key: sum(weight * other.get(f, 0.0) for f, weight in bag.items()) for key, other in steps.bags.items()}
    best = sorted((key for key, score in scores.items() if score >= LEAST), key=lambda key: -scores[key])[:most]
    if not best:
        return []
    said = [*words_of(piece.title, steps.language), *islice(words_of(piece.text, steps.language), MOST_WORDS)]
    return [
        Suggestion(key, round(scores[key], 3), _reasons(said, bag, steps.bags[key], steps.language)) for key in best
    ]


def is_confident(scores: Sequence[float]) -> bool:
    """Whether the best score (they come best first) is high and well ahead of the second."""
    return bool(scores) and scores[0] >= SURE and (len(scores) < 2 or scores[0] >= AHEAD * scores[1])


def _bag(texts: Iterable[tuple[str, float]], language: str) -> Bag:
    bag: dict[str, float] = defaultdict(float)
    for text, weight in texts:
        counted: Counter[str] = Counter()
        for word in islice(words_of(text, language), MOST_WORDS):
            counted[word] += 1
        for word, times in counted.items():
            for feature, share in features(word, language):
                bag[feature] += weight * share * (1 + log(times))
        for span in find(text[:20_000], language) if text else ():
            bag[f"term:{span.key}"] += weight * TERM_WEIGHT
    return {feature: sqrt(weight) for feature, weight in bag.items()}


def features(word: str, language: str) -> Iterator[tuple[str, float]]:
    """What is compared of a word in lower case: its stem, and the parts of a long one, which share one weight."""
    root = stem(word, language)
    yield root, 1.0
    if len(root) > PART:
        parts = {root[i : i + PART] for i in range(len(root) - PART + 1)}
        for part in sorted(parts):
            yield f"…{part}", PART_WEIGHT / len(parts) ** 0.5


def _normal(bag: Bag, rare: Mapping[str, float]) -> Bag:
    """Weighed by rarity, of length 1; features that no step has only make it longer."""
    unknown = max(rare.values(), default=1.0)
    weighed = {feature: weight * rare.get(feature, unknown * 0.35) for feature, weight in bag.items()}
    length = sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
    return {feature: weight / length for feature, weight in weighed.items()}


def _reasons(said: Iterable[str], bag: Bag, step: Bag, language: str) -> tuple[str, ...]:
    """The words that counted the most, one per stem, as they stand in the piece."""
    worth: dict[str, float] = {}
    shown: dict[str, str] = {}
    for word in dict.fromkeys(said):
        root = stem(word, language)
        value = sum(bag.get(f, 0.0) * step.get(f, 0.0) for f, _share in features(word, language))
        if value > worth.get(root, 0.001):
            worth[root], shown[root] = value, word
    best = sorted(worth, key=lambda root: -worth[root])[:REASONS]
    return tuple(shown[root] for root in best)
