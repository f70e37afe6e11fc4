"""What a draft changes against the release it was copied from, and prepared edits of one sentence. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from ..core import wording
from ..core.i18n import LANGUAGES, _, pick
from ..core.sentences import compose, split
from ..core.wording import Segment

FIELDS = ("name", "minimum", "guidance")
REQUIRED = ("fi", "sv")  # a provider works in one of these; English may follow later


@dataclass(frozen=True, slots=True)
class TextChange:
    """One text of one step in one language, before and after."""

    field: str
    language: str
    before: str
    after: str

    @property
    def rows(self) -> list[tuple[list[Segment] | None, list[Segment] | None]]:
        """(before, after) per changed place, sentence by sentence; None where there is nothing to show."""
        return list(_rows(self.before, self.after))


@dataclass(frozen=True, slots=True)
class StepChange:
    """A step whose texts differ from the release before."""

    step: Mapping[str, Any]
    texts: tuple[TextChange, ...]

    @property
    def key(self) -> str:
        return str(self.step["key"])

    def languages(self, field: str) -> set[str]:
        return {text.language for text in self.texts if text.field == field}

    @property
    def fields(self) -> list[str]:
        return [field for field in FIELDS if self.languages(field)]

    @property
    def missing(self) -> list[tuple[str, str]]:
        """(field, language) that changed somewhere and has no words in a language that must have them."""
        return [(f, code) for f in self.fields for code in REQUIRED if not (self.step[f].get(code) or "").strip()]

    @property
    def one_sided(self) -> list[tuple[str, str]]:
        """(field, language) left as it was while the other required language changed."""
        return [
            (field, code)
            for field in self.fields
            for code in REQUIRED
            if code not in self.languages(field) and self.languages(field) & set(REQUIRED)
        ]


def step_changes(before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> list[StepChange]:
    """The steps of `after` whose name, minimum or guidance differs, in their order. Steps are plain data."""
    known = {step["key"]: step for step in before}
    changes = [StepChange(step, tuple(_text_changes(known.get(step["key"], {}), step))) for step in after]
    return [change for change in changes if change.texts]


def not_ready(changes: list[StepChange], *, one_language: bool) -> dict[str, list[str]]:
    """Why a draft can't be published yet, as instructions by form field; empty if it can."""
    problems: dict[str, list[str]] = {}
    if not changes:
        problems["_schema"] = [_("Change at least one step before publishing.")]
    if missing := [change for change in changes if change.missing]:
        problems["_schema"] = [
            _("Write the missing Finnish and Swedish texts first: %(steps)s.", steps=_named(missing))
        ]
    one_sided = [change for change in changes if change.one_sided and not change.missing]
    if one_sided and not one_language:
        problems["one_language"] = [
            _("Write the change in Swedish and in Finnish, or confirm that one language is enough: %(steps)s.",
              steps=_named(one_sided))
        ]  # fmt: skip
    return problems


def edited(texts: Mapping[str, str], change: Mapping[str, Any]) -> dict[str, str]:
    """The texts after one prepared edit.

    change: `{"append": {fi, sv, en}}` or `{"replace_sentence": {"index": n, fi, sv, en}}`, n from 0.
    Raises IndexError for a sentence that isn't there.
    """
    if "append" in change:
        return {code: f"{texts[code].rstrip()} {words}" for code, words in change["append"].items()}
    new = dict(change["replace_sentence"])
    index = new.pop("index")
    return {code: _with_sentence(texts[code], index, words) for code, words in new.items()}


def word_diff(before: str, after: str) -> list[Segment]:
    """Segments from one text to the other, word by word. Same and added make `after` exactly."""
    return wording.diff(before, after)


def _with_sentence(text: str, index: int, words: str) -> str:
    head, sentences, tail = split(text)
    changed = list(sentences)
    changed[index] = changed[index]._replace(text=words, key="")
    return compose(head, changed, tail)


def _text_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[TextChange]:
    for field in FIELDS:
        for code in LANGUAGES:
            was, now = ((step.get(field) or {}).get(code) or "" for step in (before, after))
            if was != now:
                yield TextChange(field, code, was, now)


def _rows(before: str, after: str) -> Iterator[tuple[list[Segment] | None, list[Segment] | None]]:
    old, new = split(before).sentences, split(after).sentences
    matcher = SequenceMatcher(None, [s.key for s in old], [s.key for s in new], autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            continue
        was, now = (" ".join(s.text for s in part) for part in (old[a0:a1], new[b0:b1]))
        diff = word_diff(was, now)
        yield (
            [s for s in diff if s.kind != "added"] if was else None,
            [s for s in diff if s.kind != "gone"] if now else None,
        )


def _named(changes: list[StepChange]) -> str:
    return ", ".join(f"{change.step['order']} {pick(change.step['name']).text}" for change in changes)
