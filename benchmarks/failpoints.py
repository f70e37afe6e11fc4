"""A worker and its child are killed at every numbered failpoint in the middle of one fan-out, with SIGKILL.

    python -m benchmarks.failpoints [--tenants 500]

With the settings of production (a lease of 30 seconds, a sweep every 5). Lost: providers without their update, its link
in the chain or its mail. Double: rows or mails beyond one. Then the seconds from the last death until nothing is left.
"""

import argparse

from benchmarks.ground import machine, world
from parasta_saas.core.failpoints import Point
from tests.faults.killing import Outcome, run
from tests.faults.providers import open_many, reword_draft

LIMIT = 120


def report(outcome: Outcome, tenants: int) -> None:
    """One line for each death, then what it all came to."""
    first = outcome.deaths[0].at
    for death in outcome.deaths:
        name = Point(int(death.armed.partition(":")[0])).name.lower()
        print(
            f"  {death.armed:>5}  {name:22} after {death.at - first:5.1f} s: {death.offered} of {tenants} offered, "
            f"{death.left} left to do"
        )
    print(f"updates {outcome.updates}, items {outcome.items}, links of chains {outcome.chained}, mails {outcome.mails}")
    print(f"lost {outcome.lost(tenants)}, double {outcome.double}; done {outcome.seconds:.1f} s after the last death")
    print(f"handed to the mail server twice under one Message-ID: {outcome.handed_twice}")


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m benchmarks.failpoints")
    words.add_argument("--tenants", type=int, default=500)
    words.add_argument("--lease", type=int, default=30)
    given = words.parse_args()
    with world() as place:
        place.dirty = True
        place.refresh()
        open_many(place, given.tenants, own=40)
        reword_draft(place)
        outcome = run(place, given.tenants, patience=900, LEASE_SECONDS=str(given.lease), SWEEP_SECONDS="5")
    print(machine())
    report(outcome, given.tenants)
    if not 0 < outcome.seconds <= LIMIT or outcome.lost(given.tenants) or outcome.double:
        raise SystemExit("not as promised")


if __name__ == "__main__":
    main()
