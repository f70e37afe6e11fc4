"""A comparison of two releases in words for readers: each change as rows before and after. Pure.

Contents and comparisons as in comparison.py. Words are in the language spoken now; texts keep their own language.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..core import wording
from ..core.i18n import LANGUAGES, N_, Picked, _, language, pick
from ..core.wording import Segment
from . import elements, process_map
from .changes import TextChange
from .comparison import Comparison, PartDiff, StepDiff, ValueChange

Content = Mapping[str, Any]
KINDS = {
    "added": N_("New"), "removed": N_("Removed"), "moved": N_("Moved"), "changed": N_("Changed"),
    "parts": N_("Around the steps"),
}  # fmt: skip
FIELDS = {
    "name": N_("Name"), "minimum": N_("National minimum"), "guidance": N_("Guidance"), "view": N_("Process"),
    "responsible": N_("Responsible"), "participants": N_("Takes part"), "applies_to": N_("Form of agreement"),
    "critical": N_("Critical point"), "basis": N_("What it rests on"), "statute": N_("Statute"),
    "time_limit": N_("Time limit"), "value": N_("Why this matters"), "inputs": N_("Begins from"),
    "outputs": N_("Results in"), "pulse": N_("What we ask at this point"), "field_policy": N_("What a provider may do"),
    "documents": N_("Documents"), "indicators": N_("Indicators"), "links": N_("Statutes and guides"),
}  # fmt: skip
MODES = {
    "locked": N_("exactly as it is"), "floor": N_("may add, never take away"), "param": N_("may set within limits"),
    "open": N_("may adapt"),
}  # fmt: skip
TEXTS = ("value", "inputs", "outputs", "pulse")
ENDS = {"from": "giver", "to": "taker", "to_role": "taker"}  # of a hand-over, as its form calls them
NAMED = {"from": "steps", "to": "steps", "to_role": "roles", "document": "documents", "principle": "principles"}


@dataclass(frozen=True, slots=True)
class Row:
    """One changed place: before, after, or both. `language`: of a text in one language, else empty."""

    label: str
    language: str
    before: list[Segment] | None
    after: list[Segment] | None


@dataclass(frozen=True, slots=True)
class Story:
    """One changed step or part. kind: added, removed, changed; `moved`: from where to where, in words."""

    key: str
    kind: str
    called: Picked
    label: str = ""  # of a part: what kind of thing it is
    order: int | None = None
    critical: bool = False
    moved: str = ""
    rows: list[Row] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it is called, in whatever language there is."""
        return self.called.text


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that differs, in words, with how many of each kind."""

    steps: list[Story]
    parts: list[Story]

    @property
    def counts(self) -> dict[str, int]:
        """By kind of KINDS; a moved step that also changed counts as both."""
        found = {kind: len([s for s in self.steps if s.kind == kind]) for kind in ("added", "removed")}
        found["moved"] = len([s for s in self.steps if s.moved])
        found["changed"] = len([s for s in self.steps if s.kind == "changed" and s.rows])
        return {**found, "parts": len(self.parts)}

    def only(self, kind: str) -> "Told":
        """What is of one kind of KINDS; all for another word."""
        if kind not in KINDS:
            return self
        if kind == "parts":
            return Told([], self.parts)
        chosen = {"moved": lambda s: s.moved, "changed": lambda s: s.kind == "changed" and s.rows}
        takes = chosen.get(kind, lambda s: s.kind == kind)
        return Told([s for s in self.steps if takes(s)], [])

    def in_language(self, code: str) -> "Told":
        """With the texts of one language alone; a change that this language has no part in stays whole."""
        return Told(*([_spoken(story, code) for story in stories] for stories in (self.steps, self.parts)))


def _spoken(story: Story, code: str) -> Story:
    if story.kind != "changed":  # told in one language already
        return story
    rows = [row for row in story.rows if row.language in ("", code)]
    return replace(story, rows=rows or story.rows)


def tell(made: Comparison, before: Content, after: Content) -> Told:
    """`made` is the comparison of these two contents."""
    names = Names(before, after)
    orders = {step["key"]: step["order"] for step in before.get("steps", ())}
    return Told([_step(diff, names, orders) for diff in made.steps], [_part(diff, names) for diff in made.parts])


class Names:
    """What things are called: the later content first, the earlier one for what is gone."""

    def __init__(self, before: Content, after: Content) -> None:
        self.frame = {
            kind: [*_frame(after, kind), *_frame(before, kind)] for kind in ("roles", "forms", "bases", "anchors")
        }
        self.known: dict[tuple[str, str], Mapping[str, str]] = {}
        for content in (before, after):
            for kind in ("phases", "steps"):
                self._know(kind, content.get(kind, ()))
            for kind, things in (content.get("parts") or {}).items():
                if isinstance(things, list):
                    self._know(kind, things)
            self._know("roles", _frame(content, "roles"))

    def _know(self, kind: str, things: Iterable[Mapping[str, Any]]) -> None:
        self.known |= {(kind, thing["key"]): thing.get("name") or {} for thing in things if "key" in thing}

    def of(self, kind: str, key: str) -> str:
        """The name of a thing, its key where it has none."""
        return pick(self.known.get((kind, key)) or {}).text or key

    def all(self, kind: str, keys: Iterable[str]) -> str:
        """The names of several, one after the other."""
        return ", ".join(self.of(kind, key) for key in keys)


def value_words(name: str, value: Any, names: Names) -> str:
    """One value of a step or part in words; empty where there is none."""
    if name == "critical":
        return _("Yes") if value else _("No")
    if not value:
        return ""
    if name == "time_limit":
        return _limit(value, names)
    if name in ("applies_to", "basis"):
        return _framed(name, value, names)
    if name == "view":
        return _("Service process") if value == "service" else _("Operating process")
    if name in ("responsible", "participants"):
        return names.all("roles", [value] if isinstance(value, str) else value)
    if name in NAMED:
        return names.of(NAMED[name], value)
    if name in ("indicators", "links", "phases"):
        return names.all(name, value)
    if name == "field_policy":
        return "; ".join(f"{label(key)}: {_(MODES.get(mode, mode))}" for key, mode in sorted(value.items()))
    if name == "documents":
        return "; ".join(f"{_(word)}: {names.all(name, value[way])}" for way, word in WAYS.items() if value.get(way))
    return pick(value).text if isinstance(value, Mapping) else str(value)


WAYS = {"in": N_("comes in"), "out": N_("goes out")}


def label(name: str) -> str:
    """What a field is called."""
    return _(FIELDS[name]) if name in FIELDS else name


def _step(diff: StepDiff, names: Names, orders: Mapping[str, int]) -> Story:
    step, rows = diff.step, []
    if diff.kind in ("added", "removed"):
        side = 0 if diff.kind == "removed" else 1
        rows = [_whole(name, pick(step[name]), side) for name in ("minimum", "guidance") if pick(step.get(name)).text]
    else:
        for text in diff.texts.texts if diff.texts else ():
            rows += _text_rows(text, label(text.field))
        for change in diff.values:
            rows += _value_rows(change, names)
    return Story(
        diff.key, diff.kind, pick(step["name"]), order=step["order"], critical=bool(step.get("critical")),
        moved=_moved(diff, names, orders), rows=rows,
    )  # fmt: skip


def _moved(diff: StepDiff, names: Names, orders: Mapping[str, int]) -> str:
    if not diff.moved:
        return ""
    old, new = (names.of("phases", key) for key in diff.moved)
    if diff.moved[0] != diff.moved[1]:
        return _("From the phase “%(old)s” to the phase “%(new)s”", old=old, new=new)
    return _("From place %(old)s to place %(new)s", old=orders.get(diff.key, ""), new=diff.step["order"])


def _part(diff: PartDiff, names: Names) -> Story:
    thing = diff.after or diff.before or {}
    before, after = diff.before or {}, diff.after or {}
    rows: list[Row] = []
    for name in dict.fromkeys([*before, *after]):
        if name in ("key", "order") or before.get(name) == after.get(name):
            continue
        called = field_of(diff.part, name)
        if isinstance(before.get(name) or after.get(name), Mapping):
            rows += _languages(called, before.get(name) or {}, after.get(name) or {})
        else:
            known = _field(diff.part, name)
            was, now = (_part_words(known, name, side.get(name), names) for side in (before, after))
            rows += _rows(called, was, now)
    title = pick(thing.get("name") or {})
    if not title.text:
        title = Picked(_between(thing, names), language(), fell_back=False)
    return Story(diff.key, diff.kind, title, label=part_label(diff.part), rows=rows)


def part_label(part: str) -> str:
    """What one part of this kind is called."""
    return _(elements.KINDS[part].one) if part in elements.KINDS else part


def field_of(kind: str, name: str) -> str:
    """What a field of a step or part is called."""
    known = _field(kind, name)
    return _(known.label) if known else label(name)


def _field(part: str, name: str) -> elements.Field | None:
    fields = elements.KINDS[part].fields if part in elements.KINDS else ()
    return next((field for field in fields if field.name == ENDS.get(name, name)), None)


def _part_words(field: elements.Field | None, name: str, value: Any, names: Names) -> str:
    choices = elements.CHOICES.get(field.source, {}) if field else {}
    return _(choices[value]) if isinstance(value, str) and value in choices else value_words(name, value, names)


def _between(thing: Content, names: Names) -> str:
    """A hand-over without a name is called by its ends."""
    if "from" not in thing:
        return str(thing.get("key", ""))
    to = names.of("steps", thing["to"]) if thing.get("to") else names.of("roles", thing.get("to_role") or "")
    return f"{names.of('steps', thing['from'])} → {to}"


def _value_rows(change: ValueChange, names: Names) -> Iterator[Row]:
    if change.field in TEXTS:
        yield from _languages(label(change.field), change.before or {}, change.after or {})
        return
    yield from _rows(label(change.field), *(value_words(change.field, v, names) for v in (change.before, change.after)))


def _languages(called: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Row]:
    for code in LANGUAGES:
        was, now = before.get(code) or "", after.get(code) or ""
        if was != now:
            yield from _text_rows(TextChange(called, code, was, now), called)


def _text_rows(text: TextChange, called: str) -> Iterator[Row]:
    for before, after in text.rows:
        yield Row(called, text.language, before, after)


def _rows(called: str, was: str, now: str) -> Iterator[Row]:
    if was == now:
        return
    parts = wording.diff(was, now)
    yield Row(
        called, "", [s for s in parts if s.kind != "added"] if was else None,
        [s for s in parts if s.kind != "gone"] if now else None,
    )  # fmt: skip


def _whole(name: str, words: Picked, side: int) -> Row:
    shown = [Segment("same", words.text)]
    spoken = words.language if words.fell_back else ""
    return Row(label(name), spoken, None if side else shown, shown if side else None)


def _framed(name: str, value: Any, names: Names) -> str:
    if name == "basis":
        found = next((basis for basis in names.frame["bases"] if basis["key"] == value), None)
        return pick(found["label"]).text if found else str(value)
    return ", ".join(process_map.name_of(names.frame["forms"], key) for key in value)


def _limit(limit: Mapping[str, Any], names: Names) -> str:
    words = process_map.limit_words(limit, names.frame)
    allowed = limit.get("range")
    if not allowed:
        return words
    ends = [allowed.get("min"), allowed.get("max")] if isinstance(allowed, Mapping) else list(allowed)
    return _("%(limit)s (may be set %(low)s–%(high)s)", limit=words, low=ends[0], high=ends[-1])


def _frame(content: Content, kind: str) -> list[Any]:
    return list((content.get("frame") or {}).get(kind, ()))
