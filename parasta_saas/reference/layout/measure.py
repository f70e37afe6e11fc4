"""How wide words are in Source Sans 3 and where a line breaks. Pure; sizes in px, or any one unit."""

from __future__ import annotations

import unicodedata

SOFT_HYPHEN = "\u00ad"
VOWELS = frozenset("aeiouyåäö")
# Advance widths of the semibold face, thousandths of the size, from space to tilde: regular is never wider by much.
_ASCII = (
    200, 315, 482, 513, 513, 841, 639, 275, 324, 324, 438, 513, 275, 322, 275, 344, 513, 513, 513, 513, 513, 513, 513,
    513, 513, 513, 275, 275, 513, 513, 513, 444, 875, 558, 597, 576, 625, 538, 510, 628, 663, 282, 494, 597, 502, 745,
    657, 674, 582, 674, 592, 545, 546, 655, 536, 800, 541, 501, 540, 324, 344, 324, 513, 500, 549, 516, 563, 462, 564,
    507, 317, 520, 558, 262, 263, 522, 271, 843, 560, 549, 564, 564, 373, 431, 361, 556, 495, 748, 481, 495, 443, 324,
    255, 324, 513,
)  # fmt: skip
_OTHER = {"–": 480, "—": 800, "…": 964, "→": 618, "←": 618, "↓": 618, "↑": 618, "·": 275, "§": 513, SOFT_HYPHEN: 0}
_WIDEST = 1000  # letters that the table doesn't know
_SAFETY = 1.02  # kerning and the variable face on screens


def width(text: str, size: float) -> float:
    """The width of one line of text, rather too much than too little."""
    return sum(map(_advance, text)) * size / 1000 * _SAFETY


def wrap(text: str, size: float, room: float) -> list[str]:
    """Lines that each fit the room; no text gives no line.

    A word that fits a line of its own is never divided. A longer one breaks at its soft hyphens where it has
    some, else before a consonant and a vowel (Finnish syllables), at last anywhere.
    """
    lines: list[str] = []
    for word in text.replace("\r", "").replace("\n", " ").split():
        for part, joins in _parts(word, size, room):
            before = lines[-1] + ("" if joins else " ") if lines else ""
            if lines and not joins and width(before + _plain(part), size) <= room:
                lines[-1] = before + _plain(part)
            else:
                lines.append(_plain(part))
    return lines


def _parts(word: str, size: float, room: float) -> list[tuple[str, bool]]:
    """The word whole, or in parts that fit: (part, whether it goes on from the part before)."""
    if width(_plain(word), size) <= room:
        return [(word, False)]
    parts: list[tuple[str, bool]] = []
    rest = word
    while width(_plain(rest), size) > room and len(_plain(rest)) > 1:
        cut, sign = _cut(rest, size, room)
        parts.append((rest[:cut] + sign, bool(parts)))
        rest = rest[cut:].lstrip(SOFT_HYPHEN)
    parts.append((rest, bool(parts)))
    return parts


def _cut(word: str, size: float, room: float) -> tuple[int, str]:
    """Where the first line of a long word ends and the sign to write there."""
    fits = [i for i in range(1, len(word)) if width(_plain(word[:i]) + "-", size) <= room]
    seams = [i for i in fits if word[i] == SOFT_HYPHEN or word[i - 1] in "-/"]
    if not seams:
        seams = [i for i in fits if 2 <= i <= len(word) - 2 and _syllable(word, i)]
    cut = max(seams or fits or [1])
    return cut, "" if word[cut - 1] in "-/" else "-"


def _syllable(word: str, i: int) -> bool:
    here, after = word[i].lower(), word[i + 1].lower()
    return here.isalpha() and here not in VOWELS and after in VOWELS and word[i - 1].isalpha()


def _plain(text: str) -> str:
    return text.replace(SOFT_HYPHEN, "")


def _advance(letter: str) -> int:
    if letter in _OTHER:
        return _OTHER[letter]
    code = ord(letter) if letter.isascii() else ord(unicodedata.normalize("NFD", letter)[0])
    return _ASCII[code - 32] if 32 <= code < 127 else _WIDEST
