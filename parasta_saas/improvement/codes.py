"""Codes that are read aloud and typed on a phone. Pure, besides the dice."""

import secrets

# Without I, O, 0, 1, S, 5, B, 8, Z, 2, G, 6, Q and vowels that make words.
LETTERS = "CDFHJKLMNPRTVWXY3479"
LENGTH = 6  # 64 million; wrong ones are counted and the code lives for a day


def new_join_code() -> str:
    """Six characters that look like nothing else, such as K4TX9M."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """What was typed, without spaces and dashes, in capitals; empty where it can't be a code."""
    code = "".join(c for c in typed.upper() if c.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else ""


def said(code: str) -> str:
    """In two halves, as people read it: K4T X9M."""
    return f"{code[:3]} {code[3:]}"
