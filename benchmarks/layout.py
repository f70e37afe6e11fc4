"""How long a diagram of 100 shapes takes to lay out, and each A3 print of the whole reference process.

python -m benchmarks.layout
"""

import time
from collections.abc import Callable

from benchmarks.ground import machine
from parasta_saas.reference import drawing
from parasta_saas.reference.layout import Item, Laid, Lane, Link, Pool, layout
from tests.reference import test_printing as prints

ROUNDS = 5
LIMITS = {"layout": 2.0, "print": 2.0}  # seconds


def hundred() -> tuple[list[Pool], list[Item], list[Link]]:
    """4 pools of 3 lanes, 100 shapes, 150 links: choices, returns and named messages between pools."""
    pools = [Pool(f"p{p}", f"Toimija {p}", tuple(Lane(f"p{p}l{n}", f"rooli {n}") for n in range(3))) for p in range(4)]
    kinds = ("task", "task", "task", "exclusive", "task", "catch")
    items = [
        Item(f"i{n}", f"p{n * 7 % 4}l{n * 5 % 3}", kinds[n % 6], f"Tavoitteista ja työtehtävistä sopiminen {n}", n)
        for n in range(100)
    ]
    pool = {item.key: item.lane_key[:2] for item in items}
    pairs = [(n, n + 1) for n in range(99)] + [(n, (n * 37 + 11) % 100) for n in range(0, 100, 2)] + [(99, 0)]
    links = [
        Link(f"i{a}", f"i{b}", "sequence" if pool[f"i{a}"] == pool[f"i{b}"] else "message", "asiakirja" * (a % 3 == 0))
        for a, b in pairs
    ]
    return pools, items, links


def longest(made: Callable[[], object]) -> float:
    """Seconds of the slowest of some rounds."""
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        made()
        found.append(time.perf_counter() - began)
    return max(found)


def main() -> None:
    diagram = hundred()
    laid: Laid = layout(*diagram)
    print(machine())
    seconds = longest(lambda: layout(*diagram))
    print(
        f"layout of {len(laid.items)} shapes and {len(laid.links)} links: {seconds:.3f} s (limit {LIMITS['layout']} s)"
    )
    print(
        f"its shapes and its text: {longest(lambda: (drawing.figure(laid, 'fi'), drawing.reading(laid, 'fi'))):.3f} s"
    )
    for name, made in prints.PRINTS.items():
        print(f"A3 {name}: {longest(lambda made=made: made('fi')):.3f} s (limit {LIMITS['print']} s)")
    data = prints.base(laid=laid, title="Sata")
    print(f"A3 of the 100 shapes, in tiles: {longest(lambda: prints.printing.print_diagram(data, 'fi')):.3f} s")


if __name__ == "__main__":
    main()
