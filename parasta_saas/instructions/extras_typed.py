"""From rows that a person typed to the lists that hang on a step (extras.py). Pure.

A checklist is typed a line an item, so that adding, removing and moving need no script. Other lists are rows with a
number for their order; a row that was not on the screen stays, and so do words in languages not written now.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..core.i18n import _

Data = Mapping[str, Any]
Item = dict[str, Any]
NewKey = Callable[[], str]
MOST = 12  # rows of one list on a form
LINKS = {"form": "forms", "link": "own_links"}


class Rows:
    """What was typed, with what has to be mended: field → instructions."""

    def __init__(self, data: Data, current: Data, languages: Sequence[str], new_key: NewKey) -> None:
        self.data, self.current, self.languages, self.new_key = data, current, languages, new_key
        self.errors: dict[str, list[str]] = {}

    def lists(self) -> dict[str, Any]:
        """Every list as it shall be; an empty one takes away what was there."""
        return {
            "checklist": self.checklist(), **self.links(),
            "attachments": self.kept("att", "attachments", ("title",)),
            "own_roles": self.kept("role", "own_roles", ("name", "duty")),
        }  # fmt: skip

    def checklist(self) -> list[Item]:
        """A line an item: the same line in every language is the same item."""
        lines = {code: _lines(self.data.get(f"checklist_{code}", "")) for code in self.languages}
        counts = {len(each) for each in lines.values() if each}
        if len(counts) > 1:
            field = f"checklist_{min(lines, key=lambda code: (not lines[code], len(lines[code])))}"
            self.errors[field] = [_("Write as many lines in each language: the same item on the same line.")]
            return list(self.current.get("checklist") or ())
        typed = [
            {code: lines[code][at] for code in self.languages if lines[code]} for at in range(max(counts, default=0))
        ]
        return self._matched(typed, list(self.current.get("checklist") or ()))

    def links(self) -> dict[str, list[Item]]:
        """Forms and links are typed in one list; each row says what it is."""
        there = [item | {"kind": kind} for kind, name in LINKS.items() for item in self.current.get(name) or ()]
        rows = self._rows("link", there, ("title",))
        found: dict[str, list[Item]] = {name: [] for name in LINKS.values()}
        for at, item in rows:
            kind = (self.data.get(f"link_{at}_kind") if at is not None else None) or item.get("kind") or "form"
            item["url"] = self.data.get(f"link_{at}_url", "") if at is not None else item["url"]
            item.pop("kind", None)
            if not item["title"] and not item["url"]:
                continue
            self._need(item["title"], f"link_{at}_title_{self.languages[0]}", _("Say what it is."))
            self._need(item["url"], f"link_{at}_url", _("Write the whole address, beginning with https://."))
            found[LINKS[kind]].append(item)
        return found

    def kept(self, stem: str, name: str, fields: tuple[str, ...]) -> list[Item]:
        """A list of rows with texts; `fields[0]` has to be there."""
        found = []
        for at, item in self._rows(stem, list(self.current.get(name) or ()), fields):
            if not any(item[field] for field in fields) and "file_id" not in item:
                continue
            self._need(item[fields[0]], f"{stem}_{at}_{fields[0]}_{self.languages[0]}", _("Give it a name."))
            found.append(item)
        return found

    def _rows(self, stem: str, there: list[Item], fields: tuple[str, ...]) -> list[tuple[int | None, Item]]:
        """(row, item) in the order wanted, without those taken away; row None for what was not on the screen."""
        known = {item["key"]: item for item in there}
        found: list[tuple[float, int | None, Item]] = []
        shown: set[str] = set()
        for at in range(MOST):
            key = self.data.get(f"{stem}_{at}_key") or ""
            shown.add(key)
            before = known.get(key, {})
            texts = {field: self._texts(f"{stem}_{at}_{field}", before.get(field) or {}) for field in fields}
            if self.data.get(f"{stem}_{at}_gone") or (stem == "att" and not before):
                continue
            order = self.data.get(f"{stem}_{at}_order") or at + 1
            found.append((order, at, {**before, "key": key or self.new_key(), **texts}))
        rest = [(float(MOST + 1), None, dict(item)) for key, item in known.items() if key not in shown]
        ordered = sorted([*found, *rest], key=lambda row: row[0])
        return [(at, item) for _order, at, item in ordered]

    def _texts(self, stem: str, before: Mapping[str, str]) -> dict[str, str]:
        kept = {code: text for code, text in before.items() if code not in self.languages}
        typed = {code: self.data.get(f"{stem}_{code}", "") for code in self.languages}
        return kept | {code: text for code, text in typed.items() if text}

    def _need(self, value: Any, field: str, words: str) -> None:
        if not value:
            self.errors.setdefault(field, []).append(words)

    def _matched(self, typed: list[dict[str, str]], there: list[Item]) -> list[Item]:
        """Items keep their key: those with the same words, then those on the same line."""
        free = {item["key"]: item for item in there}
        by_words = [next((k for k, item in free.items() if _alike(item, texts)), None) for texts in typed]
        taken = {key for key in by_words if key}
        found = []
        for at, (texts, key) in enumerate(zip(typed, by_words, strict=True)):
            if key is None or key not in free:
                same_line = there[at]["key"] if at < len(there) else None
                key = same_line if same_line in free and same_line not in taken else None
            before = free.pop(key, {}) if key else {}
            kept = {code: text for code, text in before.get("text", {}).items() if code not in self.languages}
            found.append({"key": key or self.new_key(), "text": kept | texts})
        return found


def _alike(item: Item, texts: Mapping[str, str]) -> bool:
    return any(item["text"].get(code) == text for code, text in texts.items())


def _lines(words: str) -> list[str]:
    lines = (line.strip().lstrip("-*•☐").strip() for line in words.splitlines())
    return [line for line in lines if line]


def shown(overlay: Data, languages: Sequence[str]) -> dict[str, Any]:
    """The fields of the form for what hangs on a step: the other way round."""
    values: dict[str, Any] = {}
    for code in languages:
        items = overlay.get("checklist") or ()
        lines = [item["text"].get(code) or _first(item["text"]) for item in items]
        values[f"checklist_{code}"] = "\n".join(lines) if any(code in item["text"] for item in items) else ""
    links = [item | {"kind": kind} for kind, name in LINKS.items() for item in overlay.get(name) or ()]
    for stem, items, fields in (
        ("link", links, ("title",)), ("att", overlay.get("attachments") or (), ("title",)),
        ("role", overlay.get("own_roles") or (), ("name", "duty")),
    ):  # fmt: skip
        for at, item in enumerate(items[:MOST]):
            values |= {f"{stem}_{at}_key": item["key"], f"{stem}_{at}_order": at + 1}
            values |= {f"{stem}_{at}_{name}": item[name] for name in ("url", "kind") if name in item}
            values |= {f"{stem}_{at}_{f}_{c}": (item.get(f) or {}).get(c, "") for f in fields for c in languages}
    return values


def _first(texts: Mapping[str, str]) -> str:
    return next((text for text in texts.values() if text), "")
