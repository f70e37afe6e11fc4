"""Codes to be read aloud. Pure."""

import pytest

from parasta_saas.improvement.codes import LETTERS, new_join_code, read_code, said


@pytest.mark.parametrize("typed", ["k4tx9m", " K4T X9M ", "K4T-X9M"])
def test_a_code_may_be_typed_as_one_likes(typed):
    assert read_code(typed) == "K4TX9M"


@pytest.mark.parametrize("typed", ["", "K4TX9", "K4TX9MM", "K4TX9O", "<script>", "ÄÄÄÄÄÄ", "１２３４５６"])
def test_what_can_be_no_code_is_none(typed):
    assert read_code(typed) == ""


def test_a_new_code_can_be_read_back():
    code = new_join_code()
    assert read_code(said(code)) == code
    assert set(code) <= set(LETTERS)
