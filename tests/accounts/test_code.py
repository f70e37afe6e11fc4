"""The six digits: five tries, one use, bound to the browser that asked."""

import pytest

from tests.accounts.conftest import is_in


@pytest.mark.parametrize("htmx", [False, True])
def test_the_code_lets_in_once(sign_in, htmx):
    sign_in.asked()
    answer = sign_in.give(f"{sign_in.code[:3]} {sign_in.code[3:]}", htmx=htmx)
    assert (answer.headers["HX-Redirect"] if htmx else answer.location) == "/"
    assert is_in(sign_in.browser)
    assert sign_in.give(sign_in.code).location == "/sign-in"


@pytest.mark.parametrize("htmx", [False, True])
def test_a_wrong_code_is_told_and_may_be_tried_again(sign_in, htmx):
    sign_in.asked()
    answer = sign_in.give(sign_in.wrong_code(), htmx=htmx)
    assert answer.status_code == 422 and "Koodi ei täsmää" in answer.text
    assert sign_in.wrong_code() in answer.text
    assert sign_in.give(sign_in.code).status_code == 303


def test_after_five_wrong_codes_even_the_right_one_is_refused(fresh, sign_in):
    sign_in.asked()
    for _ in range(5):
        assert sign_in.give(sign_in.wrong_code()).status_code == 422
    answer = sign_in.give(sign_in.code)
    assert answer.status_code == 422 and "liian monta kertaa" in answer.text
    assert "Lähetä uusi viesti" in answer.text and 'autocomplete="one-time-code"' not in answer.text
    assert not is_in(sign_in.browser)
    assert sign_in.browser.post(sign_in.path).status_code == 422
    sign_in.asked()
    assert sign_in.give(sign_in.code).status_code == 303


def test_an_address_has_twenty_wrong_codes_an_hour_whoever_asks(fresh, sign_in):
    sign_in.asked()
    with fresh.superuser_connection() as connection:
        connection.execute(
            "insert into identity.sign_in_token (email, language, browser_hash, created_at, expires_at, attempts)"
            " select 'aino@lumo.example', 'fi', '\\x00', now(), now(), 5 from generate_series(1, 4)"
        )
    assert "liian monta kertaa" in sign_in.give(sign_in.code).text
    assert sign_in.browser.post(sign_in.path).status_code == 303


def test_what_is_no_code_is_mended_and_does_not_count(sign_in):
    sign_in.asked()
    for typed in ("", "12345", "abcdef", "1234567", "12a456", "١٢٣٤٥"):
        assert sign_in.give(typed).status_code == 422
    assert sign_in.give(sign_in.code).status_code == 303


def test_the_code_works_only_in_the_browser_that_asked(sign_in, other):
    sign_in.asked()
    assert sign_in.give(sign_in.code, browser=other).location == "/sign-in"
    assert other.get("/sign-in/code").location == "/sign-in"


def test_the_code_of_another_address_does_not_let_in(fresh, sign_in, other):
    from tests.accounts.conftest import SignIn

    sign_in.asked()
    siiri = SignIn(fresh, other, "siiri@kaari.example").asked()
    assert siiri.give(sign_in.code).status_code == 422


def test_an_old_code_asks_for_a_new_mail(fresh, sign_in):
    sign_in.asked()
    with fresh.superuser_connection() as connection:
        connection.execute("update identity.sign_in_token set expires_at = now()")
    answer = sign_in.give(sign_in.code)
    assert answer.status_code == 422 and "liian vanha" in answer.text and "Lähetä uusi viesti" in answer.text
