"""Everything in a handbook that can be searched, in every language that is read there. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..core.i18n import _, pick
from ..reference import glossary
from .manual_search import Place, Source

OldNames = Mapping[str, Sequence[tuple[str, Mapping[str, str]]]]
_LISTS = ("checklist", "forms", "own_links", "attachments", "own_roles")


def sources_of(
    manual: Any, old_names: OldNames, own_guides: Iterable[Any], guides: Iterable[Any], languages: Sequence[str]
) -> Iterator[Source]:
    """Steps in their order, then the provider's guides, national guides and the words of the glossary."""
    for entry in manual.entries:
        places = list(_step_places(entry, old_names.get(entry.key, ()), languages))
        yield Source("step", entry.key, pick(entry.content["name"]).text, places)
    for kind, found in (("own_guide", own_guides), ("guide", guides)):
        for guide in found:
            places = [*_places(_("Title"), guide.title, languages, 8), *_places(_("Text"), guide.body, languages, 2)]
            yield Source(kind, str(guide.id) if kind == "own_guide" else guide.key, pick(guide.title).text, places)
    for term in glossary.entries(languages[0]):
        others = [one for code in languages for one in glossary.entries(code) if one.key == term.key]
        places = [
            Place(_("Word of the glossary"), one.term, code, 9) for one, code in zip(others, languages, strict=False)
        ]
        places.append(Place(_("Meaning"), term.definition, languages[0], 1))
        yield Source("term", term.key, term.term, places)


def _step_places(
    entry: Any, before: Sequence[tuple[str, Mapping[str, str]]], languages: Sequence[str]
) -> Iterator[Place]:
    view = entry.view
    yield from _places(_("Name"), entry.content.get("name"), languages, 10)
    for number, name in before:
        now = entry.content.get("name") or {}
        changed = {code: said for code, said in name.items() if said != now.get(code)}
        yield from _places(_("Name in reference model %(number)s", number=number), changed, languages, 6)
    yield from _places(_("How we do it"), view.get("note"), languages, 5)
    yield from _places(_("National minimum"), view.get("minimum"), languages, 4)
    yield from _places(_("Guidance"), view.get("guidance"), languages, 3)
    yield from _places(_("Our role for this"), view.get("local_role"), languages, 3)
    for field in _LISTS:
        for item in view.get(field) or ():
            words = item.get("text") or item.get("title") or item.get("name")
            yield from _places(_("How we do it"), words, languages, 3)
            yield from _places(_("How we do it"), item.get("duty"), languages, 2)
    yield from _places(_("Why this matters"), view.get("value"), languages, 1)
    yield from _places(_("Needed before"), view.get("inputs"), languages, 1)
    yield from _places(_("Comes out of it"), view.get("outputs"), languages, 1)


def _places(where: str, texts: Mapping[str, str] | None, languages: Sequence[str], weight: int) -> Iterator[Place]:
    for code in languages:
        if words := (texts or {}).get(code, "").strip():
            yield Place(where, words, code, weight)
