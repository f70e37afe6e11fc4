from parasta_saas.core.tokens import hash_token, matches, new_code, new_token, same


def test_a_token_is_long_and_safe_in_an_address():
    token = new_token()
    assert len(token) == 43
    assert token.replace("-", "").replace("_", "").isalnum()


def test_tokens_differ():
    assert len({new_token() for _ in range(1_000)}) == 1_000


def test_a_hash_is_32_bytes_and_tells_its_own_token_only():
    token = new_token()
    assert len(hash_token(token)) == 32
    assert matches(token, hash_token(token))
    assert not matches(token, hash_token(new_token()))


def test_a_code_has_six_digits_even_when_it_begins_with_zeros(monkeypatch):
    assert all(len(code) == 6 and code.isdecimal() for code in (new_code() for _ in range(500)))
    monkeypatch.setattr("secrets.randbelow", lambda limit: 42)
    assert new_code() == "000042"


def test_secrets_are_compared_as_text_or_bytes_and_in_any_script():
    assert same("äö", "äö".encode())
    assert not same("a", "b")
