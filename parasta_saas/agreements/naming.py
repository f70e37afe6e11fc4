"""Whose agreement: a person's first name in the genitive. Pure.

A pattern for given names, not a grammar: where the stem is not certain the common form is taken.
"""

VOWELS = "aeiouyäöå"
HARD = ("kk", "pp", "tt")


def first_name(name: str) -> str:
    """The first word of a name."""
    return (name.split() or [""])[0]


def whose(name: str, language: str) -> str:
    """Ville → Villen, Matti → Matin, Elias → Eliaksen; in Swedish Villes, in English Ville's."""
    called = first_name(name)
    if not called:
        return ""
    if language == "sv":
        return called if called[-1] in "sxz" else f"{called}s"
    return _finnish(called) if language == "fi" else f"{called}'s"


def _finnish(name: str) -> str:
    last, before = name[-1].lower(), name[-2:-1].lower()
    if last in VOWELS:
        # Grade alternation of double stops: Matti, Pekka, Seppo.
        if name[-3:-1].lower() in HARD and len(name) > 3:
            return f"{name[:-2]}{last}n"
        return f"{name}n"
    if last == "s" and before in VOWELS:
        return f"{name[:-1]}ksen"
    return f"{name}in"
