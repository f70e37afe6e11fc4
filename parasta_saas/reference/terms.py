"""Link the words of the glossary where they stand in a text: the first place of each, with its definition beside it.

Only text between tags is looked at, and not inside links, headings and code; tags go through as they are.
"""

from functools import lru_cache
from html.parser import HTMLParser

from flask import g, url_for
from markupsafe import Markup, escape

from ..core import i18n
from ..core.i18n import Picked
from . import glossary

_LEFT_ALONE = {"a", "button", "code", "pre", "script", "style", "abbr", "h1", "h2", "h3", "h4", "h5", "h6"}


def with_terms(text: str | Markup | Picked, language: str | None = None) -> Markup:
    """Safe HTML with its terms linked. Plain words are escaped; a Markup is taken as the safe HTML that it says it is.

    `language`: of the text, where it is not the reader's. The definition is always in the reader's language.
    """
    reader = i18n.language()
    words, spoken = (text.text, text.language) if isinstance(text, Picked) else (text, reader)
    if not words:
        return Markup("")
    return linked(str(escape(words)), language or spoken, reader, glossary_url())


def glossary_url(key: str | None = None) -> str:
    """The page of all words, or of one: inside the organisation where the reader acts for one."""
    inside = bool(getattr(g.get("actor"), "organisation_slug", ""))
    room = "glossary" if inside else "glossary_public"
    return url_for(f"{room}.term", key=key) if key else url_for(f"{room}.page")


@lru_cache(maxsize=1024)
def linked(html: str, language: str, reader: str, page: str) -> Markup:
    """Safe HTML with the first place of each term as a link to its definition on `page`."""
    walk = _Walk(language, reader, page)
    walk.feed(html)
    walk.close()
    return Markup("".join(walk.out))


@lru_cache(maxsize=len(i18n.LANGUAGES))
def definitions(language: str) -> dict[str, glossary.Entry]:
    """Every term by its key."""
    return {entry.key: entry for entry in glossary.entries(language)}


class _Walk(HTMLParser):
    """Passes everything through and marks terms in the text."""

    def __init__(self, language: str, reader: str, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.language, self.page = language, page
        self.entries = definitions(reader)
        self.out: list[str] = []
        self.closed: list[str] = []  # open elements in which nothing is marked
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")
        # A provider's own sentence in the guidance is underlined as its own: a second line under it says too much.
        if tag in _LEFT_ALONE or ("class", "s-ours") in attrs:
            self.closed.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")
        if self.closed and self.closed[-1] == tag:
            self.closed.pop()

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def handle_data(self, data: str) -> None:
        if self.closed or len(data) < 3:
            self.out.append(data)
            return
        at = 0
        for start, end, key in glossary.find(data, self.language):
            if key not in self.seen:
                self.seen.add(key)
                self.out += (data[at:start], self._link(data[start:end], key))
                at = end
        self.out.append(data[at:])

    def _link(self, words: str, key: str) -> str:
        said = escape(self.entries[key].definition)
        return f'<a class="term" href="{escape(self.page)}#{key}" title="{said}" data-term>{words}</a>'
