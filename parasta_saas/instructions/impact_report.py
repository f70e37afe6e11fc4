"""What a weighing says when every provider is put together: totals, and how the questions spread. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from .impact import Counts

BANDS = ((0, 0), (1, 2), (3, 5), (6, None))  # questions to one provider
Weighed = tuple[str, Counts]  # (provider, counts)


@dataclass(frozen=True, slots=True)
class Report:
    """Sums over the providers, and how many providers fall into each band of questions."""

    providers: int
    total: Counts
    touched: int
    duties: tuple[int, int]  # the fewest and the most new duties of one provider
    bands: tuple[tuple[int, int | None, int], ...]  # (from, to, providers)


def touches(counts: Counts) -> bool:
    """Whether a provider has own words or limits that the draft meets; new duties meet everyone."""
    return bool(counts.clean or counts.conflicts or counts.orphans or counts.out_of_range)


def report(rows: Sequence[Weighed]) -> Report:
    """Put the rows together; all zero where there are none."""
    found = [counts for _, counts in rows]
    duties = [counts.new_duties for counts in found] or [0]
    return Report(
        providers=len(found), total=sum(found, Counts()), touched=sum(map(touches, found)),
        duties=(min(duties), max(duties)),
        bands=tuple(
            (low, high, sum(low <= c.conflicts and (high is None or c.conflicts <= high) for c in found))
            for low, high in BANDS
        ),
    )  # fmt: skip


def of_kind(rows: Sequence[Weighed], kind: str) -> list[Weighed]:
    """Those with something of a kind (a count's name, or touched); all for another word."""
    if kind == "touched":
        return [row for row in rows if touches(row[1])]
    if kind in ("conflicts", "orphans", "out_of_range"):
        return [row for row in rows if getattr(row[1], kind)]
    return list(rows)
