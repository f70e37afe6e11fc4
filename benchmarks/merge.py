"""The merge of texts beside git merge-file, merge3 and diff-match-patch, on the same texts in one run.

    python -m benchmarks.merge [texts]

2 kB texts of Finnish-like sentences, two edits on each side. Speed: on disjoint edits, every text new (nothing is
remembered), merges per second of processor time on one core, and the slowest in a hundred in processor time. git is a
process of its own each time: its figure is wall time. False conflicts: on the same disjoint edits, where a clean answer
exists. Silent losses: both sides change words of the same sentence; an answer is a loss if it reports success and words
of one side are in neither the text nor the report. Line tools get one sentence a line, which is kinder than a paragraph
a line. Then the command, and one provider's whole overlay: one release, and ten releases in one merge.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import merge3
from diff_match_patch import diff_match_patch

from benchmarks.ground import machine, percentiles
from parasta_saas.core import sentences
from parasta_saas.core.canonical import fingerprint
from parasta_saas.instructions.merge import merge
from parasta_saas.instructions.overlay import merge_overlay
from parasta_saas.instructions.resolved import resolve_release
from parasta_saas.instructions.rolling import compose, roll_forward, stepwise
from tests.instructions.worlds import Maker

SIZE, ROUNDS, FOR_GIT = 2048, 5, 60
WORDS = (
    "opettaja työpaikka ohjaaja jakso sopimus tavoite näyttö arviointi oppija keskustelu viikko suunnitelma osaaminen "
    "kirjaa sovi kerro tarkista yhteinen ennen jälkeen aina samana päivänä vastuullinen kanssa jotta työssä opinnot "
    "palaute tehtävä turvallisuus perehdytys"
).split()


class Three(NamedTuple):
    """Base, national, local, and the words that only one side wrote."""

    base: str
    theirs: str
    ours: str
    new: tuple[str, ...] = ()


class Answer(NamedTuple):
    """The merged text with whatever a report shows, and whether a conflict was reported."""

    shown: str
    conflict: bool


def sentence(random: Random) -> str:
    return " ".join(random.choice(WORDS) for _ in range(random.randint(7, 12))).capitalize() + "."


def paragraphs(random: Random) -> list[str]:
    made: list[str] = []
    while sum(len(each.encode()) + 1 for each in made) < SIZE:
        made.append(sentence(random))
    return made


def edited(text: str, at: int, word: str) -> str:
    words = text.split()
    words[at % (len(words) - 2) + 1] = word
    return " ".join(words)


def disjoint(seed: int) -> Three:
    """Two edits a side, each in a sentence of its own."""
    random = Random(seed)
    base = paragraphs(random)
    places = random.sample(range(len(base)), 4)
    new = tuple(f"uusi{seed}x{n}" for n in range(4))
    sides = base[:], base[:]
    for n, place in enumerate(places):
        sides[n // 2][place] = edited(base[place], random.randrange(99), new[n])
    return Three(" ".join(base), " ".join(sides[0]), " ".join(sides[1]), new)


def same_sentence(seed: int) -> Three:
    """Both sides change a word of the same sentence, and each another sentence."""
    random = Random(seed)
    base = paragraphs(random)
    first, second, third = random.sample(range(len(base)), 3)
    new = tuple(f"uusi{seed}x{n}" for n in range(4))
    sides = base[:], base[:]
    for side, (word, other) in enumerate(((0, second), (1, third))):
        sides[side][first] = edited(base[first], random.randrange(99), new[word])
        sides[side][other] = edited(base[other], random.randrange(99), new[word + 2])
    return Three(" ".join(base), " ".join(sides[0]), " ".join(sides[1]), new)


def parasta(three: Three) -> Answer:
    result = merge(three.base, three.theirs, three.ours)
    return Answer(result.text + "".join(c.national_text for c in result.conflicts), not result.clean)


def lines(text: str) -> list[str]:
    return [part + "\n" for part in text.split(". ")]


def merge3_lines(three: Three) -> Answer:
    merged = "".join(merge3.Merge3(lines(three.base), lines(three.theirs), lines(three.ours)).merge_lines())
    return Answer(merged, "<<<<<<<" in merged)


def patched(three: Three) -> Answer:
    tool = diff_match_patch()
    text, done = tool.patch_apply(tool.patch_make(three.base, three.theirs), three.ours)
    return Answer(text, not all(done))


def git(three: Three) -> Answer:
    with tempfile.TemporaryDirectory() as folder:
        names = ("ours", "base", "theirs")
        paths = [Path(folder) / name for name in names]
        for path, name in zip(paths, names, strict=True):
            path.write_text("".join(lines(getattr(three, name))), "utf-8")
        ran = subprocess.run(["git", "merge-file", "-p", *map(str, paths)], capture_output=True)
        return Answer(ran.stdout.decode(), ran.returncode != 0)


def speed(tool: Callable[[Three], Answer], texts: list[Three], clock: Callable[[], float]) -> tuple[float, float]:
    """(merges a second in the best round, p99 in milliseconds)."""
    best, each = float("inf"), []
    for _ in range(ROUNDS):
        sentences.split.cache_clear()
        began = clock()
        for three in texts:
            tool(three)
        best = min(best, clock() - began)
    for three in texts * max(1, 200 // len(texts)):
        began = clock()
        tool(three)
        each.append(clock() - began)
    return len(texts) / best, percentiles(each)[1]


def compare(number: int) -> None:
    apart, together = ([make(seed) for seed in range(number)] for make in (disjoint, same_sentence))
    tools: dict[str, tuple[Callable[[Three], Answer], int, Callable[[], float]]] = {
        "parasta": (parasta, number, time.process_time),
        "merge3, lines": (merge3_lines, number, time.process_time),
        "diff-match-patch": (patched, number, time.process_time),
        "git merge-file": (git, min(FOR_GIT, number), time.perf_counter),
    }
    print(f"{'':18}{'merges/s':>10}{'p99 ms':>9}{'false conflicts':>17}{'silent losses':>15}{'same sentence told':>20}")
    for name, (tool, count, clock) in tools.items():
        rate, slowest = speed(tool, apart[:count], clock)
        false = sum(tool(three).conflict for three in apart[:count]) / count
        answers = [(tool(three), three.new) for three in together[:count]]
        lost = sum(not a.conflict and any(word not in a.shown for word in new) for a, new in answers) / count
        told = sum(answer.conflict for answer, _ in answers) / count
        print(f"{name:18}{rate:10,.0f}{slowest:9.2f}{false:17.1%}{lost:15.1%}{told:20.1%}")


def through_the_command(number: int) -> None:
    """`parasta merge --batch`: reading, merging and writing JSON lines, with the start of the program."""
    texts = [disjoint(seed) for seed in range(number)]
    given = "".join(json.dumps({"base": t.base, "ours": t.ours, "theirs": t.theirs}) + "\n" for t in texts)
    began = time.perf_counter()
    ran = subprocess.run([sys.executable, "-m", "parasta_saas.cli", "merge", "--batch", "-"], input=given.encode(),
                         capture_output=True, check=True)  # fmt: skip
    took = time.perf_counter() - began
    assert ran.stdout.count(b"\n") == number
    print(f"parasta merge --batch: {number} texts in {took:.2f} s, {number / took:,.0f} a second with start and JSON")


def rolling() -> None:
    """One overlay on 40 steps: to the next release, over ten at once, and to one release with the changes of ten."""
    maker = Maker(4)
    contents: list[Any] = [maker.release(40)]
    lineages: list[Any] = []
    for n in range(10):
        release, lineage = maker.next_release(contents[-1], str(n))
        contents.append(release)
        lineages.append(lineage)
    overlay = maker.overlay(contents[0])
    one = least(lambda: [roll_forward(contents[:2], lineages[:1], overlay)])
    ten = least(lambda: [roll_forward(contents, lineages, overlay)])
    steps = least(lambda: stepwise(contents, lineages, overlay))
    whole = compose(lineages)
    at_once = least(lambda: [merge_overlay(contents[0], contents[-1], overlay, whole)])
    view_one, view_ten = (
        least(lambda c=c, w=w: fingerprint(resolve_release(c[-1], roll_forward(c, w, overlay).overlay)))
        for c, w in ((contents[:2], lineages[:1]), (contents, lineages))
    )
    print(f"overlay on 40 steps: one release {one:.2f} ms; ten in one merge {ten:.2f} ms ({ten / one:.2f} ×), ")
    print(f"  one release with the same changes as ten {at_once:.2f} ms; ten merges in a row {steps:.2f} ms")
    print(f"  merge, view and hash: one {view_one:.2f} ms, ten {view_ten:.2f} ms ({view_ten / view_one:.2f} ×)")


def questions(tenants: int = 100) -> None:
    """Questions of one release that rewords 12 of 40 steps, over providers with own words on nearly every step."""
    maker = Maker(7)
    base = maker.release(40)
    after = deepcopy(base)
    for step in maker.random.sample(after["steps"], 12):
        for code, text in step["guidance"].items():
            step["guidance"][code] = maker.edited(text, code)
    runs = [merge_overlay(base, after, maker.overlay(base, share=0.9)) for _ in range(tenants)]
    asked = sorted(len(run.conflicts) for run in runs)
    print(f"questions a provider, 12 of 40 steps reworded: median {asked[tenants // 2]}, most {asked[-1]}")


def least(work: Callable[[], Any]) -> float:
    """Milliseconds of processor time, the best of many; nothing is remembered between."""
    rounds = []
    for _ in range(25):
        sentences.split.cache_clear()
        began = time.process_time()
        work()
        rounds.append(time.process_time() - began)
    return min(rounds) * 1000


def main() -> None:
    print(machine())
    compare(int(sys.argv[1]) if sys.argv[1:] else 400)
    through_the_command(5000)
    rolling()
    questions()


if __name__ == "__main__":
    main()
