"""Three-way merge of a provider's whole overlay from one national release to another. Pure.

A release is `{"phases": [{"key", …}], "steps": [{"key", "phase", "order", …, "field_policy"}]}` (release_content),
its lineage a list of entries (reference/lineage.py; a split may say its `rule`: all, copy or ask). An overlay:
    {"steps": {key: own}, "phases": {key: own}, "added": [{"key", "phase", "after", …}]}
where `own` is sparse: `{"guidance": {fi…}, "note": {fi…}, "time_limit_value": 3, "checklist": [{"key"…}], …}`, and
`own["base"]` may say, field by field, what it was written on where that is not the base release. A unit's overlay
is merged the same way, between two resolved views of its provider.

Nothing local is lost: what was there is in the overlay, in a question, on the shelf or told as let go by somebody
(`accounts.missing` looks; the merge stops rather than lose a word). Same input, same answer on every machine.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import accounts, overlay_routes
from .conflicts import Conflict, Findings, Matter, Note, ShelfEntry
from .merge import LostSentence, own_sentences
from .overlay_fields import ABSENT, BESIDE, LIMIT, Field, is_text, merge_field, parts, texts_of
from .overlay_routes import Route, Routes
from .overlay_steps import carry_steps

Content = Mapping[str, Any]
Own = Mapping[str, Any]
Overlay = dict[str, Any]
KINDS = ("phases", "steps")
KEPT_APART = ("base", "origins")
# Not words for a reader: no reason to look again at what stands beside them.
_UNREAD = frozenset({"order", "phase", "name_soft", "field_policy", "statute_confidence", "key"})


@dataclass(frozen=True, slots=True)
class OverlayMerge:
    """The overlay on the new release, what must be asked, what is on the shelf now, what is only told."""

    overlay: Overlay
    conflicts: tuple[Conflict, ...] = ()
    shelf: tuple[ShelfEntry, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def clean(self) -> bool:
        return not self.conflicts


@dataclass(slots=True)
class _Run:
    """One kind of element (phases or steps) of one run."""

    before: dict[str, Content]
    after: dict[str, Content]
    routes: Routes
    out: Findings
    made: dict[str, dict[str, Any]] = field(default_factory=dict)
    added: list[dict[str, Any]] = field(default_factory=list)


def merge_overlay(
    base: Content,
    theirs: Content,
    overlay: Mapping[str, Any],
    lineage: Iterable[Mapping[str, Any]] = (),
    decisions: Mapping[str, Mapping[str, Any]] | None = None,
) -> OverlayMerge:
    """Take an overlay written on `base` to `theirs`. `decisions` by key of the question (conflicts.DECISIONS).

    Raises LostSentence rather than losing anything, ValueError for a decision that is not whole.
    """
    out, entries = Findings(decisions or {}), list(lineage)
    result: Overlay = {name: value for name, value in overlay.items() if name not in (*KINDS, "added")}
    added: list[dict[str, Any]] = []
    for kind in KINDS:
        before, after = indexed(base, kind), indexed(theirs, kind)
        run = _Run(before, after, Routes(entries, before, after), out)
        _merge_elements(run, overlay.get(kind) or {})
        if run.made:
            result[kind] = run.made
        added += run.added
    added = carry_steps(base, theirs, [*(overlay.get("added") or ()), *added], entries, out)
    if added:
        result["added"] = added
    _tell_duties(base, theirs, entries, out)
    merged = OverlayMerge(result, tuple(out.conflicts), tuple(out.shelf), tuple(out.notes))
    if lost := accounts.missing(base, overlay, theirs, merged):
        raise LostSentence(f"{len(lost)} local words would be nowhere: {', '.join(str(each[:3]) for each in lost[:5])}")
    return merged


def indexed(content: Content, kind: str) -> dict[str, Content]:
    """Elements of a kind by key, in their order."""
    return {str(element["key"]): element for element in content.get(kind) or ()}


def _merge_elements(run: _Run, owned: Mapping[str, Own]) -> None:
    """Every owned element in national order, so that the order in which things were written changes nothing."""
    order = {key: at for at, key in enumerate(run.before)}
    coming: dict[str, list[str]] = {}
    for key in sorted(owned, key=lambda key: (order.get(key, len(order)), key)):
        before, own = run.before.get(key, {}), owned[key]
        same = key in run.after and not run.routes.told(key) and run.after[key] == before and "base" not in own
        if same and not run.routes.meeting(key):
            run.made[key] = dict(own)
            continue
        for target in _homes(run, key, own):
            coming.setdefault(target, []).append(key)
    for target, sources in coming.items():
        ordered = run.routes.in_order(target, sources)
        kept = _arrive(run, target, ordered[0], owned[ordered[0]])
        for source in ordered[1:]:
            _join(run, target, source, owned[source], kept)
        if len(ordered) > 1:
            _ask_merge(run, target, {source: owned[source] for source in ordered})
        if kept:
            run.made[target] = kept
    run.made = {key: run.made[key] for key in sorted(run.made)}


def _homes(run: _Run, key: str, own: Own) -> tuple[str, ...]:
    """The keys that an element's content goes to: none where it went to the shelf."""
    route = run.routes.of(key)
    if not route.targets:
        _orphan(run, key, own, route)
        return ()
    if len(route.targets) > 1:  # also where it was joined first and split later
        return _split(run, key, own, route)
    if route.kind == "deprecate":
        run.out.notes.append(Note(Matter.DEPRECATED, key, about={"reason": route.reason}))
    elif route.targets[0] != key or route.kind == "move":
        run.out.notes.append(Note(Matter.MOVED, route.targets[0], about={"from": key, "kind": route.kind}))
    return route.targets[:1]


def _split(run: _Run, key: str, own: Own, route: Route) -> tuple[str, ...]:
    """As the declared rule says; else to the first part, and a person is asked."""
    plain = _without(own)
    conflict = Conflict(
        Matter.SPLIT_REVIEW, route.targets[0], "", None, key, plain, list(route.targets), route.targets
    )  # fmt: skip
    made = run.out.decided(conflict)
    if made is None:
        run.out.conflicts.append(conflict)
    elif made.get("to") in route.targets:
        return (str(made["to"]),)
    return route.targets if route.rule == "copy" else route.targets[:1]


def _arrive(run: _Run, target: str, source: str, own: Own) -> dict[str, Any]:
    """What an element's own content is on the new element, field by field."""
    before, after = run.before.get(source, {}), run.after[target]
    kept: dict[str, Any] = {}
    for name in sorted(_without(own)):
        value = merge_field(Field(target, name, before, after, run.out, own.get("base") or {}), own[name])
        if value is not ABSENT:
            kept[name] = value
    if "origins" in own:
        kept["origins"] = own["origins"]
    beside = {name: own[name] for name in own if name in BESIDE or name not in after}
    changed = sorted(name for name in {*before, *after} - _UNREAD if before.get(name) != after.get(name))
    if set(beside) - {*KEPT_APART, LIMIT, "params"} and changed:
        about = {"fields": changed}
        run.out.notes.append(Note(Matter.REVIEW_CONTEXT, target, value=_without(beside), about=about))
    return kept


def _join(run: _Run, target: str, source: str, own: Own, kept: dict[str, Any]) -> None:
    """A second element's content behind the first one's, with a mark of where it came from."""
    before, after = run.before.get(source, {}), run.after[target]
    for name in sorted(_without(own)):
        field = Field(target, name, before, after, run.out, own.get("base") or {})
        if is_text(own[name]) and field.mode != "locked":
            _append(field, source, own[name], kept)
        elif name not in kept:
            value = merge_field(field, own[name])
            kept |= {} if value is ABSENT else {name: value}
        elif kept[name] != own[name]:
            run.out.put_aside(field.conflict(Matter.MERGE_REVIEW, own[name]), own[name])


def _append(field: Field, source: str, own: Mapping[str, str], kept: dict[str, Any]) -> None:
    """Its own sentences as a paragraph after what is there; national ones are not said twice."""
    texts = dict(kept.get(field.name) or {})
    for code in sorted(own):
        was = "" if field.name in BESIDE else texts_of(field.was).get(code, "")
        there = texts.get(code) or ("" if field.name in BESIDE else texts_of(field.new).get(code, ""))
        more = own_sentences(there, "\n\n".join(own_sentences(was, own[code])))
        if not more:
            continue
        words = own[code].strip() if not was and len(more) == len(own_sentences("", own[code])) else " ".join(more)
        texts[code] = f"{there}\n\n{words}" if there.strip() else words
        kept.setdefault("origins", [])
        origin = {"from": source, "field": field.name, "language": code, "text": words}
        kept["origins"] = [*kept["origins"], origin]
    if texts:
        kept[field.name] = texts


def _ask_merge(run: _Run, target: str, sources: Mapping[str, Own]) -> None:
    ours = {source: _without(own) for source, own in sources.items()}
    conflict = Conflict(Matter.MERGE_REVIEW, target, "", None, list(ours), ours, target, (target,))
    if run.out.decided(conflict) is None:
        run.out.conflicts.append(conflict)


def _orphan(run: _Run, key: str, own: Own, route: Route) -> None:
    """The element is gone: everything of the provider's to the shelf, or into a step of its own where decided so."""
    before, plain = run.before.get(key, {}), _without(own)
    was = {name: before[name] for name in plain if name in before}
    homes = overlay_routes.homes(run.before, run.after, run.routes, key, route)
    conflict = Conflict(Matter.ORPHANED, key, "", None, was, plain, None, homes)
    made = run.out.decided(conflict)
    if made is None:
        run.out.conflicts.append(conflict)
    elif made["decision"] in ("convert_to_own", "keep_local"):
        name = {"name": before["name"]} if "name" in before else {}
        run.added.append({"key": f"own-{key}", "phase": before.get("phase"), "after": key, **name, **plain})
        return
    for field_name, value in sorted(plain.items()):
        for language, part in parts(value):
            run.out.put_aside(Conflict(Matter.ORPHANED, key, field_name, language, None, part, None, homes), part, made)


def _tell_duties(base: Content, theirs: Content, entries: list[Mapping[str, Any]], out: Findings) -> None:
    """New national steps with a minimum that no former step became."""
    known, grown = indexed(base, "steps"), {key for entry in entries for key in entry.get("to") or ()}
    for key, step in indexed(theirs, "steps").items():
        if key not in known and key not in grown and step.get("minimum"):
            out.notes.append(Note(Matter.NEW_DUTY, key))


def _without(own: Own) -> dict[str, Any]:
    return {name: value for name, value in own.items() if name not in KEPT_APART}
