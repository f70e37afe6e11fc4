"""What one release costs one provider: 51 steps in three languages, six sentences each.

    python benchmarks/merge.py

Prints the best of several rounds for our merge (cold: every text is split anew; warm: splits are remembered)
and its ratio to difflib doing the two line-by-line comparisons that any three-way merge needs.
"""

import time
from collections.abc import Callable
from difflib import SequenceMatcher

from parasta_saas.core import sentences
from parasta_saas.instructions.merge import merge

STEPS, LANGUAGES, ROUNDS = 51, 3, 7
Texts = tuple[str, str, str]


def texts(number: int) -> Texts:
    """Base, national and local text of one step, both sides with a change and an addition."""
    lines = [f"Virke {n} askeleesta {number} kertoo, mitä opettaja tekee seuraavaksi työpaikalla." for n in "ABCDEF"]
    national = [
        *lines[:4],
        lines[4].replace("opettaja", "vastuullinen opettaja"),
        lines[5],
        "Kirjaa asia samana päivänä.",
    ]
    local = [*lines[:2], "Jos työpaikka jätti numeron, soita aina ensin.", *lines[2:]]
    if number % 10 == 0:
        local[5] = lines[4].replace("työpaikalla", "yhdessä ohjaajan kanssa")
    return " ".join(lines), " ".join(national), " ".join(local)


def cold(every: list[Texts]) -> None:
    sentences.split.cache_clear()
    warm(every)


def warm(every: list[Texts]) -> None:
    for three in every:
        merge(*three)


def difflib_lines(every: list[Texts]) -> None:
    for base, *sides in every:
        for side in sides:
            SequenceMatcher(None, base.split(". "), side.split(". "), autojunk=False).get_opcodes()


def best(work: Callable[[list[Texts]], None], every: list[Texts]) -> float:
    """Milliseconds of the quickest round."""
    found = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work(every)
        found.append((time.process_time() - start) * 1000)
    return min(found)


def main() -> None:
    every = [texts(number * LANGUAGES + language) for number in range(STEPS) for language in range(LANGUAGES)]
    plain = best(difflib_lines, every)
    asked = sum(len(merge(*three).conflicts) for three in every)
    print(f"{len(every)} texts, {asked} questions; difflib alone {plain:.1f} ms")
    for name, work in (("cold", cold), ("warm", warm)):
        took = best(work, every)
        print(f"{name}: {took:.1f} ms, {took / plain:.2f} × difflib, {len(every) / took * 1000:,.0f} merges/s")


if __name__ == "__main__":
    main()
