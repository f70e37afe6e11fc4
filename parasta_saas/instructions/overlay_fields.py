"""One field of one element: what the nation had, what it has now, what the provider has there. Pure.

The table of shared/anchors/overlay.md §3. Policies: locked (exact), floor (add, never drop), param (a number in
a range), open. An answer is the value that the overlay keeps, or ABSENT where it keeps none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from ..core.sentences import comparable, split
from .conflicts import Conflict, Findings, Matter
from .limits import merge_limit, permitted
from .merge import KEEP_LOCAL, TAKE_NATIONAL, Choice, MergeResult, merge_texts, own_sentences
from .overlay_lists import merge_list
from .resolved import dropped, mode

ABSENT: Final = object()
Step = Mapping[str, Any]
LIMIT = "time_limit_value"
# What stands beside the national words and never instead of them.
BESIDE = ("note", "local_role", "deviation")
_AGAINST_POLICY = ("accept_national", "combined", "discard_with_reason")


@dataclass(frozen=True, slots=True)
class Field:
    """One field with its surroundings: the element's key after the release, both national elements, the findings."""

    element: str
    name: str
    before: Step
    after: Step
    out: Findings
    written_on: Mapping[str, Any]

    @property
    def was(self) -> Any:
        """What the nation said when the provider wrote."""
        return self.written_on.get(self.name, self.before.get(self.name))

    @property
    def new(self) -> Any:
        return self.after.get(self.name)

    @property
    def mode(self) -> str:
        return mode(self.after, self.name)

    @property
    def untouched(self) -> bool:
        """Whether the release changed nothing here, neither the words nor what may be done with them."""
        return bool(self.was == self.new and mode(self.before, self.name) == self.mode)

    def conflict(self, kind: Matter, ours: Any, language: str | None = None, **given: Any) -> Conflict:
        """A question on this field; `base` and `theirs` are the field's own unless given."""
        base, theirs = given.get("base", self.was), given.get("theirs", self.new)
        name = given.get("name", self.name)
        return Conflict(kind, self.element, name, language, base, ours, theirs, given.get("homes", ()))


def merge_field(field: Field, own: Any) -> Any:
    """The value that the overlay keeps, or ABSENT; questions and shelf go to the findings."""
    if field.name == LIMIT:
        return _merge_number(field, own)
    if field.name == "params":
        return _merge_params(field, own)
    if field.untouched or field.name in BESIDE:
        return own
    if field.was is not None and field.name not in field.after:
        return _orphaned(field, own)
    if is_text(own):
        return _merge_text_field(field, own)
    if isinstance(own, list) and isinstance(field.was or field.new or [], list):
        return merge_list(field, own)
    return _merge_scalar(field, own)


def is_text(value: Any) -> bool:
    """Texts by language code."""
    return isinstance(value, Mapping) and all(isinstance(text, str) for text in value.values())


def parts(value: Any) -> list[tuple[str | None, Any]]:
    """(language, text) of a text field, in a fixed order; a value of another kind as one part without language."""
    return sorted(value.items()) if is_text(value) else [(None, value)]


def texts_of(value: Any) -> Mapping[str, str]:
    """A text field as it is, anything else as no words."""
    return value if is_text(value) else {}


def _orphaned(field: Field, own: Any) -> Any:
    """The element no longer has this field (it was retyped)."""
    for language, value in parts(own):
        conflict = field.conflict(Matter.ORPHANED, value, language, base=_in(field.was, language), theirs=None)
        made = field.out.decided(conflict)
        if made is None:
            field.out.conflicts.append(conflict)
        field.out.put_aside(conflict, value, made)
    return ABSENT


def _merge_number(field: Field, own: int) -> Any:
    """A number of the provider's own under the national limit, which it may only tighten."""
    was, new = (step.get("time_limit") for step in (field.before, field.after))
    was = field.written_on.get("time_limit", was)
    if was == new and mode(field.before, "time_limit") == mode(field.after, "time_limit"):
        return own
    merged = merge_limit(new, own, was)
    locked = mode(field.after, "time_limit") == "locked" and own != (new or {}).get("value")
    if not merged.asks and not locked:
        return _converged(field, own) if own == merged.value and own == (new or {}).get("value") else own
    conflict = field.conflict(Matter.PARAM_INVALID, own, base=was, theirs=new)
    return _suspended(field, conflict, lambda number: not merge_limit(new, number).asks)


def _merge_params(field: Field, own: Mapping[str, Any]) -> Any:
    """Named parameters: {name: {"value", "min", "max", "one_of"}} nationally, {name: value} of one's own."""
    kept = {}
    for name, value in own.items():
        was, new = (field.was or {}).get(name), (field.new or {}).get(name)
        if was == new or (new is not None and permitted(new, value)):
            kept[name] = value
        else:
            conflict = field.conflict(Matter.PARAM_INVALID, value, base=was, theirs=new, name=f"params.{name}")
            made = _suspended(field, conflict, partial(permitted, new or {"one_of": []}))
            kept |= {} if made is ABSENT else {name: made}
    return kept or ABSENT


def _suspended(field: Field, conflict: Conflict, fits: Callable[[Any], bool] = lambda value: False) -> Any:
    """What the nation permits is in force; the old value waits in the question, or on the shelf once answered."""
    made = field.out.decided(conflict, _AGAINST_POLICY)
    if made is None:
        field.out.conflicts.append(conflict)
        return ABSENT
    field.out.put_aside(conflict, conflict.ours, made)
    return made["text"] if made["decision"] == "combined" and fits(made["text"]) else ABSENT


def _merge_scalar(field: Field, own: Any) -> Any:
    if own == field.new:
        return _converged(field, own)
    if field.mode in ("locked", "floor"):
        return _suspended(field, field.conflict(Matter.POLICY_CONFLICT, own))
    if field.was == field.new or own == field.was:
        return own if field.was == field.new else ABSENT
    conflict = field.conflict(Matter.CONFLICT, own)
    made = field.out.decided(conflict)
    if made is None:
        field.out.conflicts.append(conflict)
        return own
    if made["decision"] in ("keep_local", "convert_to_own"):
        return own
    field.out.put_aside(conflict, own, made)
    return made["text"] if made["decision"] == "combined" else ABSENT


def _converged(field: Field, own: Any, language: str | None = None) -> Any:
    """The nation now says the same: the overlay needs it no longer, the history keeps it."""
    field.out.tell(Matter.CONVERGED, field.conflict(Matter.CONVERGED, own, language), {}, own)
    return ABSENT


def _merge_text_field(field: Field, own: Mapping[str, str]) -> Any:
    was, new = texts_of(field.was), texts_of(field.new)
    changed = {code for code in own if was.get(code) != new.get(code) or mode(field.before, field.name) != field.mode}
    merged = merge_texts(was, new, {code: own[code] for code in own if code in changed}) if changed else {}
    kept: dict[str, str] = {}
    for code, text in own.items():
        if code not in changed:
            kept[code] = text
            continue
        made = _locked(field, code, text) if field.mode == "locked" else _text(field, code, text, merged[code])
        if made is not ABSENT:
            kept[code] = made
    return kept or ABSENT


def _locked(field: Field, code: str, text: str) -> Any:
    if comparable(text) == comparable(_in(field.new, code) or ""):
        return _converged(field, text, code)
    return _against_policy(field, code, text)


def _text(field: Field, code: str, own: str, merged: MergeResult) -> Any:
    """One language of a text that may be added to (floor) or rewritten (open)."""
    new = _in(field.new, code) or ""
    tried = Findings(field.out.decisions)
    text = _answered(field, code, merged, tried)
    if field.mode == "floor" and dropped(new, text):
        return _against_policy(field, code, own)
    for name in ("conflicts", "shelf", "notes"):
        getattr(field.out, name).extend(getattr(tried, name))
    for at in merged.touching:
        pair = {"national": merged.chunks[at].text, "local": merged.chunks[at + 1].text}
        field.out.tell(Matter.ADJACENT, field.conflict(Matter.ADJACENT, own, code), pair)
    if comparable(text) == comparable(new) and not tried.conflicts:
        return _converged(field, own, code)
    return text


def _answered(field: Field, code: str, merged: MergeResult, tried: Findings) -> str:
    """The text with every earlier decision in it; where none was made, the local words stand."""
    choices: list[Choice] = []
    let_go: list[tuple[Conflict, Mapping[str, Any], tuple[str, ...]]] = []
    for chunk in merged.conflicts:
        given = {"base": chunk.base_text, "theirs": chunk.national_text}
        conflict = field.conflict(Matter.CONFLICT, chunk.local_text, code, **given)
        made = tried.decided(conflict)
        if made is None:
            tried.conflicts.append(conflict)
        else:
            let_go.append((conflict, made, tuple(s.text for s in chunk.own)))
        choices.append(_choice(made))
    resolved = merged.decide(choices)
    left = list(resolved.shelf)
    for conflict, made, own in let_go:
        for sentence in own:
            if sentence in left:
                left.remove(sentence)
                tried.put_aside(conflict, sentence, made)
    for sentence in left:
        tried.put_aside(field.conflict(Matter.CONFLICT, sentence, code), sentence)
    return resolved.text


def _choice(made: Mapping[str, Any] | None) -> Choice:
    if made is None or made["decision"] in ("keep_local", "convert_to_own"):
        return KEEP_LOCAL
    return str(made["text"]) if made["decision"] == "combined" else TAKE_NATIONAL


def _against_policy(field: Field, code: str, own: str) -> Any:
    """The national words are in force; the local ones wait whole in the question, and are never deleted."""
    was, new = _in(field.was, code), _in(field.new, code)
    conflict = field.conflict(Matter.POLICY_CONFLICT, own, code, base=was, theirs=new)
    made = field.out.decided(conflict, _AGAINST_POLICY)
    if made is None:
        field.out.conflicts.append(conflict)
        return ABSENT
    text = str(made["text"]) if made["decision"] == "combined" else ""
    kept = bool(text) and field.mode == "floor" and not dropped(new or "", text)
    for sentence in _beyond(own_sentences(was or "", own), text if kept else new or ""):
        field.out.put_aside(conflict, sentence, made)
    return text if kept else ABSENT


def _beyond(own: Sequence[str], text: str) -> list[str]:
    """Sentences that a text does not have."""
    there = {sentence.key for sentence in split(text).sentences}
    return [sentence for sentence in own if comparable(sentence) not in there]


def _in(texts: Any, language: str | None) -> Any:
    return texts_of(texts).get(language) if language else texts
