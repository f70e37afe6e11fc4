"""Several releases at once, back again, and through the tiers of one provider. Pure.

Rolling from n to n + k is one merge with the base n: the lineages between are composed first. Going back after a
withdrawal is a merge too, so the work done under the withdrawn release stays.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .conflicts import Matter, Note
from .overlay import KINDS, Content, OverlayMerge, indexed, merge_overlay
from .overlay_routes import Routes
from .resolved import resolve_release

Entry = Mapping[str, Any]
Decisions = Mapping[str, Mapping[str, Any]]
_BACK = {"merge": "split", "split": "merge"}


def compose(lineages: Sequence[Iterable[Entry]]) -> list[dict[str, Any]]:
    """One lineage for several releases in a row: where content of the first is after the last.

    An element that was taken away and brought back under its key stays where it is.
    """
    steps = [list(lineage) for lineage in lineages]
    named = dict.fromkeys(key for entries in steps for entry in entries for key in entry["from"])
    entries: list[dict[str, Any]] = []
    joint: dict[tuple[str, ...], list[str]] = {}
    for key in named:
        kind, targets, rule, reason = _followed(key, steps)
        if kind == "merge":
            joint.setdefault(targets, []).append(key)
        if kind:
            entries.append({"kind": kind, "from": [key], "to": list(targets), "rule": rule, "reason": reason})
    return [entry for entry in entries if entry["kind"] != "merge"] + [
        {"kind": "merge", "from": sources, "to": list(targets), "rule": "ask", "reason": ""}
        for targets, sources in joint.items()
    ]


def _followed(key: str, lineages: Sequence[list[Entry]]) -> tuple[str, tuple[str, ...], str, Any]:
    """(kind, keys after, rule, reason) through every release; an empty kind where nothing is said of the key."""
    kind, rule, reason = "", "ask", ""
    targets: tuple[str, ...] = (key,)
    for entries in lineages:
        after: dict[str, None] = {}
        for target in targets or ((key,) if _restored(key, entries) else ()):
            entry = _leading(target, entries)
            after |= dict.fromkeys(entry["to"] if entry else [target])
            if entry:
                kind = _heavier(kind, entry["kind"])
                rule, reason = entry.get("rule") or rule, entry.get("reason") or reason
        targets = tuple(after)
    if not targets:
        return "remove", (), rule, reason
    if len(targets) == 1 and kind in ("remove", "restore", "split"):
        kind = "rename" if targets != (key,) else ""
    return kind, targets, rule, reason


def _leading(key: str, entries: Iterable[Entry]) -> Entry | None:
    mine = [entry for entry in entries if key in entry["from"]]
    return next((e for e in mine if e["kind"] not in ("deprecate", "restore")), mine[0] if mine else None)


def _restored(key: str, entries: Iterable[Entry]) -> bool:
    return any(entry["kind"] == "restore" and key in entry["to"] for entry in entries)


def _heavier(one: str, two: str) -> str:
    """Of two things that happened to an element, the one that must be told."""
    order = ("", "restore", "deprecate", "move", "retype", "rename", "remove", "split", "merge")
    return max(one, two, key=order.index)


def inverse(lineage: Iterable[Entry]) -> list[dict[str, Any]]:
    """The lineage of the way back: renames turn, a split becomes a merge; what was removed is there again."""
    turned = []
    for entry in lineage:
        kind = _BACK.get(entry["kind"], entry["kind"])
        if kind not in ("remove", "restore", "deprecate"):
            turned.append({**entry, "kind": kind, "from": list(entry["to"]), "to": list(entry["from"])})
    return turned


def roll_forward(
    contents: Sequence[Content],
    lineages: Sequence[Iterable[Entry]],
    overlay: Mapping[str, Any],
    decisions: Decisions | None = None,
) -> OverlayMerge:
    """From the first content to the last in one merge; `lineages` are those of the releases after the first.

    ValueError unless there is one lineage for each release.
    """
    if len(lineages) != len(contents) - 1:
        raise ValueError(f"{len(contents)} contents need {len(contents) - 1} lineages, got {len(lineages)}")
    return merge_overlay(contents[0], contents[-1], overlay, compose(lineages), decisions)


def stepwise(
    contents: Sequence[Content],
    lineages: Sequence[Iterable[Entry]],
    overlay: Mapping[str, Any],
    decisions: Decisions | None = None,
) -> list[OverlayMerge]:
    """The same way one release at a time: what `roll_forward` is checked against."""
    runs: list[OverlayMerge] = []
    for before, after, lineage in zip(contents, contents[1:], lineages, strict=False):
        now = runs[-1].overlay if runs else overlay
        runs.append(merge_overlay(before, after, now, lineage, decisions))
    return runs


def differences(at_once: OverlayMerge, runs: Sequence[OverlayMerge]) -> list[str]:
    """Elements where one merge and many give another overlay; a run reports them where some step asked something."""
    one, many = at_once.overlay, runs[-1].overlay
    keys = {key for side in (one, many) for kind in ("steps", "phases") for key in side.get(kind) or {}}
    found = [k for k in sorted(keys) if any((one.get(n) or {}).get(k) != (many.get(n) or {}).get(k) for n in KINDS)]
    return found + ["added"] * (one.get("added") != many.get("added"))


def withdraw(
    withdrawn: Content,
    former: Content,
    overlay: Mapping[str, Any],
    lineage: Iterable[Entry] = (),
    decisions: Decisions | None = None,
) -> OverlayMerge:
    """Leave a withdrawn release for one with the former content: work done since stays, on the shelf if its
    element is gone. `lineage` is the withdrawn release's own; the way back is its inverse."""
    return merge_overlay(withdrawn, former, overlay, inverse(lineage), decisions)


def undo(
    run: OverlayMerge, before: Mapping[str, Any], now: Mapping[str, Any], base: Content, theirs: Content,
    lineage: Iterable[Entry] = (),
) -> OverlayMerge:  # fmt: skip
    """Take back an upgrade `base` → `theirs` whose overlay was `before` and whose merge was `run`.

    Whatever stands as the run left it is exactly as before it, also what the run had put on the shelf or dropped
    as said by the nation; only what was edited since is merged back. RESTORED notes name the elements put back.
    """
    entries = list(lineage)
    edited: dict[str, Any] = {"added": _edited_steps(run.overlay, now)}
    for kind in KINDS:
        was, new = run.overlay.get(kind) or {}, now.get(kind) or {}
        edited[kind] = {key: own for key, own in new.items() if was.get(key) != own}
    back = withdraw(theirs, base, edited, entries)
    overlay, notes = dict(back.overlay), list(back.notes)
    for kind in KINDS:
        routes = Routes(entries, indexed(base, kind), indexed(theirs, kind))
        put = dict(back.overlay.get(kind) or {})
        for key, own in (before.get(kind) or {}).items():
            target = (*routes.of(key).targets, key)[0]
            touched = _since(run.overlay.get(kind) or {}, now.get(kind) or {}, target)
            kept = _put_back(own, put.get(key), (run.overlay.get(kind) or {}).get(target) or {}, touched)
            if kept:
                put[key] = kept
                notes.append(Note(Matter.RESTORED, key))
        overlay |= {kind: {key: put[key] for key in sorted(put)}} if put else {}
    steps = {str(step["key"]): step for step in (*_unedited(run.overlay, before, now), *(overlay.get("added") or ()))}
    overlay |= {"added": [steps[key] for key in sorted(steps)]} if steps else {}
    return OverlayMerge(overlay, back.conflicts, back.shelf, tuple(notes))


def _since(was: Mapping[str, Any], now: Mapping[str, Any], target: str) -> bool:
    """Whether anything was written or taken away on an element after the run."""
    return was.get(target) != now.get(target)


def _put_back(own: Mapping[str, Any], merged: Any, left: Mapping[str, Any], touched: bool) -> dict[str, Any]:
    """An element's own content: as before; after edits, those with the fields that the run had dropped."""
    if not touched:
        return dict(own)
    gone = {name: value for name, value in own.items() if name not in left}
    return {**gone, **(merged or {})}


def _edited_steps(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[Any]:
    known = {step["key"]: step for step in was.get("added") or ()}
    return [step for step in now.get("added") or () if known.get(step["key"]) != step]


def _unedited(was: Mapping[str, Any], before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Any]:
    """Own steps as they stood before the run, where nobody changed or removed them since."""
    left, here = ({s["key"]: s for s in side.get("added") or ()} for side in (was, now))
    return [step for step in before.get("added") or () if left.get(step["key"]) == here.get(step["key"])]


def merge_tiers(
    base: Content, theirs: Content, overlays: Sequence[Mapping[str, Any]], lineage: Iterable[Entry] = (),
    decisions: Decisions | None = None,
) -> list[OverlayMerge]:  # fmt: skip
    """Provider, then its unit, …: each tier is merged between the resolved views of the tier above it.

    A tier whose merge asks something is resolved as it stands until answered. Raises Refused where an overlay
    written on `base` was not in order.
    """
    entries, runs = list(lineage), []
    for overlay in overlays:
        runs.append(merge_overlay(base, theirs, overlay, entries, decisions))
        base, theirs = resolve_release(base, overlay), resolve_release(theirs, runs[-1].overlay)
    return runs
