"""Where everything local is after a merge of an overlay: looked for in what came out, not in how it was made. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..core.canonical import canonical
from ..core.sentences import comparable
from .merge import own_sentences
from .overlay_fields import is_text, texts_of

if TYPE_CHECKING:
    from .overlay import OverlayMerge

Found = tuple[str, str, str | None, Any]


def missing(
    base: Mapping[str, Any], overlay: Mapping[str, Any], theirs: Mapping[str, Any], merged: "OverlayMerge"
) -> list[Found]:
    """Local sentences and values that are nowhere: not in the overlay, a question, the shelf or the notes.

    (element, field, language, what). Only what moved is looked at.
    """
    moved = [found for found in _local(base, overlay) if not _stayed(found, overlay, merged.overlay)]
    if not moved:
        return []
    words, values = _kept(merged)
    return [each for each in moved if not _there(each[3], words, values)]


def _stayed(found: Found, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether the field stands as it stood."""
    element, name, *_ = found
    if name == "added":
        return found[3] in (after.get("added") or ())
    for kind in ("steps", "phases"):
        was, now = ((side.get(kind) or {}).get(element) or {} for side in (before, after))
        if name in was and name in now and was[name] == now[name]:
            return True
    return False


def _local(base: Mapping[str, Any], overlay: Mapping[str, Any]) -> Iterator[Found]:
    """Everything that is the provider's own: sentence by sentence in texts, else value by value."""
    for kind in ("steps", "phases"):
        national = {str(element["key"]): element for element in base.get(kind) or ()}
        for key, own in (overlay.get(kind) or {}).items():
            written_on = {**national.get(key, {}), **(own.get("base") or {})}
            for name, value in own.items():
                if name not in ("base", "origins"):
                    yield from ((key, name, code, part) for code, part in _parts(written_on.get(name), value))
    for step in overlay.get("added") or ():
        yield str(step["key"]), "added", None, step


def _parts(was: Any, value: Any) -> Iterable[tuple[str | None, Any]]:
    if is_text(value):
        for code, text in value.items():
            yield from ((code, comparable(sentence)) for sentence in own_sentences(texts_of(was).get(code, ""), text))
    elif isinstance(value, list):
        yield from ((None, item) for item in value if item not in (was or ()))
    elif isinstance(value, Mapping):
        yield from ((None, part) for part in value.values())
    elif value != was:
        yield None, value


def _kept(merged: "OverlayMerge") -> tuple[str, set[str]]:
    """All words and all values that came out, whatever they hang on."""
    kept: list[Any] = [merged.overlay, [each.ours for each in merged.conflicts]]
    kept += [[entry.value for entry in merged.shelf], [note.value for note in merged.notes]]
    words: list[str] = []
    values: set[str] = set()
    _gather(kept, words, values)
    return "\n".join(words), values


def _gather(value: Any, words: list[str], values: set[str]) -> None:
    if isinstance(value, str):
        words.append(comparable(value))
    elif isinstance(value, Mapping):
        for part in value.values():
            _gather(part, words, values)
        if "key" in value:  # an item of a list, or an own step
            values.add(canonical(value))
    elif isinstance(value, list | tuple):
        for part in value:
            _gather(part, words, values)
    else:
        values.add(canonical(value))


def _there(part: Any, words: str, values: set[str]) -> bool:
    if isinstance(part, str):
        return comparable(part) in words
    if isinstance(part, list | tuple):
        return all(_there(each, words, values) for each in part)
    if isinstance(part, Mapping) and "after" in part and "key" in part:  # an own step may have another neighbour now
        return canonical(part) in values or _each(part, words, values, ("after", "phase", "key"))
    if isinstance(part, Mapping) and "key" not in part:
        return _each(part, words, values, ())
    return canonical(part) in values


def _each(part: Mapping[str, Any], words: str, values: set[str], leave_out: tuple[str, ...]) -> bool:
    return all(_there(value, words, values) for name, value in part.items() if name not in leave_out)
