"""The Finnish business ID (Y-tunnus, FO-nummer): seven digits, hyphen, check digit."""

import re

from babel.support import LazyProxy

from .i18n import _l

WEIGHTS = (7, 9, 10, 5, 8, 4, 2)

CORRECTIONS: dict[str, LazyProxy] = {
    "empty": _l("Write the business ID."),
    "characters": _l("A business ID has only digits and a hyphen. Remove the other characters."),
    "length": _l("A business ID has seven digits, a hyphen and a check digit. Count the digits again."),
    "hyphen": _l("Write the hyphen before the last digit, as in 9900001-8."),
    "impossible": _l("No business ID has these seven digits. Check each of them."),
    "check_digit": _l("The last digit does not fit the others. Check each digit."),
}


class InvalidBusinessId(ValueError):
    """Not a business ID. `code` is a key of CORRECTIONS, `message` says what to mend."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = CORRECTIONS[code]


def normalise(text: str) -> str:
    """The business ID as `1234567-8`; raises InvalidBusinessId with what to correct.

    Takes spaces, any dash, a missing hyphen (only with all eight digits: seven could be an old ID
    or one without its check digit), the leading FI of a VAT number, and the six digits of an old ID.
    """
    number, check = _parts(re.sub(r"\s", "", text))
    expected = check_digit(number)
    if expected is None:
        raise InvalidBusinessId("impossible")
    if check != str(expected):
        raise InvalidBusinessId("check_digit")
    return f"{number}-{check}"


def _parts(text: str) -> tuple[str, str]:
    text = re.sub("[\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}]", "-", text)
    text = re.sub("^FI(?=[0-9])", "", text, flags=re.IGNORECASE)
    if not text:
        raise InvalidBusinessId("empty")
    # [0-9], not \d: digits of other scripts are no business ID.
    if not re.fullmatch("[0-9-]+", text):
        raise InvalidBusinessId("characters")
    if found := re.fullmatch("([0-9]{6,7})-([0-9])|([0-9]{7})([0-9])", text):
        number, check = (found[1], found[2]) if found[1] else (found[3], found[4])
        return number.zfill(7), check
    raise InvalidBusinessId("hyphen" if re.fullmatch("[0-9]{7}", text) else "length")


def check_digit(number: str) -> int | None:
    """The check digit of seven digits, or None where the remainder is 1: such numbers are not given out."""
    remainder = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=True)) % 11
    if remainder == 1:
        return None
    return 0 if remainder == 0 else 11 - remainder


def is_valid(text: str) -> bool:
    """Whether `normalise` would take it."""
    try:
        normalise(text)
    except InvalidBusinessId:
        return False
    return True
