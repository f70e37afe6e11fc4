"""The feed of published releases: Atom, RFC 4287. Pure: entries in, bytes out.

Ids are the permanent addresses; `updated` of an entry is when it was published, or later withdrawn.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ATOM = "http://www.w3.org/2005/Atom"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # `updated` is required, also before the first release


@dataclass(frozen=True, slots=True)
class Entry:
    """One release. `url`: its page, which is also its id; `downloads`: media type → address."""

    url: str
    title: str
    summary: str
    published: datetime
    updated: datetime
    state: str  # a category: in_force, coming, superseded, withdrawn
    state_label: str
    downloads: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Feed:
    """The head of the feed. `url`: its own address; `page`: the page for people."""

    url: str
    page: str
    title: str
    subtitle: str
    author: str
    language: str
    entries: tuple[Entry, ...] = ()

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=NEVER)


def atom(feed: Feed) -> bytes:
    """The feed as UTF-8 XML; the same for the same feed, byte by byte. Moments need a time zone: ValueError."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
    _texts(root, {"id": feed.page, "title": feed.title, "subtitle": feed.subtitle, "updated": _moment(feed.updated)})
    ET.SubElement(ET.SubElement(root, "author"), "name").text = clean(feed.author)
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.url})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    for entry in feed.entries:
        _entry(root, entry, feed.language)
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def clean(words: str) -> str:
    """Without characters that XML 1.0 can't hold."""
    return _UNFIT.sub("", words)


def _entry(root: ET.Element, entry: Entry, language: str) -> None:
    made = ET.SubElement(root, "entry")
    dates = {"updated": _moment(entry.updated), "published": _moment(entry.published)}
    _texts(made, {"id": entry.url, "title": entry.title, **dates})
    ET.SubElement(made, "link", {"rel": "alternate", "type": "text/html", "hreflang": language, "href": entry.url})
    for kind, address in entry.downloads.items():
        ET.SubElement(made, "link", {"rel": "enclosure", "type": kind, "href": address})
    ET.SubElement(made, "category", {"term": entry.state, "label": entry.state_label})
    ET.SubElement(made, "summary", {"type": "text"}).text = clean(entry.summary)


def _texts(parent: ET.Element, texts: Mapping[str, str]) -> None:
    for name, words in texts.items():
        ET.SubElement(parent, name).text = clean(words)


def _moment(when: datetime) -> str:
    """RFC 3339 in UTC, whole seconds."""
    if when.tzinfo is None:
        raise ValueError("a moment of the feed needs its time zone")
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
