"""Look through guides and words: what a reader typed, found in any language, with or without accents. Pure."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from ..core.collate import sort_name
from ..core.i18n import N_, Picked, pick

KIND_LABELS = {"guide": N_("Guide"), "form": N_("Form to fill in"), "video": N_("Video"), "link": N_("Link")}
KIND_ICONS = {"guide": "file-text", "form": "clipboard-check", "video": "device-mobile", "link": "external-link"}
Texts = Mapping[str, str]


class GuideText(Protocol):
    """What the library needs to know of a guide."""

    kind: Any
    title: Any
    summary: Any
    body: Any
    steps: Any


class Card(NamedTuple):
    """A guide as it stands at a step or in a list. `own`: of the reader's provider, not of the nation."""

    title: Picked
    summary: Picked
    kind: str
    icon: str
    url: str
    own: bool


class Looking(NamedTuple):
    """Which guides a reader wants to see; empty means all. `steps`: the keys of the steps of a chosen phase."""

    words: str = ""
    kind: str = ""
    role: str = ""
    steps: frozenset[str] | None = None

    def takes(self, guide: GuideText) -> bool:
        """Whether a guide is inside."""
        return (
            self.kind in ("", guide.kind)
            and (not self.role or self.role in getattr(guide, "roles", ()))
            and (self.steps is None or not self.steps.isdisjoint(guide.steps))
            and (not self.words.strip() or finds(self.words, (guide.title, guide.summary, guide.body)))
        )


def folded(text: str) -> str:
    """Small letters without accents and dots: Näyttö → naytto. What is typed is folded in the same way."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def finds(words: str, texts: Iterable[Texts]) -> bool:
    """Whether every typed word stands in the texts, in whichever language."""
    whole = folded("\n".join(text for given in texts for text in given.values()))
    return all(word in whole for word in folded(words).split())


def card(guide: GuideText, *, url: str, own: bool = False, language: str | None = None, main: str = "fi") -> Card:
    """A guide in the reader's language, or in the one that there is."""
    title, summary = (pick(texts, language, main=main) for texts in (guide.title, guide.summary))
    return Card(title, summary, guide.kind, KIND_ICONS[guide.kind], url, own)


def in_order(cards: Iterable[Card]) -> Sequence[Card]:
    """By title, as the Finnish alphabet goes; the provider's own first."""
    return sorted(cards, key=lambda shown: (not shown.own, sort_name(shown.title.text)))
