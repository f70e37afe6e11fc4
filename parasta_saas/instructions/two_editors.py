"""Two people wrote on one step: what both started from, theirs, mine, brought together sentence by sentence. Pure.

Guidance, own text and local role are merged as texts, each language alone; the time limit and what hangs on the step
beside its texts as values, lists by the keys of their items. What both changed in the same place is a question.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .chunks import KEEP_LOCAL, TAKE_NATIONAL, Choice, Chunk, MergeResult
from .extras import EXTRAS
from .merge import merge
from .resolved import ADDED, TEXTS

Overlay = Mapping[str, Any]
Step = Mapping[str, Any]
WAYS = ("theirs", "mine", "both", "own")
VALUES = ("time_limit_value", *EXTRAS)


@dataclass(frozen=True, slots=True)
class Question:
    """One place that both changed. Texts for a sentence (`chunk` is there), else values as in an overlay."""

    number: int
    field: str
    language: str
    base: Any
    theirs: Any
    mine: Any
    chunk: Chunk | None = None

    @property
    def ways(self) -> tuple[str, ...]:
        """How it can be answered: a number is one or the other, a list can be both, a sentence anything."""
        if self.chunk:
            return WAYS
        return WAYS[:3] if self.field in ADDED else WAYS[:2]


@dataclass(frozen=True, slots=True)
class Place:
    """One field in one language ("" for values): all three and what they make. `result` for texts."""

    field: str
    language: str
    base: Any
    theirs: Any
    mine: Any
    value: Any
    questions: tuple[Question, ...] = ()
    result: MergeResult | None = None

    @property
    def differs(self) -> bool:
        return self.theirs != self.mine


@dataclass(frozen=True, slots=True)
class Meeting:
    """Everything that differs, and the questions in order."""

    places: tuple[Place, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for place in self.places for question in place.questions)

    @property
    def clean(self) -> bool:
        return not self.questions

    def settled(self, answers: Mapping[int, tuple[str, str]]) -> dict[str, Any]:
        """The typed words that the answers make, as `drafting.drafted` takes them. KeyError for a missing answer."""
        typed: dict[str, Any] = {field: {} for field in TEXTS}
        for place in self.places:
            value = _answered(place, answers)
            if place.language:
                typed[place.field][place.language] = value
            else:
                typed[place.field] = value
        return typed


def bring_together(
    base: Overlay, theirs: Overlay, mine: Overlay, *, was: Step, now: Step, languages: Sequence[str]
) -> Meeting:
    """`was`: the national step that `base` and `mine` were written on; `now`: the one that `theirs` stands on."""
    count, places = 0, []
    for field, language, three in _places(base, theirs, mine, was, now, languages):
        place = _text(field, language, three, count) if language else _value(field, three, count)
        count += len(place.questions)
        places.append(place)
    return Meeting(tuple(places))


def _places(
    base: Overlay, theirs: Overlay, mine: Overlay, was: Step, now: Step, languages: Sequence[str]
) -> Iterator[tuple[str, str, tuple[Any, Any, Any]]]:
    pairs = ((base, was), (theirs, now), (mine, was))
    for field in TEXTS:
        for code in languages:
            yield field, code, tuple(_said(overlay, step, field, code) for overlay, step in pairs)  # type: ignore[misc]
    for field in VALUES:
        yield field, "", (base.get(field), theirs.get(field), mine.get(field))


def _said(overlay: Overlay, step: Step, field: str, code: str) -> str:
    own: str = (overlay.get(field) or {}).get(code, "")
    national: str = (step.get("guidance") or {}).get(code, "") if field == "guidance" else ""
    return (own if own.strip() else national).replace("\r\n", "\n").strip()


def _text(field: str, language: str, three: tuple[str, str, str], count: int) -> Place:
    base, theirs, mine = three
    result = merge(base, theirs, mine)
    asked = tuple(
        Question(count + at, field, language, chunk.base_text, chunk.national_text, chunk.local_text, chunk)
        for at, chunk in enumerate(result.conflicts)
    )
    return Place(field, language, base, theirs, mine, result.text, asked, result)


def _value(field: str, three: tuple[Any, Any, Any], count: int) -> Place:
    base, theirs, mine = three
    if theirs == mine or mine == base:
        return Place(field, "", base, theirs, mine, theirs)
    if theirs == base:
        return Place(field, "", base, theirs, mine, mine)
    value = _keyed(base or [], theirs or [], mine or []) if field in ADDED else None
    if value is not None:
        return Place(field, "", base, theirs, mine, value)
    return Place(field, "", base, theirs, mine, mine, (Question(count, field, "", base, theirs, mine),))


def _keyed(base: Sequence[Any], theirs: Sequence[Any], mine: Sequence[Any]) -> list[Any] | None:
    """Both sides' changes to a list of keyed items; None where they changed the same item differently."""
    was, new, own = ({item["key"]: item for item in items} for items in (base, theirs, mine))
    made = []
    for key in dict.fromkeys((*new, *own)):
        three = was.get(key), new.get(key), own.get(key)
        if three[1] != three[2] and three[0] not in (three[1], three[2]):
            return None
        item = three[1] if three[2] == three[0] else three[2]
        if item is not None:
            made.append(item)
    return made


def _answered(place: Place, answers: Mapping[int, tuple[str, str]]) -> Any:
    if place.result is not None:
        return place.result.decide([_choice(q, *answers[q.number]) for q in place.questions]).text
    for question in place.questions:
        way, _own = answers[question.number]
        if way == "both":
            return _all(place.theirs or [], place.mine or [])
        return place.theirs if way == "theirs" else place.mine
    return place.value


def _choice(question: Question, way: str, own: str) -> Choice:
    if way == "both":
        return f"{question.theirs} {question.mine}".strip()
    return {"theirs": TAKE_NATIONAL, "mine": KEEP_LOCAL}.get(way, own)


def _all(theirs: Sequence[Any], mine: Sequence[Any]) -> list[Any]:
    """Every item of both; a second wording of one item gets a key of its own."""
    made = list(theirs)
    taken = {item["key"] for item in theirs}
    for item in mine:
        if item in theirs:
            continue
        key = item["key"]
        while key in taken:
            key = f"{key}-2"
        taken.add(key)
        made.append({**item, "key": key})
    return made
