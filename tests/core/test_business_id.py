import pytest
from hypothesis import given
from hypothesis import strategies as st

from parasta_saas.core.business_id import (
    CORRECTIONS,
    InvalidBusinessId,
    check_digit,
    is_valid,
    normalise,
)

EXAMPLES = [
    *("9900001-8", "9900002-6", "9900003-4", "9900004-2", "9900005-0"),
    *("9900006-9", "9900007-7", "9900008-5", "9900009-3", "9900010-6"),
]
numbers = st.integers(0, 9_999_999).map(lambda n: f"{n:07d}")


def code_of(text: str) -> str:
    with pytest.raises(InvalidBusinessId) as refused:
        normalise(text)
    assert str(refused.value.message)
    return refused.value.code


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_example_ids_are_valid(example):
    assert normalise(example) == example


@pytest.mark.parametrize(
    "written",
    ["99000018", " 9900001 - 8 ", "9900001–8", "9900001−8", "FI99000018", "fi 9900001-8", "9900\u00a0001-8"],
)
def test_usual_ways_of_writing_become_one(written):
    assert normalise(written) == "9900001-8"


def test_an_old_id_gets_its_leading_zero():
    number = next(n for n in map(str, range(900_001, 900_100)) if check_digit(f"0{n}") is not None)
    assert normalise(f"{number}-{check_digit(f'0{number}')}") == f"0{number}-{check_digit(f'0{number}')}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("9900001-X", "characters"),
        ("９９００００１-８", "characters"),
        ("FI", "characters"),
        ("99001-8", "length"),
        ("9900001-88", "length"),
        ("99-00001-8", "length"),
        ("9900001", "hyphen"),
        ("9900001-7", "check_digit"),
    ],
)
def test_each_mistake_has_its_own_correction(text, code):
    assert code_of(text) == code


def test_a_number_with_remainder_one_is_never_given_out():
    number = next(n for n in map(str, range(9_900_000, 9_900_100)) if check_digit(n) is None)
    assert {code_of(f"{number}-{digit}") for digit in range(10)} == {"impossible"}


@given(numbers)
def test_at_most_one_check_digit_fits(number):
    fitting = [digit for digit in range(10) if is_valid(f"{number}-{digit}")]
    assert fitting == ([] if check_digit(number) is None else [check_digit(number)])


@given(numbers.filter(lambda n: check_digit(n) is not None), st.integers(0, 6), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number, place, change):
    wrong = number[:place] + str((int(number[place]) + change) % 10) + number[place + 1 :]
    assert not is_valid(f"{wrong}-{check_digit(number)}")


@given(st.text())
def test_any_text_is_either_normal_after_once_or_gets_a_known_correction(text):
    try:
        assert normalise(normalise(text)) == normalise(text)
    except InvalidBusinessId as refused:
        assert refused.code in CORRECTIONS
