"""Names in Finnish order although the database sorts by code point (C.UTF-8)."""

import re
import unicodedata

# The three characters after z in ASCII stand for å, ä, ö, so that code points give the Finnish order.
# Letters without a decomposition go where the Finnish order (SFS-EN 13710, CLDR fi) puts them.
_LETTERS = str.maketrans(
    {
        "å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "œ": "}", "õ": "}", "ő": "}",
        "ü": "y", "ű": "y", "ð": "d", "đ": "d", "ł": "l", "ŋ": "n", "ŧ": "t", "þ": "th",
    }
)  # fmt: skip

_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"


def sort_name(name: str) -> str:
    """A key whose order by code point is the Finnish order of names; show the name, never the key.

    Digits before letters, … z, å, ä, ö; upper and lower case alike; v and w are two letters; accents
    are dropped (é as e) but ü is y, æ is ä, and ø, õ, œ are ö; signs count as one space and a space
    comes before everything, so that "Halli Oy" stands before "Hallila". Names can share a key:
    order by the id after it.
    """
    lower = unicodedata.normalize("NFC", re.sub("[{|}]", " ", name)).casefold()
    # Casefolding can decompose, so compose again before the table is used.
    placed = unicodedata.normalize("NFC", lower).translate(_LETTERS)
    parts = unicodedata.normalize("NFKD", placed).casefold()
    plain = "".join(c for c in parts if not unicodedata.combining(c) and c not in _APOSTROPHES)
    return re.sub(r"(?:[^\w{|}]|_)+", " ", plain).strip()
