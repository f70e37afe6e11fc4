"""What became of a step between two releases: declared, never guessed. Pure.

An entry: {"kind", "from": [keys before], "to": [keys after], "reason": words}. Local words follow it
(shared/anchors/overlay.md §3).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..core.i18n import N_

KINDS = {
    "rename": N_("Renamed"),
    "retype": N_("Turned into another kind"),
    "move": N_("Moved"),
    "split": N_("Split"),
    "merge": N_("Merged"),
    "deprecate": N_("To be given up"),
    "remove": N_("Removed"),
    "restore": N_("Brought back"),
}
ENDS = ("remove", "merge", "split", "rename")  # kinds after which an old key may be gone
Entry = Mapping[str, Any]


def problems(entry: Entry, before: set[str], after: set[str]) -> Iterator[str]:
    """Which part of an entry does not fit the two releases: kind, from, to or reason."""
    kind, old, new = entry["kind"], list(entry["from"]), list(entry["to"])
    if kind not in KINDS:
        yield "kind"
    if not old or set(old) - before or (kind not in ("merge",) and len(old) > 1):
        yield "from"
    wanted = {"split": 2, "remove": 0}.get(kind, 1)
    if len(new) < wanted or (kind == "remove" and new) or set(new) - after:
        yield "to"
    if not str(entry.get("reason") or "").strip():
        yield "reason"


def unreasoned(entries: Iterable[Entry], gone: Iterable[str]) -> list[str]:
    """Keys that are gone and that no entry with a reason accounts for."""
    told = {
        key
        for entry in entries
        if entry["kind"] in ENDS and str(entry.get("reason") or "").strip()
        for key in entry["from"]
    }
    return [key for key in gone if key not in told]


def followers(entries: Iterable[Entry], key: str) -> list[str]:
    """Where the content of a step went: keys after, in the order declared; its own key where nothing says else."""
    for entry in entries:
        if key in entry["from"] and entry["kind"] in (*ENDS, "move"):
            return list(entry["to"])
    return [key]
