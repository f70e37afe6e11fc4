"""The translation desk at work: how far it is, which text comes next, what a text is called. Pure."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .telling import Names, field_of, part_label
from .translation import REQUIRED, Text

OPEN = ("missing", "stale")


class Progress(NamedTuple):
    """Texts that needed both languages, and how many of them have them."""

    done: int
    total: int


def waiting(texts: Iterable[Text]) -> list[Text]:
    """What is to be done: missing words first, then texts that changed in one language only."""
    found = list(texts)
    return [text for state in OPEN for text in found if text.state == state]


def progress(texts: Iterable[Text]) -> Progress:
    """Of the texts that changed, are new or lack words. A text nobody touched does not count."""
    found = list(texts)
    left = len(waiting(found))
    done = sum(text.state == "settled" or text.state == "fine" and _touched(text) for text in found)
    return Progress(done, done + left)


def following(waits: Sequence[Text], texts: Sequence[Text], place: str) -> Text | None:
    """The next text to be written after the one at `place`, in the order of the content; then from the start."""
    if not waits:
        return None
    order = {text.place: at for at, text in enumerate(texts)}
    here = order.get(place, -1)
    return min(waits, key=lambda text: (order[text.place] <= here, order[text.place]))


def at(texts: Iterable[Text], place: str) -> Text | None:
    """The text at a place."""
    return next((text for text in texts if text.place == place), None)


def title(text: Text, names: Names, orders: dict[str, int]) -> str:
    """Which thing a text belongs to: 12 Välikeskustelu; Asiakirja: yhteydenotto."""
    name = names.of(text.kind, text.key)
    if text.kind == "steps":
        return f"{orders.get(text.key, '')} {name}".strip()
    return f"{part_label(text.kind)}: {name}"


def field_label(text: Text) -> str:
    """Which of its texts."""
    return field_of(text.kind, text.field)


def _touched(text: Text) -> bool:
    words = any((text.texts.get(code) or "").strip() for code in REQUIRED)
    return words and any(text.texts.get(code, "") != text.before.get(code, "") for code in REQUIRED)
