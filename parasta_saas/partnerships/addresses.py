"""The word by which an organisation stands in addresses: /o/<slug>/. Pure."""

import re
import unicodedata
from collections.abc import Collection

MAX_STEM = 40
NAMELESS = "tyopaikka"  # for a name without a letter or digit of the Latin script
_LETTERS = str.maketrans({"ä": "a", "å": "a", "ö": "o", "æ": "ae", "ø": "o", "ß": "ss", "đ": "d", "ł": "l"})


def stem_of(name: str) -> str:
    """The name in small ASCII letters and digits with hyphens, at most MAX_STEM characters: `kahvila-kanerva`."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    words = re.findall("[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return "-".join(words)[:MAX_STEM].strip("-") or NAMELESS


def free_slug(name: str, taken: Collection[str]) -> str:
    """The stem of the name, with the first number from 2 that nobody has if the stem itself is taken."""
    stem, number = stem_of(name), 1
    slug = stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
