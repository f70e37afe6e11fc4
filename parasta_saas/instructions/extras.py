"""What a provider hangs on a step beside its texts: lists, a deviation, parameters. Pure.

    checklist    [{"key", "text": {fi, sv, en}}]
    forms, own_links    [{"key", "title": {…}, "url"}]
    attachments  [{"key", "title": {…}, "file_id", "name", "size": bytes}]
    own_roles    [{"key", "name": {…}, "duty": {…}}]
    deviation    {"reason", "approver", "expires": ISO 8601 day}
    params       {name: value}

They stand beside what is national and take nothing of it away.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .resolved import ADDED

EXTRAS = (*ADDED, "deviation", "params")
Extras = dict[str, Any]
Texts = Mapping[str, str]


def extras_in(overlay: Mapping[str, Any]) -> Extras:
    """The part of an overlay that is not its texts and its limit, without what is empty."""
    return {name: overlay[name] for name in EXTRAS if overlay.get(name)}


def words_of(extras: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(field, language, words) of everything in them, as Markdown that can lie on a shelf; "" for no language."""
    for name in ADDED:
        items: Sequence[Mapping[str, Any]] = extras.get(name) or ()
        for language in sorted({code for item in items for code in _texts(item)}):
            lines = [_line(name, item, language) for item in items if language in _texts(item)]
            yield name, language, "\n".join(lines)
    if deviation := extras.get("deviation"):
        yield "deviation", "", f"{deviation['reason']} ({deviation['approver']}, {deviation['expires']})"
    for name, value in sorted((extras.get("params") or {}).items()):
        yield "params", "", f"{name}: {value}"


def merged(before: Mapping[str, Any], after: Mapping[str, Any], now: Mapping[str, Any]) -> Extras:
    """Going back from `after` to `before` with the work since kept: by key in lists, whole for the rest."""
    result: Extras = {}
    for name in EXTRAS:
        was, then, current = before.get(name), after.get(name), now.get(name)
        if name in ADDED:
            value: Any = _list(was or [], then or [], current or [])
        else:
            value = was if current == then else current
        if value:
            result[name] = value
    return result


def _list(was: Sequence[Any], then: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    old, between = {item["key"]: item for item in was}, {item["key"]: item for item in then}
    kept = [old.get(item["key"], item) if between.get(item["key"]) == item else item for item in now]
    there = {item["key"] for item in kept}
    return kept + [item for key, item in old.items() if key not in there and key not in between]


def _texts(item: Mapping[str, Any]) -> Texts:
    return item.get("text") or item.get("title") or item.get("name") or {}


def _line(name: str, item: Mapping[str, Any], language: str) -> str:
    words = _texts(item)[language]
    if name == "own_roles" and (item.get("duty") or {}).get(language):
        return f"- {words}: {item['duty'][language]}"
    return f"- [{words}]({item['url']})" if item.get("url") else f"- {words}"
