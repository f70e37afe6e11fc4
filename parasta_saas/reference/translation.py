"""Which texts of a draft still need their other language: the list behind the translation desk. Pure.

A text is missing where Finnish or Swedish has no words, stale where one of them changed against the release
before and the other did not, and settled where somebody said that it is right as it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..core.canonical import fingerprint

REQUIRED = ("fi", "sv")
STEP_TEXTS = ("name", "minimum", "guidance", "value", "inputs", "outputs", "pulse")
PART_TEXTS = {
    "areas": ("name",), "actors": ("name", "task"), "documents": ("name",), "handovers": ("name",),
    "indicators": ("name", "formula", "target"), "links": ("name",),
}  # fmt: skip
Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a release. kind: steps, phases, roles or a kind of part; state: missing, stale, settled, fine."""

    kind: str
    key: str
    field: str
    texts: Mapping[str, str]
    before: Mapping[str, str]
    state: str
    behind: str  # the language to be written; empty where nothing is to be done

    @property
    def place(self) -> str:
        return place(self.kind, self.key, self.field)

    @property
    def print(self) -> str:
        """Fingerprint of the two languages: a settled text that changes is no longer settled."""
        return pair_print(self.texts)


def place(kind: str, key: str, field: str) -> str:
    """Where a text stands, as one word."""
    return f"{kind}.{key}.{field}"


def pair_print(texts: Mapping[str, str]) -> str:
    """SHA-256 over the Finnish and Swedish of one text."""
    return fingerprint({code: texts.get(code, "") for code in REQUIRED})


def desk(before: Content, after: Content, settled: Mapping[str, str]) -> list[Text]:
    """Every text of `after` with its state, in the order of the content. `settled`: place → pair_print."""
    known = {(kind, key, field): texts for kind, key, field, texts in _texts(before)}
    return [
        _state(kind, key, field, texts, known.get((kind, key, field)), settled)
        for kind, key, field, texts in _texts(after)
    ]


def open_texts(texts: Iterable[Text], state: str) -> list[Text]:
    """Those of a state: missing or stale."""
    return [text for text in texts if text.state == state]


def _state(
    kind: str, key: str, field: str, texts: Mapping[str, str], was: Mapping[str, str] | None, settled: Mapping[str, str]
) -> Text:
    def made(state: str, behind: str = "") -> Text:
        return Text(kind, key, field, texts, was or {}, state, behind)

    empty = [code for code in REQUIRED if not (texts.get(code) or "").strip()]
    if len(empty) == 1 or (empty and _needed(kind, field)):
        return made("missing", empty[-1])
    changed = [code for code in REQUIRED if was is not None and texts.get(code, "") != was.get(code, "")]
    if len(changed) != 1:
        return made("fine")
    if settled.get(place(kind, key, field)) == pair_print(texts):
        return made("settled")
    return made("stale", next(code for code in REQUIRED if code not in changed))


def _needed(kind: str, field: str) -> bool:
    """Names of plain sequence flows, pulse questions and the like may be empty in both languages."""
    return field == "name" and kind != "handovers" or (kind, field) in {("steps", "minimum"), ("steps", "guidance")}


def _texts(content: Content) -> Iterator[tuple[str, str, str, Mapping[str, str]]]:
    for phase in content.get("phases", ()):
        yield from (("phases", phase["key"], field, phase.get(field) or {}) for field in ("name", "short"))
    for role in (content.get("frame") or {}).get("roles", ()):
        yield "roles", role["key"], "name", role["name"]
    for step in content.get("steps", ()):
        yield from (("steps", step["key"], field, step.get(field) or {}) for field in STEP_TEXTS)
    for kind, fields in PART_TEXTS.items():
        for thing in (content.get("parts") or {}).get(kind, ()):
            yield from ((kind, thing["key"], field, thing.get(field) or {}) for field in fields)
