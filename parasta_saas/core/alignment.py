"""Which parts of two texts changed against their common base, and where the changes meet.

Works on sequences of comparison keys and knows nothing of text: sentences and words use it alike.
A change is judged from the base and one side only, so swapping the sides mirrors the result.

Rule for neighbours: two changes meet only if they cover a common element of the base, or if one side
puts something *between* elements that the other side replaced together. A change beside a change is not
a conflict.
"""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import Enum
from typing import NamedTuple

_WORD = re.compile(r"\w+")
_ALIKE = 0.5
_CONTAINED = 0.75
_LARGEST_TABLE = 900


class Hunk(NamedTuple):
    """base[b0:b1] became other[x0:x1]; b0 == b1 is an insertion before base[b0]."""

    b0: int
    b1: int
    x0: int
    x1: int

    @property
    def growth(self) -> int:
        return (self.x1 - self.x0) - (self.b1 - self.b0)


class Who(Enum):
    """Who changed a region."""

    NOBODY = "nobody"
    NATIONAL = "national"
    LOCAL = "local"
    BOTH = "both"


class Region(NamedTuple):
    """The same place in the three texts."""

    who: Who
    base: slice
    national: slice
    local: slice


def changes(base: Sequence[str], other: Sequence[str]) -> list[Hunk]:
    """The hunks that lead from base to other, in order, none touching the next."""
    low, least = 0, min(len(base), len(other))
    while low < least and base[low] == other[low]:
        low += 1
    high = 0
    while high < least - low and base[-1 - high] == other[-1 - high]:
        high += 1
    b1, x1 = len(base) - high, len(other) - high
    if low == b1 and low == x1:
        return []
    if low in (b1, x1) or b1 - low == x1 - low == 1:
        return [Hunk(low, b1, low, x1)]
    if b1 == x1 and (found := _in_place(base[low:b1], other[low:x1], low)):
        return found
    codes = SequenceMatcher(None, base[low:b1], other[low:x1], autojunk=False).get_opcodes()
    return [Hunk(low + i, low + j, low + k, low + m) for tag, i, j, k, m in codes if tag != "equal"]


def _in_place(base: Sequence[str], other: Sequence[str], low: int) -> list[Hunk]:
    """Where elements only gave way to new ones at the same places: then those places. Else nothing."""
    differing = [i for i, (was, now) in enumerate(zip(base, other, strict=True)) if was != now]
    there, here = set(base), set(other)
    if any(base[i] in here or other[i] in there for i in differing):
        return []
    found: list[Hunk] = []
    for i in differing:
        at = low + i
        if found and found[-1].b1 == at:
            at = found.pop().b0
        found.append(Hunk(at, low + i + 1, at, low + i + 1))
    return found


def finer_changes(base: Sequence[str], other: Sequence[str]) -> list[Hunk]:
    """Like `changes`, but in a rewritten stretch each sentence is paired with the one it grew from."""
    found = changes(base, other)
    if all(b1 - b0 < 2 and x1 - x0 < 2 for b0, b1, x0, x1 in found):
        return found
    return [small for hunk in found for small in _finer(hunk, base, other)]


def weave(size: int, national: Sequence[Hunk], local: Sequence[Hunk]) -> list[Region]:
    """Walk the base (of `size` elements) once; every element of the three texts is in exactly one region."""
    regions: list[Region] = []
    b = n = x = i = j = 0
    while i < len(national) or j < len(local):
        start, end, i_end, j_end = _cluster(national, i, local, j)
        if start > b:
            same = start - b
            regions.append(Region(Who.NOBODY, slice(b, start), slice(n, n + same), slice(x, x + same)))
            n, x = n + same, x + same
        n_end = n + end - start + sum(hunk.growth for hunk in national[i:i_end])
        x_end = x + end - start + sum(hunk.growth for hunk in local[j:j_end])
        who = Who.BOTH if i_end > i and j_end > j else Who.NATIONAL if i_end > i else Who.LOCAL
        regions.append(Region(who, slice(start, end), slice(n, n_end), slice(x, x_end)))
        b, n, x, i, j = end, n_end, x_end, i_end, j_end
    if size > b:
        regions.append(Region(Who.NOBODY, slice(b, size), slice(n, n + size - b), slice(x, x + size - b)))
    return regions


def _cluster(national: Sequence[Hunk], i: int, local: Sequence[Hunk], j: int) -> tuple[int, int, int, int]:
    """The next hunks that belong together: (base start, base end, hunks read of each side)."""
    start, end = min(hunk[:2] for hunk in (*national[i : i + 1], *local[j : j + 1]))
    if start == end:
        here = (start, end)
        return start, end, i + (_spot(national, i) == here), j + (_spot(local, j) == here)
    grew = True
    while grew:
        grew = False
        while i < len(national) and national[i].b0 < end:
            end, i, grew = max(end, national[i].b1), i + 1, True
        while j < len(local) and local[j].b0 < end:
            end, j, grew = max(end, local[j].b1), j + 1, True
    return start, end, i, j


def _spot(hunks: Sequence[Hunk], at: int) -> tuple[int, int] | None:
    return hunks[at][:2] if at < len(hunks) else None


def _finer(hunk: Hunk, base: Sequence[str], other: Sequence[str]) -> list[Hunk]:
    rows, columns = hunk.b1 - hunk.b0, hunk.x1 - hunk.x0
    if rows * columns < 2 or rows * columns > _LARGEST_TABLE:
        return [hunk]
    found: list[Hunk] = []
    b, x = hunk.b0, hunk.x0
    for row, column in [*_pairs(base[b : hunk.b1], other[x : hunk.x1]), (rows, columns)]:
        at_b, at_x = hunk.b0 + row, hunk.x0 + column
        if at_b > b or at_x > x:
            found.append(Hunk(b, at_b, x, at_x))
        if row < rows:
            found.append(Hunk(at_b, at_b + 1, at_x, at_x + 1))
        b, x = at_b + 1, at_x + 1
    return found


def _pairs(base: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """The order-keeping pairing of sentences with the greatest likeness in all."""
    like = _likeness(base, other)
    best = [[0.0] * (len(other) + 1) for _ in range(len(base) + 1)]
    for r in range(len(base) - 1, -1, -1):
        for c in range(len(other) - 1, -1, -1):
            best[r][c] = max(best[r + 1][c], best[r][c + 1], best[r + 1][c + 1] + like[r][c])
    pairs, r, c = [], 0, 0
    while r < len(base) and c < len(other):
        if like[r][c] and best[r][c] == best[r + 1][c + 1] + like[r][c]:
            pairs.append((r, c))
            r, c = r + 1, c + 1
        elif best[r][c] == best[r + 1][c]:
            r += 1
        else:
            c += 1
    return pairs


def _likeness(base: Sequence[str], other: Sequence[str]) -> list[list[float]]:
    """How alike the words of each pair of sentences are, 0 to 1."""
    ours, theirs = ([_counted(key) for key in side] for side in (base, other))
    return [[_alike(a, b) for b in theirs] for a in ours]


def _counted(key: str) -> tuple[Counter[str], int]:
    """How often each word stands there, and how many words there are."""
    words = _WORD.findall(key.lower())
    return Counter(words), len(words)


def _alike(a: tuple[Counter[str], int], b: tuple[Counter[str], int]) -> float:
    """Dice coefficient; a sentence that was only lengthened counts too, but less. 0 where it says nothing."""
    here, there = a[0], b[0]
    shared = sum(min(here[word], there[word]) for word in here.keys() & there.keys())
    sizes = a[1], b[1]
    dice = 2 * shared / (sum(sizes) or 1)
    if dice >= _ALIKE:
        return dice
    return _ALIKE / 2 if shared >= 2 and shared >= _CONTAINED * min(sizes) else 0.0
