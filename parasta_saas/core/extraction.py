"""Which messages the source holds, and which of them still lack words; for translators and the house test.

    python -m parasta_saas.core.i18n missing fi [path …]    stubs to paste into a room's .po file
    python -m parasta_saas.core.i18n check sv [path …]      every complaint about a language

Only tools import this module, never a request.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po
from jinja2 import TemplateSyntaxError

from .i18n import LANGUAGES, SOURCE_LANGUAGE, TRANSLATIONS, rooms, words

ROOT = TRANSLATIONS.parent.parent
KEYWORDS: dict[str, Any] = {
    "_": None,
    "_l": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
JINJA = {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.do, jinja2.ext.loopcontrols"}

Key = tuple[str | None, str]


def extracted(root: Path = ROOT, paths: Iterable[str] = ()) -> Catalog:
    """Every message of `parasta_saas/**.py` and `templates/**.html|txt` with its places.

    `paths` narrows it to files whose path from the root begins with one of them.
    Raises Unreadable for a template with a mistake.
    """
    found = Catalog()
    for path in _sources(root):
        place = path.relative_to(root).as_posix()
        if not _wanted(place, tuple(paths)):
            continue
        for line, message, context in _messages(path, place):
            found.add(message, locations=[(place, line)], context=context)
    return found


class Unreadable(ValueError):
    """A template that Jinja can't parse, with its place."""


def _messages(path: Path, place: str) -> Iterator[tuple[int, Any, str | None]]:
    method, options = ("python", {}) if path.suffix == ".py" else ("jinja2.ext:babel_extract", JINJA)
    try:
        found = extract_from_file(method, path, KEYWORDS, options=options)
    except TemplateSyntaxError as error:
        raise Unreadable(f"{place}:{error.lineno}: {error.message}") from error
    for line, message, _comments, context in found:
        yield line, message, context


def _sources(root: Path) -> Iterator[Path]:
    yield from sorted((root / "parasta_saas").rglob("*.py"))
    for suffix in ("html", "txt"):
        yield from sorted((root / "templates").rglob(f"*.{suffix}"))


def _wanted(place: str, paths: tuple[str, ...]) -> bool:
    return not paths or any(place.startswith(path.removeprefix("./")) for path in paths)


def missing(code: str, source: Catalog, folder: Path = TRANSLATIONS) -> list[Message]:
    """Messages of the source that have no words in this language (fuzzy ones count as none)."""
    entries = [message for _path, room in rooms(code, folder) for message in room]
    translated = {key_of(entry) for entry in entries if words(entry.string) and not entry.fuzzy}
    return [message for message in source if message.id and key_of(message) not in translated]


def obsolete(code: str, source: Catalog, folder: Path = TRANSLATIONS) -> list[str]:
    """Entries, as `room.po: message`, that no source file asks for any more."""
    asked = {key_of(message) for message in source}
    return [
        f"{path.name}: {key_of(message)[1]}"
        for path, room in rooms(code, folder)
        for message in [*room, *room.obsolete.values()]
        if message.id and key_of(message) not in asked
    ]


def fuzzy(code: str, folder: Path = TRANSLATIONS) -> list[str]:
    """Entries that somebody marked as uncertain: they would never be shown."""
    return [f"{p.name}: {key_of(m)[1]}" for p, room in rooms(code, folder) for m in room if m.id and m.fuzzy]


def repeated(code: str, folder: Path = TRANSLATIONS) -> list[str]:
    """Entries that stand twice in one file, where the later one silently wins."""
    found = []
    for path in sorted((folder / code).glob("*.po")):
        # An entry is its msgctxt, msgid and continued lines, up to msgid_plural or msgstr.
        entries = re.findall(r'^(?:msgctxt .*\n)?msgid (?:".*"\n)+', path.read_text("utf-8"), re.MULTILINE)
        twice = sorted({entry for entry in entries if entries.count(entry) > 1})
        found += [f"{path.name}: {entry.strip()}" for entry in twice]
    return found


def misformatted(code: str, folder: Path = TRANSLATIONS) -> list[str]:
    """Translations whose %(names)s differ from the source's, or that hold a lone per cent sign."""
    return [
        f"{path.name}: {key_of(message)[1]}"
        for path, room in rooms(code, folder)
        for message in room
        if message.id and words(message.string) and not fits(message.id, message.string)
    ]


def fits(source: Any, translation: Any) -> bool:
    """Whether every form is a percent format with the names of the source; %(num)s may be left out."""
    forms = [placeholders(form) for form in (*_forms(source), *_forms(translation))]
    return None not in forms and len({frozenset(names or ()) - {"num"} for names in forms}) == 1


def placeholders(text: str) -> set[str] | None:
    """The names in %(name)s and %(name)d, or None if the text is no valid percent format."""
    rest = text.replace("%%", "")
    names = set(re.findall(r"%\((\w+)\)[sd]", rest))
    return None if "%" in re.sub(r"%\(\w+\)[sd]", "", rest) else names


def _forms(text: Any) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def key_of(message: Message) -> Key:
    """What tells messages apart: context and (singular) source text."""
    return message.context, _forms(message.id)[0]


def stubs(messages: Iterable[Message]) -> str:
    """The messages as entries of a .po file with empty translations."""
    page = Catalog()
    for message in messages:
        page.add(message.id, locations=message.locations, context=message.context)
    text = BytesIO()
    write_po(text, page, omit_header=True, sort_by_file=True, width=110)
    return text.getvalue().decode("utf-8")


def complaints(code: str, source: Catalog, folder: Path = TRANSLATIONS) -> dict[str, list[str]]:
    """Every rule of the house for one language with what breaks it; empty lists when all is well."""
    return {
        "missing": [_with_place(message) for message in missing(code, source, folder)],
        "obsolete": obsolete(code, source, folder),
        "fuzzy": fuzzy(code, folder),
        "repeated": repeated(code, folder),
        "misformatted": misformatted(code, folder),
    }


def _with_place(message: Message) -> str:
    place, line = message.locations[0]
    return f"{place}:{line}: {key_of(message)[1]}"


def main(arguments: list[str]) -> int:
    """Print stubs or complaints for one language; 1 when there are any."""
    parser = argparse.ArgumentParser("python -m parasta_saas.core.i18n", description="Find untranslated text")
    parser.add_argument("what", choices=["missing", "check"])
    parser.add_argument("language", choices=[code for code in LANGUAGES if code != SOURCE_LANGUAGE])
    parser.add_argument("paths", nargs="*", help="only files whose path begins so, e.g. templates/agreements")
    asked = parser.parse_args(arguments)
    report = _print_missing if asked.what == "missing" else _print_complaints
    try:
        return report(asked.language, asked.paths)
    except Unreadable as error:
        parser.error(str(error))


def _print_missing(code: str, paths: list[str]) -> int:
    lacking = missing(code, extracted(paths=paths))
    print(stubs(lacking), end="")
    return 1 if lacking else 0


def _print_complaints(code: str, paths: list[str]) -> int:
    whole = complaints(code, extracted())
    # Obsolete needs the whole source; only the missing ones can be narrowed to some files.
    whole["missing"] = [line for line in whole["missing"] if _wanted(line, tuple(paths))]
    for rule, lines in whole.items():
        for line in lines:
            print(f"{rule}: {line}")
    return 1 if any(whole.values()) else 0
